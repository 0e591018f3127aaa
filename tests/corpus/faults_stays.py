"""The person, the head of the stay and the records beside it: V10, V12, V13, V17 to V30, V34 to V36."""
import collections

from scenario import scenario, sns
from stay import DAY, SECOND, Stay, Unfit, certificate
from world import D, FEN, half_up


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
