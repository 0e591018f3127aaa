"""Newtouch: services and drugs in two tables that number their rows alike, no amounts, refunds that name what they take back."""
from decimal import Decimal

from site_codes import CLASSES, SITE  # noqa: F401

NAME, ENCODING, NEVER = "newtouch", "gb18030", "1900-01-01 00:00:00"
KEYS = {"diagnoses": "diag_code", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/newtouch/README.md says.
LACKS = {"charges.nwb_flag", "diagnoses.diag_srt_no", "diagnoses.adm_cond_type", "operations.oprn_oprt_code", "operations.oprn_oprt_name", "operations.oprn_oprt_date",
         "operations.oprn_srt_no", "operations.main_oprn_flag"}


def mdtrt_id(stay):
    return f"{int(stay.id[1:]):08}"


def serial(charge):
    return ("YP" if charge["medins_list_codg"][0] == "Y" else "XM") + number(charge["feedetl_sn"])


def number(sn):
    return str(int(sn) % 1000000)


def charge_row(stay, charge):
    drug = charge["medins_list_codg"][0] == "Y"
    stay_no = int(stay.id[1:])
    assert Decimal(charge["det_item_fee_sumamt"]) == (Decimal(charge["cnt"]) * Decimal(charge["pric"])).quantize(Decimal("0.01")), stay_no
    row = {"jfbbh": number(charge["feedetl_sn"]), "zyh": mdtrt_id(stay), "tdrq": charge["fee_ocur_time"], "CreateTime": charge["entry_time"] or NEVER,
           "fyrq" if drug else "ssrq": charge.get("exec_time") or NEVER, "dj": charge["pric"] + "00", "sl": charge["cnt"] + ".00" * ("." not in charge["cnt"]), "jfdw": charge["prcunt"],
           "ks": charge["bilg_dept_codg"], "ksmc": charge["bilg_dept_name"], "ys": charge["bilg_dr_codg"], "ysmc": charge["bilg_dr_name"],
           "yzwym": charge["drord_no"], "cxzyjfbbh": number(charge["init_feedetl_sn"]) if charge["init_feedetl_sn"] else "0", "zzfbz": "0",
           "yzxz": "3" if charge["dscg_tkdrug_flag"] == "1" else "2", "zt": "1"}
    return ("zy_ypjfb", {**row, "yp": charge["medins_list_codg"]}) if drug else ("zy_xmjfb", {**row, "sfxm": charge["medins_list_codg"]})


def tables(stays):
    made = {t: [] for t in ("zy_brjbxx", "zy_xmjfb", "zy_ypjfb", "zy_PatDxInfo", "zy_js")}
    services, drugs = {}, {}
    for stay in stays:
        head, key = stay.head, {"zyh": mdtrt_id(stay), "zt": "1"}
        made["zy_brjbxx"].append({**key, "blh": head["medrcdno"], "xm": head["psn_name"], "xb": head["gend"], "csny": head["brdy"],
                                  "zjh": head["certno"], "kh": head["psn_no"], "brxz": CLASSES[head["insutype"], head["psn_type"]],
                                  "ryrq": head["begntime"], "rqrq": NEVER, "cyrq": head["endtime"], "zcyy": head["dscg_way"],
                                  "ks": head["adm_dept_codg"], "bq": "B1", "cw": head["adm_bed"], "doctor": head["atddr_no"], "ys": "", "zybz": "2"})
        for charge in stay.charges:
            table, row = charge_row(stay, charge)
            made[table] += [row, {**row, "jfbbh": row["jfbbh"] + "0", "zt": "0"}]
            code = charge["medins_list_codg"]
            if table == "zy_ypjfb":
                drugs[code] = {"ypCode": code, "ypmc": charge["medins_list_name"], "ypgg": charge["spec"], "zt": "1"}
            else:
                services[code] = {"sfxmCode": code, "sfxmmc": charge["medins_list_name"], "gg": charge["spec"], "zt": "1"}
        made["zy_PatDxInfo"] += [{**key, "zdlb": d["inout_diag_type"], "zdlx": "0" if d["maindiag_flag"] == "1" else "1", "zddm": d["diag_code"],
                                  "zdmc": d["diag_name"]} for d in stay.diagnoses]
        made["zy_js"].append({**key, "jsnm": stay.id, "jszt": "1", "zje": str(sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges))})
    made.update(xt_sfxm=list(services.values()), xt_yp=list(drugs.values()), xt_ypsx=list(drugs.values()))
    return made
