"""Clinical pathways: a stay that keeps to one in every point, or departs from it in one.

A departure is a warning; a hint where a variation is recorded or the pathway's text was read in part; nothing after an
exit.
"""
import datetime
import re

from pathways import entered
from scenario import Fault, scenario, sns
from stay import DAY, SECOND, Unfit
from world import FEN

REASON = "患者合并基础疾病"


def follow(stay, pathway, nights=None, day=None, record=True, without=(), **fields):
    """Makes the stay keep to the pathway; without: price-list codes of required examinations that are not charged."""
    stay.plain, stay.gend = True, "2" if pathway.id == "DELIVERY" else stay.gend
    least, most, _ = pathway.stay
    first, last, _ = pathway.operation_day or (1, 1, True)
    day = day or stay.rnd.randint(first, last)
    stay.span(nights if nights is not None else stay.rnd.randint(max(least, min(day - 1, most)), most))
    for (position, _), codes in zip(pathway.criteria, pathway.codes):
        code = stay.rnd.choice([c for c in codes if c != "E11.900"])  # V17 has it
        if position == "operation":
            stay.operate(code, day - 1)
        elif position == "principal" or (position == "any" and stay.rnd.random() < 0.5):
            stay.diagnosis = code
        else:
            stay.diagnose(code)
    if pathway.id == "FEMORAL-NECK":
        stay.diagnose("X59.900")
    if pathway.begndate and not f"{stay.first:%Y-%m-%d}" >= pathway.begndate:
        raise Unfit
    stay.add(stay.treatment(), stay.moment())
    charge_examinations(stay, pathway, set(without))
    for drug in pathway.drugs:
        if drug["use"] == "expected":
            give(stay, drug, int(drug["within-hours"]) * 3600 * SECOND * stay.rnd.choice((0.1, 0.5, 1)))
    if record:
        entered(stay, pathway, **fields)


def give(stay, drug, after):
    at = stay.begin + datetime.timedelta(seconds=int(after.total_seconds()))
    return stay.add(stay.world.fresh(drug["med_list_codg"] + "AA", drug["name"]), at)


def charge_examinations(stay, pathway, without):
    charged = set()
    for exam in pathway.required():
        codes = [c for c in exam["codes"] if c not in without]
        if exam["match"] == "any" and charged & set(codes):
            continue
        for code in codes if exam["match"] == "all" else stay.rnd.sample(codes, min(1, len(codes))):
            if code not in charged:
                charged.add(code)
                examine(stay, code)


def examine(stay, code):
    item = stay.world.by_price[code]
    if stay.world.partners[item.nat] & stay.codes:
        raise Unfit
    stay.codes.add(item.nat)
    return stay.add(item, stay.moment(), pric=None if item.caps else "20.00")


def told(stay, read_in_full=True):
    """Fields of a recorded variation, at random, and the action of what is found then."""
    if stay.rnd.random() < 0.7:
        return {}, "warn" if read_in_full else "hint", ""
    return {"variation": "变异", "reason": REASON, "by": "D990101"}, "hint", f".*已记录变异：{REASON}"


LEFT = {"variation": "退出", "reason": REASON, "by": "D990101"}


def any_of(stay, wanted=lambda p: True):
    return stay.rnd.choice([p for p in stay.world.pathways if p.id != "LOCAL-DERMATITIS" and wanted(p)])


def local(stay):
    (pathway,) = [p for p in stay.world.pathways if p.id == "LOCAL-DERMATITIS"]
    return pathway


# P1

@scenario("P1", alone=True, action="warn", says="^已入径 ")
def on_a_pathway_of_another_disease(stay, fault):
    pathway = any_of(stay)
    fields, action, says = told(stay)
    leaves = not fault and stay.rnd.random() < 0.5
    follow(stay, pathway, **(LEFT if leaves else fields))
    if not fault and not leaves:
        return None
    if pathway.operation_day and stay.rnd.random() < 0.5:
        stay.operations.clear()
    else:
        stay.diagnosis = "M51.202"
        stay.further.clear()
        if pathway.id == "LUNG-CA-CHEMO":
            stay.diagnose("K76.000")
    return Fault("P1", action=action, says=f"^已入径 {pathway.id}（{says}") if fault else None


@scenario("P1", alone=True, action="hint", says="没有入径记录$")
def no_record_of_entry(stay, fault):
    pathway = any_of(stay)
    follow(stay, pathway, record=not fault)
    if fault:
        stay.extra["pathway"] = []
    return Fault("P1", says=f"路径 {pathway.id}（.*没有入径记录$") if fault else None


@scenario("P1", alone=True, action="warn", says="不在施行期内")
def entered_out_of_force(stay, fault):
    """The last day of the pathway is the day of entry, or the day before it."""
    stay.first = datetime.datetime(2025, 9, 1) if fault else datetime.datetime(2025, 8, 31)
    stay.begin = stay.first + datetime.timedelta(hours=9)
    fields, action, says = told(stay)
    follow(stay, local(stay), **fields)
    stay.add(stay.neutral(stay.world.treatments), stay.moment(), pric=None)
    cost_between(stay, 3000, 8000)
    return Fault("P1", action=action, says=f"2025-09-01 不在施行期内{says}") if fault else None


# P2, P3

def sole(pathway):
    """(examination, code) whose absence is felt by that examination alone."""
    for exam in pathway.required():
        others = {c for e in pathway.required() if e is not exam for c in e["codes"]}
        missing = sorted(exam["codes"]) if exam["match"] == "any" else exam["codes"][:1]
        if not others & set(missing):
            yield exam, missing


@scenario("P2", alone=True, action="warn", says="必需检查中")
def required_examination_missing(stay, fault):
    pathway = any_of(stay, lambda p: any(True for _ in sole(p)))
    exam, missing = stay.rnd.choice(list(sole(pathway)))
    fields, action, says = told(stay, read_in_full=not exam["unless"])
    if not fault:
        leaves = stay.rnd.random() < 0.3
        follow(stay, pathway, without=missing if leaves else (), **(LEFT if leaves else {}))
        return None
    follow(stay, pathway, without=missing, **fields)
    return Fault("P2", action=action, says=f"1 项没有收费：{re.escape(exam['name'])}（缺 {missing[0]}.*{says}")


@scenario("P3", alone=True, action="hint", says="不在路径 ")
def examination_outside_the_pathway(stay, fault):
    pathway = any_of(stay, lambda p: fault == bool(p.complete) or stay.rnd.random() < 0.5)
    if fault and not pathway.complete:
        raise Unfit
    twin = None if fault else stay.rnd.choice(("optional", "variation")) if pathway.complete else "open"
    follow(stay, pathway, **({"variation": "变异", "reason": REASON, "by": "D990101"} if twin == "variation" else {}))
    named = {code for exam in pathway.exams for code in exam["codes"]}
    if twin == "optional":
        optional = [c for e in pathway.exams if e["need"] == "optional" for c in e["codes"]]
        examine(stay, stay.rnd.choice(optional))
        return None
    items = [i for i in stay.world.tests if i.price_code not in named]
    lines = [stay.add(stay.neutral(items), stay.moment()) for _ in range(stay.rnd.randint(1, 3))]
    return Fault("P3", sns(*lines), says=f"^不在路径 {pathway.id}（") if fault else None


# P4

@scenario("P4", alone=True, action="warn", says="应使用而未见收费")
def expected_drug_not_given(stay, fault):
    pathway = next(p for p in stay.world.pathways if p.id == "CAP")
    fields, action, says = told(stay)
    follow(stay, pathway, **fields)
    given = next(line for _, _, line in stay.lines if line["medins_list_name"] == pathway.drugs[0]["name"])
    if fault:
        stay.refund(given)
    return Fault("P4", action=action, says=f"应使用而未见收费{says}") if fault else None


@scenario("P4", alone=True, action="warn", says="首次 .*晚于入院")
def first_dose_too_late(stay, fault):
    """Eight hours after the admission are allowed to the second."""
    pathway = next(p for p in stay.world.pathways if p.id == "CAP")
    follow(stay, pathway)
    stay.lines = [entry for entry in stay.lines if entry[2]["medins_list_name"] != pathway.drugs[0]["name"]]
    line = give(stay, pathway.drugs[0], 8 * 3600 * SECOND + (SECOND if fault else 0 * SECOND))
    return Fault("P4", sns(line)) if fault else None


def cost_between(stay, least, most):
    """Fills the cost of the stay up to somewhere between."""
    item = stay.rnd.choice(stay.world.open_priced)
    stay.claim(item.nat)
    rest = stay.rnd.randint(least, most) - stay.total()
    if rest < 1:
        raise Unfit
    stay.add(item, stay.moment(), 1, pric=rest)


def on_the_local_pathway(stay, **options):
    stay.first = datetime.datetime(2025, 4, 1) + stay.rnd.randrange(150) * DAY
    stay.begin = stay.first + datetime.timedelta(hours=9)
    follow(stay, local(stay), **options)


@scenario("P4", alone=True, action="warn", says="不应使用而有收费")
def excluded_drug_given(stay, fault):
    on_the_local_pathway(stay)
    lines = [stay.add(stay.world.fresh("XJ01DD" if fault else "XJ02AA", "抗感染药"), stay.moment())
             for _ in range(stay.rnd.randint(1, 2))]
    cost_between(stay, 3000, 8000)
    ordered = sorted(lines, key=lambda line: line["fee_ocur_time"])
    return Fault("P4", sns(*ordered)) if fault else None


@scenario("P4", alone=True, action="warn", says="用药 4 天 > 上限 3 天")
def drug_given_on_too_many_days(stay, fault):
    """Two lines of one day are one day; three days are allowed."""
    on_the_local_pathway(stay, nights=5)
    stay.lines = [entry for entry in stay.lines if entry[2]["medins_list_name"] != "外用激素"]
    item = stay.world.fresh("XD07AC", "外用激素")
    days = [0, 1, 1, 2, 3, 3] if fault else [0, 1, 1, 3]
    lines = [stay.add(item, stay.moment(day)) for day in days]
    cost_between(stay, 3000, 8000)
    return Fault("P4", sns(*lines[4:])) if fault else None


# P5, P6

@scenario("P5", alone=True, action="warn", says="标准住院日为")
def stay_of_another_length(stay, fault):
    pathway = any_of(stay)
    least, most, in_full = pathway.stay
    day = pathway.operation_day[0] if pathway.operation_day else None
    nights = stay.rnd.choice((least, most))
    leaves = not fault and stay.rnd.random() < 0.3
    fields, action, says = told(stay, in_full)
    if fault or leaves:
        shorter = least - 1 >= max(1, (day or 1) - 1)
        nights = least - 1 if shorter and stay.rnd.random() < 0.5 else most + 1
    follow(stay, pathway, nights=nights, day=day, **(LEFT if leaves else fields if fault else {}))
    return Fault("P5", action=action, says=f"^住院 {nights} 天，路径 {pathway.id}（.*{says}") if fault else None


@scenario("P6", alone=True, action="warn", says="的手术日为第")
def operation_on_another_day(stay, fault):
    pathway = any_of(stay, lambda p: p.operation_day)
    first, last, in_full = pathway.operation_day
    fields, action, says = told(stay, in_full)
    wrong = [day for day in (first - 1, last + 1) if 1 <= day <= pathway.stay[1]]
    day = stay.rnd.choice(wrong if fault else (first, last))
    follow(stay, pathway, day=day, **(fields if fault else {}))
    return Fault("P6", action=action, says=f"即入院第 {day} 天进行，路径 {pathway.id}（.*{says}") if fault else None


# P7

@scenario("P7", alone=True, action="warn", says="参考费用为")
def cost_beyond_the_reference(stay, fault):
    fields, action, says = told(stay)
    on_the_local_pathway(stay, **(fields if fault else {}))
    low = stay.rnd.random() < 0.5
    cost = (3000 - (FEN if fault else 0)) if low else (8000 + (FEN if fault else 0))
    item = stay.rnd.choice(stay.world.open_priced)
    stay.claim(item.nat)
    if stay.total() >= cost:
        raise Unfit
    stay.add(item, stay.moment(), 1, pric=cost - stay.total())
    return Fault("P7", action=action, says=f"^总费用 {cost:.2f} 元.*{says}") if fault else None
