"""Prices of the list that depend on more than the item: surcharges, shares, operations of one incision, sub-items."""
import collections

from scenario import Fault, scenario, sns
from stay import DAY, SECOND, Unfit
from world import D, FEN, table

SHARE = D("0.6")
PARENTS = collections.defaultdict(list)  # price-list items without a price of their own: rows of their sub-items
for _row in table("shaanxi-2021", "caps.csv"):
    if len(_row["pric_list_codg"]) == 10 and _row["pric_uplmt_amt"]:
        PARENTS[_row["pric_list_codg"][:9]].append(_row)
for _row in table("shaanxi-2021", "caps.csv"):
    if len(_row["pric_list_codg"]) == 9 and _row["pric_uplmt_amt"]:
        PARENTS.pop(_row["pric_list_codg"], None)
GROUPS = collections.defaultdict(set)
for _row in table("nhsa-2026", "rules/surgery-discount.csv"):
    GROUPS[_row["med_list_codg"]].add(_row["group"])


def grown_up(stay):
    if stay.born > stay.first - 8 * 365 * DAY:
        raise Unfit  # operations on small children may cost more


def filed(stay):
    """What approvals.csv does not name is no re-operation."""
    stay.extra.setdefault("approvals", [])


def operations(stay, unit, sexed=False):
    """Items of the price list whose code stands in a group of operations."""
    world = stay.world
    return [i for nat in GROUPS for i in world.by_nat[nat]
            if i.price_code == nat[2:11] and i.unit == unit and i.own_cap(stay.level) and i.nat not in world.age
            and (nat in world.sex) == sexed and not world.partners[nat]]


def two_of_a_group(stay):
    """The dearer one first. No stay has two such pairs: they might be of one group and day."""
    grown_up(stay)
    if "operations" in stay.codes:
        raise Unfit
    stay.codes.add("operations")
    filed(stay)
    items = operations(stay, "次")
    first = stay.rnd.choice(items)
    second = stay.rnd.choice([i for i in items if GROUPS[i.nat] & GROUPS[first.nat]
                              and i.own_cap(stay.level) < first.own_cap(stay.level)] or [None])
    if second is None:
        raise Unfit
    stay.claim(first.nat)
    stay.claim(second.nat)
    stay.claim(*GROUPS[first.nat] | GROUPS[second.nat])  # no other scenario operates on them
    return first, second


@scenario("V3", "second_operation", action="warn", says="按 60% 计")
def second_operation(stay, fault):
    first, second = two_of_a_group(stay)
    day = stay.inner_day()
    one = stay.add(first, stay.moment(day), 1, pric=first.own_cap(stay.level))
    share = (second.own_cap(stay.level) * SHARE).quantize(FEN)
    if stay.rnd.random() < 0.3 and not fault:
        two = stay.add(second, stay.moment(day), SHARE, pric=second.own_cap(stay.level))
    else:
        two = stay.add(second, stay.moment(day), 1, pric=share + (FEN if fault else 0))
    return Fault("V3", sns(two), sns(one)) if fault else None


@scenario("V3", "second_operation", action="warn")
def operation_of_its_own(stay, fault):
    """In full beside another one; right on another day, or filed as one by another incision."""
    first, second = two_of_a_group(stay)
    day = stay.inner_day()
    other = day if fault or stay.rnd.random() < 0.5 else day + stay.rnd.choice((-1, 1))
    one = stay.add(first, stay.moment(day), 1, pric=first.own_cap(stay.level))
    two = stay.add(second, stay.moment(other), 1, pric=second.own_cap(stay.level))
    if other == day and not fault:
        stay.approve("separate-incision", "", feedetl_sn=two["feedetl_sn"])
    return Fault("V3", sns(two), sns(one)) if fault else None


@scenario("V3", "second_operation", alone=True, action="warn")
def both_sides(stay, fault):
    stay.gend = stay.rnd.choice("12")
    filed(stay)
    item = stay.rnd.choice([i for i in operations(stay, "单侧", sexed=True)
                            if stay.world.sex[i.nat] == {stay.gend}] or [None])
    if item is None:
        raise Unfit
    stay.claim(item.nat, *GROUPS[item.nat])
    cap = item.own_cap(stay.level)
    if stay.rnd.random() < 0.5:
        whole = cap + (cap * SHARE).quantize(FEN)
        line = stay.add(item, stay.moment(), 2, pric=whole / 2 + (FEN if fault else 0))
        return Fault("V3", sns(line)) if fault else None
    day = stay.inner_day()
    one = stay.add(item, stay.moment(day), 1, pric=cap, order="L")
    two = stay.add(item, stay.moment(day), 1, pric=(cap * SHARE).quantize(FEN) + (FEN if fault else 0), order="R")
    return Fault("V3", sns(two), sns(one)) if fault else None


def operation(stay):
    """One that no other rule and no note of the price list speaks of, but that of the chapter on children."""
    noted = tuple(code for code in stay.world.raised if code != "33")
    item = stay.rnd.choice([i for i in stay.world.items if i.price_code[:2] == "33" and i.price_code[:4] != "3301"
                            and i.unit == "次" and i.nat not in stay.world.special and len(i.rows) == 1
                            and not i.price_code.startswith(noted) and (i.own_cap(stay.level) or 0) >= 1])
    stay.claim(item.nat)
    return item


@scenario("V3", "price_cap", alone=True)
def operation_on_a_child(stay, fault):
    """A fifth more up to the day before the seventh birthday."""
    filed(stay)
    day = stay.inner_day()
    on = stay.first + day * DAY
    birthday = on if fault else on + DAY
    stay.born = birthday.replace(year=birthday.year - 7, hour=0, minute=0, second=0)
    item = operation(stay)
    line = stay.add(item, stay.moment(day), 1, pric=item.own_cap(stay.level) * D("1.2"))
    return Fault("V3", sns(line)) if fault else None


@scenario("V3", "price_cap")
def operation_again(stay, fault):
    """A fifth more for a re-operation that is filed, and no fen besides."""
    grown_up(stay)
    item = operation(stay)
    if stay.rnd.random() < 0.5:
        line = stay.add(item, stay.moment(), 1, pric=item.own_cap(stay.level) * D("1.2") + (FEN if fault else 0))
        stay.approve("reoperation", "", feedetl_sn=line["feedetl_sn"])
    else:
        filed(stay)
        line = stay.add(item, stay.moment(), 1, pric=item.own_cap(stay.level) + (FEN if fault else 0))
    return Fault("V3", sns(line)) if fault else None


@scenario("V3", "reduced_price", action="warn", says="同时：按 70% 计")
def elements_beside_gases(stay, fault):
    world = stay.world
    gases = [i for i in world.items if i.price_code.startswith("310602006") and i.own_cap(stay.level)
             and len(i.rows) == 1]
    elements = [i for i in world.items if i.price_code.startswith("250304") and i.own_cap(stay.level)
                and i.nat not in world.special and len(i.rows) == 1]
    one, other = stay.rnd.choice(elements), stay.rnd.choice(gases)
    if other.nat in world.special:
        raise Unfit
    stay.claim(one.nat)
    stay.claim(other.nat)
    at = stay.moment()
    cap = one.own_cap(stay.level)
    apart = not fault and stay.rnd.random() < 0.5
    beside = stay.add(other, at)
    line = stay.add(one, at + SECOND if apart else at, 1,
                    pric=cap if apart else (cap * D("0.7")).quantize(FEN, "ROUND_DOWN") + (FEN if fault else 0))
    return Fault("V3", sns(line), sns(beside)) if fault else None


@scenario("V3", "price_cap", says="最高的子项目")
def item_priced_by_its_sub_items(stay, fault):
    world = stay.world
    code = stay.rnd.choice(sorted(c for c, rows in PARENTS.items() if f"00{c}0000" not in world.special
                                  and not c.startswith(world.raised) and c[:2] in ("21", "22", "25", "31")))
    rows = [r for r in PARENTS[code] if r["medins_lv"] == stay.level[0]]
    prices = [D(r["pric_uplmt_amt"]) for r in rows if r["unit"] == rows[0]["unit"]]
    nat = f"00{code}0000"
    stay.claim(nat)
    item = world.map(world.new_item(f"项目{code}", rows[0]["unit"], "service", code), nat)
    line = stay.add(item, stay.moment(), 1, pric=max(prices) + FEN if fault else min(prices))
    return Fault("V3", sns(line)) if fault else None
