"""Restrictions of payment by course, by interval and of decoction pieces (V12)."""
from faults_times import earlier_stay
from scenario import Fault, scenario, sns
from stay import DAY, HOUR, OUTPATIENT, Unfit
from world import table

COURSES = table("nhsa-2026", "rules/course.csv")
PIECES = table("nhsa-2026", "rules/tcm-pieces.csv")
SHOWN = 16  # earlier lines that a finding names


def drug_of_a_course(stay):
    """One of which nothing else is said, with its days."""
    world = stay.world
    ruled = {r["med_list_codg"] for name in ("visit-mode", "insurance-type", "institution-grade", "text-hints")
             for r in table("nhsa-2026", f"rules/{name}.csv")} | {*world.sex, *world.age}
    row = stay.rnd.choice([r for r in COURSES if r["med_list_codg"][0] in "XZ" and len(r["med_list_codg"]) in (20, 23)
                           and r["med_list_codg"] not in ruled and not r["begndate"] and not r["enddate"]
                           and world.sample.get(r["med_list_codg"], {}).get("chrgitm_lv") != "03"])
    stay.claim(row["med_list_codg"])
    return world.drug(row["med_list_codg"]), int(row["days"])


@scenario("V12", "course", alone=True, says="> 支付疗程")
def days_beyond_the_course(stay, fault):
    """One day after the other, several lines on some."""
    drug, days = drug_of_a_course(stay)
    if days > 30:
        raise Unfit
    stay.span(days + 2)
    lines = [stay.add(drug, stay.moment(1 + n)) for n in range(days + fault)]
    stay.add(drug, stay.moment(1))  # the same day again is none more
    within = sorted(((at, line["feedetl_sn"]) for at, _, line in stay.lines if line["feedetl_sn"] != lines[-1]["feedetl_sn"]
                     and line["medins_list_codg"] == drug.code))[:SHOWN]
    return Fault("V12", sns(lines[-1]), [sn for _, sn in within]) if fault else None


@scenario("V12", "course", says="> 支付疗程")
def supply_beyond_the_course(stay, fault):
    """A supply of some days, and one of the rest; to outpatients V11 allows less."""
    if stay.visit in OUTPATIENT:
        raise Unfit
    drug, days = drug_of_a_course(stay)
    day = stay.inner_day()
    part = stay.rnd.randrange(1, days) if days > 1 else 0
    given = [stay.add(drug, stay.moment(day - 1), days_supply=str(part))] if part else []
    last = stay.add(drug, stay.moment(day), days_supply=str(days - part + fault))
    return Fault("V12", sns(last), sns(*given)) if fault else None


@scenario("V12", "course_interval", alone=True, says="距上次 ")
def again_within_the_interval(stay, fault):
    world = stay.world
    row = stay.rnd.choice([r for r in COURSES if r["min_interval_days"] and r["med_list_codg"] not in world.age])
    apart = int(row["min_interval_days"]) - fault
    stay.claim(row["med_list_codg"])
    item = world.service(row["med_list_codg"])
    if stay.rnd.random() < 0.5:
        day = stay.first + (1 - apart) * DAY
        before = earlier_stay(stay, day, day)
        stay.extra["history-items"] = [{"mdtrt_id": before["mdtrt_id"], "med_list_codg": item.nat,
                                        "fee_ocur_time": f"{day + 10 * HOUR}"}]
        again = stay.add(item, stay.moment(1))
        return Fault("V12", sns(again)) if fault else None
    stay.span(apart + stay.rnd.randint(2, 5))
    before = stay.add(item, stay.moment(1))
    again = stay.add(item, stay.moment(1 + apart))
    return Fault("V12", sns(again), sns(before)) if fault else None


def pieces(stay, use, count):
    rows = stay.rnd.sample([r for r in PIECES if r["use"] == use], count)
    stay.claim(*(r["med_list_codg"] for r in rows))
    return [stay.world.map(stay.world.new_item(r["med_list_name"], "克", "drug"), r["med_list_codg"]) for r in rows]


@scenario("V12", "tcm_pieces", says="只有单独使用时不予支付的饮片")
def pieces_not_paid_alone(stay, fault):
    """A prescription of such pieces only, or with one that is paid for."""
    order, day = f"T{stay.number}", stay.inner_day()
    lines = [stay.add(item, stay.moment(day), 10, order=order) for item in pieces(stay, "single", stay.rnd.randint(1, 3))]
    other = stay.world.map(stay.world.new_item("甘草片", "克", "drug"), f"T{900000000 + stay.number}")
    stay.add(other, stay.moment(day), 6, order=f"{order}B" if fault else order)
    return Fault("V12", sns(*lines)) if fault else None


@scenario("V12", "tcm_pieces", says="基金不予支付：")
def piece_never_paid(stay, fault):
    """Whatever else is in the prescription; right where the patient bears it."""
    (item,), order = pieces(stay, "any", 1), f"N{stay.number}"
    other = stay.world.map(stay.world.new_item("甘草片", "克", "drug"), f"T{900000000 + stay.number}")
    stay.add(other, stay.moment(), 6, order=order)
    line = stay.add(item, stay.moment(), 10, order=order, hosp_appr_flag=None if fault else "2")
    return Fault("V12", sns(line)) if fault else None
