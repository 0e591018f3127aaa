"""What each family of the two libraries finds: a stay that breaks one record, and its twin just on the allowed side.

A family yields (record, rule, stay, broken serials, twin). The stays stand on 2 June 2025 and later.
"""
import datetime
from decimal import Decimal

from hospital import CAPS, rules
from planted import Stay

ADMITTED = datetime.datetime(2025, 6, 2, 8)
D, FEN = Decimal, Decimal("0.01")


class Ward:
    """Gives stays their numbers; a stay is as long as it needs to be."""

    def __init__(self):
        self.count = 0

    def stay(self, days=6, **head):
        self.count += 1
        end = f"{ADMITTED + datetime.timedelta(days=days)}"
        return Stay(f"P{self.count:05d}", self.count, begntime=f"{ADMITTED}", endtime=end, setl_time=end, **head)


def at(day, clock="10:00:00"):
    return f"{(ADMITTED + datetime.timedelta(days=day)):%Y-%m-%d} {clock}"


def born(years_ago, days_off=0):
    """Who is so many years old on the second day, or so many days before."""
    day = ADMITTED + datetime.timedelta(days=1 + days_off)
    return f"{day.replace(year=day.year - years_ago):%Y-%m-%d}"


def repeat_charge(ward, hospital):
    parts = {"day": ((1, "00:00:00", 1, "23:59:59"), (1, "23:59:59", 2, "00:00:00")),
             "visit": ((1, "10:00:00", 4, "10:00:00"), None),
             "hour": ((1, "10:00:00", 1, "10:59:59"), (1, "10:59:59", 1, "11:00:00")),
             "6h": ((1, "20:00:00", 2, "01:59:59"), (1, "20:00:00", 2, "02:00:00"))}
    for r in rules("repeat-charge"):
        main, component = (hospital.item(r[f"{side}_code"], name=r[f"{side}_name"]) for side in ("main", "component"))
        broken, right = parts[r["frequency"]]
        stay, twin = ward.stay(), ward.stay()
        stay.charge(main, at(*broken[:2]))
        wrong = stay.charge(component, at(*broken[2:]))
        if right:
            twin.charge(main, at(*right[:2]))
        twin.charge(component, at(*(right or broken)[2:]))
        yield r, "V6", stay, [wrong], twin


def frequency(ward, hospital):
    for r in rules("frequency"):
        item, most = hospital.item(r["med_list_codg"], r["unit"], r["med_list_name"]), D(r["limit"])
        stay, twin = ward.stay(), ward.stay()
        wrong = stay.charge(item, at(1), f"{most + D('0.0001')}")
        twin.charge(item, at(1), f"{most}")
        yield r, "V2", stay, [wrong], twin


def frequency_in_parts(ward, hospital):
    """What several lines of one day sum up to; midnight begins the next."""
    for r in rules("frequency"):
        item, half = hospital.item(r["med_list_codg"], r["unit"], r["med_list_name"]), D(r["limit"]) / 2
        stay, twin = ward.stay(), ward.stay()
        for one, more in ((stay, D("0.0001")), (twin, 0)):
            one.charge(item, at(1, "00:00:00"), f"{half}")
            wrong = one.charge(item, at(1, "23:59:59"), f"{half + more}")
            one.charge(item, at(2, "00:00:00"), f"{half}")
            if one is stay:
                found = [wrong]
        yield r, "V2", stay, found, twin


def cycle(ward, hospital):
    for r in rules("cycle"):
        item, days = hospital.item(r["med_list_codg"], name=r["med_list_name"]), int(r["days"])
        stay, twin = ward.stay(days + 4), ward.stay(days + 4)
        for one, apart in ((stay, days - 1), (twin, days)):
            one.charge(item, at(1), r["limit"])
            wrong = one.charge(item, at(1 + apart), "1")
            if one is stay:
                found = [wrong]
        yield r, "V16", stay, found, twin


def course_of_drugs(ward, hospital):
    for r in rules("course"):
        if r["min_interval_days"]:
            continue
        item, days = hospital.item(r["med_list_codg"], name=r["med_list_name"]), int(r["days"])
        stay, twin = ward.stay(), ward.stay()
        wrong = stay.charge(item, at(1), days_supply=f"{days + 1}")
        twin.charge(item, at(1), days_supply=f"{days}")
        yield r, "V12", stay, [wrong], twin


def course_of_services(ward, hospital):
    for r in rules("course"):
        if not r["min_interval_days"]:
            continue
        item, days = hospital.item(r["med_list_codg"], name=r["med_list_name"]), int(r["min_interval_days"])
        stay, twin = ward.stay(days + 4), ward.stay(days + 4)
        for one, apart in ((stay, days - 1), (twin, days)):
            one.charge(item, at(1))
            wrong = one.charge(item, at(1 + apart))
            if one is stay:
                found = [wrong]
        yield r, "V12", stay, found, twin


def by_head(ward, hospital, table, heads, rule="V12"):
    """Records that one field of the stay decides: heads(row) are the broken one and the right one."""
    for r in rules(table):
        item = hospital.item(r["med_list_codg"], name=r["med_list_name"])
        broken, right = heads(r)
        stay, twin = ward.stay(**broken), ward.stay(**right)
        wrong = stay.charge(item, at(1))
        twin.charge(item, at(1))
        yield r, rule, stay, [wrong], twin


def institution_grade(ward, hospital):
    lower = {"2": ("1", "08"), "3": ("2", "05")}
    same = {"2": ("2", "05"), "3": ("3", "02")}
    level = lambda pair: {"medins_lv": pair[0], "hosp_lv": pair[1]}
    return by_head(ward, hospital, "institution-grade",
                   lambda r: (level(lower[r["min_medins_lv"]]), level(same[r["min_medins_lv"]])))


def visit_mode(ward, hospital):
    kinds = {"inpatient": ("13", "2101"), "emergency-inpatient": ("11", "13")}
    return by_head(ward, hospital, "visit-mode", lambda r: [{"med_type": k} for k in kinds[r["visit_mode"]]])


def insurance_type(ward, hospital):
    right = {"maternity": {"med_type": "52"}, "work-injury": {"insutype": "410"}}
    return by_head(ward, hospital, "insurance-type", lambda r: ({}, right[r["insurance"]]))


def sex(ward, hospital):
    return by_head(ward, hospital, "sex", lambda r: ({"gend": "12"["21".index(r["gend"])]}, {"gend": r["gend"]}), "V10")


def age(ward, hospital):
    """The first day too old, and the last day still right: 18th, 3rd and 63rd birthday, 29 days."""
    brdy = {"child": (born(18), born(18, 1)), "infant": (born(3), born(3, 1)), "working-age": (born(63), born(63, 1)),
            "newborn": (born(0, -29), born(0, -28))}
    return by_head(ward, hospital, "age", lambda r: [{"brdy": day} for day in brdy[r["age_group"]]], "V10")


def age_of_work(ward, hospital):
    """The day before the 16th birthday, and the birthday."""
    for r in rules("age"):
        if r["age_group"] == "working-age":
            item = hospital.item(r["med_list_codg"], name=r["med_list_name"])
            stay, twin = ward.stay(brdy=born(16, 1)), ward.stay(brdy=born(16))
            wrong = stay.charge(item, at(1))
            twin.charge(item, at(1))
            yield r, "V10", stay, [wrong], twin


def tcm_pieces(ward, hospital):
    other = hospital.item("T999999999", "克", "其他饮片")
    for r in rules("tcm-pieces"):
        item = hospital.item(r["med_list_codg"], "克", r["med_list_name"])
        stay, twin = ward.stay(), ward.stay()
        if r["use"] == "any":  # the fund never pays: right where the patient does
            stay.charge(other, at(1), drord_no="R1")
            wrong = stay.charge(item, at(1), drord_no="R1")
            twin.charge(item, at(1), hosp_appr_flag="2")
        else:
            wrong = stay.charge(item, at(1), drord_no="R1")
            stay.charge(other, at(1), drord_no="R2")
            twin.charge(item, at(1), drord_no="R1")
            twin.charge(other, at(1), drord_no="R1")
        yield r, "V12", stay, [wrong], twin


def surgery_discount(ward, hospital):
    """Beside the dearest of its group that the price list knows; the dearest itself beside a second one."""
    groups = {}
    for r in rules("surgery-discount"):
        price_code = r["med_list_codg"][2:11] if r["med_list_codg"].endswith("0000") else ""
        cap = CAPS.get((price_code, "3"))
        groups.setdefault(r["group"], []).append((D(cap["pric_uplmt_amt"]) if cap else None, r, price_code, cap))
    for members in groups.values():
        priced = sorted((m for m in members if m[0] is not None), key=lambda m: -m[0])
        for cap, r, price_code, row in members:
            if cap is None:
                continue
            first = next(m for m in priced if m[1] is not r and m[0] >= cap) if cap < priced[0][0] else None
            if first is None:
                continue
            stay, twin = ward.stay(), ward.stay()
            item = hospital.item(r["med_list_codg"], row["unit"], r["med_list_name"], price_code)
            main = hospital.item(first[1]["med_list_codg"], first[3]["unit"], first[1]["med_list_name"], first[2])
            share = (cap * D(r["pay_prop"])).quantize(FEN)
            for one, price in ((stay, share + FEN), (twin, share)):
                one.charge(main, at(1), pric=f"{first[0]}")
                wrong = one.charge(item, at(1, "10:30:00"), pric=f"{price}")
                if one is stay:
                    found = [wrong]
            yield r, "V3", stay, found, twin


def text_hints(ward, hospital):
    """Shown as a hint with its text; not where a physician has found it met."""
    for r in rules("text-hints"):
        item = hospital.item(r["med_list_codg"], name=r["med_list_name"])
        head = {"med_type": "1109"} if r["rule_class"] == "超互联网医院药品支付范围" else {}
        stay, twin = ward.stay(**head), ward.stay(**head)
        wrong = stay.charge(item, at(1))
        twin.charge(item, at(1), hosp_appr_flag="1")
        yield r, "T1", stay, [wrong], twin


def unpriced_operations(ward, hospital):
    """Operations that the price list does not name by their code, beside one that it does."""
    for r in rules("surgery-discount"):
        if (r["med_list_codg"][2:11], "3") not in CAPS or not r["med_list_codg"].endswith("0000"):
            stay = ward.stay()
            main = next(m for m in rules("surgery-discount") if m["group"] == r["group"] and m["med_list_codg"].endswith("0000")
                        and CAPS.get((m["med_list_codg"][2:11], "3")) and m["med_list_codg"] != r["med_list_codg"])
            cap = CAPS[main["med_list_codg"][2:11], "3"]
            stay.charge(hospital.item(main["med_list_codg"], cap["unit"], main["med_list_name"], main["med_list_codg"][2:11]),
                        at(1), pric=cap["pric_uplmt_amt"])
            stay.charge(hospital.item(r["med_list_codg"], name=r["med_list_name"]), at(1))
            yield r, stay


def retired(ward, hospital):
    """What a later record took out, where every restriction would be broken: a grown man at level 1, and a woman."""
    for r in rules("retired"):
        if r["why"] == "dropped":
            for gend in "12":
                stay = ward.stay(gend=gend, medins_lv="1", hosp_lv="08", med_type="11")
                stay.charge(hospital.item(r["med_list_codg"], name=r["med_list_name"]), at(1), days_supply="60")
                yield r, stay


FAMILIES = (repeat_charge, frequency, frequency_in_parts, cycle, course_of_drugs, course_of_services, institution_grade,
            visit_mode, insurance_type, sex, age, age_of_work, tcm_pieces, surgery_discount, text_hints)
