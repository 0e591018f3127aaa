"""ZLHIS: one table of charges with Chinese names; refunds are rows of the same document and line; an item may stand in several rows."""
from decimal import Decimal

from vendor import executed, is_of_the_baby

NAME, ENCODING, NEVER = "zlhis", "gb18030", "3000-01-01 00:00:00"
KEYS, SITE = {"diagnoses": "diag_srt_no", "operations": "oprn_srt_no"}, {}
# What the layout has no place for, as adapters/zlhis/README.md says.
LACKS = {"charges.bilg_dept_codg", "charges.bilg_dept_name", "charges.bilg_dr_codg", "charges.dscg_tkdrug_flag"}
SEXES = {"1": "男", "2": "女"}
WAYS = {"1": "正常", "2": "转院", "4": "非医嘱离院", "5": "死亡"}
PRESENT = {"1": "有", "2": "临床未确定", "3": "情况不明", "4": "无", "": ""}


def key_of(stay):
    return {"病人ID": str(1000 + int(stay.id[1:])), "主页ID": "1"}


def mdtrt_id(stay):
    return "-".join(key_of(stay).values())


def of_item(items, charge):
    code = charge["medins_list_codg"]
    if code not in items:
        items[code] = {"ID": str(70000 + len(items)), "类别": "5" if code[0] == "Y" else "E", "编码": code, "名称": charge["medins_list_name"],
                       "规格": charge["spec"], "计算单位": charge["prcunt"], "撤档时间": NEVER}
    return items[code]["ID"]


def retired(items):
    """A retired item that had the code of one in use: joined by ID it is never met."""
    first = next(iter(items.values()))
    return {**first, "ID": "69999", "名称": "停用项目", "计算单位": "盒", "撤档时间": "2024-12-31 00:00:00"}


def charge_rows(stay, items):
    refunded = {c["init_feedetl_sn"]: c for c in stay.charges if c["init_feedetl_sn"]}
    place = {}
    for n, charge in enumerate(stay.charges, 1):
        place[charge["feedetl_sn"]] = (f"B{int(stay.id[1:]):02}{n:05}", "1")
    for n, charge in enumerate(stay.charges, 1):
        document, line = place[charge["init_feedetl_sn"] or charge["feedetl_sn"]]
        state = "2" if charge["init_feedetl_sn"] else "3" if charge["feedetl_sn"] in refunded else "1"
        count, doses = Decimal(charge["cnt"]), 1
        if count % 7 == 0 and state == "1":
            count, doses = count / 7, 7
        row = {"ID": charge["feedetl_sn"], "记录性质": "2" if n % 9 else "3", "NO": document, "序号": line, "记录状态": state, "价格父号": "",
               "病人id": key_of(stay)["病人ID"], "主页id": key_of(stay)["主页ID"], "医嘱序号": charge["drord_no"], "付数": str(doses),
               "数次": f"{count:f}00000" if "." in f"{count:f}" else f"{count:f}.00000", "收费细目id": of_item(items, charge), "附加标志": "",
               "婴儿费": "1" if is_of_the_baby(charge) else "0", "标准单价": charge["pric"], "实收金额": charge["det_item_fee_sumamt"], "开单部门id": "17",
               "开单人": charge["bilg_dr_name"], "发生时间": charge["fee_ocur_time"], "登记时间": charge["entry_time"],
               "执行时间": executed(charge), "执行状态": "0"}
        if charge["init_feedetl_sn"]:
            original = next(r for r in stay.charges if r["feedetl_sn"] == charge["init_feedetl_sn"])
            backs = [r["feedetl_sn"] for r in stay.charges if r["init_feedetl_sn"] == charge["init_feedetl_sn"]]
            row["执行状态"] = str(-1 - backs.index(charge["feedetl_sn"]))
            row["记录性质"] = "2" if (stay.charges.index(original) + 1) % 9 else "3"
        yield from split(row) if n % 10 == 0 and state == "1" else [row]


def split(row):
    """One item in two rows, by category of revenue."""
    price, amount = Decimal(row["标准单价"]), Decimal(row["实收金额"])
    part, part_amount = (price * 3 / 5).quantize(Decimal("0.00001")), (amount * 3 / 5).quantize(Decimal("0.01"))
    yield {**row, "标准单价": f"{part}", "实收金额": f"{part_amount}"}
    yield {**row, "ID": row["ID"] + "0", "序号": "2", "价格父号": row["序号"], "标准单价": f"{price - part}", "实收金额": f"{amount - part_amount}"}


def noise(stay, charge):
    """Rows that are no charges: not yet posted, left over from a cancelled settlement, a rounding line, a re-discount."""
    base = {**charge, "NO": "Z" + stay.id, "序号": "1", "价格父号": ""}
    yield {**base, "ID": charge["ID"] + "91", "记录状态": "0"}
    yield {**base, "ID": charge["ID"] + "92", "记录性质": "12", "序号": "2", "实收金额": ""}
    yield {**base, "ID": charge["ID"] + "93", "序号": "3", "附加标志": "9", "实收金额": "0.01"}
    yield {**base, "ID": charge["ID"] + "94", "序号": "4", "数次": "0", "实收金额": "0"}


def sickness(stay, diseases):
    def disease(code, name, kind):
        return diseases.setdefault(code, {"ID": str(3000 + len(diseases)), "编码": code, "名称": name, "类别": kind})["ID"]

    diagnoses, operations = [], []
    for d in stay.diagnoses:
        row = {**key_of(stay), "ID": f"{stay.id[1:]}{len(diagnoses)}", "记录来源": "4", "诊断次序": d["diag_srt_no"], "诊断类型": "3",
               "疾病ID": disease(d["diag_code"], d["diag_name"], "D"), "诊断描述": d["diag_name"], "入院病情": PRESENT[d["adm_cond_type"]], "取消时间": ""}
        diagnoses += [row, {**row, "ID": row["ID"] + "8", "记录来源": "1", "诊断描述": "病历中的诊断"},
                      {**row, "ID": row["ID"] + "9", "诊断描述": "已取消的诊断", "取消时间": stay.head["begntime"]}]
    for o in stay.operations:
        operations.append({**key_of(stay), "ID": f"{stay.id[1:]}{len(operations)}", "记录来源": "4", "手术日期": o["oprn_oprt_date"] + " 09:00:00",
                           "手术操作ID": disease(o["oprn_oprt_code"], o["oprn_oprt_name"], "S"), "已行手术": o["oprn_oprt_name"],
                           "手术次序": o["oprn_srt_no"], "取消时间": ""})
    return diagnoses, operations


def tables(stays):
    items, diseases, made = {}, {}, {"病人信息": [], "病案主页": [], "住院费用记录": [], "病人诊断记录": [], "病人手麻记录": []}
    for stay in stays:
        head = stay.head
        made["病人信息"].append({"病人ID": key_of(stay)["病人ID"], "姓名": head["psn_name"], "性别": SEXES[head["gend"]], "出生日期": head["brdy"],
                                 "身份证号": head["certno"], "医保号": head["psn_no"], "险类": head["insutype"]})
        made["病案主页"].append({**key_of(stay), "住院号": head["medrcdno"], "病案号": head["medrcdno"], "姓名": head["psn_name"],
                                 "性别": SEXES[head["gend"]], "险类": head["insutype"], "病人类型": head["psn_type"], "入院日期": head["begntime"],
                                 "出院日期": head["endtime"], "入院方式": "转入" if head["refl_flag"] == "1" else "门诊", "出院方式": WAYS[head["dscg_way"]],
                                 "入院科室id": "17", "当前病区id": "18", "出院病床": head["adm_bed"], "入院病床": head["adm_bed"],
                                 "住院医师": head["atddr_name"],
                                 "费用和": str(sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges))})
        charges = list(charge_rows(stay, items))
        made["住院费用记录"] += charges + list(noise(stay, charges[0]))
        diagnoses, operations = sickness(stay, diseases)
        made["病人诊断记录"] += diagnoses
        made["病人手麻记录"] += operations
    made["收费项目目录"] = [*items.values(), retired(items)]
    made["疾病编码目录"] = list(diseases.values())
    return made
