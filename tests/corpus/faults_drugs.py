"""Names and mappings of items, and drugs: V7, V9, V11, V12 by approval, V15, T1, items of the newborn, stents."""
import re

from scenario import Fault, scenario, sns
from stay import DAY, Unfit

LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"  # eleven for a name, eleven for what it is not
PAIRS = 10  # of neighbours in a name of eleven letters
BARE = "XV20AA"  # drugs that no list and no table names


def named_alike(rnd, percent, letters=LETTERS):
    """Two names of eleven letters of which so many percent of the pairs are common, written differently."""
    name, other = letters[:PAIRS + 1], letters[PAIRS + 1:]
    kept = percent * PAIRS // 100 + 1  # letters that keep so many pairs
    alike = name[:kept] + other[:PAIRS + 1 - kept] if percent else other
    decorated = alike[:3] + rnd.choice(("", " ", "（", "-", "·")) + alike[3:]
    return name, decorated


# V7

@scenario("V7", "name_far", action="warn", says="相似度 30% < 40%")
def hospital_name_of_something_else(stay, fault):
    """Services are not judged by their names: everyday ones may share no letter with the national."""
    if not fault and stay.rnd.random() < 0.3:
        base = stay.neutral()
        item = stay.world.new_item("俗称", base.unit, "service", base.price_code, base.caps)
        stay.add(stay.world.map(item, base.nat), stay.moment())
        return None
    listed, ours = named_alike(stay.rnd, 30 if fault else 40)
    item = stay.world.fresh(BARE, ours, list_name=listed)
    stay.claim(item.nat)
    lines = [stay.add(item, stay.moment()) for _ in range(stay.rnd.randint(1, 3))]
    if not fault:
        return None
    stay.refund(stay.add(item, stay.moment()))
    return "V7", sns(*lines), []


@scenario("V7", "renamed", action="warn", says="^费用明细写作")
def charged_under_another_name(stay, fault):
    master, ours = named_alike(stay.rnd, 40 if fault else 50)
    by_spec = stay.rnd.random() < 0.4
    item = stay.world.fresh(BARE, "普通药品" if by_spec else master)
    item.spec = master if by_spec else stay.rnd.choice(("", "10mg*20片"))
    fields = {"spec": ours} if by_spec else {"medins_list_name": ours, "spec": item.spec}
    stay.claim(item.nat)
    lines = [stay.add(item, stay.moment(), **fields) for _ in range(stay.rnd.randint(1, 2))]
    stay.add(item, stay.moment(), spec=item.spec)
    return ("V7", sns(*lines), []) if fault else None


@scenario("V7", "remapped", action="warn", says="改对照为")
def mapped_to_another_code(stay, fault):
    """A former row that still counts 180 days before the admission; not one that ended before, was refused, had the same
    code, or whose code has left the catalogue."""
    world, base = stay.world, stay.neutral()
    item = world.new_item(base.name, base.unit, "service", base.price_code, base.caps)
    last = stay.first - 180 * DAY if stay.rnd.random() < 0.5 else stay.first + stay.rnd.randrange(stay.nights + 1) * DAY - DAY
    twin = None if fault else stay.rnd.choice(("ended", "refused", "same", "left"))
    former = base.nat if twin == "same" else f"0097{len(world.items):06d}00000"
    if twin in ("ended", "refused"):
        last = stay.first - (181 if twin == "ended" else 30) * DAY
    world.map(item, former, begin="2020-01-01", end=f"{last:%Y-%m-%d}", status="refused" if twin == "refused" else "active")
    if former != base.nat:
        world.catalogue[former]["begndate"] = "2020-01-01"
    if twin == "left":
        world.catalogue[former]["enddate"] = f"{last:%Y-%m-%d}"
    world.map(item, base.nat, begin=f"{last + DAY:%Y-%m-%d}")
    lines = [stay.add(item, stay.moment(), pric="0.50") for _ in range(stay.rnd.randint(1, 3))]
    wrong = [line for line in lines if line["fee_ocur_time"][:10] > f"{last:%Y-%m-%d}"]
    if fault and not wrong:
        raise Unfit
    return ("V7", sns(*wrong), []) if fault else None


# V9

def beds(stay):
    item = next(i for i in stay.world.by_nat["001109000010000"] if i.unit == "日" and i.caps.get(stay.level[0]))
    stay.claim(item.nat)
    return [stay.add(item, stay.moment(day)) for day in range(max(stay.nights, 1))]


def routine(stay, day):
    """What comes with a bed needs no order and is no care."""
    stay.add(stay.rnd.choice(stay.world.consultations), stay.moment(day), pric="0.50")


def order_of(stay, line, stop=None):
    return {"mdtrt_id": stay.id, "drord_no": line["drord_no"], "medins_list_codg": line["medins_list_codg"],
            "cnt": line["cnt"], "exec_cnt": line["cnt"], "drord_begn_date": line["fee_ocur_time"],
            "drord_stop_date": stop or "", "dr_codg": "D990101"}


@scenario("V9", "bed_alone", alone=True, action="warn", says="收床位费 .*当日没有")
def night_with_a_bed_alone(stay, fault):
    stay.plain = True
    night = stay.inner_day()
    lines = beds(stay)
    care = {day: stay.add(stay.treatment(), stay.moment(day)) for day in range(stay.nights) if day != night}
    stay.extra["orders"] = [order_of(stay, line) for line in care.values()]
    routine(stay, night)
    if fault:
        taken_back = stay.add(stay.treatment(), stay.moment(night))
        stay.refund(taken_back)
        return "V9", sns(lines[night]), []
    if stay.rnd.random() < 0.5:
        stay.extra["orders"][night - 1] |= {"drord_stop_date": f"{stay.first + night * DAY}"}
    else:
        stay.extra["orders"].append(order_of(stay, stay.add(stay.treatment(), stay.moment(night))))
    return None


@scenario("V9", "drug_only", alone=True, action="warn", says="^住院期间只有药品费用")
def drugs_and_a_bed(stay, fault):
    stay.plain = True
    beds(stay)
    routine(stay, 0)
    for item in stay.rnd.sample(stay.world.drugs, stay.rnd.randint(2, 5)):
        stay.add(item, stay.moment())
    if not fault:
        stay.add(stay.treatment(), stay.moment())
        return None
    stay.refund(stay.add(stay.treatment(), stay.moment()))
    return "V9", [], []


# V11

@scenario("V11", "take_home", alone=True, action="warn", says="出院带药 .*天")
def taken_home_for_too_long(stay, fault):
    chronic = stay.rnd.random() < 0.5
    stay.diagnosis = "I10.x00x002" if chronic and stay.rnd.random() < 0.5 else "K29.500"
    if chronic and stay.diagnosis == "K29.500":
        stay.diagnose("J44.900")
    days = (15 if chronic else 7) + (1 if fault else 0)
    item = stay.world.fresh(BARE, "带药片")
    first = stay.rnd.randint(1, days - 1)
    moments = sorted(stay.moment() for _ in range(2))
    one, two = (stay.add(item, at, dscg_tkdrug_flag="1", days_supply=str(n)) for at, n in zip(moments, (first, days - first)))
    if moments[0] == moments[1]:
        raise Unfit
    stay.add(item, stay.moment(), dscg_tkdrug_flag="0", days_supply="9")  # used in the ward
    return Fault("V11", sns(two), sns(one), says=f"{days} 天 > {days - 1} 天") if fault else None


@scenario("V11", "drug_quantity", action="warn", says="共 348.* > 上限 336")
def more_tablets_than_a_stay_may_have(stay, fault):
    """336 tablets, twelve in a box."""
    if "XL01BCZ901" in stay.codes:
        raise Unfit
    stay.codes.add("XL01BCZ901")
    item = stay.world.fresh("XL01BCZ901", "卡培他滨片", list_unit="片", num=12)
    moments = sorted({stay.moment() for _ in range(2)})
    if len(moments) < 2:
        raise Unfit
    first, second = (stay.add(item, at, n) for at, n in zip(moments, (20, 9 if fault else 8)))
    return ("V11", sns(second), sns(first)) if fault else None


# V12, T1

@scenario("V12", "approval_flag", says="审批标志为 0")
def restricted_without_approval(stay, fault):
    item = stay.world.fresh(BARE, "限制使用药")
    stay.world.catalogue[item.nat]["lmt_used_flag"] = "1"
    flag = "0" if fault else stay.rnd.choice("12")
    lines = [stay.add(item, stay.moment(), hosp_appr_flag=flag) for _ in range(stay.rnd.randint(1, 2))]
    return ("V12", sns(*lines), []) if fault else None


@scenario("T1", action="hint")
def text_for_a_person(stay, fault):
    only_online = not fault and stay.rnd.random() < 0.3
    code, _, text = stay.rnd.choice([d for d in stay.world.hinted if (d[1] == "超互联网医院药品支付范围") == only_online])
    stay.claim(code)
    flag = None if fault or only_online else stay.rnd.choice("12")
    lines = [stay.add(stay.world.drug(code), stay.moment(), hosp_appr_flag=flag) for _ in range(stay.rnd.randint(1, 2))]
    return Fault("T1", sns(*lines), says=re.escape(text[:12])) if fault else None


# V15

@scenario("V15", alone=True, action="warn", says="同类（")
def similar_drugs_in_two_prescriptions(stay, fault):
    twin = None if fault else stay.rnd.choice(("same", "exempt", "class", "refund", "inpatient"))
    if twin != "inpatient":
        stay.visit = stay.rnd.choice(("11", "13"))
        stay.span(0)
    prefixes = {"exempt": ("XB05AA", "XB05AA"), "class": ("XV20AA", "XV20AB")}.get(twin, (BARE, BARE))
    stay.add(stay.treatment(), stay.moment())
    moments = sorted({stay.moment() for _ in range(2)})
    if len(moments) < 2:
        raise Unfit
    orders = ("RX1", "RX1" if twin == "same" else "RX2")
    one, two = (stay.add(stay.world.fresh(prefix, "门诊药"), at, order=order)
                for prefix, at, order in zip(prefixes, moments, orders))
    if twin == "refund":
        stay.refund(stay.rnd.choice((one, two)))
    stay.plain = True
    return ("V15", sns(two), sns(one)) if fault else None


# V10: newborns and infants

@scenario("V10", "age", alone=True, says="限年龄 ")
def item_of_newborns(stay, fault):
    """28 days of life on the day of the service are the last."""
    codes = [c for c, groups in sorted(stay.world.age.items()) if groups == {"newborn"} and c not in stay.world.frequency
             and c not in stay.world.cycle and not stay.world.partners[c]]
    code = stay.rnd.choice(codes)
    stay.claim(code)
    stay.plain = True
    day = stay.rnd.randrange(stay.nights)
    mother = not fault and stay.rnd.random() < 0.3
    if mother:
        stay.gend, stay.diagnosis, stay.rich = "2", "O80.000", False  # whose the item is cannot be seen: a gap
    else:
        stay.born = stay.first + (day - 28 - (1 if fault else 0)) * DAY
    stay.add(stay.treatment(), stay.moment())
    line = stay.add(stay.world.service(code), stay.moment(day), pric="0.50")
    return ("V10", sns(line), []) if fault else None


@scenario("V10", "age", alone=True, says="限年龄 ")
def item_of_infants(stay, fault):
    """Until the day before the third birthday."""
    code = "003106070030000"
    stay.claim(code)
    stay.plain = True
    day = stay.rnd.randrange(stay.nights)
    birthday = stay.first + (day + (0 if fault else 1)) * DAY
    if (birthday.month, birthday.day) == (2, 29):
        raise Unfit
    stay.born = birthday.replace(year=birthday.year - 3)
    stay.add(stay.treatment(), stay.moment())
    line = stay.add(stay.world.service(code), stay.moment(day), pric="0.50")
    return ("V10", sns(line), []) if fault else None


# V21: a number is free

@scenario("V21", action="hold", says="数量 4 > 免审批数量 3")
def fourth_stent(stay, fault):
    if "C0201" in stay.codes:
        raise Unfit
    stay.codes.add("C0201")
    item = stay.world.fresh("C0201", "冠状动脉支架", "material", "个")
    approved = not fault and stay.rnd.random() < 0.5
    lines = [stay.add(item, stay.moment(), n) for n in ((2, 2) if fault or approved else (2, 1))]
    if approved:
        stay.approve("支架会诊", item.nat)
    stay.extra.setdefault("approvals", [])
    return ("V21", sns(*lines), []) if fault else None
