#!/usr/bin/env python3
"""Findings let pass: by whom the pack permits, kept in ledger, audit chain and submission; refused otherwise."""
import pathlib
import sqlite3
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, INFUSION, clean, write  # noqa: E402

TESTS = []
FULL = {"--approval": "A-2025-7", "--by": "OP9901", "--role": "医保办主任", "--reason": "急诊抢救，价格已核", "--second": "OP9902"}


def test(function):
    TESTS.append(function)
    return function


def dear(mdtrt_id="P01"):
    """One price over its cap: V3 blocks."""
    stay = clean(mdtrt_id)
    stay.charge(INFUSION, "2025-06-03 10:30:00", pric="13.00")
    return stay


def imported(bench, *stays):
    home = bench.home()
    bench.made += 1
    bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", *stays), expect=0)
    return home


def findings(bench, home, stay, expect=1):
    return bench.run("check", "--json", "-C", home, stay, expect=expect).object["findings"]


def the(bench, home, stay, rule="V3"):
    (one,) = [f for f in findings(bench, home, stay) if f["rule_id"] == rule]
    return one["finding_id"]


def override(bench, home, stay, finding, expect, **changed):
    said = {**FULL, **{f"--{k}": v for k, v in changed.items()}}
    options = [word for option, value in said.items() if value is not None for word in (option, value)]
    return bench.run("override", "--json", "-C", home, stay, finding, *options, expect=expect)


def rows(home, sql="SELECT * FROM override"):
    with sqlite3.connect(f"file:{home}/ledger.db?mode=ro", uri=True) as db:
        return db.execute(sql).fetchall()


def refused(bench, home, stay, finding, code, says, **changed):
    run = override(bench, home, stay, finding, code, **changed)
    assert says in run.err, run.err
    assert rows(home) == []
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def an_overridden_finding_stops_no_more_and_goes_into_the_submission(bench):
    home = imported(bench, dear())
    finding = the(bench, home, "P01")
    bench.run("submit", "-C", home, "P01", expect=1)
    answer = override(bench, home, "P01", finding, 0).object
    assert answer["still_stopping"] == 0 and answer["finding"]["overridden"] is True
    (shown,) = findings(bench, home, "P01", expect=0)
    said = shown["override"]
    assert (said["approval"], said["by"], said["role"], said["second"]) == ("A-2025-7", "OP9901", "医保办主任", "OP9902")
    assert shown["overridden"] and said["reason"] == FULL["--reason"] and shown["action"] == "block"
    text = bench.run("check", "-C", home, "P01", expect=0).out
    assert "A-2025-7" in text and "OP9902" in text and "Cannot be settled" not in text, text
    bench.run("submit", "-C", home, "P01", expect=8)
    xml = bench.run("document", "-C", home, "P01", expect=0).out
    for attribute in ('overridden="true"', 'approval="A-2025-7"', 'by="OP9901"', 'second="OP9902"', 'role="医保办主任"',
                      f'reason="{FULL["--reason"]}"', f'time="{said["time"]}"'):
        assert attribute in xml, attribute
    (home / "P01.xml").write_text(xml, encoding="utf-8")
    verified = bench.run("verify", "--json", "-C", home, home / "P01.xml", expect=0).object
    assert (verified["findings"], verified["overridden"]) == (1, 1)
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def the_audit_record_names_finding_and_operator_but_no_person_of_the_override(bench):
    home = imported(bench, dear())
    finding = the(bench, home, "P01")
    override(bench, home, "P01", finding, 0)
    ((opter, role, detail),) = rows(home, "SELECT opter, role, detail FROM audit WHERE action='override'")
    assert (opter, role) == ("OP0001", "收费员") and finding in detail and "V3" in detail
    assert not any(value in detail for value in FULL.values())


@test
def what_the_pack_demands_is_demanded(bench):
    home = imported(bench, dear())
    finding = the(bench, home, "P01")
    refused(bench, home, "P01", finding, 3, "second", second=None)
    refused(bench, home, "P01", finding, 3, "second", second="OP9901")
    refused(bench, home, "P01", finding, 3, "second", second=" OP9901 ")
    for field in ("approval", "by", "role", "reason"):
        refused(bench, home, "P01", finding, 2, field, **{field: "  "})
        refused(bench, home, "P01", finding, 2, field, **{field: None})
    refused(bench, home, "P01", finding, 2, "reason", reason="因" * 501)
    refused(bench, home, "P01", finding, 2, "approval", approval="A\t7")
    override(bench, home, "P01", finding, 0, reason="因" * 500)


@test
def what_does_not_stand_is_not_overridden(bench):
    home = imported(bench, dear(), clean("P02"))
    finding = the(bench, home, "P01")
    refused(bench, home, "P01", "0123456789abcdef", 3, "finding_id")
    refused(bench, home, "P01", finding[:15], 3, "finding_id")
    refused(bench, home, "P02", finding, 3, "finding_id")
    refused(bench, home, "P99", finding, 3, "mdtrt_id")
    override(bench, home, "P01", finding, 0)
    assert "overridden already" in override(bench, home, "P01", finding, 2).err
    assert len(rows(home)) == 1


@test
def a_rule_that_the_pack_reserves_is_not_overridden(bench):
    stay = clean()
    stay.head["dscg_maindiag_code"] = ""
    stay.rows["diagnoses"][0]["diag_code"] = ""
    home = imported(bench, stay)
    for f in findings(bench, home, "P01"):
        if f["rule_id"] in ("V26", "ACC"):
            refused(bench, home, "P01", f["finding_id"], 3, "finding_id")
    assert any(f["rule_id"] == "V26" for f in findings(bench, home, "P01"))


@test
def nobody_overrides_a_payment_that_was_not_computed(bench):
    stay = clean()
    stay.rows["accumulators"] = []
    home = imported(bench, stay)
    refused(bench, home, "P01", the(bench, home, "P01", "ACC"), 3, "finding_id")


@test
def after_the_settlement_nothing_is_overridden(bench):
    stay = clean()
    stay.charge(INFUSION, "2025-06-03 10:30:00", pric="13.00")
    stay.charge(INFUSION, "2025-06-04 10:30:00", pric="13.50")
    home = imported(bench, stay)
    for f in findings(bench, home, "P01"):
        override(bench, home, "P01", f["finding_id"], 0)
    bench.run("submit", "-C", home, "P01", expect=8)
    run = override(bench, home, "P01", "0123456789abcdef", 3)
    assert "settled" in run.err, run.err


@test
def an_override_covers_the_money_it_was_given_for(bench):
    stay = dear()
    home = imported(bench, stay)
    override(bench, home, "P01", the(bench, home, "P01"), 0)
    findings(bench, home, "P01", expect=0)
    (number,) = rows(home, "SELECT vola_amt FROM override")[0]
    assert number > 0
    with sqlite3.connect(home / "ledger.db") as db:
        db.execute("UPDATE override SET vola_amt = vola_amt - 1")
    (f,) = findings(bench, home, "P01")
    assert f["overridden"] is False and "override" not in f


@test
def one_that_vanished_does_not_apply(bench):
    stay = dear()
    home = imported(bench, stay)
    override(bench, home, "P01", the(bench, home, "P01"), 0)
    stay.refund(stay.rows["charges"][-1]["feedetl_sn"])
    bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", stay), expect=0)
    assert findings(bench, home, "P01", expect=0) == []
    bench.run("submit", "-C", home, "P01", expect=8)
    assert 'overridden="true"' not in bench.run("document", "-C", home, "P01", expect=0).out


@test
def tampering_is_found(bench):
    home = imported(bench, dear())
    override(bench, home, "P01", the(bench, home, "P01"), 0)
    bench.run("audit", "verify", "-C", home, expect=0)
    spoils = ["UPDATE override SET approval='A-1'", "UPDATE override SET by='OP1'", "UPDATE override SET role='x'",
              "UPDATE override SET second=''", "UPDATE override SET reason='x'", "UPDATE override SET at=at+1",
              "UPDATE override SET vola_amt=vola_amt+1", "UPDATE override SET rule_id='V2'",
              "UPDATE override SET finding_id='0123456789abcdef'", "UPDATE override SET mdtrt_id='P02'",
              "DELETE FROM override", "UPDATE override SET no=2",
              "INSERT INTO override SELECT 2,mdtrt_id,finding_id,rule_id,vola_amt,approval,by,role,second,reason,at FROM override",
              "DELETE FROM audit WHERE action='override'"]
    kept = (home / "ledger.db").read_bytes()
    for sql in spoils:
        (home / "ledger.db").write_bytes(kept)
        for beside in ("ledger.db-wal", "ledger.db-shm"):
            (home / beside).unlink(missing_ok=True)
        with sqlite3.connect(home / "ledger.db") as db:
            db.execute(sql)
        db.close()
        run = bench.run("audit", "verify", "-C", home, expect=6)
        assert "audit" in run.err, (sql, run.err)


@test
def a_ledger_of_the_first_version_is_migrated(bench):
    home = imported(bench, dear())
    with sqlite3.connect(home / "ledger.db") as db:
        for table in ("override", "reversal", "submission"):
            db.execute(f"DROP TABLE {table}")
        db.execute("CREATE TABLE submission(id INTEGER PRIMARY KEY, msgid TEXT NOT NULL UNIQUE, mdtrt_id TEXT NOT NULL UNIQUE,"
                   " psn_no TEXT NOT NULL, insutype TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL,"
                   " medfee_sumamt INTEGER NOT NULL, fund_pay_sumamt INTEGER NOT NULL, psn_part_amt INTEGER NOT NULL,"
                   " acct_pay INTEGER NOT NULL, pack_id TEXT NOT NULL, pack_version TEXT NOT NULL, pack_digest TEXT NOT NULL,"
                   " content_digest BLOB NOT NULL, line_keys BLOB NOT NULL, document BLOB NOT NULL)")
        db.execute("CREATE INDEX submission_person ON submission(psn_no)")
        db.execute("DROP TABLE exchange")
        db.execute("DROP TABLE mapping_event")
        db.execute("DROP INDEX stay_part_key")
        db.execute("ALTER TABLE stay_part DROP COLUMN kind")
        db.execute("CREATE UNIQUE INDEX stay_part_key ON stay_part(mdtrt_id, part, n_charges, at)")
        db.execute("PRAGMA user_version=1")
    db.close()
    override(bench, home, "P01", the(bench, home, "P01"), 0)
    findings(bench, home, "P01", expect=0)
    bench.run("audit", "verify", "-C", home, expect=0)


main(TESTS, sys.argv[1] if len(sys.argv) > 1 else "build")
