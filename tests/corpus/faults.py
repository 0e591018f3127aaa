"""Items, their prices, quantities, mappings and refunds: V1 to V3, V25, V32, R1, R2, M1 to M3."""
from scenario import scenario, sns
from stay import DAY, Unfit
from world import BEDS, D, FEN, LEVELS, MINUTES


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
    moments = sorted({stay.moment(day) for _ in amounts})
    if stay.rnd.random() < 0.2:  # a hospital that keeps no seconds: serials say what comes first
        moments = [moments[0]] * len(amounts)
    if len(moments) < len(amounts):
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


# V32

@scenario("V32")
def mark_up(stay, fault):
    drug = stay.rnd.choice([d for d in stay.world.drugs if stay.world.catalogue[d.nat]["list_type"] == "101"])
    stay.claim(drug.nat)
    pric = D(stay.rnd.randrange(100, 9000)) / 100
    cost = pric - stay.rnd.choice((D("0.000001"), FEN, pric / 2)) if fault else pric + stay.rnd.choice((0, FEN))
    line = stay.add(drug, stay.moment(), stay.rnd.randint(1, 3), pric=pric, purc_pric=f"{cost:f}")
    return ("V32", sns(line), []) if fault else None


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
