"""Neusoft: drugs in a table of their own with prices of packs; a refund is a recipe of its own that names the recipe it takes back."""
from decimal import Decimal

from site_codes import CLASSES, SITE  # noqa: F401
from vendor import is_of_the_baby

NAME, ENCODING, NEVER = "neusoft", "gb18030", "0001-01-01 00:00:00"
KEYS = {"diagnoses": "diag_code", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/neusoft/README.md says.
LACKS = {"charges.bilg_dept_name", "charges.bilg_dr_name", "charges.spec", "diagnoses.diag_srt_no", "diagnoses.adm_cond_type", "operations.oprn_oprt_code",
         "operations.oprn_oprt_name", "operations.oprn_oprt_date", "operations.oprn_srt_no", "operations.main_oprn_flag"}
SEXES = {"1": "M", "2": "F"}


def mdtrt_id(stay):
    return f"ZY01{int(stay.id[1:]):010}"


def recipe(sn, drug):
    return f"{'Y' if drug else 'F'}{int(sn):013}"


def serial(charge):
    return recipe(charge["feedetl_sn"], charge["medins_list_codg"][0] == "Y") + "-1"


def charge_row(stay, n, charge):
    drug = charge["medins_list_codg"][0] == "Y"
    original = charge["init_feedetl_sn"]
    first = next((k for k, c in enumerate(stay.charges, 1) if c["feedetl_sn"] == original), n)
    pack = 8 if drug and first % 4 == 0 else 1
    done = bool(charge["exec_time"]) if "exec_time" in charge else n % 2 == 1
    row = {"RECIPE_NO": recipe(charge["feedetl_sn"], drug), "SEQUENCE_NO": "1", "TRANS_TYPE": "2" if original else "1", "INPATIENT_NO": mdtrt_id(stay),
           "UNIT_PRICE": str(Decimal(charge["pric"]) * pack), "QTY": charge["cnt"], "CURRENT_UNIT": charge["prcunt"],
           "TOT_COST": charge["det_item_fee_sumamt"], "RECIPE_DEPTCODE": charge["bilg_dept_codg"], "RECIPE_DOCCODE": charge["bilg_dr_codg"],
           "CHARGE_DATE": charge["fee_ocur_time"], "FEE_DATE": charge["entry_time"] or NEVER, "EXEC_DATE": charge["fee_ocur_time"] if done else NEVER,
           "MO_ORDER": charge["drord_no"], "EXT_CODE": recipe(original, drug) if original else "", "BROUGHT_FLAG": charge["dscg_tkdrug_flag"],
           "BABY_FLAG": "1" if is_of_the_baby(charge) else "0", "SPLIT_FEE_FLAG": "0"}
    if drug:
        return "FIN_IPB_MEDICINELIST", {**row, "DRUG_CODE": charge["medins_list_codg"], "DRUG_NAME": charge["medins_list_name"],
                                        "SPECS": charge["spec"], "PACK_QTY": str(pack)}
    return "FIN_IPB_ITEMLIST", {**row, "ITEM_CODE": charge["medins_list_codg"], "ITEM_NAME": charge["medins_list_name"]}


def tables(stays):
    made = {"FIN_IPR_INMAININFO": [], "FIN_IPB_ITEMLIST": [], "FIN_IPB_MEDICINELIST": [], "VIEW_EMR_DISEASE": [], "FIN_IPB_BALANCEHEAD": []}
    for stay in stays:
        head, key = stay.head, {"INPATIENT_NO": mdtrt_id(stay)}
        made["FIN_IPR_INMAININFO"].append({**key, "PATIENT_NO": head["medrcdno"], "MCARD_NO": head["psn_no"], "NAME": head["psn_name"],
                                           "SEX_CODE": SEXES[head["gend"]], "IDENNO": head["certno"], "BIRTHDAY": head["brdy"] + " 00:00:00",
                                           "IN_DATE": head["begntime"], "OUT_DATE": head["endtime"], "DEPT_CODE": head["adm_dept_codg"],
                                           "DEPT_NAME": head["adm_dept_name"], "NURSE_CELL_CODE": "N1", "BED_NO": head["adm_bed"],
                                           "HOUSE_DOC_CODE": head["atddr_no"], "CHARGE_DOC_CODE": "", "ZG": head["dscg_way"], "IN_STATE": "B",
                                           "PACT_CODE": CLASSES[head["insutype"], head["psn_type"]]})
        for n, charge in enumerate(stay.charges, 1):
            table, row = charge_row(stay, n, charge)
            made[table].append(row)
        made["VIEW_EMR_DISEASE"] += [{**key, "DIAG_CODE": d["diag_code"], "DIAG_NAME": d["diag_name"], "MAINDIAG_FLAG": d["maindiag_flag"],
                                      "INOUT_DIAG_TYPE": d["inout_diag_type"]} for d in stay.diagnoses]
        made["FIN_IPB_BALANCEHEAD"].append({**key, "INVOICE_NO": "1", "BALANCE_NO": "1", "WASTE_FLAG": "1",
                                            "TOT_COST": str(sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges))})
    return made
