"""Views with national field names, in capitals as Oracle shows them, with dates in one piece."""
from decimal import Decimal

NAME, ENCODING, SITE = "views", "utf-8", {}
KEYS = {"diagnoses": "diag_srt_no", "operations": "oprn_srt_no"}
# What the layout has no place for, as adapters/views/README.md says.
LACKS = {"charges.exec_time", "stays.adm_bed", "stays.adm_dept_name"}
RENAMED = {"begntime": "adm_time", "endtime": "dscg_time", "psn_cert_type": "patn_cert_type", "insuplc_admdvs": "insuplc", "insutype": "hi_type",
           "medrcdno": "medcasno", "atddr_no": "chfpdr_code", "atddr_name": "chfpdr_name", "adm_dept_codg": "adm_caty"}
DROPPED = {"medins_lv", "hosp_lv", "setl_time", "adm_bed", "adm_dept_name", "wardno", "mdtrt_cert_type", "dscg_maindiag_code", "dscg_maindiag_name"}


def mdtrt_id(stay):
    return stay.id


def capitals(record):
    return {name.upper(): value for name, value in record.items()}


def tables(stays):
    made = {"V_JSQD_SETLINFO": [], "V_4201_FEEDETAIL": [], "V_JSQD_DISEINFO": [], "V_JSQD_OPRNINFO": [], "V_JSQD_ITEMINFO": []}
    for stay in stays:
        head = {RENAMED.get(name, name): value for name, value in stay.head.items() if name not in DROPPED}
        head["brdy"] = head["brdy"].replace("-", "")
        made["V_JSQD_SETLINFO"].append(capitals(head))
        made["V_4201_FEEDETAIL"] += [capitals({**c, "fee_ocur_time": c["fee_ocur_time"].translate(str.maketrans("", "", "-: "))}) for c in stay.charges]
        made["V_JSQD_DISEINFO"] += [capitals(d) for d in stay.diagnoses]
        made["V_JSQD_OPRNINFO"] += [capitals(o) for o in stay.operations]
        drugs, rest = (sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges if (c["medins_list_codg"][0] == "Y") is drug) for drug in (True, False))
        made["V_JSQD_ITEMINFO"] += [capitals({"mdtrt_id": stay.id, "med_chrgitm": item, "amt": str(amount)}) for item, amount in (("09", drugs), ("14", rest))]
    return {name: lines for name, lines in made.items() if lines}
