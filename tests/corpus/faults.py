"""One scenario a cause: with a fault, or as its clean twin on the other side of the boundary.

Those of prices, quantities, repetitions, dates, forms and records; see scenario.py.
"""
import collections

from scenario import scenario, sns
from stay import DAY, SECOND, Stay, Unfit, certificate
from world import BEDS, D, FEN, MINUTES, LEVELS, half_up

HOUR = 3600 * SECOND


def mapped(stay, **mapping):
    """A fresh item at the price of a neutral one, mapped in a way of its own."""
    base = stay.neutral()
    item = stay.world.new_item(base.name, base.unit, "service", base.price_code, base.caps)
    stay.world.map(item, base.nat, **mapping)
    return item


# V1

@scenario("V1")
def class_of_the_mapping(stay, fault):
    listed = stay.world.catalogue[(base := stay.neutral()).nat]["chrgitm_lv"]
    item = stay.world.new_item(base.name, base.unit, "service", base.price_code, base.caps)
    stay.world.map(item, base.nat, lv=stay.rnd.choice([c for c in ("01", "02", "03") if c != listed]) if fault else None)
    lines = [stay.add(item, stay.moment()) for _ in range(stay.rnd.randint(1, 3))]
    return ("V1", sns(*lines), []) if fault else None


@scenario("V1")
def class_of_what_the_catalogue_lacks(stay, fault):
    item = stay.world.new_item("自费项目", "次")
    stay.world.map(item, f"0099{stay.number:06d}00000", lv="01" if fault else "03", listed=False)
    line = stay.add(item, stay.moment())
    return ("V1", sns(line), []) if fault else None


# V2

def split(stay, total, parts):
    """`total` as so many whole quantities, not zero."""
    cuts = sorted(stay.rnd.sample(range(1, int(total)), parts - 1)) if parts > 1 else []
    return [b - a for a, b in zip([0, *cuts], [*cuts, int(total)])]


def quantities_of_a_day(stay, fault, item, limit, per=1):
    """Charges the limit on one civil day and, with a fault, one more; per: how much of it one unit is."""
    day = stay.inner_day()
    total = limit // per + (1 if fault else 0)
    amounts = split(stay, total, stay.rnd.randint(1, min(4, int(total))))
    moments = sorted(stay.moment(day) for _ in amounts)
    if len(set(moments)) < len(moments):
        raise Unfit
    lines = [stay.add(item, at, n, pric="0.01") for at, n in zip(moments, amounts)]
    if moments[-1] + DAY < stay.end and moments[-1] + DAY not in stay.seconds:
        stay.add(item, moments[-1] + DAY, 1, pric="0.01")
    if not fault:
        return None
    wrong, others, sum_ = [], [], 0
    for line, n in zip(lines, amounts):
        sum_ += n * per
        (wrong if sum_ > limit else others).append(line)
    return "V2", sns(*wrong), sns(*others)


@scenario("V2", "quantity")
def limit_of_the_item(stay, fault):
    code, (limit, unit) = stay.rnd.choice(sorted(stay.world.frequency.items()))
    if code in BEDS or code in stay.world.excluded or code in stay.world.sex or code in stay.world.age or stay.nights < 3:
        raise Unfit
    stay.claim(code)
    return quantities_of_a_day(stay, fault, stay.world.service(code, unit), limit)


@scenario("V2", "quantity")
def what_fits_into_a_day(stay, fault):
    item = stay.rnd.choice(stay.world.timed)
    if stay.nights < 3:
        raise Unfit
    stay.claim(item.nat)
    return quantities_of_a_day(stay, fault, item, 1440 // MINUTES[item.unit])


@scenario("V2", "quantity")
def limit_in_another_unit(stay, fault):
    code, (limit, unit) = stay.rnd.choice(sorted((c, f) for c, f in stay.world.frequency.items() if f[1] == "小时"))
    if stay.nights < 3 or code in stay.world.sex or code in stay.world.age:
        raise Unfit
    stay.claim(code)
    item = stay.world.map(stay.world.new_item(stay.world.names[code], "半小时"), code, "小时", 1, 2)
    return quantities_of_a_day(stay, fault, item, 48)


@scenario("V2", "quantity")
def letters_that_share_a_code(stay, fault):
    """Two price-list items on one national code: each may have its limit; one above its own is certain."""
    code = stay.rnd.choice(stay.world.lettered)
    stay.claim(code)
    two = [i for i in stay.world.by_nat[code] if i.unit == "日"][:2]
    day = stay.inner_day()
    first, second = (stay.add(item, stay.moment(day), 1) for item in two)
    if not fault:
        return None
    again = stay.add(two[1], stay.moment(day), 1)
    early, late = sorted((second, again), key=lambda line: line["fee_ocur_time"])
    return "V2", sns(late), sns(early)


@scenario("V2", "factor")
def factor_between_times(stay, fault):
    item = stay.rnd.choice(stay.world.hourly)
    stay.claim(item.nat)
    own = stay.world.new_item(item.name, "日", "service", item.price_code, item.caps)
    stay.world.map(own, item.nat, "小时", stay.rnd.choice((1, 12, 240)) if fault else 24)
    line = stay.add(own, stay.moment(), 1, pric="0.01")
    return ("V2", sns(line), []) if fault else None


@scenario("V2", "factor")
def factor_of_one_unit(stay, fault):
    item = mapped(stay, num=10 if fault else 7, den=1 if fault else 7)
    lines = [stay.add(item, stay.moment(), 1, pric="0.01")]
    return ("V2", sns(*lines), []) if fault else None


# V3

@scenario("V3", "price_cap")
def price_at_the_cap(stay, fault):
    item = stay.neutral()
    step = stay.rnd.choice((D("0.000001"), FEN, D("0.5"))) if fault else 0
    line = stay.add(item, stay.moment(), stay.rnd.choice((1, 2, 5)), pric=item.own_cap(stay.level) + step)
    return ("V3", sns(line), []) if fault else None


@scenario("V3", "price_cap", alone=True)
def price_of_another_level(stay, fault):
    """The cap of a higher level: above it at a lower one, right at its own."""
    item = stay.neutral()
    caps = [item.caps[lv] for lv in LEVELS]
    if not caps[0] > caps[1] > caps[2]:
        raise Unfit
    stay.level = stay.rnd.choice("21") if fault else "3"
    line = stay.add(item, stay.moment(), 1, pric=caps[0])
    return ("V3", sns(line), []) if fault else None


@scenario("V3", "price_cap")
def price_of_another_unit(stay, fault):
    if stay.born > stay.first - 8 * 365 * DAY:
        raise Unfit  # operations on small children may cost more
    stay.extra.setdefault("approvals", [])  # and those that are filed as done again
    item = stay.rnd.choice([i for i in stay.world.hourly if i.caps.get(stay.level)])
    unit, num, den = stay.rnd.choice((("日", 24, 1), ("半小时", 1, 2)))
    stay.claim(item.nat)
    own = stay.world.new_item(item.name, unit, "service", item.price_code, item.caps)
    stay.world.map(own, item.nat, "小时", num, den)
    line = stay.add(own, stay.moment(), 1, pric=own.own_cap(stay.level) + (FEN if fault else 0))
    return ("V3", sns(line), []) if fault else None


@scenario("V3", "price_cap")
def price_without_a_cap(stay, fault):
    """An item of the list without a price has no cap; a refunded price above a cap is no finding."""
    if fault:
        item = stay.neutral()
        dear, cheap = (stay.add(item, stay.moment(), 1, pric=item.own_cap(stay.level) + step) for step in (1, 0))
        if stay.rnd.random() < 0.5:
            stay.refund(cheap)
        return "V3", sns(dear), []
    item = stay.neutral()
    stay.refund(stay.add(item, stay.moment(), 1, pric=item.own_cap(stay.level) + 1))
    item = stay.rnd.choice(stay.world.uncapped)
    stay.claim(item.nat)
    stay.add(item, stay.moment(), 1, pric="9999.00")
    return None


# V4

def wards(stay):
    stay.claim(BEDS[0])
    return [i for i in stay.world.by_nat[BEDS[0]] if i.unit == "日" and i.caps.get(stay.level)]


def bed(stay, item, day):
    """Later than the admission and earlier than the discharge, also on those days."""
    return stay.add(item, stay.moment(day))


@scenario("V4", "bed_days", alone=True)
def bed_on_the_day_of_discharge(stay, fault):
    item = wards(stay)[0]
    for day in range(stay.nights):
        bed(stay, item, day)
    if not fault:
        stay.refund(bed(stay, item, stay.nights))
        return None
    return "V4", sns(bed(stay, item, stay.nights)), []


@scenario("V4", "bed_days", alone=True)
def two_beds_in_a_night(stay, fault):
    one, two = wards(stay)[:2]
    nights = [bed(stay, one, day) for day in range(stay.nights)]
    if not fault:
        return None
    day = stay.rnd.randrange(stay.nights)
    pair = sorted((nights[day], bed(stay, two, day)), key=lambda line: line["fee_ocur_time"])
    return "V4", sns(pair[1]), sns(pair[0])


@scenario("V4", "bed_days", alone=True)
def bed_of_a_day_stay(stay, fault):
    stay.span(0)
    one, two = wards(stay)[:2]
    lines = [bed(stay, one, 0)]
    if not fault:
        return None
    early, late = sorted((lines[0], bed(stay, two, 0)), key=lambda line: line["fee_ocur_time"])
    return "V4", sns(late), sns(early)


# V5

@scenario("V5")
def twice_in_a_second(stay, fault):
    item, at, pric = stay.neutral(), stay.moment(), "0.50"
    first = stay.add(item, at, pric=pric)
    order = first["drord_no"]
    if fault:
        rest = [stay.add(item, at, pric=pric, order=order, cnt=stay.rnd.randint(1, 3))
                for _ in range(stay.rnd.choice((1, 1, 2)))]
        return "V5", sns(*rest), sns(first)
    twin = stay.rnd.choice(("second", "order", "refund", "item"))
    if twin == "second" and at + SECOND < stay.end:
        stay.add(item, at + SECOND, pric=pric, order=order)
    elif twin == "order":
        stay.add(item, at, pric=pric)
    elif twin == "refund":
        stay.refund(stay.add(item, at, pric=pric, order=order))
    elif twin == "item":
        stay.add(stay.neutral(), at, pric=pric, order=order)
    return None


# V6

def pair_of(stay, period, unit="次"):
    """A row of the library whose codes no other rule can speak of, and an item for each."""
    world = stay.world
    rows = [r for r in world.pairs if r["frequency"] == period]
    row = stay.rnd.choice(rows)
    main, part = row["main_code"], row["component_code"]
    both = {main, part}
    clash = sum({r["main_code"], r["component_code"]} == both for r in world.pairs) > 1
    other_sex = any(stay.gend not in world.sex.get(code, stay.gend) for code in both)
    if main == part or clash or other_sex or both & {*world.age, *world.excluded, *world.cycle, *BEDS}:
        raise Unfit
    stay.claim(main, part)
    return world.service(main, unit), world.service(part, unit)


@scenario("V6")
def component_on_one_day(stay, fault):
    main, part = pair_of(stay, "day")
    day = stay.inner_day()
    if fault:
        whole = stay.add(main, stay.moment(day), pric="0.50")
        parts = [stay.add(part, stay.moment(day), pric="0.50")]
        if part.nat not in stay.world.frequency and stay.rnd.random() < 0.3:
            parts.append(stay.add(part, stay.moment(day), pric="0.50"))
        return "V6", sns(*parts), sns(whole)
    midnight = stay.first + (day + 1) * DAY
    if stay.nights < day + 2 or {midnight, midnight - SECOND} & stay.seconds:
        raise Unfit
    order = [(main, midnight - SECOND), (part, midnight)]
    if stay.rnd.random() < 0.5:
        order = [(part, midnight - SECOND), (main, midnight)]
    for item, at in order:
        stay.add(item, at, pric="0.50")
    return None


@scenario("V6")
def component_in_one_stay(stay, fault):
    main, part = pair_of(stay, "visit")
    if fault or stay.rnd.random() < 0.5:
        whole = stay.add(main, stay.moment(), pric="0.50")
        one = stay.add(part, stay.moment(), pric="0.50")
        if not fault:
            stay.refund(stay.rnd.choice((whole, one)))
            return None
        return "V6", sns(one), sns(whole)
    for _ in range(2):
        stay.add(main, stay.moment(), pric="0.50")
    return None


@scenario("V6")
def component_in_one_hour(stay, fault):
    main, part = pair_of(stay, "hour", "小时")
    day = stay.inner_day()
    noon = stay.first + day * DAY + stay.rnd.randrange(3, 9) * HOUR
    if {noon, noon - SECOND, noon + HOUR - SECOND} & stay.seconds:
        raise Unfit
    if stay.rnd.random() < 0.5:
        whole = stay.add(main, noon + (0 if fault else -1) * SECOND, pric="0.50")
        one = stay.add(part, noon + (HOUR - SECOND if fault else 0 * SECOND), pric="0.50")
    else:
        hours = stay.rnd.randint(4, 20)
        whole = stay.add(main, stay.moment(day), hours, pric="0.50")
        one = stay.add(part, stay.moment(day), 24 - hours + (1 if fault else 0), pric="0.50")
    return ("V6", sns(one), sns(whole)) if fault else None


@scenario("V6")
def component_within_six_hours(stay, fault):
    main, part = pair_of(stay, "6h")
    apart = 6 * HOUR - (SECOND * stay.rnd.choice((1, 1, 9000)) if fault else 0 * SECOND)
    day = stay.inner_day() - 1
    at = stay.first + day * DAY + stay.rnd.randrange(16 * 3600, 30 * 3600) * SECOND
    sides = [main, part] if stay.rnd.random() < 0.5 else [part, main]
    if at + apart >= stay.end or {at, at + apart} & stay.seconds:
        raise Unfit
    lines = {item.code: stay.add(item, when, pric="0.50") for item, when in zip(sides, (at, at + apart))}
    return ("V6", sns(lines[part.code]), sns(lines[main.code])) if fault else None


# V10

@scenario("V10", "sex")
def drug_of_one_sex(stay, fault):
    drug = stay.rnd.choice(stay.world.sex_drugs)
    if (stay.gend in stay.world.sex[drug.nat]) == fault:
        raise Unfit
    stay.claim(drug.nat)
    line = stay.add(drug, stay.moment(), stay.rnd.randint(1, 3))
    return ("V10", sns(line), []) if fault else None


@scenario("V10", "age", alone=True)
def drug_of_children(stay, fault):
    """Seventeen on the last day before the eighteenth birthday; eighteen on it."""
    drug = stay.rnd.choice(stay.world.child_drugs)
    stay.claim(drug.nat)
    day = stay.inner_day()
    birthday = stay.first + (day + (0 if fault else 1)) * DAY
    if (birthday.month, birthday.day) == (2, 29):
        raise Unfit
    stay.born = birthday.replace(year=birthday.year - 18)
    lines = [stay.add(drug, stay.moment(day)) for _ in range(stay.rnd.randint(1, 2))]
    return ("V10", sns(*sorted(lines, key=lambda line: line["fee_ocur_time"])), []) if fault else None


@scenario("V10", "credential", alone=True)
def certificate_of_another(stay, fault):
    number = certificate(stay.born, stay.gend, stay.rnd)
    if fault:
        wrong = stay.rnd.choice(("check", "sex", "birth", "length"))
        number = {"check": number[:17] + ("0" if number[17] != "0" else "1"),
                  "sex": certificate(stay.born, "12"[stay.gend == "1"], stay.rnd),
                  "birth": certificate(stay.born + DAY, stay.gend, stay.rnd), "length": number[:17]}[wrong]
    stay.certno = number
    return ("V10", [], []) if fault else None


# V8

@scenario("V8", alone=True, action="hold")
def again_for_the_same_disease(stay, fault):
    stay.diagnosis = "N20.000"
    wrong, right = (15, "N20.000"), stay.rnd.choice(((16, "N20.000"), (3, "H25.000x007")))
    gap, code = wrong if fault else right
    earlier_stay(stay, stay.first - (gap + 4) * DAY, stay.first - gap * DAY, dscg_maindiag_code=code)
    return ("V8", [], []) if fault else None


# V12, V13

def limited(stay, table, values, fault):
    stay.gend = "2"
    drug, _ = stay.rnd.choice([(d, v) for d, v in stay.world.limited[table] if v in values])
    stay.claim(drug.nat)
    lines = [stay.add(drug, stay.moment(), hosp_appr_flag="1") for _ in range(stay.rnd.randint(1, 2))]
    ordered = sorted(lines, key=lambda line: line["fee_ocur_time"])
    return ("V12", sns(*ordered), []) if fault else None


@scenario("V12", "institution_grade", alone=True)
def drug_of_higher_levels(stay, fault):
    stay.level = "1" if fault else stay.rnd.choice("32")
    return limited(stay, "institution-grade", ("2",), fault)


@scenario("V12", "insurance_type", alone=True)
def drug_of_another_scheme(stay, fault):
    stay.visit = "2101" if fault else "52"
    return limited(stay, "insurance-type", ("maternity", "work-injury") if fault else ("maternity",), fault)


@scenario("V12", "visit_mode", alone=True)
def drug_of_inpatients(stay, fault):
    stay.visit = "13"
    return limited(stay, "visit-mode", ("inpatient",) if fault else ("emergency-inpatient",), fault)


@scenario("V13", alone=True, action="hold")
def without_a_consent(stay, fault):
    stay.plain = True
    for _ in range(stay.rnd.randint(2, 5)):
        stay.add(stay.neutral([i for i in stay.world.treatments if stay.world.catalogue[i.nat]["chrgitm_lv"] != "03"]),
                 stay.moment())
    item = stay.world.new_item("自费项目", "次")
    stay.world.map(item, f"0099{stay.number:06d}00000", lv="03", listed=False)
    line = stay.add(item, stay.moment())
    given = {"mdtrt_id": stay.id, "signed_by": "测试丁", "relation": "本人", "time": f"{stay.begin}"}
    given.update({"feedetl_sn": "1" if fault else line["feedetl_sn"]} if stay.rnd.random() < 0.5 else
                 {"code": "0" if fault else stay.rnd.choice((item.nat, item.code))})
    stay.extra["consents"] = [given]
    return ("V13", sns(line), []) if fault else None


# V14

@scenario("V14", "dates")
def outside_the_stay(stay, fault):
    item = stay.neutral()
    early = stay.rnd.random() < 0.5
    edge = stay.begin if early else stay.end
    at = edge + (SECOND * stay.rnd.choice((1, 86400)) * (-1 if early else 1) if fault else 0 * SECOND)
    if at in stay.seconds:
        raise Unfit
    line = stay.add(item, at)
    if not fault and not early:
        stay.refund(stay.add(item, stay.moment()), at=stay.end + 40 * SECOND)
    return ("V14", sns(line), []) if fault else None


@scenario("V14", "prescriptions", alone=True, action="warn")
def prescriptions_of_a_day(stay, fault):
    day = stay.inner_day()
    stay.plain = True
    stay.add(stay.treatment(), stay.moment())
    drugs = stay.rnd.sample(stay.world.drugs, min(len(stay.world.drugs), 8))
    lines = [stay.add(stay.rnd.choice(drugs), stay.moment(day)) for _ in range(41 if fault else 40)]
    if not fault:
        stay.add(drugs[0], stay.moment(day), order=lines[0]["drord_no"])
    return ("V14", sns(*lines), []) if fault else None


# V16

@scenario("V16", "cycle", alone=True, action="warn")
def again_within_the_cycle(stay, fault):
    code = stay.rnd.choice(sorted(stay.world.cycle))
    limit, days = stay.world.cycle[code]
    if code in stay.world.sex or code in stay.world.age:
        raise Unfit
    stay.claim(code)
    stay.span(days + stay.rnd.randint(2, 5))
    item = stay.world.service(code)
    before = stay.add(item, stay.moment(1), limit)
    apart = days - (stay.rnd.choice((1, 1, days - 1)) if fault else 0)
    again = stay.add(item, stay.moment(1 + apart), 1)
    return ("V16", sns(again), sns(before)) if fault else None


def earlier_stay(stay, first, last, **fields):
    before = {"psn_no": stay.psn_no, "mdtrt_id": f"E{stay.number:06d}", "fixmedins_code": "H99990200002",
              "begntime": f"{first + 9 * HOUR}", "endtime": f"{last + 10 * HOUR}", "dscg_maindiag_code": "H25.000x007",
              **fields}
    stay.extra["history"] = [before]
    return before


@scenario("V16", "cycle", alone=True, action="warn")
def again_after_an_earlier_stay(stay, fault):
    code = stay.rnd.choice(sorted(stay.world.cycle))
    limit, days = stay.world.cycle[code]
    if code in stay.world.sex or code in stay.world.age:
        raise Unfit
    stay.claim(code)
    day = stay.rnd.randrange(stay.nights)
    line = stay.add(stay.world.service(code), stay.moment(day), limit)
    earlier = stay.first + (day - days + (1 if fault else 0)) * DAY
    if earlier >= stay.first:
        raise Unfit
    before = earlier_stay(stay, earlier, earlier + DAY)
    stay.extra["history-items"] = [{"mdtrt_id": before["mdtrt_id"], "med_list_codg": code,
                                    "fee_ocur_time": f"{earlier + 10 * HOUR}"}]
    return ("V16", sns(line), []) if fault else None


# V20

@scenario("V20", action="warn")
def entered_late(stay, fault):
    if stay.nights < 4:
        raise Unfit
    item, at = stay.neutral(), stay.moment(0)
    line = stay.add(item, at)
    line["entry_time"] = f"{at + 24 * HOUR + (SECOND if fault else 0 * SECOND)}"
    return ("V20", sns(line), []) if fault else None


# V21

@scenario("V21", action="hold")
def large_examination(stay, fault):
    item = stay.rnd.choice(stay.world.large)
    stay.claim(item.nat)
    line = stay.add(item, stay.moment(), pric="0.50")
    if stay.rnd.random() < 0.5:
        stay.approve("大型检查审批", "", feedetl_sn="1" if fault else line["feedetl_sn"])
    else:
        stay.approve("大型检查审批", "0" if fault else item.nat)
    return ("V21", sns(line), []) if fault else None


# Heads: V17, V19, V22, V23

def diagnosed(rule, action, wrong, right):
    @scenario(rule, alone=True, action=action)
    def principal_diagnosis(stay, fault):
        stay.diagnosis = stay.rnd.choice(wrong if fault else right)
        return (rule, [], []) if fault else None
    return principal_diagnosis


diagnosed("V17", "hint", ("J06.900", "E11.900", "G45.002"), ("J20.900", "E11.800", "G45.900"))
diagnosed("V22", "hint", ("S06.000", "S72.000", "T31.000"), ("M84.100", "T36.000"))
diagnosed("V23", "warn", ("O82.000", "Z51.002"), ("I10.x00", "Z51.100"))


@scenario("V19", "institution", alone=True)
def institution_without_agreement(stay, fault):
    code = stay.rnd.choice(("H99990300003", "H99990400004")) if fault else "H99990200002"
    stay.head.update(fixmedins_code=code, fixmedins_name="测试县人民医院")
    return ("V19", [], []) if fault else None


# V25

@scenario("V25", action="warn")
def never_paid(stay, fault):
    code = stay.rnd.choice(stay.world.excluded)
    if code in stay.world.sex or code in stay.world.age:
        raise Unfit
    stay.claim(code)
    item = stay.world.service(code)
    lines = [stay.add(item, stay.moment(), pric="0.50") for _ in range(stay.rnd.randint(1, 2))]
    if not fault:
        for line in lines:
            stay.refund(line)
        return None
    return "V25", sns(*lines), []


# V26

@scenario("V26", "line_amount")
def amount_of_a_line(stay, fault):
    item, cnt, pric = stay.neutral(), stay.rnd.choice((1, 3, D("2.5"))), D(stay.rnd.randrange(20, 100)) / 100
    apart = stay.rnd.choice((1, -1)) * (D("0.02") if fault else FEN)
    line = stay.add(item, stay.moment(), cnt, pric=pric, amount=half_up(cnt * pric) + apart)
    return ("V26", sns(line), []) if fault else None


STAY_FIELDS = {"fixmedins_name": "", "psn_name": "", "mdtrt_cert_type": "99", "adm_dept_name": "", "atddr_no": "X1",
               "atddr_name": "", "dscg_way": "7", "med_type": "", "psn_type": "99", "insuplc_admdvs": "99990",
               "dscg_maindiag_name": "", "psn_cert_type": ""}
LINE_FIELDS = {"bilg_dept_codg": "", "bilg_dept_name": "", "bilg_dr_codg": "990101", "bilg_dr_name": "",
               "medins_list_name": "", "dscg_tkdrug_flag": "2"}


@scenario("V26", "mandatory", alone=True)
def field_of_the_stay(stay, fault):
    field = stay.rnd.choice(sorted(STAY_FIELDS))
    if fault:
        stay.head[field] = STAY_FIELDS[field]
    return ("V26", [], []) if fault else None


@scenario("V26", "mandatory_charge")
def field_of_a_line(stay, fault):
    line = stay.add(stay.neutral(), stay.moment())
    field = stay.rnd.choice(sorted(LINE_FIELDS))
    if fault:
        line[field] = LINE_FIELDS[field]
    return ("V26", sns(line), []) if fault else None


# R1, R2

@scenario("R1")
def more_refunded_than_charged(stay, fault):
    line = stay.add(stay.neutral(), stay.moment(), 3)
    first = stay.refund(line, cnt=-1)
    second = stay.refund(line, cnt=-3 if fault else -2)
    return ("R1", sns(second), sns(line, first)) if fault else None


@scenario("R1")
def refund_of_nothing(stay, fault):
    item, other = stay.neutral(), stay.neutral()
    line = stay.add(item, stay.moment(), 2)
    elsewhere = stay.add(other, stay.moment(), 2)
    if not fault:
        stay.refund(line)
        return None
    init = stay.rnd.choice((None, "1", elsewhere["feedetl_sn"]))
    back = stay.refund(line, init=init)
    return "R1", sns(back), []


@scenario("R2")
def refund_at_another_price(stay, fault):
    line = stay.add(stay.neutral(), stay.moment(), 2, pric="0.80")
    back = stay.refund(line, pric=stay.rnd.choice(("0.70", "0.90", "0.800001")) if fault else "0.80")
    return ("R2", sns(back), sns(line)) if fault else None


# M1, M2, M3

@scenario("M1")
def item_without_a_mapping(stay, fault):
    item = mapped(stay)
    if fault:
        base = stay.neutral()
        item = stay.world.new_item(base.name, base.unit, "service", base.price_code, base.caps)
    lines = [stay.add(item, stay.moment(), pric="0.50") for _ in range(stay.rnd.randint(1, 2))]
    return ("M1", sns(*lines), []) if fault else None


@scenario("M2")
def mapping_out_of_force(stay, fault):
    day = stay.inner_day()
    on, before = (f"{stay.first + n * DAY:%Y-%m-%d}" for n in (day, day - 1))
    how = stay.rnd.choice(("ended", "begins", "refused"))
    after = f"{stay.first + (day + 1) * DAY:%Y-%m-%d}"
    item = mapped(stay, **{"ended": {"end": before if fault else on}, "begins": {"begin": after if fault else on},
                           "refused": {"status": stay.rnd.choice(("refused", "stopped")) if fault else "active"}}[how])
    line = stay.add(item, stay.moment(day), pric="0.50")
    return ("M2", sns(line), []) if fault else None


@scenario("M2")
def code_left_the_catalogue(stay, fault):
    day = stay.inner_day()
    item = stay.world.map(stay.world.new_item("停用项目", "次"), f"0098{stay.number:06d}00000")
    stay.world.catalogue[item.nat]["enddate"] = f"{stay.first + (day - 1 if fault else day) * DAY:%Y-%m-%d}"
    line = stay.add(item, stay.moment(day))
    return ("M2", sns(line), []) if fault else None


@scenario("M3")
def two_mappings(stay, fault):
    day = stay.inner_day()
    on, before = (f"{stay.first + n * DAY:%Y-%m-%d}" for n in (day, day - 1))
    item = mapped(stay, end=on if fault else before)
    stay.world.map(item, stay.neutral().nat if fault else item.nat, begin=on)
    line = stay.add(item, stay.moment(day), pric="0.50")
    return ("M3", sns(line), []) if fault else None


# V18, V28: amounts that the caller gives

@scenario("V18", alone=True)
def total_given(stay, fault):
    stay.late.append(lambda: stay.head.update(medfee_sumamt=f"{stay.total() + (FEN if fault else 0):f}"))
    return ("V18", [], []) if fault else None


@scenario("V28", alone=True)
def payers_given(stay, fault):
    field = stay.rnd.choice(("hosp_part_amt", "psn_part_amt", "fund_pay_sumamt"))
    stay.late.append(lambda: stay.head.update({"medfee_sumamt": f"{stay.total():f}"} | (
        {field: f"{stay.total() + FEN:f}"} if fault else {"hosp_part_amt": "0.00"})))
    return ("V28", [], []) if fault else None


# V24: the first is settled before

@scenario("V24", "settled_twice", alone=True, rare=True)
def settled_with_another_stay(stay, fault):
    if len(stay.world.settled) >= 12:
        raise Unfit
    before = Stay(stay.world, stay.rnd, 900000 + len(stay.world.settled))
    before.psn_no, before.gend, before.born, before.level = stay.psn_no, stay.gend, stay.born, stay.level
    before.first, before.begin = stay.first, stay.begin
    before.span(stay.nights)
    before.end = stay.end
    item, at = stay.neutral(), stay.moment()
    before.codes.add(item.nat)
    before.add(item, at, 1, pric="0.50")
    before.background()
    twin = stay.rnd.choice(("amount", "second", "item"))
    if fault or twin == "amount":
        line = stay.add(item, at, 1 if fault else 2, pric="0.50")
    elif twin == "second":
        line = stay.add(item, at + SECOND, 1, pric="0.50")
    else:
        line = stay.add(stay.neutral(), at, 1, pric="0.50")
    stay.world.settled.append(before)
    return ("V24", sns(line), []) if fault else None


# V27

@scenario("V27", alone=True)
def chronic_care_without_recognition(stay, fault):
    stay.plain = True
    stay.visit, stay.diagnosis = "14", "I10.x00x002"
    stay.background()
    lines = [line for _, _, line in sorted(stay.lines)]
    wrong = stay.rnd.choice(("disease", "ended", "none")) if fault else None
    if wrong == "none":
        stay.diagnosis = "K29.500"
    stay.approve("慢特病", "E11.900" if wrong == "disease" else "I10.x00x002", stay.first - 90 * DAY,
             stay.first - DAY if wrong == "ended" else stay.last)
    return ("V27", sns(*lines), []) if fault else None


# V29

@scenario("V29", alone=True)
def beyond_the_order(stay, fault):
    stay.plain = True
    stay.background()
    item, pric = stay.neutral(), "0.50"
    moments = sorted(stay.moment() for _ in range(2))
    first = stay.add(item, moments[0], 2, pric=pric)
    second = stay.add(item, moments[1], 3, pric=pric, order=first["drord_no"])
    counts = collections.Counter()
    for _, _, line in stay.lines:
        counts[line["drord_no"], line["medins_list_codg"]] += D(line["cnt"])
    how = stay.rnd.choice(("ordered", "executed", "none"))
    key = first["drord_no"], item.code
    orders = []
    for (order, code), cnt in counts.items():
        if fault and how == "none" and (order, code) == key:
            continue
        less = 1 if fault and (order, code) == key else 0
        orders.append({"mdtrt_id": stay.id, "drord_no": order, "medins_list_codg": code,
                       "cnt": f"{cnt - (less if how == 'ordered' else 0):f}",
                       "exec_cnt": f"{cnt - (less if how == 'executed' else 0):f}"})
    stay.extra["orders"] = orders
    if not fault:
        return None
    return ("V29", sns(first, second), []) if how == "none" else ("V29", sns(second), sns(first))


# V30

@scenario("V30", alone=True, action="warn")
def tests_only(stay, fault):
    stay.plain = True
    lines = [stay.add(stay.neutral(stay.world.tests), stay.moment()) for _ in range(stay.rnd.randint(2, 6))]
    if not fault:
        stay.add(stay.treatment(), stay.moment())
    return ("V30", sns(*lines), []) if fault else None


# V31

@scenario("V31", alone=True, action="hint")
def again_after_the_quota(stay, fault):
    stay.plain = True
    stay.diagnosis = "K80.101"
    stay.background()
    item = stay.rnd.choice(stay.world.open_priced)
    stay.claim(item.nat)
    near = stay.rnd.random() < 0.5
    rest = D(13200 if near else 10800) - stay.total()
    if rest <= 0:
        raise Unfit
    off = 0 if fault else stay.rnd.choice((0, 1))
    stay.add(item, stay.moment(), 1, pric=rest + off * (FEN if near else -FEN))
    gap = 15 if fault else 16
    earlier_stay(stay, stay.first - (gap + 5) * DAY, stay.first - gap * DAY, dscg_maindiag_code="K80.201")
    return ("V31", [], []) if fault else None


# V32

@scenario("V32")
def mark_up(stay, fault):
    drug = stay.rnd.choice([d for d in stay.world.drugs if stay.world.catalogue[d.nat]["list_type"] == "101"])
    stay.claim(drug.nat)
    pric = D(stay.rnd.randrange(100, 9000)) / 100
    cost = pric - stay.rnd.choice((D("0.000001"), FEN, pric / 2)) if fault else pric + stay.rnd.choice((0, FEN))
    line = stay.add(drug, stay.moment(), stay.rnd.randint(1, 3), pric=pric, purc_pric=f"{cost:f}")
    return ("V32", sns(line), []) if fault else None


# V33

@scenario("V33", alone=True, action="warn")
def result_at_hand(stay, fault):
    code, days = stay.rnd.choice(sorted(stay.world.recognised.items()))
    if code in stay.world.cycle:
        raise Unfit
    stay.claim(code)
    day = stay.rnd.randrange(stay.nights)
    line = stay.add(stay.world.service(code), stay.moment(day), pric="0.50")
    taken = stay.first + (day - days - (0 if fault else 1)) * DAY
    if taken >= stay.first:
        raise Unfit
    before = earlier_stay(stay, taken, taken)
    stay.extra["history-items"] = [{"mdtrt_id": before["mdtrt_id"], "med_list_codg": code,
                                    "fee_ocur_time": f"{taken + 9.5 * HOUR}"}]
    return ("V33", sns(line), []) if fault else None


# V34

@scenario("V34", alone=True, action="hold")
def from_elsewhere(stay, fault):
    stay.head.update(stay.rnd.choice(({"refl_flag": "1"}, {"insuplc_admdvs": "430100"})))
    kind, end = stay.rnd.choice((("慢特病", stay.last), ("转诊", stay.first - DAY))) if fault else ("转诊", stay.first)
    stay.approve(kind, "", stay.first - 30 * DAY, end)
    return ("V34", [], []) if fault else None


# V35

@scenario("V35", alone=True)
def not_entitled(stay, fault):
    stay.plain = True
    stay.background()
    day = stay.inner_day()
    wrong = [line for at, _, line in sorted(stay.lines) if at >= stay.first + day * DAY]
    if not wrong:
        raise Unfit
    row = {"psn_no": stay.psn_no, "insutype": "310", "psn_insu_stas": "1", "begndate": "2024-01-01",
           "enddate": f"{stay.first + (day - 1) * DAY:%Y-%m-%d}" if fault else f"{stay.last:%Y-%m-%d}"}
    stay.extra["entitlements"] = [row]
    if fault and stay.rnd.random() < 0.5:
        stay.extra["entitlements"].append({**row, "psn_insu_stas": "2", "enddate": "2099-12-31", "reason": "暂停参保",
                                           "begndate": f"{stay.first + day * DAY:%Y-%m-%d}"})
    return ("V35", sns(*wrong), []) if fault else None


# V36

@scenario("V36", alone=True, action="hold")
def special_drug(stay, fault):
    drug = stay.rnd.choice(stay.world.special_drugs)
    stay.claim(drug.nat)
    day = stay.rnd.randrange(stay.nights)
    line = stay.add(drug, stay.moment(day), hosp_appr_flag="1")
    stay.approve("谈判药品", drug.nat, stay.first - 30 * DAY, stay.first + (day - (1 if fault else 0)) * DAY)
    return ("V36", sns(line), []) if fault else None
