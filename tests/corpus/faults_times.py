"""What collides in time: V4 to V6, V8, V14, V16, V20, V31, V33."""
from scenario import scenario, sns
from stay import DAY, HOUR, SECOND, Unfit
from world import BEDS, D, FEN


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


# V8

@scenario("V8", alone=True, action="hold")
def again_for_the_same_disease(stay, fault):
    stay.diagnosis = "N20.000"
    wrong, right = (15, "N20.000"), stay.rnd.choice(((16, "N20.000"), (3, "H25.000x007")))
    gap, code = wrong if fault else right
    earlier_stay(stay, stay.first - (gap + 4) * DAY, stay.first - gap * DAY, dscg_maindiag_code=code)
    return ("V8", [], []) if fault else None


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
