#!/usr/bin/env python3
"""Interim settlements (mid_setl_flag): all settlements of a stay together are the one of the whole stay, to the fen;
what cannot be such a part is refused. The rule: a part is the payment of the stay so far, less the parts before it."""
import pathlib
import re
import sqlite3
import subprocess
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, read_csv, write_csv  # noqa: E402
from planted import BED, DRUG, Stay, clean, write  # noqa: E402

TESTS = []
SUMS = ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
        "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
        "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt")


def test(function):
    TESTS.append(function)
    return function


def imported(bench, *stays):
    home = bench.home()
    add(bench, home, *stays)
    return home


def add(bench, home, *stays):
    bench.made += 1
    bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", *stays), expect=0)


def example(bench):
    home = bench.home()
    bench.run("import", "-C", home, home / "stays", expect=0)
    return home


def submit(bench, home, stay, *options, expect=8):
    run = bench.run("submit", "--json", "--lang", "en", "-C", home, *options, stay)
    assert run.code == expect, (run.code, run.err, run.out and [(f["rule_id"], f["action"], f["evidence"]) for f in run.object["findings"]])
    return run.object


def settled(bench, home, stay, *days):
    """Interim settlements up to these days, then the last."""
    parts = [submit(bench, home, stay, "--interim", "--until", day) for day in days]
    return [*parts, submit(bench, home, stay)]


def total(parts, field):
    return sum(Decimal(part["setlinfo"][field]) for part in parts)


def layers(answers):
    paid = {}
    for answer in answers:
        for detail in answer["setldetail"]:
            for amount in ("fund_payamt", "inscp_scp_amt"):
                paid[detail["layer"], amount] = paid.get((detail["layer"], amount), 0) + Decimal(detail[amount])
    return paid


def refused(bench, home, stay, code, status, *options):
    run = bench.run("submit", "--json", "-C", home, *options, stay, expect=code)
    assert status in run.err + run.out, run.err + run.out
    return run


def rows(home):
    with sqlite3.connect(f"file:{home}/ledger.db?mode=ro", uri=True) as db:
        return db.execute("SELECT part, interim, medfee_sumamt, msgid FROM submission ORDER BY id").fetchall()


@test
def the_parts_are_the_whole_to_the_fen(bench):
    for stay, days in (("S01", ("2025-03-05", "2025-03-09")), ("S02", ("2025-04-02",))):
        home = example(bench)
        whole = bench.run("preview", "--json", "-C", home, stay).object
        days = [row["fee_ocur_time"][:10] for row in read_csv(home / "stays" / "charges.csv") if row["mdtrt_id"] == stay]
        days = sorted(set(days))
        if whole["not_evaluated"] is None or any(f["action"] in ("block", "hold") for f in whole["findings"]):
            continue
        parts = settled(bench, home, stay, days[len(days) // 3], days[2 * len(days) // 3])
        for field in SUMS:
            assert total(parts, field) == Decimal(whole["setlinfo"][field]), field
        assert layers(parts) == layers([whole])
        assert [part["mid_setl_flag"] for part in parts] == ["1", "1", "0"]
        serials = [line["feedetl_sn"] for part in parts for line in part["lines"]]
        assert sorted(serials) == sorted(line["feedetl_sn"] for line in whole["lines"])
        assert parts[-1]["accumulators"] == whole["accumulators"]
        assert parts[1]["settled_before"]["msgids"] == parts[0]["msgid"]
        assert parts[2]["settled_before"]["msgids"] == f"{parts[0]['msgid']} {parts[1]['msgid']}"
        assert [row[:2] for row in rows(home)] == [(1, 1), (2, 1), (3, 0)]
        bench.run("audit", "verify", "-C", home, expect=0)
        return
    raise AssertionError("no example stay is clean")


def long_stay(**head):
    stay = clean("P01", **head)
    for day in range(2, 7):
        stay.charge(DRUG, f"2025-06-{day:02d} 11:00:00", pric="814.73")
    return stay


@test
def the_deductible_is_borne_once(bench):
    home = imported(bench, long_stay())
    first, last = settled(bench, home, "P01", "2025-06-05")
    assert Decimal(first["setlinfo"]["act_pay_dedc"]) == 1000 or Decimal(first["setlinfo"]["act_pay_dedc"]) > 0
    assert last["setlinfo"]["act_pay_dedc"] == "0.00"


@test
def a_refund_of_a_settled_charge_lowers_the_next_part(bench):
    stay = long_stay()
    taken = stay.charge(DRUG, "2025-06-03 09:00:00", cnt="4", pric="200.11")
    home = imported(bench, stay)
    first = submit(bench, home, "P01", "--interim", "--until", "2025-06-03")
    later = clean("P01")
    later.rows = {**{kind: [] for kind in later.rows}, "stays": stay.rows["stays"], "charges": list(stay.rows["charges"])}
    later.next = stay.next
    refund = later.refund(taken, cnt="-3")
    later.charge(DRUG, "2025-06-06 12:00:00", pric="900.01")
    add(bench, home, later)
    whole = bench.run("preview", "--json", "-C", home, "P01").object
    last = submit(bench, home, "P01")
    assert refund in [line["feedetl_sn"] for line in last["lines"]]
    assert taken not in [line["feedetl_sn"] for line in last["lines"]]
    assert total([first, last], "medfee_sumamt") == sum(Decimal(row["det_item_fee_sumamt"]) for row in later.rows["charges"])
    assert whole["setlinfo"]["fund_pay_sumamt"] == last["setlinfo"]["fund_pay_sumamt"]
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    assert f'init_feedetl_sn="{taken}"' in xml and f'settled_before="{first["msgid"]}"' in xml
    (home / "last.xml").write_text(xml, encoding="utf-8")
    bench.run("verify", "-C", home, home / "last.xml", expect=0)


@test
def more_given_back_than_charged_since_is_refused(bench):
    stay = clean("P01")
    taken = stay.charge(DRUG, "2025-06-03 09:00:00", cnt="4", pric="2000.11")
    home = imported(bench, stay)
    submit(bench, home, "P01", "--interim", "--until", "2025-06-03")
    stay.refund(taken, cnt="-3")
    add(bench, home, stay)
    before = rows(home)
    answer = submit(bench, home, "P01", expect=1)
    (finding,) = [f for f in answer["findings"] if f["rule_id"] == "ACC"]
    assert "reverse that first" in finding["evidence"] and answer["setlinfo"] is None, finding
    assert rows(home) == before


@test
def a_settled_charge_that_comes_out_differently_is_refused(bench):
    """The mapping of an item settled with the first part is taken away: its charges are self-funded now."""
    home = imported(bench, long_stay())
    first = submit(bench, home, "P01", "--interim", "--until", "2025-06-05")
    mapping = read_csv(home / "hospital" / "mapping.csv")
    code = next(line["medins_list_codg"] for line in first["lines"])
    write_csv(home / "hospital" / "mapping.csv", [row for row in mapping if row["medins_list_codg"] != code])
    answer = submit(bench, home, "P01", expect=1)
    (finding,) = [f for f in answer["findings"] if f["rule_id"] == "ACC"]
    assert f"reverse {first['msgid']} first" in finding["evidence"], finding
    assert len(rows(home)) == 1


@test
def nothing_new_is_no_part_and_an_ended_stay_has_none(bench):
    home = imported(bench, long_stay())
    submit(bench, home, "P01", "--interim", "--until", "2025-06-05")
    refused(bench, home, "P01", 3, "nothing was charged since", "--interim", "--until", "2025-06-05")
    submit(bench, home, "P01")
    before = rows(home)
    answer = submit(bench, home, "P01", expect=1)
    assert "V24" in [f["rule_id"] for f in answer["findings"]]
    answer = submit(bench, home, "P01", "--interim", expect=1)
    assert "V24" in [f["rule_id"] for f in answer["findings"]]
    assert rows(home) == before


@test
def a_stay_whose_charges_are_all_settled_is_ended_by_a_document_without_any(bench):
    home = imported(bench, long_stay())
    submit(bench, home, "P01", "--interim")
    last = submit(bench, home, "P01")
    assert last["lines"] == [] and last["setlinfo"]["medfee_sumamt"] == "0.00" and last["document_lines"] == 0
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    assert '<charges count="0"></charges>' in xml
    (home / "last.xml").write_text(xml, encoding="utf-8")
    bench.run("verify", "-C", home, home / "last.xml", expect=0)
    forged = re.sub(r' settled_before="[^"]*"', "", xml)  # no stay without interim settlements has no charges
    (home / "forged.xml").write_text(forged, encoding="utf-8")
    run = bench.run("verify", "--json", "-C", home, home / "forged.xml")
    assert run.code == 5 and "the content was changed" in run.err, run.out + run.err


@test
def a_stay_in_hospital_is_settled_in_part_without_what_only_a_discharge_has(bench):
    gone = {"endtime": "", "dscg_way": "", "dscg_maindiag_code": "", "dscg_maindiag_name": "", "setl_time": ""}
    home = imported(bench, long_stay(**gone))
    answer = submit(bench, home, "P01", "--interim", "--until", "2025-06-06")
    assert answer["mid_setl_flag"] == "1"
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    assert 'endtime="2025-06-06 23:59:59"' in xml and 'mid_setl_flag="1"' in xml
    twin = submit(bench, home, "P01", expect=1)  # to end it, they are needed
    assert any(f["rule_id"] == "V26" and "endtime" in f["evidence"] for f in twin["findings"])


@test
def previews_and_explanations_show_what_a_part_would_settle(bench):
    home = imported(bench, long_stay())
    first = submit(bench, home, "P01", "--interim", "--until", "2025-06-04")
    ahead = bench.run("preview", "--json", "--lang", "en", "-C", home, "--interim", "--until", "2025-06-05", "P01").object
    steps = bench.run("explain", "--json", "--lang", "en", "-C", home, "--interim", "--until", "2025-06-05", "P01", expect=0).object["steps"]
    second = submit(bench, home, "P01", "--interim", "--until", "2025-06-05")
    assert ahead["setlinfo"] == second["setlinfo"] and ahead["setldetail"] == second["setldetail"]
    told = {step["what"]: step for step in steps if step["layer"] == "settled"}
    for what, field in (("cost", "medfee_sumamt"), ("fund payments", "fund_pay_sumamt"), ("personal share", "psn_part_amt"),
                        ("account", "acct_pay"), ("cash", "psn_cash_pay")):
        whole, before = map(Decimal, told[what]["input"].split(" - "))
        assert whole - before == Decimal(second["setlinfo"][field]) == Decimal(told[what]["result"]), what
        assert before == Decimal(first["setlinfo"][field])
    for layer in ("basic", "critical"):
        (last,) = [s for s in steps if s["layer"] == layer and s["what"] == "less what was settled before"]
        whole, before = map(Decimal, last["input"].split(" - "))
        (paid,) = [d for d in second["setldetail"] if d["layer"] == layer]
        (share_of,) = [s for s in steps if s["layer"] == layer and s["what"] == "share"]
        assert whole - before == Decimal(paid["fund_payamt"]) == Decimal(last["result"])
        assert whole == Decimal(share_of["result"])
        assert before == Decimal(next(d for d in first["setldetail"] if d["layer"] == layer)["fund_payamt"])
    (share,) = [s for s in steps if s["layer"] == "basic" and s["what"] == "less what was settled before"]
    assert share["basis"] == first["msgid"]
    text = bench.run("preview", "-C", home, "P01", expect=0).out
    assert "Settled before by 2 interim settlements" in text


@test
def each_part_has_its_document(bench):
    home = imported(bench, long_stay())
    parts = settled(bench, home, "P01", "2025-06-04", "2025-06-05")
    for n, part in enumerate(parts, 1):
        xml = bench.run("document", "-C", home, "--part", n, "P01", expect=0).out
        assert f'msgid="{part["msgid"]}"' in xml
        assert xml.count("<feedetail ") == len(part["lines"]) == part["document_lines"]
    assert bench.run("document", "-C", home, "P01", expect=0).out == xml
    assert "no such settlement of the stay" in bench.run("document", "--json", "-C", home, "--part", "4", "P01", expect=3).err
    bench.run("document", "-C", home, "--part", "0", "P01", expect=2)
    bench.run("document", "-C", home, "--part", "x", "P01", expect=2)


@test
def the_state_says_how_far_a_stay_is_settled(bench):
    home = imported(bench, long_stay())
    state = lambda: bench.run("status", "--json", "-C", home, "P01", expect=0).object["stays"][0]
    assert state()["state"] == "open"
    first = submit(bench, home, "P01", "--interim", "--until", "2025-06-04")
    assert (state()["state"], state()["msgid"]) == ("interim", first["msgid"])
    last = submit(bench, home, "P01")
    now = state()
    assert (now["state"], now["msgid"], now["settlements"]) == ("queued", last["msgid"], 2)
    assert Decimal(now["medfee_sumamt"]) == total([first, last], "medfee_sumamt")


@test
def wrong_options_are_refused(bench):
    home = imported(bench, long_stay())
    run = bench.run("submit", "--json", "-C", home, "--interim", "--until", "yesterday", "P01", expect=2)
    assert "until" in run.err and "yyyy-MM-dd" in run.err, run.err
    bench.run("submit", "-C", home, "--until", "2025-06-04", "P01", expect=2)
    run = bench.run("submit", "-C", home, "--interim", "--until", "2099-01-01", "P01", expect=2)
    assert "until: " in run.err and "the day lies ahead" in run.err, run.err
    run = bench.run("preview", "-C", home, "--interim", home / "stays", expect=2)
    assert "--interim is for stays of the ledger" in run.err
    refused(bench, home, "P09", 3, "no such stay", "--interim")
    assert rows(home) == []


def visit(mdtrt_id, day):
    """Special outpatient care of the same person on one day."""
    stay = Stay(mdtrt_id, med_type="14", begntime=f"{day} 08:00:00", endtime=f"{day} 10:00:00", setl_time=f"{day} 10:00:00")
    stay.charge(DRUG, f"{day} 08:30:00", pric="310.00")
    return stay


@test
def accumulators_that_hold_the_first_part_already_are_not_gone_on_from(bench):
    """Another stay settled in between continues from the first part; what stood before this stay is then unknown."""
    one = long_stay()
    one.rows["accumulators"] = []
    before, between = visit("P02", "2025-05-03"), visit("P03", "2025-06-03")
    between.rows["accumulators"] = []
    home = imported(bench, before)
    submit(bench, home, "P02")
    assert len(rows(home)) == 1
    add(bench, home, one)
    submit(bench, home, "P01", "--interim", "--until", "2025-06-04")
    add(bench, home, between)
    run = bench.run("submit", "--json", "-C", home, "P03")
    assert run.code == 8, run.out
    answer = submit(bench, home, "P01", expect=1)
    (finding,) = [f for f in answer["findings"] if f["rule_id"] == "ACC"]
    assert "another stay was settled since" in finding["evidence"], finding


@test
def of_desks_that_settle_at_once_one_does(bench):
    home = imported(bench, long_stay())
    run = lambda *options: subprocess.Popen([bench.settle, "submit", "--json", "-C", str(home), *options, "P01"],
                                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    desks = [run("--interim", "--until", "2025-06-04") for _ in range(4)]
    codes = sorted(desk.wait(60) for desk in desks)
    assert codes == [3, 3, 3, 8], codes
    desks = [run() for _ in range(4)]
    codes = sorted(desk.wait(60) for desk in desks)
    assert codes == [1, 1, 1, 8], codes
    assert [row[:2] for row in rows(home)] == [(1, 1), (2, 0)]
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def parts_go_forward(bench):
    """An instant before an earlier part, a charge between parts, and one that an import adds behind them."""
    stay = long_stay()
    home = imported(bench, stay)
    submit(bench, home, "P01", "--interim", "--until", "2025-06-04")
    answer = submit(bench, home, "P01", "--interim", "--until", "2025-06-03", expect=1)
    assert any(f["rule_id"] == "ACC" and "gone" in f["evidence"] for f in answer["findings"])
    late = stay.charge(DRUG, "2025-06-03 12:30:00", pric="77.01")  # of a day that a part has settled
    add(bench, home, stay)
    last = submit(bench, home, "P01")
    assert late in [line["feedetl_sn"] for line in last["lines"]]
    assert total([last], "medfee_sumamt") + Decimal(last["settled_before"]["medfee_sumamt"]) == sum(
        Decimal(row["det_item_fee_sumamt"]) for row in stay.rows["charges"])


@test
def a_ledger_that_knew_one_settlement_a_stay_is_migrated(bench):
    home = imported(bench, long_stay())
    first = submit(bench, home, "P01")
    keep = ("id, msgid, mdtrt_id, psn_no, insutype, state, made_at, medfee_sumamt, fund_pay_sumamt, psn_part_amt, acct_pay,"
            " pack_id, pack_version, pack_digest, content_digest, line_keys, document")
    with sqlite3.connect(home / "ledger.db") as db:
        db.execute(f"CREATE TABLE older AS SELECT {keep} FROM submission")
        db.execute("DROP TABLE submission")
        db.execute("DROP TABLE reversal")
        db.execute("CREATE TABLE submission(id INTEGER PRIMARY KEY, msgid TEXT NOT NULL UNIQUE, mdtrt_id TEXT NOT NULL UNIQUE,"
                   " psn_no TEXT NOT NULL, insutype TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL,"
                   " medfee_sumamt INTEGER NOT NULL, fund_pay_sumamt INTEGER NOT NULL, psn_part_amt INTEGER NOT NULL,"
                   " acct_pay INTEGER NOT NULL, pack_id TEXT NOT NULL, pack_version TEXT NOT NULL, pack_digest TEXT NOT NULL,"
                   " content_digest BLOB NOT NULL, line_keys BLOB NOT NULL, document BLOB NOT NULL)")
        db.execute("INSERT INTO submission SELECT * FROM older")
        db.execute("DROP TABLE older")
        db.execute("CREATE INDEX submission_person ON submission(psn_no)")
        db.execute("DROP TABLE exchange")
        db.execute("DROP TABLE mapping_event")
        db.execute("DROP INDEX stay_part_key")
        db.execute("ALTER TABLE stay_part DROP COLUMN kind")
        db.execute("CREATE UNIQUE INDEX stay_part_key ON stay_part(mdtrt_id, part, n_charges, at)")
        db.execute("PRAGMA user_version=2")
    db.close()
    bench.run("audit", "verify", "-C", home, expect=0)
    assert rows(home) == [(1, 0, int(Decimal(first["setlinfo"]["medfee_sumamt"]) * 100), first["msgid"])]
    twin = submit(bench, home, "P01", expect=1)
    assert "V24" in [f["rule_id"] for f in twin["findings"]]


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
