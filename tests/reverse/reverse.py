#!/usr/bin/env python3
"""Settlements taken back, and refunds after settlement. The rule: a settled stay is not changed; it is reversed by two
persons, refunded, and settled anew, and each payer's difference is that between the two settlements, to the fen."""
import pathlib
import sqlite3
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, INFUSION, Stay, clean, write  # noqa: E402

TESTS = []
FULL = {"--by": "OP9901", "--role": "医保办主任", "--reason": "出院后退药", "--second": "OP9902"}


def test(function):
    TESTS.append(function)
    return function


def add(bench, home, *stays, expect=0):
    bench.made += 1
    return bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", *stays), expect=expect)


def imported(bench, *stays):
    home = bench.home()
    add(bench, home, *stays)
    return home


def submit(bench, home, stay, *options, expect=8):
    return bench.run("submit", "--json", "--lang", "en", "-C", home, *options, stay, expect=expect).object


def reverse(bench, home, stay, expect=0, **changed):
    said = {**FULL, **{f"--{k}": v for k, v in changed.items()}}
    options = [word for option, value in said.items() if value is not None for word in (option, value)]
    return bench.run("reverse", "--json", "-C", home, stay, *options, expect=expect)


def rows(home, sql="SELECT part, state, msgid FROM submission ORDER BY id"):
    with sqlite3.connect(f"file:{home}/ledger.db?mode=ro", uri=True) as db:
        return db.execute(sql).fetchall()


def refused(bench, home, stay, code, says, **changed):
    before = rows(home, "SELECT * FROM submission"), rows(home, "SELECT * FROM audit")
    run = reverse(bench, home, stay, expect=code, **changed)
    assert says in run.err, run.err
    assert (rows(home, "SELECT * FROM submission"), rows(home, "SELECT * FROM audit")) == before
    assert rows(home, "SELECT * FROM reversal") == []


def dear(mdtrt_id="P01"):
    stay = clean(mdtrt_id)
    for day in range(2, 7):
        stay.charge(DRUG, f"2025-06-{day:02d} 11:00:00", pric="1814.73")
    return stay


@test
def a_refund_after_settlement_changes_each_payer_by_the_difference_of_both_settlements(bench):
    stay = dear()
    taken = stay.charge(DRUG, "2025-06-05 12:00:00", cnt="4", pric="500.03")
    home = imported(bench, stay)
    first = submit(bench, home, "P01")
    stay.refund(taken, cnt="-3")
    assert "can be added" in add(bench, home, stay, expect=3).err  # the twin: not without a reversal
    back = reverse(bench, home, "P01").object
    assert back["msgid"] == first["msgid"] and back["part"] == 1 and back["state"] == "reversed"
    assert back["setlinfo"] == first["setlinfo"]
    assert {d["layer"]: d["fund_payamt"] for d in back["setldetail"]} == {d["layer"]: d["fund_payamt"] for d in first["setldetail"]}
    add(bench, home, stay)
    again = submit(bench, home, "P01")
    assert again["msgid"] != first["msgid"] and again["settled_before"] is None
    change = lambda field: Decimal(again["setlinfo"][field]) - Decimal(first["setlinfo"][field])
    assert change("medfee_sumamt") == Decimal("-1500.09")  # 3 x 500.03, class 01, in scope as it stands
    assert change("inscp_scp_amt") == Decimal("-1500.09")
    assert change("hifp_pay") == Decimal("-1275.07")  # round(8899.68 x 0.85) - round(10399.77 x 0.85)
    assert change("psn_cash_pay") == Decimal("-225.02")
    assert change("act_pay_dedc") == 0
    assert [row[:2] for row in rows(home)] == [(1, "reversed"), (2, "queued")]
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def both_copies_stay_and_the_state_follows(bench):
    home = imported(bench, dear())
    state = lambda: bench.run("status", "--json", "-C", home, "P01", expect=0).object["stays"][0]["state"]
    first = submit(bench, home, "P01")
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    assert state() == "queued"
    reverse(bench, home, "P01")
    assert state() == "open"
    assert bench.run("document", "-C", home, "--part", "1", "P01", expect=0).out == xml
    second = submit(bench, home, "P01")
    assert state() == "queued" and second["setlinfo"] == first["setlinfo"]
    assert f'msgid="{second["msgid"]}"' in bench.run("document", "-C", home, "P01", expect=0).out
    ((mdtrt_id, msgid, by, role, who, reason),) = rows(home, "SELECT mdtrt_id, msgid, by, role, second, reason FROM reversal")
    assert (mdtrt_id, msgid, by, role, who, reason) == ("P01", first["msgid"], "OP9901", "医保办主任", "OP9902", "出院后退药")
    actions = [row[0] for row in rows(home, "SELECT action FROM audit ORDER BY no")]
    assert actions == ["import", "submit", "reverse", "submit"]
    details = rows(home, "SELECT detail FROM audit WHERE action='reverse'")
    assert not any(word in details[0][0] for word in FULL.values())  # persons by their hash only


@test
def it_takes_two_persons_and_their_words(bench):
    home = imported(bench, dear())
    submit(bench, home, "P01")
    refused(bench, home, "P01", 3, "the second person is the first", second="OP9901")
    refused(bench, home, "P01", 3, "the second person is the first", second=" OP9901 ")
    refused(bench, home, "P01", 3, "the second person is the first", second="op9901")
    refused(bench, home, "P01", 3, "takes a second person", second="  ")
    refused(bench, home, "P01", 2, "reason: ", reason=" ")
    refused(bench, home, "P01", 2, "reason: ", reason="x" * 501)
    refused(bench, home, "P01", 2, "by: ", by="A\x07")
    refused(bench, home, "P01", 2, "--second", second=None)
    refused(bench, home, "P01", 2, "--reason", reason=None)


@test
def what_does_not_stand_is_not_reversed(bench):
    home = imported(bench, dear())
    refused(bench, home, "P01", 3, "not settled")
    refused(bench, home, "P09", 3, "no such stay")
    submit(bench, home, "P01")
    reverse(bench, home, "P01")
    run = reverse(bench, home, "P01", expect=3)
    assert "reversed already" in run.err and len(rows(home, "SELECT * FROM reversal")) == 1


@test
def interim_settlements_are_reversed_from_the_last(bench):
    home = imported(bench, dear())
    parts = [submit(bench, home, "P01", "--interim", "--until", f"2025-06-0{day}") for day in (3, 5)]
    last = submit(bench, home, "P01")
    assert reverse(bench, home, "P01").object["msgid"] == last["msgid"]
    assert reverse(bench, home, "P01").object["msgid"] == parts[1]["msgid"]
    rest = submit(bench, home, "P01")
    assert rest["settled_before"]["msgids"] == parts[0]["msgid"]
    for field in ("medfee_sumamt", "fund_pay_sumamt", "psn_cash_pay"):
        whole = sum(Decimal(part["setlinfo"][field]) for part in (*parts, last))
        assert Decimal(parts[0]["setlinfo"][field]) + Decimal(rest["setlinfo"][field]) == whole
    assert [row[:2] for row in rows(home)] == [(1, "queued"), (2, "reversed"), (3, "reversed"), (4, "queued")]
    bench.run("audit", "verify", "-C", home, expect=0)


def visit(mdtrt_id, day):
    stay = Stay(mdtrt_id, med_type="14", begntime=f"{day} 08:00:00", endtime=f"{day} 10:00:00", setl_time=f"{day} 10:00:00")
    stay.charge(DRUG, f"{day} 08:30:00", pric="310.00")
    return stay


@test
def a_settlement_on_which_a_later_one_rests_stands_until_that_is_reversed(bench):
    later = visit("P03", "2025-06-20")
    later.rows["accumulators"] = []
    home = imported(bench, dear())
    first = submit(bench, home, "P01")
    add(bench, home, later)
    second = submit(bench, home, "P03")
    value = lambda answer: {a["kind"]: a["value"] for a in answer["accumulators"]}["inscp_scp_amt"]
    assert Decimal(value(second)) == Decimal(value(first)) + 310
    refused(bench, home, "P01", 3, second["msgid"])
    reverse(bench, home, "P03")
    reverse(bench, home, "P01")
    again = submit(bench, home, "P03", expect=1)  # nothing is left from which its accumulators could go on
    assert any(f["rule_id"] == "ACC" and "inscp_scp_amt" in f["evidence"] for f in again["findings"])


@test
def charges_of_a_reversed_settlement_are_free_for_another_stay(bench):
    home = imported(bench, dear())
    submit(bench, home, "P01")
    anew = dear("P02")
    anew.rows["history"] = []
    add(bench, home, anew)
    twice = submit(bench, home, "P02", expect=1)
    assert any(f["rule_id"] == "V24" for f in twice["findings"])
    reverse(bench, home, "P01")
    checked = bench.run("check", "--json", "-C", home, "P02").object
    assert not any(f["rule_id"] == "V24" for f in checked["findings"])


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
