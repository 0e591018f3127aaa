"""What is wrong in each vendor's tables, and the words of its refusal: table, key and column.

A cell of WRONG is a text, the reason why there is no such fault, or (change of what the writer made, change of the files, words).
"""
DAY = "2025-02-30 10:00:00"

# The charges of each vendor: table, the key of the first as messages show it, column of the amount, of the date, an impossible date.
CHARGES = {
    "zlhis": ("住院费用记录", "ID=991000001", "实收金额", "发生时间", DAY),
    "winning": ("VW_BRFYMXK", "xh=991000001", "zje", "zxrq", "2025023010:00:00"),
    "neusoft": ("FIN_IPB_ITEMLIST", "RECIPE_NO=F0000991000001 SEQUENCE_NO=1 TRANS_TYPE=1", "TOT_COST", "EXEC_DATE", DAY),
    "bsoft": ("ZY_FYMX", "JLXH=991000001", "ZJJE", "FYRQ", DAY),
    "hsa-his": ("inpt_cost", "id=991000001", "reality_price", "cost_time", DAY),
    "newtouch": ("zy_xmjfb", "jfbbh=1", "dj", "tdrq", DAY),
    "dhc": ("DHC_PatBillDetails", "PBD_RowId=301||1||1", "PBD_TotalAmount", "PBD_BillDate", "30-FEB-25"),
    "views": ("V_4201_FEEDETAIL", "feedetl_sn=991000001", "det_item_fee_sumamt", "fee_ocur_time", "2025023010:00:00"),
}
# Where a name stands: table, column.
NAMES = {
    "zlhis": ("收费项目目录", "名称"), "winning": ("VW_BRFYMXK", "ypmc"), "neusoft": ("FIN_IPB_ITEMLIST", "ITEM_NAME"), "bsoft": ("ZY_FYMX", "FYMC"),
    "hsa-his": ("inpt_cost", "item_name"), "newtouch": ("xt_sfxm", "sfxmmc"), "dhc": ("DHC_TarItem", "TARI_Desc"), "views": ("V_4201_FEEDETAIL", "MEDINS_LIST_NAME"),
}
# What the system says the stay comes to: table, its key as messages show it, column.
TOTALS = {
    "zlhis": ("病案主页", "病人ID=1001 主页ID=1", "费用和"), "winning": ("ZY_BRJSK", "xh=15001", "zje"),
    "neusoft": ("FIN_IPB_BALANCEHEAD", "INVOICE_NO=1 BALANCE_NO=1", "TOT_COST"), "bsoft": ("ZY_ZYJS", "ZYH=880001 JSCS=1", "FYHJ"),
    "hsa-his": ("inpt_settle", "id=T01", "reality_price"), "newtouch": ("zy_js", "jsnm=T01", "zje"),
    "views": ("V_JSQD_ITEMINFO", "mdtrt_id=T01 med_chrgitm=09", "amt"),
}


def first(table, column, value):
    def change(made):
        row = made[table][0]
        row[column if column in row else column.upper()] = value  # views have capitals
    return change


def without(table, column):
    def change(made):
        for row in made[table]:
            row.pop(column if column in row else column.upper())
    return change


def spoilt(name, text, encoding):
    """The last byte of a name, where it first stands, is one that no encoding has."""
    def after(directory):
        (path,) = directory.glob(name)
        data, whole = path.read_bytes(), text.encode(encoding)
        assert whole in data, name
        path.write_bytes(data.replace(whole, whole[:-1] + b"\xff", 1))
    return after


def of_tables():
    made = {fault: {} for fault in ("missing table", "missing column", "impossible date", "wrong encoding", "sum that is not the settlement head's")}
    import vendors
    for module in vendors.VENDORS:
        name = module.NAME
        if name not in CHARGES:
            continue
        table, key, amount, date, day = CHARGES[name]
        made["missing table"][name] = (lambda t, table=table: t.pop(table), None, [f"{table}: a table is missing"])
        made["missing column"][name] = (without(table, amount), None, [f"{table}: {amount}: a column is missing"])
        made["impossible date"][name] = (first(table, date, day), None, [f"{table}.csv {key}:2: {date}: no such date or time", day])
        table, column = NAMES[name]
        made["wrong encoding"][name] = (None, spoilt(f"{table}.csv", "靜脈輸液", module.ENCODING),
                                        [f"{table}.csv:2: {column}: the text is not in the encoding declared"])
        if name in TOTALS:
            table, key, column = TOTALS[name]
            made["sum that is not the settlement head's"][name] = (first(table, column, "1.00"), None, [f"{table}.csv {key}:2: {column}: the amounts do not add up"])
    return made


def each_fee(**values):
    def change(made):
        for row in (r for m in made if m["infno"] == "2301" for r in ([m["input"]["feedetail"]] if isinstance(m["input"]["feedetail"], dict) else m["input"]["feedetail"])):
            row.update(values)
    return change


def no_charges(made):
    made[:] = [m for m in made if m["infno"] != "2301"]


def alone(directory):
    next(directory.glob("T02.*")).unlink()


def field_of(name, number, value):
    def change(made):
        at = next(i for i, line in enumerate(made[0]) if line.startswith(name + "|"))
        parts = made[0][at].split("|")
        parts[number] = value
        made[0][at] = "|".join(parts)
    return change


def of_resource(kind, **values):
    def change(made):
        next(r for r in made if r["resourceType"] == kind).update(values)
    return change


def total_of_2304(made):
    next(m for m in made if m["infno"] == "2304")["input"]["data"]["medfee_sumamt"] = "1.00"


# Of messages: a state that is not among those of the layout.
STATES = {"hl7": (field_of("FT1", 6, "AJ"), ["T01.hl7 message=T010000 number=1:5: FT1-6: ", '"AJ"']),
          "fhir": (of_resource("ChargeItem", status="unknown"), ["T01.json self=ChargeItem/c991000001", "status: ", '"unknown"'])}
WRONG = of_tables()
WRONG["missing table"].update({
    "nhsa": (no_charges, alone, ["T01.json: feedetail: ", "the messages have none"]),
    "hl7": (field_of("PV1", 19, ""), None, ["T01.hl7:4: PV1-19: ", "no number of the visit"]),
    "fhir": (lambda made: made.remove(next(r for r in made if r["resourceType"] == "Encounter")), None,
             ["T01.json self=ChargeItem/c991000001", "context: the record belongs to no known stay", "Encounter"])})
WRONG["missing column"].update({
    "nhsa": (each_fee(medins_list_codg=""), None, ["T01.json mdtrt_id=T01 feedetl_sn=991000001", "medins_list_codg: an identity field is empty"]),
    "hl7": (field_of("FT1", 7, ""), None, ["T01.hl7 message=T010000 number=1:5: medins_list_codg: an identity field is empty"]),
    "fhir": (of_resource("ChargeItem", code={}), None, ["T01.json self=ChargeItem/c991000001", "medins_list_codg: an identity field is empty"])})
WRONG["impossible date"].update({
    "nhsa": (each_fee(fee_ocur_time=DAY), None, ["T01.json mdtrt_id=T01 feedetl_sn=991000001", "fee_ocur_time: no such date or time", DAY]),
    "hl7": (field_of("FT1", 4, "20250230101500"), None, ["T01.hl7 message=T010000 number=1:5: FT1-4: no such date or time", "20250230101500"]),
    "fhir": (of_resource("ChargeItem", occurrenceDateTime="2025-02-30T10:00:00+08:00"), None,
             ["T01.json self=ChargeItem/c991000001", "occurrenceDateTime: no such date or time", "2025-02-30"])})
WRONG["wrong encoding"].update({
    "nhsa": (None, spoilt("T01.json", "呼吸内科", "utf-8"), ["T01.json:2: the text is not in the encoding declared"]),
    "hl7": (None, spoilt("T01.hl7", "靜脈輸液", "utf-8"), ["T01.hl7:", "the text is not in the encoding declared"]),
    "fhir": (None, spoilt("T01.json", "靜脈輸液", "utf-8"), ["T01.json:", "the text is not in the encoding declared"])})
WRONG["sum that is not the settlement head's"].update({
    "nhsa": (total_of_2304, None, ["T01.json mdtrt_id=T01:", "medfee_sumamt: the amounts do not add up"]),
    "dhc": "bills are open until they are settled", "hl7": "the messages tell no total that the charges come to", "fhir": "no total of the charges is told"})
