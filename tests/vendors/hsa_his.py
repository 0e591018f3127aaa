"""hsa-his: many hospitals in every table, an item in one of three masters, refunds that name what they take back."""
from decimal import Decimal

from site_codes import CLASSES, SITE  # noqa: F401
from vendor import executed, is_of_the_baby

NAME, ENCODING = "hsa-his", "utf-8"
OPTIONS = {"hosp_code": "1000001"}
KEYS = {"diagnoses": "diag_code", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/hsa-his/README.md says.
LACKS = {"charges.bilg_dept_name", "diagnoses.diag_srt_no", "diagnoses.adm_cond_type", "operations.oprn_srt_no", "operations.main_oprn_flag"}
MASTERS = {"Y": ("1", "base_drug"), "C": ("2", "base_material"), "F": ("3", "base_item")}
TENANT = {"hosp_code": "1000001"}


def mdtrt_id(stay):
    return f"v{int(stay.id[1:]):029}"


def charge_row(stay, n, charge):
    kind, _ = MASTERS[charge["medins_list_codg"][0]]
    reduced = Decimal("0.40") if n % 60 == 0 and not charge["init_feedetl_sn"] else Decimal(0)
    return {**TENANT, "id": charge["feedetl_sn"], "visit_id": mdtrt_id(stay), "iat_id": charge["drord_no"], "old_cost_id": charge["init_feedetl_sn"],
            "item_code": kind, "item_id": "i" + charge["medins_list_codg"], "item_name": charge["medins_list_name"], "spec": charge["spec"],
            "price": str(Decimal(charge["pric"]) + (reduced / Decimal(charge["cnt"])).quantize(Decimal("0.0001"))), "num": "9.0000",
            "total_num": charge["cnt"] + ".0000" * ("." not in charge["cnt"]), "total_num_unit_code": charge["prcunt"],
            "total_price": str(Decimal(charge["det_item_fee_sumamt"]) + reduced), "preferential_price": str(reduced),
            "reality_price": charge["det_item_fee_sumamt"] + "00", "doctor_id": charge["bilg_dr_codg"], "doctor_name": charge["bilg_dr_name"],
            "dept_id": charge["bilg_dept_codg"], "cost_time": charge["fee_ocur_time"], "crte_time": charge["entry_time"],
            "exec_time": executed(charge), "status_code": "2" if charge["init_feedetl_sn"] else "0", "baby_id": "b1" if is_of_the_baby(charge) else "",
            "use_code": "4" if charge["dscg_tkdrug_flag"] == "1" else "1"}


def tables(stays):
    made = {t: [] for t in ("inpt_visit", "inpt_cost", "inpt_diagnose", "oper_info_record", "inpt_settle", "base_drug", "base_material", "base_item")}
    items, diseases = {}, {}
    for stay in stays:
        head, key = stay.head, {**TENANT, "visit_id": mdtrt_id(stay)}
        made["inpt_visit"].append({**TENANT, "id": mdtrt_id(stay), "in_no": head["medrcdno"], "in_profile": "", "name": head["psn_name"],
                                   "gender_code": head["gend"], "birthday": head["brdy"], "cert_no": head["certno"], "insure_no": head["psn_no"],
                                   "insure_code": CLASSES[head["insutype"], head["psn_type"]], "in_time": head["begntime"],
                                   "out_time": head["endtime"], "out_mode_code": head["dscg_way"], "in_dept_id": head["adm_dept_codg"],
                                   "in_dept_name": head["adm_dept_name"], "in_ward_id": "w1", "bed_name": head["adm_bed"],
                                   "zz_doctor_id": head["atddr_no"], "zz_doctor_name": head["atddr_name"], "status_code": "7",
                                   "out_disease_icd10": head["dscg_maindiag_code"], "out_disease_name": head["dscg_maindiag_name"]})
        rows = {c["feedetl_sn"]: charge_row(stay, n, c) for n, c in enumerate(stay.charges, 1)}
        for charge in stay.charges:
            if charge["init_feedetl_sn"]:
                rows[charge["init_feedetl_sn"]]["status_code"] = "1"
            code = charge["medins_list_codg"]
            if code not in items:
                items[code] = True
                made[MASTERS[code[0]][1]].append({**TENANT, "id": "i" + code, "code": code})
        made["inpt_cost"] += rows.values()
        for d in stay.diagnoses:
            disease = diseases.setdefault(d["diag_code"], {**TENANT, "id": f"d{len(diseases)}", "code": d["diag_code"], "name": d["diag_name"]})
            made["inpt_diagnose"].append({**key, "id": f"{stay.id}{len(made['inpt_diagnose'])}", "disease_id": disease["id"], "custom_disease": "",
                                          "type_code": "204", "is_main": d["maindiag_flag"]})
        made["oper_info_record"] += [{**key, "id": f"{stay.id}{n}", "oper_disease_icd9": o["oprn_oprt_code"], "oper_disease_name": o["oprn_oprt_name"],
                                      "oper_end_time": "", "oper_plan_time": o["oprn_oprt_date"] + " 08:00:00", "status_code": "5"}
                                     for n, o in enumerate(stay.operations)]
        made["inpt_settle"].append({**key, "id": stay.id, "status_code": "0",
                                    "reality_price": str(sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges))})
    made["base_disease"] = list(diseases.values())
    other = {"hosp_code": "1000002"}
    for name in ("inpt_visit", "inpt_cost", "base_item", "base_drug", "base_material"):  # another hospital's rows, of the same ids
        made[name] += [{**made[name][0], **other}] if made[name] else [{**TENANT, "id": "none", "code": "none"}]
    return {name: lines for name, lines in made.items() if lines}
