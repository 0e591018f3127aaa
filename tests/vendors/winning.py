"""Winning: quantities in the smallest unit, prices of a store pack; refunds name the serial they take back; names and times of SQL Server."""
import datetime
from decimal import Decimal

from site_codes import CLASSES, SITE  # noqa: F401
from vendor import is_of_the_baby

NAME, ENCODING = "winning", "gb18030"
KEYS = {"diagnoses": "diag_code", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/winning/README.md says.
LACKS = {"charges.bilg_dept_name", "charges.bilg_dr_name", "charges.dscg_tkdrug_flag", "diagnoses.diag_srt_no", "diagnoses.adm_cond_type",
         "operations.oprn_srt_no", "operations.main_oprn_flag"}
SEXES = {"1": "男", "2": "女"}


def mdtrt_id(stay):
    return str(5000 + int(stay.id[1:]))


def time16(text):
    return datetime.datetime.fromisoformat(text).strftime("%Y%m%d%H:%M:%S") if text else ""


def charge_row(stay, n, charge):
    count, price, amount = (Decimal(charge[f]) for f in ("cnt", "pric", "det_item_fee_sumamt"))
    drug = charge["medins_list_codg"][0] == "Y"
    small, store = (8, 40) if drug and n % 3 == 0 else (1, 1)
    reduced = Decimal("0.50") if n % 50 == 0 and not charge["init_feedetl_sn"] else Decimal(0)
    return {"xh": charge["feedetl_sn"], "syxh": mdtrt_id(stay), "idm": str(900 + n % 7) if drug else "0", "ypdm": charge["medins_list_codg"],
            "ypmc": charge["medins_list_name"], "ypgg": charge["spec"], "ypdw": charge["prcunt"], "dwxs": str(small), "ykxs": str(store),
            "ypsl": str(count * small), "ypdj": str(price * store / small), "zje": str(amount + reduced), "yhje": str(reduced),
            "ksdm": charge["bilg_dept_codg"], "ysdm": charge["bilg_dr_codg"], "yzxh": charge["drord_no"], "qqrq": time16(charge["entry_time"]),
            "zxrq": time16(charge["fee_ocur_time"]), "yexh": "1" if is_of_the_baby(charge) else "0", "jlzt": "0", "tfxh": ""}


def charge_rows(stay):
    made = {c["feedetl_sn"]: charge_row(stay, n, c) for n, c in enumerate(stay.charges, 1)}
    for charge in stay.charges:
        original = charge["init_feedetl_sn"]
        if original:
            row, first = made[charge["feedetl_sn"]], made[original]
            first["jlzt"] = "1"
            row.update(jlzt="2", tfxh=original, dwxs=first["dwxs"], ykxs=first["ykxs"], ypdj=first["ypdj"], idm=first["idm"],
                       ypsl=str(Decimal(charge["cnt"]) * int(first["dwxs"])))
    return list(made.values())


def tables(stays):
    made = {"ZY_BRSYK": [], "VW_BRFYMXK": [], "ZY_BRZDQK": [], "SS_SSDJK": [], "ZY_BRJSK": []}
    for stay in stays:
        head, key = stay.head, {"syxh": mdtrt_id(stay)}
        made["ZY_BRSYK"].append({**key, "blh": head["medrcdno"], "hzxm": head["psn_name"], "sex": SEXES[head["gend"]],
                                 "birth": head["brdy"].replace("-", ""), "sfzh": head["certno"], "cardno": head["psn_no"], "centerid": "",
                                 "ybdm": CLASSES[head["insutype"], head["psn_type"]], "ryrq": time16(head["begntime"]), "rqrq": "",
                                 "cqrq": time16(head["endtime"]), "cyrq": "", "brzt": "3", "ksdm": head["adm_dept_codg"], "bqdm": "BQ1",
                                 "cwdm": head["adm_bed"], "ysdm": head["atddr_no"], "zzysdm": "", "cyfs": head["dscg_way"]})
        charges = charge_rows(stay)
        made["VW_BRFYMXK"] += charges
        made["ZY_BRJSK"] += [{**key, "xh": "1" + key["syxh"], "jlzt": "0", "zje": str(sum(Decimal(c["zje"]) for c in charges)),
                              "yhje": str(sum(Decimal(c["yhje"]) for c in charges))},
                             {**key, "xh": "2" + key["syxh"], "jlzt": "1", "zje": "1.00", "yhje": "0"}]
        made["ZY_BRZDQK"] += [{**key, "zdlb": "2", "zdlx": "0" if d["maindiag_flag"] == "1" else "1", "zddm": d["diag_code"], "zdmc": d["diag_name"]}
                              for d in stay.diagnoses]
        made["SS_SSDJK"] += [{**key, "xh": f"{key['syxh']}{n}", "ssdm": o["oprn_oprt_code"], "ssmc": o["oprn_oprt_name"],
                              "kssj": o["oprn_oprt_date"].replace("-", "") + "08:30:00", "jlzt": "0"} for n, o in enumerate(stay.operations)]
    made["ZY_BRSYK"].append({**made["ZY_BRSYK"][0], "syxh": "9999", "brzt": "9"})
    made["VW_BRFYMXK"].append({**made["VW_BRFYMXK"][0], "syxh": "9999", "xh": "99999999"})
    made["YK_YPCDMLK"] = [{"idm": str(900 + n), "zxdw": "片"} for n in range(7)]
    return {name: lines for name, lines in made.items() if lines}
