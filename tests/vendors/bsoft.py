"""B-Soft: services and drugs numbered apart, refunds are negative rows without a link."""
from decimal import Decimal

from site_codes import CLASSES, SITE  # noqa: F401
from vendor import is_of_the_baby

NAME, ENCODING = "bsoft", "utf-8"
REFUNDS_BEAR_THE_ORDER = True  # of what they take back: there is no other link
KEYS = {"diagnoses": "diag_code", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/bsoft/README.md says.
LACKS = {"charges.bilg_dept_name", "charges.bilg_dr_name", "charges.dscg_tkdrug_flag", "charges.exec_time", "charges.spec", "diagnoses.diag_srt_no", "diagnoses.adm_cond_type",
         "operations.oprn_srt_no", "operations.main_oprn_flag"}


def mdtrt_id(stay):
    return str(880000 + int(stay.id[1:]))


def item_code(code):
    return ("1-" if code[0] == "Y" else "0-9" if code[0] == "C" else "0-") + code[1:]


def charge_row(stay, charge):
    kind, number = item_code(charge["medins_list_codg"]).split("-")
    return {"JLXH": charge["feedetl_sn"], "JGID": "1", "ZYH": mdtrt_id(stay), "FYRQ": charge["fee_ocur_time"], "JFRQ": charge["entry_time"], "FYXH": number,
            "FYMC": charge["medins_list_name"], "YPCD": "0", "FYSL": charge["cnt"], "FYDJ": charge["pric"], "ZJJE": charge["det_item_fee_sumamt"],
            "YSGH": charge["bilg_dr_codg"], "FYKS": charge["bilg_dept_codg"], "YPLX": "2" if kind == "1" else "0", "YZXH": charge["drord_no"], "YEPB": "1" if is_of_the_baby(charge) else "0"}


def tables(stays):
    made = {"ZY_BRRY": [], "ZY_FYMX": [], "ZY_RYZD": [], "EMR_ZYSSJL": [], "ZY_ZYJS": []}
    services, drugs, diseases = {}, {}, {}
    for stay in stays:
        head, key = stay.head, {"ZYH": mdtrt_id(stay)}
        made["ZY_BRRY"].append({**key, "ZYHM": head["medrcdno"], "BAHM": head["medrcdno"], "BRXM": head["psn_name"], "BRXB": head["gend"],
                                "CSNY": head["brdy"], "SFZH": head["certno"], "SBHM": head["psn_no"], "YBKH": "", "BRKS": head["adm_dept_codg"],
                                "BRBQ": "1", "BRCH": head["adm_bed"], "RYRQ": head["begntime"], "CYRQ": head["endtime"], "CYPB": "8",
                                "CYFS": head["dscg_way"], "ZYYS": head["atddr_no"], "ZZYS": "", "BRXZ": CLASSES[head["insutype"], head["psn_type"]]})
        orders = {c["feedetl_sn"]: c["drord_no"] for c in stay.charges}
        for charge in stay.charges:
            row = charge_row(stay, charge)
            row["YZXH"] = orders.get(charge["init_feedetl_sn"], row["YZXH"])
            made["ZY_FYMX"].append(row)
            if row["YPLX"] == "0":
                services[row["FYXH"]] = {"FYXH": row["FYXH"], "FYDW": charge["prcunt"]}
            else:
                drugs[row["FYXH"]] = {"YPXH": row["FYXH"], "YPGG": charge["spec"], "BFDW": charge["prcunt"], "ZXDW": "片"}
        for d in stay.diagnoses:
            number = diseases.setdefault(d["diag_code"], {"JBXH": str(7000 + len(diseases)), "ICD10": d["diag_code"], "JBMC": d["diag_name"]})["JBXH"]
            made["ZY_RYZD"].append({**key, "ZDLB": "3" if d["maindiag_flag"] == "1" else "4", "ZDXH": number, "ZDMC": d["diag_name"]})
        made["EMR_ZYSSJL"] += [{"JZXH": key["ZYH"], "SSDM": o["oprn_oprt_code"], "SSMC": o["oprn_oprt_name"], "SSRQ": o["oprn_oprt_date"]}
                               for o in stay.operations]
        made["ZY_ZYJS"].append({**key, "JSCS": "1", "JSLX": "5", "ZFPB": "0", "FYHJ": str(sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges))})
    made.update(GY_YLSF=list(services.values()), YK_TYPK=list(drugs.values()), GY_JBBM=list(diseases.values()))
    return {name: lines for name, lines in made.items() if lines}
