#!/usr/bin/env python3
"""Makes examples/hospital from the data set of the national rule libraries and the Shaanxi price list.

    examples/make_example.py DATA_DIR OUT_DIR

Only needed when the facts change: the result is committed. Every row names its source. Figures are
facts of their place and year; rows marked MADE are artificial and name no real product or person.
"""
import csv
import json
import pathlib
import re
import shutil
import sys
from xml.sax.saxutils import quoteattr

from pathway_texts import ALLOWED, CHINESE, CLASSES

LEVELS = {"3+": "cap_special", "3": "cap_tertiary", "2": "cap_secondary", "1": "cap_primary"}
NATIONAL_SEX = {"M": "1", "F": "2"}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tab_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def clean(cell):
    """Control characters and outer blanks of the sources: a pack refuses them."""
    return re.sub(r"[\x00-\x1f\x7f]", "", str(cell)).strip(" ")


def write(path, header, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows([clean(cell) for cell in line] for line in lines)


def caps(data):
    for r in rows(data / "price-caps-shaanxi-2021.csv"):
        source = f"陕西省医疗服务项目价格 2021, {r['sheet']} {r['row']}"
        tail = ["", "2021-01-01", "", "refuse"]
        if r["status"] in ("priced", "partial"):
            for level, column in LEVELS.items():
                if level == "3+" and not r[column]:
                    continue
                yield [r["code"], level, *tail, r[column], r["unit"], source]
        else:  # market price, pending, or a heading whose sub-items bear the prices
            yield [r["code"], "", *tail, "", r["unit"], f"{source} ({r['status']})"]


# notes of the surgery sheet (本类说明); 3301 is anaesthesia
SURGERY = [
    ("33", "20", "age<=6", "1", "六周岁（含）以下儿童手术在项目价格基础上加收不超过20%。", "6"),
    ("33", "20", "filed:reoperation", "0", "同一器官再次手术，手术费加收20%。", "2"),
    ("3301", "0", "filed:reoperation", "0", "以上四种情况，麻醉费不再另外加收。", "2"),
]
SIDES = ["单侧", "每侧", "侧", "单眼"]
BILATERAL = "同一切口双侧器官同时实行的手术，在相应单侧手术收费基础上加收60%。"
# 计价单位为每节间盘、椎骨、椎板的项目，每增加一个计价单位加收50%
SPINE, VERTEBRAE = "331501", ["每节间盘", "每节椎骨", "每节椎板", "每节椎体"]
# "beside" in the words of the notes: the price-list codes whose charge in the same second or on the same day is meant
# (our reading)
AT_ONCE = {"250304": "310602006*", "250403083a": "250403083"}
BESIDE = {"330703001": "330701* 330702*", "330703002a": "330701* 330702*",
          "330703002b": "330701* 330702*", "330703002c": "330701* 330702*", "330801021": "3308*",
          "331005010a": "331002* 331003* 331006* 331007*", "331005010b": "331002* 331003* 331006* 331007*",
          "331005010c": "331002* 331003* 331006* 331007*", "331005010d": "331002* 331003* 331006* 331007*"}
# a note read by pattern that bounds what is added for each further unit, or speaks of a sum or of other items
BOUNDS = {("270700004", "2600")}
NO_ADDITION = {("240300008a", "4000"), ("310602006", "70")}


def surcharge(row):
    """kind, value, condition of a row that was read by pattern."""
    code, text = row["code"], row["text"]
    if (code, row["value"]) in BOUNDS:
        return "most-add", row["value"], ""
    if (code, row["value"]) in NO_ADDITION:
        return "other", row["value"], ""
    if row["kind"] == "pay-at":
        return "pay-at", row["value"], (f"with:{BESIDE[code]}" if code in BESIDE else
                                        f"at-once:{AT_ONCE[code]}" if code in AT_ONCE else "")
    return row["kind"], row["value"], "each" if row["kind"] == "add" and re.search("每(增|日|10分钟)", text) else ""


def surcharges(data):
    source = "陕西省医疗服务项目价格 2021, "
    for code, value, condition, at_most, text, note in SURGERY:
        yield [code, "add", value, "percent", condition, at_most, "2021-01-01", "", text, f"{source}临床手术 本类说明 {note}"]
    items = rows(data / "price-caps-shaanxi-2021.csv")
    spine = [r["code"] for r in items if r["code"].startswith(SPINE) and r["unit"] in VERTEBRAE]
    for r in items:
        if r["code"][:2] == "33" and r["code"][:4] != "3301" and r["unit"] in SIDES and r["status"] == "priced":
            yield [r["code"], "add", "60", "percent", "filed:bilateral", "0", "2021-01-01", "", BILATERAL,
                   f"{source}临床手术 本类说明 2"]
    yield ["250700021", "most-add", "880", "percent", "", "1", "2021-01-01", "", "最高加收不超过11个位点。",
           f"{source}医技类 note"]
    for r in rows(data / "price-surcharges-shaanxi-2021.csv"):
        kind, value, condition = surcharge(r)
        for code in spine if r["code"] == SPINE else [r["code"]]:
            yield [code, kind, value, r["unit"], condition, "1" if r["at_most"] == "Y" else "0", "2021-01-01", "",
                   r["text"], f"{source}{r['source_column']}"]


def unit_minutes(data):
    factor = {"分钟": 1, "小时": 60, "日": 1440}
    for r in rows(data / "price-units-shaanxi-2021.csv"):
        if r["kind"] != "time" or r["base"] not in factor:
            continue
        minutes = float(r["qty"]) * factor[r["base"]]
        if minutes != int(minutes) or 1440 % int(minutes):
            continue
        yield [r["unit"], 1440 // int(minutes), int(minutes), "S1 V2 (000:45); 陕西省价格 2021"]


def live(path):
    """Rows that an update did not drop."""
    return [r for r in rows(path) if r.get("note") != "dropped-by-update"]


def retired(data, library, gz):
    """Records that a later one supersedes, and codes that an update dropped: kept, read by no rule."""
    seen = set()
    for file, column in (("course-drug", "days"), ("institution-grade", "min_grade"), ("visit-mode", "visit_mode"),
                         ("insurance-type", "insurance"), ("sex-drug", "sex"), ("age-drug", "age_group")):
        for r in rows(data / f"rules-{file}.csv"):
            if r["note"] == "dropped-by-update":
                seen.add((r["code"], r["kp_id"]))
                yield [r["code"], r["name"], r["rule_class"], "dropped", f"{r[column]}: {r['text']}", gz(r), r["kp_id"]]
    for name in sorted({r["supersedes"] for r in library.values() if r["supersedes"]}):
        old = library.get(name)
        for code in sorted(set(old["med_codes"])) if old else []:
            if (code, name) in seen:
                continue
            yield [code, old["item_name"], old["rule_class"], "superseded", old["constraint"], old["gz_code"] or "", name]


# checks that are a rule of the national rule library as a whole, without knowledge points
NATIONAL_RULES = {"V3": "医疗服务项目超限定单价收费", "V8": "分解住院", "V17": "无指征住院（低标准入院）",
                  "V20": "就诊数据非实时上传监管"}


def of_working_age(library):
    """The class without a table: services for those of the legal working age."""
    return [{"code": code, "name": k["item_name"], "age_group": "working-age", "text": k["constraint"], "kp_id": k["kp_id"]}
            for k in library.values() if k["rule_class"] == WORKING_AGE for code in k["med_codes"]]


DISCOUNT = "手术项目未按规定折价收费"
WORKING_AGE = "医疗服务项目限年龄"


def national(data, out):
    library = {}
    for line in open(data / "two-libraries.jsonl", encoding="utf-8"):
        record = json.loads(line)
        library[record["kp_id"]] = record
    gz = lambda r: library[r["kp_id"]]["gz_code"] or ""
    tail = lambda r: ["", "", gz(r), r["kp_id"]]
    ends = "begndate,enddate,gz_code,kp_id"
    rules = out / "rules"
    table = lambda name, columns, lines: write(rules / f"{name}.csv", f"{columns},{ends}", lines)
    table("frequency", "med_list_codg,med_list_name,limit,unit",
          ([r["code"], r["name"], r["limit"], {"day": "日", "hour": "小时"}[r["unit"]], *tail(r)]
           for r in rows(data / "rules-frequency.csv")))
    table("cycle", "med_list_codg,med_list_name,limit,days,basis",
          ([r["code"], r["name"], r["limit"], r["days"], r["basis"], *tail(r)]
           for r in rows(data / "rules-cycle.csv")))
    table("repeat-charge", "main_code,main_name,component_code,component_name,frequency,remark",
          ([r["main_code"], r["main_name"], r["component_code"], r["component_name"], r["frequency"],
            r["remark"], *tail(r)] for r in rows(data / "rules-repeat-charge.csv")))
    table("sex", "med_list_codg,med_list_name,gend,text",
          ([r["code"], r["name"], NATIONAL_SEX[r["sex"]], r["text"], *tail(r)]
           for r in live(data / "rules-sex-drug.csv") + rows(data / "rules-sex-service.csv")))
    table("age", "med_list_codg,med_list_name,age_group,text",
          ([r["code"], r["name"], r["age_group"], r["text"], *tail(r)]
           for r in live(data / "rules-age-drug.csv") + rows(data / "rules-age-service.csv") + of_working_age(library)))
    table("course", "med_list_codg,med_list_name,days,min_interval_days,text",
          ([r["code"], r["name"], r["days"], r.get("min_interval_days", ""), r["text"], *tail(r)]
           for r in live(data / "rules-course-drug.csv") + rows(data / "rules-course-service.csv")))
    table("institution-grade", "med_list_codg,med_list_name,min_medins_lv,text",
          ([r["code"], r["name"], r["min_grade"], r["text"], *tail(r)]
           for r in live(data / "rules-institution-grade.csv")))
    modes = {"inpatient": "inpatient", "emergency+inpatient": "emergency-inpatient"}
    table("visit-mode", "med_list_codg,med_list_name,visit_mode,text",
          ([r["code"], r["name"], modes[r["visit_mode"]], r["text"], *tail(r)]
           for r in live(data / "rules-visit-mode.csv")))
    table("insurance-type", "med_list_codg,med_list_name,insurance,text",
          ([r["code"], r["name"], r["insurance"], r["text"], *tail(r)]
           for r in live(data / "rules-insurance-type.csv")))
    # a code of several groups has a record of its own in each
    grouped = {(code, k["constraint"]): k for k in library.values() if k["rule_class"] == DISCOUNT for code in k["med_codes"]}
    table("surgery-discount", "med_list_codg,med_list_name,group,pay_prop,text",
          ([r["code"], r["name"], r["group"], "0.6", r["group"], *tail(grouped[r["code"], r["group"]])]
           for r in rows(data / "rules-surgery-discount-group.csv")))
    uses = {"中药饮片单方使用不予支付": "single", "中药饮片单复方均不予支付": "any"}
    table("tcm-pieces", "med_list_codg,med_list_name,use,text",
          ([r["code"], r["name"], uses[r["rule_class"]], r["text"], *tail(r)]
           for r in rows(data / "rules-tcm-slices.csv")))
    table("text-hints", "med_list_codg,med_list_name,rule_class,text",
          ([r["code"], r["name"], r["rule_class"], r["text"], *tail(r)]
           for r in rows(data / "rules-drug-text-only.csv")))
    codes = {r["name"]: r["rule_code"] for r in tab_rows(data / "two-libraries-rules.tsv")}
    write(rules / "parameters.csv", "rule_id,name,value,begndate,enddate,source",
          ([rule, "gz_code", codes[name], "", "", f"两库规则库: {name}"] for rule, name in NATIONAL_RULES.items()))
    write(rules / "retired.csv", "med_list_codg,med_list_name,rule_class,why,text,gz_code,kp_id",
          retired(data, library, gz))
    for name, source in (("icd10", "icd10-2.0.tsv"), ("icd9cm3", "icd9cm3-2.0.tsv")):
        write(out / "dictionaries" / f"{name}.csv", "code,name",
              ([r["code"], r["name"]] for r in tab_rows(data / source)))


# the printed codes are of another edition
CROSSWALK = "医保版2.0对照为本项目提出，非官方映射"
WIDER = {"H25.901": ("H25", "印刷码在医保版2.0中不存在；入径条件为老年性白内障，2019年版印为H25")}
# every printed operation must have been done; elsewhere any one
ALL_OPERATIONS = {"CATARACT-PHACO"}
ANY_POSITION = {"LUNG-CA-CHEMO"}  # a stay for chemotherapy has Z51.1 as its principal diagnosis
# day 1 is the day of admission; "after n days of preparation" is day n + 1
OPERATION_DAY = {"CATARACT-PHACO": (2, 3, "full"), "CHOLE-LC": (3, 3, "part"), "CABG": (2, 4, "part"),
                 "FEMORAL-NECK": (2, 6, "part"), "APPENDICITIS": (2, 2, "part"), "HERNIA": (2, 3, "part"),
                 "ESRD-HD": (3, 5, "full")}
SCREENING = {"血型", "乙肝筛查", "丙肝筛查", "艾滋病筛查", "梅毒筛查"}
UNLESS = {("DELIVERY", term): "孕期已查" for term in SCREENING} | {("COPD", "肺功能"): "病情不允许"}
# drugs of the texts that a list of codes can tell: J01 of the ATC part of the national code
DRUGS = {"CAP": [("抗菌药物", "XJ01", "expected", 8, "入院后4-8小时内使用抗菌药物")]}
DRUGS |= {pathway: [(name, codes, "allowed", None, CLASSES) for name, codes in classes] for pathway, classes in ALLOWED.items()}
EXAMINATIONS = "21 22 25"  # chapters of the price list that hold examinations: imaging, ultrasound, laboratory


def element(tag, indent, /, **attributes):
    given = "".join(f" {key}={quoteattr(clean(value))}" for key, value in attributes.items() if value not in (None, ""))
    return f"{'  ' * indent}<{tag}{given}"


def printed_codes(pathway):
    """Each printed diagnosis code as (from, to, printed, basis)."""
    crosswalk = {c["printed"]: c for c in pathway["icd10_crosswalk"]}
    for code in pathway["icd10"]:
        known = crosswalk[code]
        if code in WIDER:
            yield WIDER[code][0], None, code, f"{WIDER[code][1]}；{CROSSWALK}"
        elif "suggested_2_0" in known:
            suggested = known["suggested_2_0"]
            yield suggested["code"], None, code, f"{suggested['name']} ({suggested['why']})；{CROSSWALK}"
            others = {new: (old, name) for old, new, name in known["map_clinical_to_2_0"] if new[:3] == code[:3]}
            for new, (old, name) in others.items():
                if new != suggested["code"]:
                    yield new, None, code, f"{name} (OpenDRG map {old})；{CROSSWALK}"
        elif "-" in code:
            yield *code.split("-"), code, None
        else:
            yield code, None, code, None


def entry_xml(pathway):
    position = "any" if pathway["id"] in ANY_POSITION else "principal"
    groups = [("diagnosis", position, list(printed_codes(pathway)))]
    if pathway.get("icd10_with"):
        groups.append(("diagnosis", "other", [(code, None, code, None) for code in pathway["icd10_with"]]))
    operations = [(code, None, code, None) for code in pathway["icd9"]]
    if pathway["id"] in ALL_OPERATIONS:
        groups += [("operation", None, [code]) for code in operations]
    elif operations:
        groups.append(("operation", None, operations))
    for name, where, codes in groups:
        yield element(name, 2, position=where) + ">"
        for first, last, printed, basis in codes:
            yield element("code", 3, **{"from": first, "to": last, "printed": printed, "basis": basis}) + "/>"
        yield f"    </{name}>"
    for text in pathway["entry"]:
        yield element("note", 2, text=CHINESE[text]) + "/>"


def examinations_xml(pathway):
    whole = pathway["read"]["required"] == pathway["read"]["optional"] == "Y"
    yield element("examinations", 1, complete=EXAMINATIONS if whole else None, when=CHINESE[pathway["required_when"]]) + ">"
    for need in ("required", "optional"):
        for exam in pathway[need]:
            head = element(need, 2, name=exam["term"], match="all" if exam["match"] == "panel" else "any",
                           unless=UNLESS.get((pathway["id"], exam["term"])))
            yield head + (">" if exam["shaanxi"] else "/>")
            for item in exam["shaanxi"]:
                yield element("item", 3, pric_list_codg=item["code"], name=item["name"]) + "/>"
            if exam["shaanxi"]:
                yield f"    </{need}>"
    yield "  </examinations>"


def pathway_xml(pathway):
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!-- SPDX-License-Identifier: Apache-2.0 -->"
    yield "<!-- Facts of a pathway of the health authority, read through reprints; made by examples/make_example.py. -->"
    yield element("pathway", 0, xmlns="urn:libsettle:pathway:1.0", id=pathway["id"], name=pathway["name"],
                  edition=CHINESE[pathway["edition"]]) + ">"
    yield "  <entry>"
    yield from entry_xml(pathway)
    yield "  </entry>"
    yield element("stay", 1, **pathway["los"], read="full", text=pathway["read"]["los"][2:]) + "/>"
    if pathway["id"] in OPERATION_DAY:
        least, most, read = OPERATION_DAY[pathway["id"]]
        yield element("operation-day", 1, min=least, max=most, read=read, text=CHINESE[pathway["operation_day"]]) + "/>"
    yield from examinations_xml(pathway)
    drugs = DRUGS.get(pathway["id"], [])
    if pathway["drugs"]:
        yield "  <drugs>"
        for name, codes, use, hours, basis in drugs:
            yield element("drug", 2, name=name, med_list_codg=codes, use=use,
                          **{"within-hours": hours, "basis": basis}) + "/>"
        for text in pathway["drugs"]:
            yield element("note", 2, text=CHINESE[text]) + "/>"
        yield "  </drugs>"
    for part in ("discharge", "variation"):
        texts = [*(pathway[part] or []), *([pathway["postop"]] if part == "discharge" and pathway.get("postop") else [])]
        if texts:
            yield f"  <{part}>"
            for text in texts:
                yield element("note", 2, text=CHINESE[text]) + "/>"
            yield f"  </{part}>"
    unread = [f"{part}: {state}" for part, state in pathway["read"].items() if not state.startswith("Y") and state != "n/a"]
    for text in [*pathway["source"], *([pathway["note"]] if "note" in pathway else []),
                 *(["not read in full: " + "; ".join(unread)] if unread else [])]:
        yield element("source", 1, text=text) + "/>"
    yield "</pathway>"


def pathways(data, out):
    out.mkdir(parents=True, exist_ok=True)
    for pathway in json.loads((data / "pathways.json").read_text(encoding="utf-8"))["pathways"]:
        (out / f"{pathway['id']}.xml").write_text("\n".join(pathway_xml(pathway)) + "\n", encoding="utf-8")


MANDATORY = """
stays fixmedins_code 1 medins
stays fixmedins_name 1
stays medins_lv 1 dict:medins_lv
stays hosp_lv 0 dict:hosp_lv
stays psn_no 1
stays psn_cert_type 1 dict:psn_cert_type
stays certno 1
stays mdtrt_cert_type 1 dict:mdtrt_cert_type
stays psn_name 1
stays gend 1 dict:gend
stays brdy 1
stays insuplc_admdvs 1 admdvs
stays mdtrtarea_admvs 0 admdvs
stays insutype 1 dict:insutype
stays psn_type 1 dict:psn_type
stays med_type 1 dict:med_type
stays begntime 1
stays endtime discharge
stays dscg_way discharge dict:dscg_way
stays adm_dept_codg 1
stays adm_dept_name 1
stays atddr_no 1 doctor
stays atddr_name 1
stays dscg_maindiag_code discharge icd10
stays dscg_maindiag_name discharge
charges feedetl_sn 1 digits
charges fee_ocur_time 1
charges medins_list_codg 1
charges medins_list_name 1
charges cnt 1
charges pric 1
charges det_item_fee_sumamt 1
charges bilg_dept_codg 1
charges bilg_dept_name 1
charges bilg_dr_codg 1 doctor
charges bilg_dr_name 1
charges hosp_appr_flag 0 dict:hosp_appr_flag
charges dscg_tkdrug_flag 0 dict:dscg_tkdrug_flag
diagnoses diag_srt_no 1
diagnoses inout_diag_type 1 dict:inout_diag_type
diagnoses diag_type 1 dict:diag_type
diagnoses maindiag_flag 1 dict:maindiag_flag
diagnoses diag_code 1 icd10
diagnoses adm_cond_type 0 dict:adm_cond_type
operations oprn_srt_no 1
operations main_oprn_flag 1
operations oprn_oprt_code 1 icd9cm3
operations oprn_oprt_name 1
operations oprn_oprt_date 1
mapping med_list_codg 1 med-list
"""

# public health and check-ups are not treatment: the fund never pays them (V25, J8; 003:409, 002:277)
EXCLUDED = ["110500001", "130100001", "130200001", "130400001", "130400002"]


def sample(data, out):
    out.mkdir(parents=True, exist_ok=True)
    prices = {r["code"]: r for r in rows(data / "price-caps-shaanxi-2021.csv")}
    shutil.copyfile(data / "catalogue-sample.csv", out / "catalogue.csv")
    with open(out / "catalogue.csv", "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["00" + EXCLUDED[0] + "0000", prices[EXCLUDED[0]]["name"], "201", "次", "02", "0.1000", "0",
             "2025-01-01", "2099-12-31", "MADE"])
    rules = out / "rules"
    write(rules / "exclusions.csv", "med_list_codg,med_list_name,reason,begndate,enddate,source",
          (["00" + code + "0000", prices[code]["name"], "公共卫生、预防保健和体检不属于基本医疗保险支付范围",
            "", "", "V25 J8 (002:277, 003:409)"] for code in EXCLUDED))
    write(rules / "beds.csv", "med_list_codg,med_list_name,source", [
        ["001109000010000", "普通病房床位费", "V4 (002:1165); 陕西省价格 2021 1109"],
        ["001109000030000", "监护病房床位费", "V4 (002:1165); 陕西省价格 2021 1109"]])
    write(rules / "units.csv", "unit,day_limit,minutes,source", unit_minutes(data))
    mandatory = (line.split() for line in MANDATORY.strip().splitlines())
    write(rules / "mandatory.csv", "record,field,required,form,source",
          ([*(m + [""] if len(m) == 3 else m), "V26 S9 (001:307, 004:39)"] for m in mandatory))
    codes = [[r["dict"], r["value"], r["label_zh"]] for r in tab_rows(data / "nhsa-dictionaries.tsv")
             if "HN" in r["province"]]
    write(out / "dictionaries" / "codes.csv", "dict,value,label",
          codes + [["medins_lv", "1", "一级"], ["medins_lv", "2", "二级"], ["medins_lv", "3", "三级"]])


def hospital(data, out):
    stays = out / "stays"
    stays.mkdir(parents=True, exist_ok=True)
    for name in ("stays", "charges", "diagnoses", "operations", "identities", "accumulators"):
        shutil.copyfile(data / "discharges" / f"{name}.csv", stays / f"{name}.csv")
    own = out / "hospital"
    own.mkdir(parents=True, exist_ok=True)
    for name in ("items", "mapping"):
        shutil.copyfile(data / "discharges" / f"{name}.csv", own / f"{name}.csv")
    with open(own / "items.csv", "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["F109001", "体检费", "", "次", "service", EXCLUDED[0], "30.00", "24.00", "shaanxi-cap", ""])
    with open(own / "mapping.csv", "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["M00901", "F109001", "体检费", "诊疗项目", "00" + EXCLUDED[0] + "0000", "体检费",
             "derived-00+9+0000", "次", "次", "1", "1", "02", "2025-01-01", "2099-12-31", "active", ""])


def main():
    data, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    packs = out / "packs"
    write(packs / "shaanxi-2021" / "caps.csv",
          "pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt,unit,source", caps(data))
    write(packs / "shaanxi-2021" / "surcharges.csv",
          "pric_list_codg,kind,value,unit,condition,at_most,begndate,enddate,text,source", surcharges(data))
    national(data, packs / "nhsa-2026")
    pathways(data, packs / "nhc-pathways" / "pathways")
    sample(data, packs / "sample-999901")
    hospital(data, out)


if __name__ == "__main__":
    main()
