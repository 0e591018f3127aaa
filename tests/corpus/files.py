"""Completes a stay with every file that a hospital can give, as a careful one would: so that each check really judges."""
import collections
import datetime

from world import D

DAY = datetime.timedelta(days=1)
LONG_AGO = 800  # days: beyond every cycle, interval and recognition
HARMLESS = ("K76.000", "E78.500", "H52.100", "D50.900", "K21.900", "M47.800")  # diagnoses that no list names
OPERATIONS = ("45.1600x001", "86.2200x011", "03.3100x003", "57.3200x001", "34.9100x001")


def complete(stay):
    if not stay.rich:
        if any(one.fits(stay) for one in stay.world.pathways):
            stay.extra.setdefault("pathway", pathway(stay))
        return
    days_of_drugs(stay)
    add_diagnoses_and_operations(stay)
    for name, make in (("orders", orders), ("consents", consents), ("entitlements", entitlements), ("history", history),
                       ("history-items", list), ("approvals", list), ("pathway", pathway), ("deposits", deposits),
                       ("identities", list)):
        if name not in stay.extra:
            stay.extra[name] = make(stay) if make is not list else []
    stay.head.setdefault("medfee_sumamt", f"{stay.total():f}")


def add_diagnoses_and_operations(stay):
    if not stay.further:
        stay.further += stay.rnd.sample([c for c in HARMLESS if c in stay.world.icd10], stay.rnd.randint(0, 3))
    if not stay.operations and stay.visit.startswith("2") and stay.rnd.random() < 0.3:
        known = [c for c in OPERATIONS if c in stay.world.icd9]
        for code in stay.rnd.sample(known, min(len(known), stay.rnd.randint(1, 2))):
            stay.operate(code, stay.rnd.randint(0, stay.nights))


def deposits(stay):
    """Two receipts at admission."""
    row = {"mdtrt_id": stay.id, "time": f"{stay.begin}", "pay_way": "cash"}
    return [{**row, "recp_no": f"R{stay.id}-{n}", "amt": amt} for n, amt in enumerate(("2000.00", "500.00"), 1)]


def orders(stay):
    """One for each item under its number, and one of care that holds all the stay."""
    counts, first, last = collections.Counter(), {}, {}
    for at, _, line in sorted(stay.lines):
        key = line["drord_no"], line["medins_list_codg"]
        counts[key] += max(D(line["cnt"]), D(0))
        first.setdefault(key, at)
        last[key] = at
    rows = [{"mdtrt_id": stay.id, "drord_no": number, "medins_list_codg": code, "cnt": f"{cnt:f}", "exec_cnt": f"{cnt:f}",
             "drord_begn_date": f"{first[number, code]}", "drord_stop_date": f"{last[number, code]}", "dr_codg": "D990101"}
            for (number, code), cnt in counts.items()]
    care = {"mdtrt_id": stay.id, "drord_no": f"L{stay.number}", "medins_list_codg": "K000001", "cnt": f"{stay.nights + 1}",
            "exec_cnt": f"{stay.nights + 1}", "drord_begn_date": f"{stay.begin}", "drord_stop_date": f"{stay.end}",
            "dr_codg": "D990101"}
    return rows + [care]


def self_funded(stay, item, line):
    world = stay.world
    known = world.catalogue.get(item.nat)
    if known is None:
        return bool(item.rows) and item.rows[0]["chrgitm_lv"] == "03"
    refused = line.get("hosp_appr_flag") == "2" or (line.get("hosp_appr_flag") == "0" and known["lmt_used_flag"] == "1")
    return known["chrgitm_lv"] == "03" or item.nat in world.excluded or refused


def consents(stay):
    rows = []
    for _, _, line in stay.lines:
        item = stay.item_of(line)
        if self_funded(stay, item, line):
            of = stay.rnd.choice(({"feedetl_sn": line["feedetl_sn"]}, {"code": item.code}))
            rows.append({"mdtrt_id": stay.id, "signed_by": "测试丁", "relation": stay.rnd.choice(("本人", "配偶", "子女")),
                         "time": f"{stay.begin}", **of})
    return rows


def entitlements(stay):
    return [{"psn_no": stay.psn_no, "insutype": stay.scheme, "psn_insu_stas": "1", "begndate": "2024-01-01",
             "enddate": stay.rnd.choice(("", "2099-12-31"))}]


def history(stay):
    """An earlier stay for the same disease, with what is charged now: long ago."""
    first = stay.first - LONG_AGO * DAY
    before = {"psn_no": stay.psn_no, "mdtrt_id": f"E{stay.number:06d}", "fixmedins_code": "H99990200002",
              "begntime": f"{first + 9 * DAY / 24}", "endtime": f"{first + 5 * DAY + 10 * DAY / 24}",
              "dscg_maindiag_code": stay.diagnosis}
    codes = sorted({stay.item_of(line).nat for _, _, line in stay.lines} - {""})
    stay.extra.setdefault("history-items", [
        {"mdtrt_id": before["mdtrt_id"], "med_list_codg": code, "fee_ocur_time": f"{first + DAY}"}
        for code in stay.rnd.sample(codes, min(len(codes), 4))])
    return [before]


def pathway(stay):
    """Where the stay could be on one, the patient left it."""
    return [{"mdtrt_id": stay.id, "pathway_id": one.id, "entry_time": f"{stay.begin}", "variation": "退出",
             "reason": "合并症需另行处理", "by": "D990101"} for one in stay.world.pathways if one.fits(stay)]


def days_of_drugs(stay):
    """Purchase prices, days of supply, and one drug taken home."""
    home = stay.rnd.random() < 0.5 and stay.visit not in ("11", "13", "14")  # to an outpatient all is prescribed
    plain = {item.code for item in stay.world.drugs}
    for at, _, line in sorted(stay.lines, reverse=True):
        item = stay.item_of(line)
        known = stay.world.catalogue.get(item.nat)
        if known and known["list_type"] == "101":
            line.setdefault("purc_pric", line["pric"])
        if item.code not in plain or D(line["cnt"]) <= 0:
            continue
        line.setdefault("days_supply", str(stay.rnd.randint(1, 3)))
        if home and line["dscg_tkdrug_flag"] == "0":
            line.update(dscg_tkdrug_flag="1", days_supply=str(stay.rnd.randint(3, 7)))
            home = False
