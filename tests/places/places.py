#!/usr/bin/env python3
"""Tables that places add to a pack of the example region: both kinds of cap (F2), purchases outside (F10)."""
import pathlib
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, read_csv, write_csv  # noqa: E402
from planted import DRUG, clean, write  # noqa: E402

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def judged(bench, home, stay):
    bench.made += 1
    return bench.run("preview", "--json", "--lang", "en", "-C", home, write(bench.dir / f"in-{bench.made}", stay)).object


def line(answer, serial):
    (one,) = [row for row in answer["lines"] if row["feedetl_sn"] == serial]
    return one


def unit_of(item, home):
    return next(row["prcunt"] for row in read_csv(home / "hospital" / "items.csv") if row["medins_list_codg"] == item)


def priced(bench, code, pric):
    """One charge of an item with that code of the Nanyang list at that price, and what is said of it."""
    home = bench.home()
    caps = read_csv(home / "packs" / "nanyang-caps" / "caps.csv")
    for row in caps:
        row["unit"] = unit_of(DRUG, home)
    write_csv(home / "packs" / "nanyang-caps" / "caps.csv", caps)
    own = home / "packs" / "sample-999901" / "caps.csv"
    own.write_bytes((home / "packs" / "nanyang-caps" / "caps.csv").read_bytes())
    rows = read_csv(home / "hospital" / "items.csv")
    for row in rows:
        if row["medins_list_codg"] == DRUG:
            row["pric_list_codg"] = code
    write_csv(home / "hospital" / "items.csv", rows)
    bench.run("pack", "build", home / "packs" / "sample-999901", expect=0)
    stay = clean()
    stay.rows["charges"] = [row for row in stay.rows["charges"] if row["medins_list_codg"] != DRUG]
    serial = stay.charge(DRUG, "2025-06-03 11:00:00", pric=pric)
    answer = judged(bench, home, stay)
    return line(answer, serial), [f for f in answer["findings"] if f["rule_id"] == "V3"]


@test
def F2_a_cap_that_forbids_the_product_blocks_a_dearer_one(bench):
    for code, dear, fair in (("F2-OZAGREL", "28.01", "28.00"), ("F2-SHENGMAI", "50.00", "15.00")):
        amounts, (finding,) = priced(bench, code, dear)
        assert finding["action"] == "block" and f"unit price {dear}" in finding["evidence"], finding
        assert amounts["overlmt_amt"] == "0.00"  # nothing is shifted to the patient: it must not be charged
        amounts, findings = priced(bench, code, fair)
        assert findings == [] and amounts["inscp_scp_amt"] == fair


@test
def F2_a_cap_that_limits_what_is_paid_leaves_the_rest_to_the_patient(bench):
    amounts, (told,) = priced(bench, "F2-MATERIAL", "150.00")
    assert (told["action"], told["vola_amt"]) == ("hint", "30.00")
    assert (amounts["overlmt_amt"], amounts["inscp_scp_amt"]) == ("30.00", "120.00")
    amounts, findings = priced(bench, "F2-MATERIAL", "120.00")
    assert findings == [] and (amounts["overlmt_amt"], amounts["inscp_scp_amt"]) == ("0.00", "120.00")


def bought_outside(approved):
    stay = clean()
    for row in stay.rows["charges"]:
        row["outside_flag"] = "0"
    serial = stay.charge(DRUG, "2025-06-03 11:00:00", pric="5000.00", outside_flag="1")
    if approved:
        stay.approval("外购审批")
    return stay, serial


@test
def F10_an_approved_purchase_outside_is_paid_by_rule_and_counts_in_the_total(bench):
    home = bench.home()  # the example pack has the row of outside-purchase
    rows = [row for row in read_csv(home / "packs" / "outside-purchase" / "rules" / "lists.csv")]
    assert [(row["list"], row["item"], row["value"]) for row in rows] == [("V21.needs", "outside_flag=1", "外购审批")]
    without = judged(bench, home, clean())
    stay, serial = bought_outside(True)
    answer = judged(bench, home, stay)
    assert not [f for f in answer["findings"] if f["action"] in ("block", "hold")]
    more = lambda field: Decimal(answer["setlinfo"][field]) - Decimal(without["setlinfo"][field])
    assert more("medfee_sumamt") == 5000 and more("inscp_scp_amt") == 5000
    rest = 1000 - Decimal(without["setlinfo"]["inscp_scp_amt"])  # of the deductible, which the stay alone does not reach
    assert Decimal(answer["setlinfo"]["hifp_pay"]) == (5000 - rest) * Decimal("0.85")
    assert line(answer, serial)["inscp_scp_amt"] == "5000.00"


@test
def F10_one_without_approval_is_held(bench):
    home = bench.home()
    stay, serial = bought_outside(False)
    stay.approval("其他审批")
    answer = judged(bench, home, stay)
    (finding,) = [f for f in answer["findings"] if f["action"] in ("block", "hold")]
    assert finding["rule_id"] == "V21" and finding["lines"] == [serial] and finding["vola_amt"] == "5000.00"


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
