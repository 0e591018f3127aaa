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

LEVELS = {"3": "cap_tertiary", "2": "cap_secondary", "1": "cap_primary"}
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
                yield [r["code"], level, *tail, r[column], r["unit"], source]
        else:  # market price, pending, or a heading whose sub-items bear the prices
            yield [r["code"], "", *tail, "", r["unit"], f"{source} ({r['status']})"]


def unit_minutes(data):
    factor = {"分钟": 1, "小时": 60, "日": 1440}
    for r in rows(data / "price-units-shaanxi-2021.csv"):
        if r["kind"] != "time" or r["base"] not in factor:
            continue
        minutes = float(r["qty"]) * factor[r["base"]]
        if minutes != int(minutes) or 1440 % int(minutes):
            continue
        yield [r["unit"], 1440 // int(minutes), int(minutes), "S1 V2 (000:45); 陕西省价格 2021"]


def national(data, out):
    library = {}
    for line in open(data / "two-libraries.jsonl", encoding="utf-8"):
        record = json.loads(line)
        library[record["kp_id"]] = record["gz_code"] or ""
    gz = lambda r: library[r["kp_id"]]
    rules = out / "rules"
    write(rules / "frequency.csv", "med_list_codg,med_list_name,limit,unit,begndate,enddate,gz_code,kp_id",
          ([r["code"], r["name"], r["limit"], {"day": "日", "hour": "小时"}[r["unit"]], "", "", gz(r),
            r["kp_id"]] for r in rows(data / "rules-frequency.csv")))
    write(rules / "cycle.csv", "med_list_codg,med_list_name,limit,days,basis,begndate,enddate,gz_code,kp_id",
          ([r["code"], r["name"], r["limit"], r["days"], r["basis"], "", "", gz(r), r["kp_id"]]
           for r in rows(data / "rules-cycle.csv")))
    write(rules / "repeat-charge.csv",
          "main_code,main_name,component_code,component_name,frequency,remark,begndate,enddate,gz_code,kp_id",
          ([r["main_code"], r["main_name"], r["component_code"], r["component_name"], r["frequency"],
            r["remark"], "", "", gz(r), r["kp_id"]] for r in rows(data / "rules-repeat-charge.csv")))
    sexes = [r for r in rows(data / "rules-sex-drug.csv") if r["note"] != "dropped-by-update"]
    sexes += rows(data / "rules-sex-service.csv")
    write(rules / "sex.csv", "med_list_codg,med_list_name,gend,text,begndate,enddate,gz_code,kp_id",
          ([r["code"], r["name"], NATIONAL_SEX[r["sex"]], r["text"], "", "", gz(r), r["kp_id"]]
           for r in sexes))
    for name, source in (("icd10", "icd10-2.0.tsv"), ("icd9cm3", "icd9cm3-2.0.tsv")):
        write(out / "dictionaries" / f"{name}.csv", "code,name",
              ([r["code"], r["name"]] for r in tab_rows(data / source)))


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
stays endtime 1
stays dscg_way 1 dict:dscg_way
stays adm_dept_codg 1
stays adm_dept_name 1
stays atddr_no 1 doctor
stays atddr_name 1
stays dscg_maindiag_code 1 icd10
stays dscg_maindiag_name 1
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
    national(data, packs / "nhsa-2026")
    sample(data, packs / "sample-999901")
    hospital(data, out)


if __name__ == "__main__":
    main()
