"""Scenarios of the checks that complete the atlas: standards of beds, order of tests, purchases outside, who is liable."""
from scenario import scenario, sns
from stay import DAY, Unfit, certificate
from world import D

SINGLE_ROOM = "110900001g"


@scenario("V4", "bed_standard", alone=True)
def bed_above_the_standard(stay, fault):
    level = stay.level[0]
    standard = next(D(r["value"]) for r in stay.world.list("V4.standard") if r["item"].startswith(f"{level}/"))
    room = next(i for i in stay.world.items if i.price_code == SINGLE_ROOM)
    if stay.nights < 2 or room.own_cap(stay.level) is None or room.own_cap(stay.level) <= standard:
        raise Unfit
    stay.claim(room.nat)
    day = stay.inner_day()
    line = stay.add(room, stay.moment(day), pric=standard + (D("0.01") if fault else 0))
    stay.add(stay.treatment(), stay.moment(day))
    return ("V4", sns(line), []) if fault else None


@scenario("V10", "credential", alone=True)
def card_of_somebody_else(stay, fault):
    stay.certno = certificate(stay.born, stay.gend, stay.rnd)
    other = certificate(stay.born + DAY, stay.gend, stay.rnd)
    stay.head.update(mdtrt_cert_type="02", mdtrt_cert_no=other if fault else stay.certno)
    return ("V10", [], []) if fault else None


@scenario("V16", "two_methods", action="warn", rare=True)
def two_methods_of_one_examination(stay, fault):
    codes = [r["item"] for r in stay.world.list("V16.methods")]
    stay.rnd.shuffle(codes)
    stay.claim(*codes)
    day = stay.inner_day()
    moments = sorted(stay.moment(day + (0 if fault or not n else 1)) for n in range(2))
    first, second = (stay.add(stay.world.service(code), at, pric="0.50") for code, at in zip(codes, moments))
    return ("V16", sns(second), sns(first)) if fault else None


@scenario("V16", "special_test", action="warn", rare=True)
def special_test_without_the_general_one(stay, fault):
    row = stay.rnd.choice(stay.world.list("V16.general"))
    general = next(c for c in sorted(stay.world.by_nat) if c.startswith(row["value"].rstrip("*")))
    stay.claim(row["item"], general)
    day = stay.inner_day()
    line = stay.add(stay.world.service(row["item"]), stay.moment(day), pric="0.50")
    stay.add(stay.world.service(general), stay.moment(day + (1 if fault else 0)), pric="0.50")
    stay.extra.setdefault("history-items", [])
    return ("V16", sns(line), []) if fault else None


@scenario("V21", action="hold")
def bought_outside(stay, fault):
    line = stay.add(stay.neutral(), stay.moment(), outside_flag="1")
    stay.approve("外购审批", "", feedetl_sn="1" if fault else line["feedetl_sn"])
    return ("V21", sns(line), []) if fault else None


@scenario("V22", alone=True, action="hint")
def third_party_is_liable(stay, fault):
    stay.diagnosis = "S06.000"
    stay.diagnose(next(code for code in sorted(stay.world.icd10) if code.startswith("W")))
    stay.head["rel_ttp_flag"] = "1" if fault else "0"
    return ("V22", [], []) if fault else None


@scenario("V24", "double_insured", alone=True, action="warn", rare=True)
def insured_twice(stay, fault):
    if stay.scheme != "310":
        raise Unfit
    line = stay.add(stay.treatment(), stay.moment(stay.nights))
    both = {"psn_no": stay.psn_no, "psn_insu_stas": "1"}
    first = stay.last if fault else stay.last + DAY
    stay.extra["entitlements"] = [{**both, "insutype": "310", "begndate": "2020-01-01", "enddate": ""},
                                  {**both, "insutype": "390", "begndate": f"{first:%Y-%m-%d}", "enddate": ""}]
    stay.plain = True
    return ("V24", sns(line), []) if fault else None
