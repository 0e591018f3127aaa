#!/usr/bin/env python3
"""Deposits and what the desk collects or gives back; the part that the hospital bears, which nobody asks of the patient."""
import pathlib
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, clean, write  # noqa: E402

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def paid(*amounts):
    """Some 9,000 yuan in scope; deposits of these amounts."""
    stay = clean()
    for day in range(2, 7):
        stay.charge(DRUG, f"2025-06-{day:02d} 11:00:00", pric="1814.73")
    for amount in amounts:
        stay.deposit(amount)
    return stay


def files(bench, stay):
    bench.made += 1
    return write(bench.dir / f"in-{bench.made}", stay)


def preview(bench, home, stay):
    return bench.run("preview", "--json", "-C", home, files(bench, stay), expect=0).object


def sums(answer):
    """fund + patient + hospital = cost; account + cash = patient: deposits are in none of them."""
    info = {k: Decimal(v or 0) for k, v in answer["setlinfo"].items()}
    assert info["fund_pay_sumamt"] + info["psn_part_amt"] + info["hosp_part_amt"] == info["medfee_sumamt"]
    assert info["acct_pay"] + info["psn_cash_pay"] == info["psn_part_amt"]
    return info


@test
def the_desk_collects_what_deposits_do_not_cover_and_gives_back_what_is_left(bench):
    home = bench.home()
    cash = sums(preview(bench, home, paid()))["psn_cash_pay"]
    cases = [(("500.00", "300.00"), cash - 800, 0), (("10000.00",), 0, 10000 - cash), ((str(cash),), 0, 0),
             (("3000.00", "-2500.00"), cash - 500, 0), ((str(cash + Decimal("0.01")),), 0, Decimal("0.01"))]
    for amounts, collect, back in cases:
        answer = preview(bench, home, paid(*amounts))
        desk = {k: Decimal(v) for k, v in answer["desk"].items()}
        assert desk == {"deposits": sum(map(Decimal, amounts)), "psn_cash_pay": cash, "to_collect": collect,
                        "to_give_back": back}, (amounts, desk)
        assert sums(answer)["psn_cash_pay"] == cash


@test
def without_deposits_nothing_is_said(bench):
    home = bench.home()
    assert preview(bench, home, paid())["desk"] is None
    text = bench.run("preview", "-C", home, files(bench, paid()), expect=0).out
    assert "at the desk" not in text and "Deposits" not in text
    stay = paid("500.00")
    stay.rows["accumulators"] = []  # the payment is not computed: nothing is collected on a guess
    answer = bench.run("preview", "--json", "-C", home, files(bench, stay), expect=1).object
    assert answer["setlinfo"] is None and answer["desk"] is None


@test
def people_read_what_to_do(bench):
    home = bench.home()
    text = bench.run("preview", "-C", home, files(bench, paid("500.00")), expect=0).out
    assert "To be collected at the desk" in text and "To be given back" not in text
    text = bench.run("preview", "--lang", "zh", "-C", home, files(bench, paid("90000.00")), expect=0).out
    assert "窗口应退还" in text and "窗口应补收" not in text


@test
def over_interim_settlements_the_desk_reckons_with_all_of_them(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, paid("2000.00")), expect=0)
    first = bench.run("submit", "--json", "-C", home, "--interim", "--until", "2025-06-04", "P01", expect=8).object
    last = bench.run("submit", "--json", "-C", home, "P01", expect=8).object
    cash = Decimal(first["setlinfo"]["psn_cash_pay"]) + Decimal(last["setlinfo"]["psn_cash_pay"])
    assert Decimal(last["desk"]["psn_cash_pay"]) == cash
    assert Decimal(last["desk"]["to_collect"]) - Decimal(last["desk"]["to_give_back"]) == cash - 2000


@test
def receipts_that_cannot_be_are_refused(bench):
    home = bench.home()
    run = bench.run("import", "-C", home, files(bench, paid("500.00", "-500.01")), expect=3)
    assert "deposits: amt" in run.err and "more deposits were given back than paid" in run.err, run.err
    stay = paid("500.00")
    stay.deposit("600.00", recp_no=stay.rows["deposits"][0]["recp_no"])
    run = bench.run("import", "-C", home, files(bench, stay), expect=3)
    assert "deposits.csv:3" in run.err and "recp_no" in run.err, run.err
    stay = paid("many")
    assert "deposits.csv:2: amt" in bench.run("import", "-C", home, files(bench, stay), expect=3).err
    stay = paid("")
    assert "deposits.csv:2: amt" in bench.run("import", "-C", home, files(bench, stay), expect=3).err
    bench.run("import", "-C", home, files(bench, paid("500.00")), expect=0)
    back = paid("500.00", "-500.01")  # what is given back later must have been paid, too
    bench.run("import", "-C", home, files(bench, back), expect=3)
    bench.run("import", "-C", home, files(bench, paid("500.00", "-500.00")), expect=0)
    assert bench.run("preview", "--json", "-C", home, "P01", expect=0).object["desk"]["deposits"] == "0.00"


# --- the hospital's part


def with_quota(bench, patient_on):
    """The example home whose policy pays J18 by a quota of 5,000."""
    home = bench.home()
    policy = home / "packs" / "muni-2011" / "policy.xml"
    text = policy.read_text(encoding="utf-8")
    at = text.index("<layer ")
    method = f'<method id="quota" name="单病种定额" kind="quota" patient-on="{patient_on}" basis="test"/>\n  '
    policy.write_text(text[:at] + method + text[at:], encoding="utf-8")
    (home / "packs" / "sample-999901" / "rules" / "standards.csv").write_text(
        "method,code,name,fixmedins_code,medins_lv,amount,begndate,enddate,source\n"
        "quota,J18*,肺炎,,,5000.00,2025-01-01,,test\n", encoding="utf-8")
    (pack,) = (home / "packs").glob("sample-999901-*.pack")
    bench.run("pack", "build", "-o", pack, home / "packs" / "sample-999901", expect=0)
    return home


@test
def what_is_beyond_the_standard_is_the_hospitals_and_never_the_patients(bench):
    home = with_quota(bench, "standard")
    bench.run("import", "-C", home, files(bench, paid("500.00")), expect=0)
    answer = bench.run("submit", "--json", "-C", home, "P01", expect=8).object
    info = sums(answer)
    scope = info["inscp_scp_amt"]
    assert info["hosp_part_amt"] == scope - 5000 > 0
    assert info["hifp_pay"] == (Decimal(5000) - 1000) * Decimal("0.85")  # on the standard, less the deductible
    assert Decimal(answer["desk"]["psn_cash_pay"]) == info["psn_cash_pay"] == info["medfee_sumamt"] - info["hifp_pay"] - info["hosp_part_amt"]
    text = bench.run("preview", "-C", home, files(bench, paid())).out
    assert "Borne by the hospital" in text and f'{info["hosp_part_amt"]}' in text
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    assert f'hosp_part_amt="{info["hosp_part_amt"]}"' in xml
    (home / "P01.xml").write_text(xml, encoding="utf-8")
    verified = bench.run("verify", "--json", "-C", home, home / "P01.xml", expect=0).object
    assert verified["hosp_part_amt"] == str(info["hosp_part_amt"])


@test
def where_the_patient_pays_on_the_cost_the_hospital_bears_nothing(bench):
    home = with_quota(bench, "cost")
    answer = preview(bench, home, paid())
    assert sums(answer)["hosp_part_amt"] == 0
    assert Decimal(answer["payment_method"]["hospital_balance"]) == 5000 - Decimal(answer["setlinfo"]["medfee_sumamt"])


@test
def a_hospital_part_that_the_caller_gives_is_compared(bench):
    home = with_quota(bench, "standard")
    right = sums(preview(bench, home, paid()))["hosp_part_amt"]
    for given, found in ((right, False), (right - 1, True)):
        stay = paid()
        stay.head["hosp_part_amt"] = str(given)
        answer = bench.run("preview", "--json", "--lang", "en", "-C", home, files(bench, stay)).object
        hits = [f for f in answer["findings"] if f["rule_id"] == "V18"]
        assert bool(hits) is found and (not found or "hosp_part_amt" in hits[0]["evidence"])


@test
def mutual_aid_that_the_caller_gives_is_compared(bench):
    home = bench.home()
    stay = paid()
    stay.head["acct_mulaid_pay"] = "1.00"
    answer = bench.run("preview", "--json", "--lang", "en", "-C", home, files(bench, stay), expect=1).object
    (hit,) = [f for f in answer["findings"] if f["rule_id"] == "V18"]
    assert "acct_mulaid_pay: given 1.00, computed 0.00" in hit["evidence"], hit


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
