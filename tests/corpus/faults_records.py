"""Records and payment: entry times, front page, other records of V26, orders, V18, V37, ACC and S3, and what they touch."""
import datetime

from scenario import Fault, scenario, sns
from stay import DAY, HOUR, KINDS, SECOND, Unfit
from world import D, FEN

# V8, V13

@scenario("V8", alone=True, action="hold", says="当日又入院")
def discharged_here_on_the_day_of_admission(stay, fault):
    """Whatever the disease; from another hospital with another one it is a transfer."""
    stay.diagnosis = "N20.000"
    stay.extra["history"] = [{
        "psn_no": stay.psn_no, "mdtrt_id": f"E{stay.number:06d}", "begntime": f"{stay.first - 3 * DAY}",
        "endtime": f"{stay.begin - 600 * SECOND}", "dscg_maindiag_code": "H25.000x007",
        "fixmedins_code": "H99990100001" if fault else "H99990200002"}]
    return ("V8", [], []) if fault else None


@scenario("V13", alone=True, action="hold")
def consent_that_nobody_signed(stay, fault):
    stay.plain = True
    stay.background()
    item = stay.world.new_item("自费项目", "次")
    stay.world.map(item, f"0099{stay.number:06d}00000", lv="03", listed=False)
    lines = [stay.add(item, stay.moment()) for _ in range(2)]
    stay.extra["consents"] = [{"mdtrt_id": stay.id, "signed_by": "" if fault else "测试丁", "relation": "本人",
                               "time": f"{stay.begin}", "code": item.code}]
    return ("V13", sns(*lines), []) if fault else None


# V17, V19

@scenario("V17", alone=True, action="hint", says="^入院科室")
def department_of_the_list(stay, fault):
    code = stay.rnd.choice(("A50", "A50.05", "A21.01", "A52") if fault else ("A49", "A20", "A05.01"))
    stay.head.update(adm_dept_codg=code, adm_dept_name="测试科")
    return ("V17", [], []) if fault else None


@scenario("V19", "institution", alone=True)
def kind_of_care_outside_the_agreement(stay, fault):
    """The county hospital has an agreement for inpatients only."""
    stay.head.update(fixmedins_code="H99990200002", fixmedins_name="测试县人民医院")
    stay.visit = "11" if fault else stay.rnd.choice(("2101", "2106"))
    if fault:
        stay.span(0)
    elif stay.visit == "2106":
        stay.gend = "2"
    return Fault("V19", says="医疗类别") if fault else None


@scenario("V19", "licence", alone=True, says="须经审批方可开展")
def treatment_without_a_licence(stay, fault):
    """Of another institution, or on the day before it is given."""
    dated = stay.rnd.random() < 0.5
    item = stay.world.new_item("须许可的技术", "次")
    stay.world.map(item, f"00{94 if dated else 95}{len(stay.world.items):06d}00000")
    if dated:
        stay.first = datetime.datetime(2025, 5, 31 if fault else 30)
        stay.begin = stay.first + 9 * HOUR
        stay.span(stay.rnd.randint(2, 5))
    elif fault:
        stay.head.update(fixmedins_code="H99990200002", fixmedins_name="测试县人民医院")
    day = (0 if fault else 2) if dated else stay.rnd.randrange(stay.nights)
    lines = [stay.add(item, stay.moment(day)) for _ in range(stay.rnd.randint(1, 2))]
    return ("V19", sns(*lines), []) if fault else None


# V14

@scenario("V14", "order_dates", alone=True, action="warn", says="早于医嘱开始|晚于医嘱停止")
def charged_outside_its_order(stay, fault):
    """The days on which an order begins and stops are of it, whatever the hour."""
    stay.rich = True
    day = stay.inner_day()
    line = stay.add(stay.neutral(), stay.moment(day))
    early, apart = stay.rnd.random() < 0.5, DAY if fault else 0 * DAY
    begin = stay.first + day * DAY + (apart if early else -DAY) + (DAY - SECOND if early else 0 * DAY)
    stop = begin + 2 * DAY if early else stay.first + day * DAY - apart

    def redate():
        row = next(row for row in stay.extra["orders"] if row["drord_no"] == line["drord_no"])
        row.update(drord_begn_date=f"{begin}", drord_stop_date=f"{stop}")
    stay.late.append(redate)
    return Fault("V14", sns(line), says="早于医嘱开始" if early else "晚于医嘱停止") if fault else None


# V20

@scenario("V20", alone=True, action="warn", says="占比 > 0.3")
def entered_on_the_last_day(stay, fault):
    """Three of ten are allowed; what happened on that day itself counts for neither side."""
    stay.plain = True
    late = []
    for number in range(10):
        on_time = number >= (4 if fault else 3)
        line = stay.add(stay.treatment(), stay.moment(stay.rnd.randrange(stay.nights) if on_time else stay.nights - 1))
        if not on_time:
            line["entry_time"] = f"{stay.last}"
            late.append(line)
        else:
            line["entry_time"] = line["fee_ocur_time"]
    stay.add(stay.treatment(), stay.moment(stay.nights))
    return ("V20", sns(*late), []) if fault else None


# V22, V23

@scenario("V22", alone=True, action="hint", says="S06.000")
def injury_without_its_cause(stay, fault):
    stay.diagnosis = "S06.000"
    stay.diagnose(stay.rnd.choice(("K76.000", "Z98.800") if fault else ("V80.000", "Y57.900", "X59.900")))
    return ("V22", [], []) if fault else None


@scenario("V23", alone=True, action="warn", says="O82.100")
def operation_of_the_diagnosis(stay, fault):
    stay.gend, stay.diagnosis = "2", "O82.100"
    stay.operate(stay.rnd.choice(("73.5900", "73.5900x001") if fault else ("74.1x01", "74.1x00")), 1)
    return ("V23", [], []) if fault else None


@scenario("V23", alone=True, action="warn", says="A41.900")
def severe_diagnosis_without_treatment(stay, fault):
    stay.diagnose("A41.900")
    stay.plain = True
    stay.add(stay.treatment(), stay.moment())
    if fault:
        stay.refund(stay.add(stay.world.fresh("XJ01DD", "抗菌药"), stay.moment()))
        return "V23", [], []
    stay.add(stay.world.fresh("XJ01DD", "抗菌药"), stay.moment())
    return None


# V24

@scenario("V24", "settled_twice", alone=True, rare=True, says="^本次就诊已结算过")
def settled_before(stay, fault):
    if not fault or sum(before is stay for before in stay.world.settled) or len(stay.world.settled) >= 20:
        raise Unfit
    stay.plain = True
    stay.background()
    stay.world.settled.append(stay)
    return "V24", [], []


# V26: other records

DIAGNOSIS_FIELDS = {"diag_srt_no": "", "inout_diag_type": "9", "diag_type": "", "maindiag_flag": "", "diag_code": "K29",
                    "adm_cond_type": "9"}
OPERATION_FIELDS = {"oprn_srt_no": "", "main_oprn_flag": "", "oprn_oprt_code": "45.1", "oprn_oprt_name": "",
                    "oprn_oprt_date": ""}


def spoiled(stay, name, place, fields):
    """Takes one field of a record as it will be written."""
    field = stay.rnd.choice(sorted(fields))

    def spoil():
        rows = [dict(row) for row in (stay.diagnosis_rows() if name == "diagnoses" else stay.operations)]
        rows[place][field] = fields[field]
        stay.extra[name] = [{k: v for k, v in row.items() if v != ""} for row in rows]
    stay.late.append(spoil)
    return f"{name}.{field}"


@scenario("V26", "mandatory", alone=True)
def field_of_a_diagnosis(stay, fault):
    stay.further += ["K76.000", "E78.500"]
    if not fault:
        return None
    return Fault("V26", says=spoiled(stay, "diagnoses", stay.rnd.choice((1, 2)), DIAGNOSIS_FIELDS))


@scenario("V26", "mandatory", alone=True)
def field_of_an_operation(stay, fault):
    stay.operate("45.1600x001", 1)
    stay.operate("57.3200x001", 1)
    return Fault("V26", says=spoiled(stay, "operations", 1, OPERATION_FIELDS)) if fault else None


@scenario("V26", "mandatory", alone=True, says="没有诊断记录")
def no_diagnosis_at_all(stay, fault):
    if fault:
        stay.late.append(lambda: stay.extra.update(diagnoses=[]))
    return ("V26", [], []) if fault else None


# V29: an order of another item

@scenario("V29", alone=True)
def order_of_another_item(stay, fault):
    """What is under an order that names another item has none; a bed and a consultation need none."""
    stay.plain, stay.rich = True, True
    stay.background()
    line = stay.add(stay.neutral(), stay.moment())
    if fault:
        stay.late.append(lambda: stay.extra["orders"][:] and next(
            row for row in stay.extra["orders"] if row["drord_no"] == line["drord_no"]).update(medins_list_codg="K000001"))
        return "V29", sns(line), []
    visit = stay.add(stay.rnd.choice(stay.world.consultations), stay.moment(), pric="0.50")
    stay.late.append(lambda: stay.extra.update(orders=[row for row in stay.extra["orders"]
                                                       if row["drord_no"] != visit["drord_no"]]))
    return None


# V35, V36

@scenario("V35", alone=True, says="不享受待遇")
def entitled_in_another_scheme(stay, fault):
    stay.plain = True
    stay.background()
    row = {"psn_no": stay.psn_no, "insutype": "390" if fault else "310", "psn_insu_stas": "1", "begndate": "2024-01-01",
           "enddate": ""}
    stay.extra["entitlements"] = [row, {**row, "insutype": "320", "psn_insu_stas": "2"}]
    return ("V35", sns(*[line for _, _, line in stay.lines]), []) if fault else None


@scenario("V36", alone=True, action="hold")
def institution_that_has_not_signed(stay, fault):
    stay.head.update(fixmedins_code="H99990200002", fixmedins_name="测试县人民医院")
    signed, approved = (stay.world.by_nat[code][0] for code in
                        ("XL01BAZ939B001010199999", "XA16AAZ952B001010199999"))
    drug = signed if fault else approved  # the list demands an institution of the one, an approval of both
    stay.claim(drug.nat)
    line = stay.add(drug, stay.moment(), hosp_appr_flag="1")
    stay.approve("谈判药品", drug.nat, stay.first - 30 * DAY)
    return ("V36", sns(line), []) if fault else None


# W14

def mark(rows, key, flags):
    return [{**row, key: flag} for row, flag in zip(rows, flags)]


@scenario("W14", alone=True, action="hold")
def front_page(stay, fault):
    """Paid by disease: one principal diagnosis, that of the discharge; one principal operation where there are any."""
    stay.visit = "2102"
    stay.further += ["K76.000", "E78.500"]
    if fault or stay.rnd.random() < 0.7:
        stay.operate("45.1600x001", 1)
        stay.operate("57.3200x001", 1)
    if not fault:
        if stay.rnd.random() < 0.3:  # by item, nobody asks
            stay.visit = "2101"
            stay.late.append(lambda: stay.extra.update(operations=mark(stay.operations, "main_oprn_flag", "00")))
        return None
    name, key, flags, says = stay.rnd.choice((
        ("diagnoses", "maindiag_flag", "010", "与出院主要诊断"), ("diagnoses", "maindiag_flag", "000", "主要诊断 0 条"),
        ("diagnoses", "maindiag_flag", "101", "主要诊断 2 条"), ("operations", "main_oprn_flag", "00", "主要手术操作 0 条"),
        ("operations", "main_oprn_flag", "11", "主要手术操作 2 条")))
    rows = stay.diagnosis_rows if name == "diagnoses" else lambda: stay.operations
    stay.late.append(lambda: stay.extra.update({name: mark(rows(), key, flags)}))
    return Fault("W14", says=says)


# V3 where the fund pays to the maximum; R1 of refunds of refunds

@scenario("V3", "price_cap", action="hint", says="100.00")
def beyond_what_the_fund_pays(stay, fault):
    item = stay.world.new_item("限额支付项目", "次", "service", "999000001")
    stay.world.map(item, f"0096{len(stay.world.items):06d}00000")
    line = stay.add(item, stay.moment(), stay.rnd.choice((1, 2)), pric="100.01" if fault else "100.00")
    return ("V3", sns(line), []) if fault else None


@scenario("R1", says="退多于收")
def refund_taken_back(stay, fault):
    """Three charged, one refunded by mistake and restored: three can be refunded, not four."""
    line = stay.add(stay.neutral(), stay.moment(), 3)
    mistake = stay.refund(line, cnt=-1)
    restored = stay.refund(mistake, cnt=1)
    last = stay.refund(line, cnt=-4 if fault else -3)
    return ("R1", sns(last), sns(line, mistake, restored)) if fault else None


# V18, V37, ACC, S3: the payment

def dear(stay, amount):
    """Cost in scope, for certain: a treatment of the list without a price."""
    item = stay.rnd.choice(stay.world.open_priced)
    stay.claim(item.nat)
    stay.add(item, stay.moment(), 1, pric=amount)


@scenario("V18", alone=True, says="act_pay_dedc")
def deductible_lowered(stay, fault):
    """Of a first stay by the grade of the hospital, once the cost in scope is above it."""
    dear(stay, "3000.00")
    own = D({"3+": 1000, "3": 1000, "2": 500, "1": 300}[stay.level])
    stay.head["act_pay_dedc"] = f"{own - (stay.rnd.choice((FEN, 100)) if fault else 0):f}"
    return ("V18", [], []) if fault else None


@scenario("V37", alone=True, action="hint", says="10000.01 > 10000.00")
def paid_from_the_account_at_once(stay, fault):
    """The balance is less than the patient's share in scope: all of it is taken."""
    dear(stay, "120000.00")
    stay.head.update(acct_used_flag="1", balc="10000.01" if fault else "10000.00")
    return ("V37", [], []) if fault else None


@scenario("ACC", alone=True, action="hold")
def accumulators_missing(stay, fault):
    rows = [{"psn_no": stay.psn_no, "insutype": "310", "year": f"{stay.end.year}", "kind": kind, "value": "0"}
            for kind in KINDS]
    if not fault:
        stay.extra["accumulators"] = rows + [{**row, "year": "2024", "value": "9"} for row in rows]
        return None
    stay.extra["accumulators"] = stay.rnd.choice((
        [], [{**row, "year": "2024"} for row in rows], [row for row in rows if row["kind"] != "inscp_scp_amt"]))
    return Fault("ACC", says="支付所需的内容不全")


@scenario("S3", alone=True, action="hint")
def scheme_that_nobody_pays(stay, fault):
    stay.scheme = stay.rnd.choice(("390", "391", "340")) if fault else "310"
    return Fault("S3", says=f"险种 {stay.scheme} ") if fault else None
