"""What lays each trap in each vendor's tables, or why they cannot hold it.

A cell of TRAPS is a text, the reason why the layout has no such trap, or a function (made, stays) that lays it into what the writer made and
answers how many rows bear it: none is a failure of the test. `made` is {table: rows}, or the messages of the first stay. Traps that the stays
themselves bear are counted in `stays`.
"""
from decimal import Decimal

import zlhis as zl
from winning import time16

NEVER16 = "1900010100:00:00"
UNLINKED, BABYS, TAKE_HOME = "991000006", "991000010", "991000013"
LINKS = "the refund repeats document and line of what it takes back"
ONE_ROW = "a charge is one row"
ONE_TABLE = "one table of charges"


def find(rows, **wanted):
    return next(r for r in rows if all(r[k] == v for k, v in wanted.items()))


def of_stays(predicate):
    return lambda made, stays: sum(predicate(c) for stay in stays for c in stay.charges)


def setting(table, key, serials, **values):
    """Some rows of a table, each told another."""
    def lay(made, stays):
        hit = [r for r in made[table] if r[key] in serials]
        for row in hit:
            row.update(values)
        return len(hit)
    return lay


def more(table, make):
    """Rows beside the first of a table."""
    def lay(made, stays):
        rows = make(made[table][0])
        rows = rows if isinstance(rows, list) else [rows]
        made[table] += rows
        return len(rows)
    return lay


def there(table, **wanted):
    """Rows that the writer lays for every stay."""
    return lambda made, stays: sum(all(r[k] == v for k, v in wanted.items()) for r in made[table])


CUT_CODES = "codes cut at 20 characters"
CUT = "the vendor's mapping is checked as hospital/mapping.csv"  # not laid in these tables: the vendor's mapping becomes hospital/mapping.csv


def both(*cells):
    return lambda made, stays: min(cell(made, stays) for cell in cells)


def everywhere(cell):
    return {name: cell for name in ("zlhis", "winning", "neusoft", "bsoft", "hsa-his", "newtouch", "dhc", "views", "nhsa", "hl7", "fhir")}


# --- one item in several rows -----------------------------------------------------------------

def split_rows(made, stays):
    """Besides, charges of one document, line and instant: of two kinds of documents, and of two lines."""
    rows, parts = made["住院费用记录"], []
    find(rows, ID="991000007")["记录性质"] = "2"
    find(rows, ID="991000014").update({"NO": find(rows, ID="991000007")["NO"], "记录性质": "3"})
    find(rows, ID="991000018").update({"NO": find(rows, ID="991000017")["NO"], "记录性质": find(rows, ID="991000017")["记录性质"], "序号": "2"})
    for serial in ("991000011", "991000012"):
        row = find(rows, ID=serial)
        parts += zl.split(row)
        rows.remove(row)
    rows += parts
    return len(parts)


def one_order_of_several_items(made, stays):
    """The charges of one order hang on one bill order; each is a detail of its own."""
    rows = [r for r in made["DHC_PatBillDetails"] if r["PBD_RowId"].startswith(("301||4||", "301||14||"))]
    for row in rows:
        row["PBD_PBO_ParRef"] = "301||4"
    return len(rows)


# --- soft deletes -----------------------------------------------------------------------------

def cancelled_stay(stays_table, key, state, charges_table, serial, stay="77777"):
    def lay(made, stays):
        made[stays_table].append({**made[stays_table][0], key: stay, **state})
        made[charges_table].append({**made[charges_table][0], key: stay, **serial})
        return 2
    return lay


def dhc_deleted(made, stays):
    """Beside the writer's cancelled visit one that is no stay, with a bill and a diagnosis of its own."""
    made["PA_Adm"].append({**made["PA_Adm"][0], "PAADM_RowID": "8301", "PAADM_Type": "O", "PAADM_MainMRADM_DR": "m8301"})
    made["MR_Diagnos"].append({**made["MR_Diagnos"][0], "MRDIA_RowId": "m8301||1", "MRDIA_MRADM_ParRef": "m8301"})
    return there("PA_Adm", PAADM_VisitStatus="C")(made, stays)


def newtouch_deleted(made, stays):
    """An admission written twice, the first deleted; a void one; deleted rows of the charges are the writer's."""
    cancelled_stay("zy_brjbxx", "zyh", {"zybz": "9"}, "zy_xmjfb", {"jfbbh": "7777"})(made, stays)
    cancelled_stay("zy_brjbxx", "zyh", {"zybz": "9"}, "zy_ypjfb", {"jfbbh": "7776"}, "77776")(made, stays)
    cancelled_stay("zy_brjbxx", "zyh", {"zt": "0"}, "zy_ypjfb", {"jfbbh": "7777"}, "77778")(made, stays)
    cancelled_stay("zy_brjbxx", "zyh", {"zt": "0"}, "zy_xmjfb", {"jfbbh": "7779"}, "77779")(made, stays)
    made["zy_js"].append({**made["zy_js"][0], "jsnm": "7", "zje": "7.00", "jszt": "2"})
    made["zy_brjbxx"].insert(0, {**made["zy_brjbxx"][0], "xm": "测试", "ryrq": "2025-01-01 00:00:00", "zt": "0"})
    made["zy_PatDxInfo"].append({**made["zy_PatDxInfo"][0], "zddm": "R50.900", "zt": "0"})
    return there("zy_xmjfb", zt="0")(made, stays)


def zlhis_deleted(made, stays):
    """Beside what the writer lays: an operation that was cancelled, one of the ward's own notes."""
    first = made["病人手麻记录"][0]
    made["病人手麻记录"] += [{**first, "ID": "7", "手术次序": "2", "取消时间": "2025-03-06 10:00:00"}, {**first, "ID": "8", "手术次序": "3", "记录来源": "1"}]
    return min(there("住院费用记录", **{"记录状态": "0"})(made, stays), there("病人诊断记录", **{"诊断描述": "已取消的诊断"})(made, stays))


def hl7_deleted(made, stays):
    made[-1] += ["DG1|9||R50.900^發熱^ICD10|||F|||||||||2||||||D", "PR1|9||99.9900^無^ICD9||20250305" + "|" * 15 + "D"]
    return 2


def transactions(made, infno):
    return [m for m in made if m["infno"] == infno]


def resources(made, kind, **wanted):
    return [r for r in made if r["resourceType"] == kind and all(r.get(k) == v for k, v in wanted.items())]


# --- links ------------------------------------------------------------------------------------

def nhsa_unlinked(made, stays):
    rows = [r for m in transactions(made, "2301") for r in (m["input"]["feedetail"] if isinstance(m["input"]["feedetail"], list) else [])
            if r["feedetl_sn"] == UNLINKED]
    for row in rows:
        row["init_feedetl_sn"] = ""
    return len(rows)


def hl7_unlinked(made, stays):
    """A credit with a number of its own, another with none."""
    import hl7
    for serial, number in ((UNLINKED, "77"), ("991000012", "")):
        place = hl7.NAMES[serial].split("-", 1)
        at = next(i for i, line in enumerate(made[0]) if line.startswith(f"FT1|{place[1].rsplit('-', 1)[1]}|"))
        parts = made[0][at].split("|")
        parts[2] = number
        made[0][at] = "|".join(parts)
        hl7.NAMES[serial] = f"{number}-{place[1]}" if number else place[1]
    return 2


def never_of_hl7(made, stays):
    """What is told to be nothing, by two quotes."""
    at = next(i for i, line in enumerate(made[0]) if f"|{TAKE_HOME}|" in line)
    parts = made[0][at].split("|")
    parts[5] = '""'
    made[0][at] = "|".join(parts)
    return 1


# --- dates ------------------------------------------------------------------------------------

def another_charge_date(made, stays):
    """EXEC_DATE is when it was done; CHARGE_DATE, when it was priced, counts only where that is never."""
    rows = [r for t in ("FIN_IPB_ITEMLIST", "FIN_IPB_MEDICINELIST") for r in made[t] if not r["EXEC_DATE"].startswith("0001")]
    for row in rows:
        row["CHARGE_DATE"] = "2025-03-01 07:00:00"
    return len(rows)


def packed_views(made, stays):
    rows = made["V_4201_FEEDETAIL"]
    for row, charge in zip(rows, [c for stay in stays for c in stay.charges]):
        row["FEE_OCUR_TIME"] = time16(charge["fee_ocur_time"])
    return len(rows)


def dates_apart(made, stays):
    return sum(c["entry_time"] > c["exec_time"] > c["fee_ocur_time"] for stay in stays for c in stay.charges)


# --- diagnoses, items -------------------------------------------------------------------------

def of_another_kind(table, kind, *values):
    return lambda made, stays: more(table, lambda first: [{**first, "ZDXH" if table == "ZY_RYZD" else "id": f"9{v}", kind: v} for v in values])(made, stays)


def prices_changed(made, stays):
    """One item at two prices in a stay; the refund without link is of the former."""
    prices = {}
    for charge in stays[0].charges:
        prices.setdefault(charge["medins_list_codg"], set()).add(charge["pric"])
    return sum(len(p) > 1 for p in prices.values())


def same_origin(made, stays):
    """One maker of the item; another of the same code, price and quantity, whose charge is not the one taken back."""
    for row in made["VW_BRFYMXK"]:
        row["idm"] = "901" if row["ypdm"] == "Y100350" else row["idm"]
    find(made["VW_BRFYMXK"], xh="991000018")["idm"] = "902"
    made["YK_YPCDMLK"].append({"idm": "950", "ypdm": "Y100350", "zxdw": "粒", "tybz": "1"})
    return prices_changed(made, stays)


def retired_of_newtouch(made, stays):
    for table in ("xt_sfxm", "xt_yp", "xt_ypsx"):
        first = made[table][0]
        made[table].insert(0, {k: v if k in ("sfxmCode", "ypCode") else "停用" for k, v in first.items()} | {"zt": "0"})
        made[table].append(dict(made[table][0]))
    return 6


def numbers_of_another_master(made, stays):
    """A drug and a service of one number, in both masters."""
    number = made["YK_TYPK"][0]["YPXH"]
    made["GY_YLSF"].append({"FYXH": number, "FYDW": "停用"})
    made["YK_TYPK"].append({"YPXH": made["GY_YLSF"][0]["FYXH"], "YPGG": "停用", "BFDW": "停用", "ZXDW": "停用"})
    return 2


def ids_of_another_master(made, stays):
    made["base_drug"] += [{**r, "code": "停用"} for r in made["base_item"]]
    return len(made["base_item"])


# --- settlement heads ---------------------------------------------------------------------------

def in_parts(table, column, **key):
    """A settlement within the stay and the final one: together they are what the charges come to."""
    def lay(made, stays):
        first = made[table][0]
        made[table].append({**first, **key, column: "10.00", **({"yhje": "0"} if "yhje" in first else {})})
        first[column] = str(Decimal(first[column]) - 10)
        return 2
    return lay


# Another hospital's rows in the tables of this one.
DIFFERENT = {"inpt_visit": {"id": "88888"}, "inpt_diagnose": {"is_main": "0", "id": "88"}, "oper_info_record": {"oper_disease_icd9": "00.0000"},
             "inpt_settle": {"reality_price": "7.00"}, "base_disease": {"code": "R50.900"}}
PRICES = both(prices_changed)
WIDE = "no column of 20 characters is known"
TRAPS = {
    "refund without link": {
        "zlhis": LINKS, "winning": both(setting("VW_BRFYMXK", "xh", (UNLINKED, BABYS), tfxh=""), setting("VW_BRFYMXK", "xh", ("991000007",), tfxh="0")),
        "neusoft": both(setting("FIN_IPB_MEDICINELIST", "RECIPE_NO", (f"Y{UNLINKED:0>13}",), EXT_CODE=""),
                        setting("FIN_IPB_ITEMLIST", "RECIPE_NO", (f"F{BABYS:0>13}",), EXT_CODE=""),
                        setting("FIN_IPB_ITEMLIST", "RECIPE_NO", ("F0000991000014",), EXT_CODE="F7"),
                        setting("FIN_IPB_MEDICINELIST", "RECIPE_NO", ("Y0000991000007",), EXT_CODE="Y7")),
        "bsoft": lambda made, stays: sum(r["FYSL"].startswith("-") for r in made["ZY_FYMX"]),
        "hsa-his": both(setting("inpt_cost", "id", (UNLINKED, BABYS), old_cost_id=""), setting("inpt_cost", "id", ("991000007",), old_cost_id="0")),
        "newtouch": both(setting("zy_ypjfb", "jfbbh", ("6",), cxzyjfbbh="0"), setting("zy_xmjfb", "jfbbh", ("12",), cxzyjfbbh="0")),
        "dhc": lambda made, stays: sum(r["PBD_BillQty"].startswith("-") for r in made["DHC_PatBillDetails"]),
        "views": setting("V_4201_FEEDETAIL", "FEEDETL_SN", (UNLINKED, BABYS), INIT_FEEDETL_SN=""),
        "nhsa": nhsa_unlinked, "hl7": hl7_unlinked,
        "fhir": lambda made, stays: sum(r["quantity"]["value"].text.startswith("-") for r in resources(made, "ChargeItem", status="billable"))},
    "partial refunds": everywhere(of_stays(lambda c: c["init_feedetl_sn"] == "991000001")),
    "one item in several rows": {**everywhere(ONE_ROW), "zlhis": split_rows, "dhc": one_order_of_several_items},
    "rows without amount": {
        "zlhis": there("住院费用记录", **{"实收金额": ""}),
        "winning": more("VW_BRFYMXK", lambda r: {**r, "xh": "8", "ypsl": "0", "zje": "0.00", "yhje": ""}),
        "neusoft": both(*(more(t, lambda r: {**r, "RECIPE_NO": "F8", "QTY": "0", "TOT_COST": "0.00"}) for t in ("FIN_IPB_ITEMLIST", "FIN_IPB_MEDICINELIST"))),
        "bsoft": more("ZY_FYMX", lambda r: {**r, "JLXH": "8", "FYSL": "0", "ZJJE": "0.00"}),
        "hsa-his": more("inpt_cost", lambda r: {**r, "id": "8", "total_num": "0.0000", "reality_price": ""}),
        "newtouch": both(*(more(t, lambda r: {**r, "jfbbh": "8888", "sl": "0.00"}) for t in ("zy_xmjfb", "zy_ypjfb"))),
        "dhc": more("DHC_PatBillDetails", lambda r: {**r, "PBD_RowId": r["PBD_RowId"] + "8", "PBD_BillQty": "0", "PBD_TotalAmount": "0"}),
        "views": "a row of the view is a charge", "nhsa": "a row of the message is a charge", "hl7": "a segment is a charge",
        "fhir": "a resource is a charge by its status"},
    "drugs in a table of their own": {
        **everywhere(ONE_TABLE), "neusoft": lambda made, stays: min(len(made["FIN_IPB_ITEMLIST"]), len(made["FIN_IPB_MEDICINELIST"])),
        "newtouch": lambda made, stays: min(len(made["zy_ypjfb"]), len(made["zy_xmjfb"]))},
    "baby on the mother's bill": {
        "zlhis": there("住院费用记录", **{"婴儿费": "1"}), "winning": there("VW_BRFYMXK", yexh="1"), "neusoft": there("FIN_IPB_ITEMLIST", BABY_FLAG="1"),
        "bsoft": there("ZY_FYMX", YEPB="1"), "hsa-his": there("inpt_cost", baby_id="b1"), "newtouch": "a baby is a stay of its own, as far as is known",
        "dhc": "a baby is a person and a stay of its own", "views": there("V_4201_FEEDETAIL", NWB_FLAG="1"), "nhsa": "2301 has no such flag",
        "hl7": "a baby is a visit of its own", "fhir": "a baby is an Encounter of its own"},
    "soft deletes": {
        "zlhis": zlhis_deleted,
        "winning": both(there("ZY_BRSYK", brzt="9"), there("ZY_BRJSK", jlzt="1"), more("SS_SSDJK", lambda r: {**r, "xh": "8", "ssdm": "00.0000", "jlzt": "2"})),
        "neusoft": both(*(more(t, lambda r: {**r, "RECIPE_NO": "F9", "SPLIT_FEE_FLAG": "1"}) for t in ("FIN_IPB_ITEMLIST", "FIN_IPB_MEDICINELIST")),
                        cancelled_stay("FIN_IPR_INMAININFO", "INPATIENT_NO", {"IN_STATE": "N"}, "FIN_IPB_MEDICINELIST", {"RECIPE_NO": "Y7"}, "77778"),
                        cancelled_stay("FIN_IPR_INMAININFO", "INPATIENT_NO", {"IN_STATE": "C"}, "FIN_IPB_ITEMLIST", {"RECIPE_NO": "F7"}),
                        more("FIN_IPB_BALANCEHEAD", lambda r: {**r, "BALANCE_NO": "7", "TOT_COST": "7.00", "WASTE_FLAG": "0"})),
        "bsoft": both(cancelled_stay("ZY_BRRY", "ZYH", {"CYPB": "99"}, "ZY_FYMX", {"JLXH": "7"}),
                      more("ZY_ZYJS", lambda r: {**r, "JSCS": "7", "FYHJ": "7.00", "ZFPB": "1"})),
        "hsa-his": both(cancelled_stay("inpt_visit", "id", {"status_code": "8"}, "inpt_cost", {"id": "7", "visit_id": "77777"}),
                        more("inpt_settle", lambda r: {**r, "id": "7", "reality_price": "7.00", "status_code": "1"}),
                        more("oper_info_record", lambda r: {**r, "id": "7", "oper_disease_icd9": "00.0000", "status_code": "3"}),
                        *(more(t, lambda r, other=other: {**r, "hosp_code": "1000002", **other}) for t, other in DIFFERENT.items())),
        "newtouch": newtouch_deleted, "dhc": dhc_deleted, "views": "a view shows what holds",
        "nhsa": lambda made, stays: len(transactions(made, "2302")), "hl7": hl7_deleted,
        "fhir": lambda made, stays: len(resources(made, "ChargeItem", status="entered-in-error"))},
    "dates that mean never": {
        "zlhis": both(setting("住院费用记录", "ID", (TAKE_HOME,), **{"执行时间": zl.NEVER, "登记时间": zl.NEVER}),
                      setting("病人诊断记录", "诊断描述", ("肺炎^|$眧",), **{"取消时间": zl.NEVER})),
        "winning": both(setting("VW_BRFYMXK", "xh", (TAKE_HOME,), qqrq=NEVER16), setting("ZY_BRSYK", "syxh", ("5001",), rqrq=NEVER16, cyrq=NEVER16)),
        "neusoft": there("FIN_IPB_MEDICINELIST", EXEC_DATE="0001-01-01 00:00:00", FEE_DATE="0001-01-01 00:00:00"),
        "bsoft": setting("ZY_FYMX", "JLXH", (TAKE_HOME,), JFRQ="1900-01-01 00:00:00"), "hsa-his": "an absent date is NULL",
        "newtouch": there("zy_ypjfb", fyrq="1900-01-01 00:00:00", CreateTime="1900-01-01 00:00:00"), "dhc": "an absent date is empty",
        "views": setting("V_4201_FEEDETAIL", "FEEDETL_SN", (TAKE_HOME,), ENTRY_TIME="30000101000000"), "nhsa": "an absent date is empty",
        "hl7": never_of_hl7, "fhir": "an absent date is left out"},
    "yyyyMMddHH:mm:ss": {
        **everywhere("dates are a type of the database"), "winning": lambda made, stays: sum(r["zxrq"][8:9] != "" and r["zxrq"][10] == ":" for r in made["VW_BRFYMXK"]),
        "dhc": "dates are numbers of days", "views": packed_views, "nhsa": "the interface writes them otherwise", "hl7": "the standard writes them otherwise",
        "fhir": "the standard writes them otherwise"},
    "business, posting and execution date": {
        **everywhere(dates_apart), "neusoft": both(dates_apart, another_charge_date), "nhsa": "2301 has one"},
    "diagnoses in several sources": {
        "zlhis": both(there("病人诊断记录", **{"记录来源": "1"}), there("病人诊断记录", **{"记录来源": "4"}),
                      more("病人诊断记录", lambda r: [{**r, "ID": f"9{kind}", "诊断类型": kind} for kind in ("1", "5", "6", "11", "21")])),
        "winning": "one table; the columns of the front page are not known", "neusoft": "the view is the source that the site chose",
        "bsoft": of_another_kind("ZY_RYZD", "ZDLB", "1", "6", "7", "8"), "hsa-his": of_another_kind("inpt_diagnose", "type_code", "202"),
        "newtouch": "one table; the columns of the front page are not known", "dhc": "one table; no front page is known", "views": "one view",
        "nhsa": both(lambda made, stays: len(transactions(made, "2401")), lambda made, stays: len(transactions(made, "2402"))),
        "hl7": lambda made, stays: sum(line.startswith("DG1") for line in made[0]), "fhir": "one list, that of the Encounter"},
    "item master and price history": {
        **everywhere(PRICES), "zlhis": both(PRICES, there("收费项目目录", **{"名称": "停用项目"})), "winning": same_origin,
        "bsoft": both(PRICES, numbers_of_another_master), "hsa-his": both(PRICES, ids_of_another_master), "newtouch": both(PRICES, retired_of_newtouch),
        "dhc": both(PRICES, more("DHC_TarItem", lambda r: {**r, "TARI_RowId": "t99", "TARI_Desc": "停用项目", "TARI_UOM": "停"}))},
    CUT_CODES: {**everywhere(WIDE), "zlhis": CUT, "bsoft": CUT, "nhsa": "codes come whole", "hl7": "codes come whole", "fhir": "codes come whole"},
    "stay settled in parts": {
        **everywhere("one total"), "winning": in_parts("ZY_BRJSK", "zje", xh="35001"), "neusoft": in_parts("FIN_IPB_BALANCEHEAD", "TOT_COST", BALANCE_NO="2"),
        "bsoft": in_parts("ZY_ZYJS", "FYHJ", JSCS="2"), "hsa-his": in_parts("inpt_settle", "reality_price", id="T01b"),
        "newtouch": in_parts("zy_js", "zje", jsnm="T01b"), "views": lambda made, stays: len(made["V_JSQD_ITEMINFO"]), "dhc": "no total is told",
        "hl7": "no total is told", "fhir": "no total is told"},
    "visible number that is no key": everywhere(lambda made, stays: len(stays)),
    "^ | $ and trail bytes in names": everywhere(of_stays(lambda c: bool(
        set("^|$") & set(c["medins_list_name"]) and set(b"|^") & set(c["medins_list_name"].encode("gb18030")[1::2])))),
}
