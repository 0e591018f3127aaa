#!/usr/bin/env python3
"""Mappings proposed, approved by a second person, refused, expired and undone: in ledger, audit chain and mapping.csv."""
import csv
import pathlib
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, read_csv, write_csv  # noqa: E402
from systems import SYSTEMS, TWIN  # noqa: E402

TESTS = []
OTHER = "001204000110000"  # a code of the example's catalogue
BED, VISIT = "F100007", "F100042"
THIRD = "001102000050000"


def test(function):
    TESTS.append(function)
    return function


def mapping(home):
    return read_csv(home / "hospital" / "mapping.csv")


def row(item, code=OTHER, **more):
    return {"medins_list_codg": item, "med_list_codg": code, "factor_num": "1", "factor_den": "1", "begndate": "2026-01-01", **more}


def vendor(bench, rows, encoding="utf-8"):
    bench.made += 1
    path = bench.dir / f"vendor-{bench.made}.csv"
    write_csv(path, rows, encoding)
    return path


def imported(bench, home, rows, *options, expect=0):
    return bench.run("map", "import", "--json", "-C", home, *options, vendor(bench, rows), expect=expect)


def decide(bench, home, act, *options, by="OP2", expect=0):
    run = bench.run("map", act, "--json", "-C", home, "--opter", by, *options, expect=expect)
    return run.object if expect == 0 else run.err


def states(bench, home, *options):
    proposals = bench.run("map", "review", "--json", "-C", home, *options, expect=0).object["proposals"]
    return {p["proposal"]: p["state"] for p in proposals}


def mapped(bench, home, item, day):
    rows = bench.run("map", "list", "--json", "-C", home, "--at", day, expect=0).object["rows"]
    return [(r["map_id"], r["med_list_codg"]) for r in rows if r["medins_list_codg"] == item and r["status"] == "active"]


def whole(bench, home):
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def a_vendor_table_is_proposed_under_its_own_column_names_and_encoding(bench):
    home = bench.home()
    path = bench.dir / "gbk.csv"
    with open(path, "w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["项目编码", "医保编码", "医保名称", "备注"])
        out.writerow([BED, OTHER, "另名", "院方"])
        out.writerow(["N1", "", "", ""])
        out.writerow([VISIT, "001102000050000", "", ""])
    before = (home / "hospital" / "mapping.csv").read_bytes()
    got = bench.run("map", "import", "--json", "-C", home, "--reason", "原对照表", "--columns",
                    "medins_list_codg=项目编码,med_list_codg=医保编码,med_list_name=医保名称,remark=备注", path, expect=0).object
    assert got == {"batch": 1, "rows": 3, "proposed": 1, "known": 1, "unmapped": 1, "inactive": 0}, got
    (one,) = bench.run("map", "review", "--json", "-C", home, expect=0).object["proposals"]
    assert one["state"] == "suggested" and one["suggested_by"] == "OP0001" and one["suggested_reason"] == "原对照表", one
    filled = one["row"]
    assert (filled["med_list_name"], filled["remark"], filled["prcunt"], filled["med_list_unit"]) == ("另名", "院方", "日", "次"), filled
    assert filled["chrgitm_lv"] != "" and one["lacks"] == "factor", one  # 日 and 次, and nothing says how many
    assert (home / "hospital" / "mapping.csv").read_bytes() == before
    whole(bench, home)


@test
def what_is_proposed_twice_is_known(bench):
    home = bench.home()
    assert imported(bench, home, [row(BED), row(BED)]).object["known"] == 1
    again = imported(bench, home, [row(BED), row(VISIT)]).object
    assert (again["batch"], again["proposed"], again["known"]) == (2, 1, 1), again
    nothing = imported(bench, home, [row(BED)]).object
    assert (nothing["batch"], nothing["proposed"], nothing["known"]) == (0, 0, 1), nothing


@test
def an_approved_mapping_takes_the_place_of_the_old_one_from_its_first_day(bench):
    home = bench.home()
    (old,) = [r for r in mapping(home) if r["medins_list_codg"] == BED]
    imported(bench, home, [row(BED, remark="见说明书")])
    got = decide(bench, home, "approve", "--batch", 1, "--reason", "核过")
    assert got == {"batch": 2, "decided": 1, "incomplete": 0, "in_force": 1}, got
    assert mapped(bench, home, BED, "2025-12-31") == [(old["map_id"], old["med_list_codg"])]
    assert mapped(bench, home, BED, "2026-01-01") == [("R1", OTHER)]
    rows = mapping(home)
    (ended,) = [r for r in rows if r["map_id"] == old["map_id"]]
    assert (ended["enddate"], ended["replaced_by"], ended["enddate_before"]) == ("2025-12-31", "R1", old["enddate"]), ended
    (ours,) = [r for r in rows if r["map_id"] == "R1"]
    assert ours["remark"].startswith("见说明书；R1：OP0001 ") and "OP2 " in ours["remark"] and ours["remark"].endswith("（核过）"), ours
    whole(bench, home)


@test
def when_an_approved_mapping_ends_the_old_one_goes_on(bench):
    home = bench.home()
    before = mapping(home)
    (old,) = [r for r in before if r["medins_list_codg"] == BED]
    imported(bench, home, [row(BED, begndate="2025-06-01", enddate="2025-08-31")])
    decide(bench, home, "approve", "--batch", 1)
    then = [(old["map_id"], old["med_list_codg"])]
    assert mapped(bench, home, BED, "2025-05-31") == then and mapped(bench, home, BED, "2025-06-01") == [("R1", OTHER)]
    assert mapped(bench, home, BED, "2025-08-31") == [("R1", OTHER)]
    assert mapped(bench, home, BED, "2025-09-01") == [(f"R1+{old['map_id']}", old["med_list_codg"])] == mapped(bench, home, BED, "2026-09-01")
    whole(bench, home)
    imported(bench, home, [row(BED, THIRD, begndate="2026-06-01")])
    decide(bench, home, "approve", "--batch", 3)
    assert mapped(bench, home, BED, "2026-05-31") == [(f"R1+{old['map_id']}", old["med_list_codg"])] and mapped(bench, home, BED, "2026-06-01") == [("R2", THIRD)]
    for batch in (4, 2):
        decide(bench, home, "undo", "--batch", batch)
    assert [{k: r[k] for k in before[0]} for r in mapping(home)] == before


@test
def one_that_begins_before_another_leaves_none_that_ends_before_it_begins(bench):
    home = bench.home()
    (old,) = [r for r in mapping(home) if r["medins_list_codg"] == BED]
    imported(bench, home, [row(BED, begndate="2025-09-01")])
    decide(bench, home, "approve", "--batch", 1)
    imported(bench, home, [row(BED, THIRD, begndate="2025-03-01")])
    decide(bench, home, "approve", "--batch", 3)
    assert mapped(bench, home, BED, "2025-02-28") == [(old["map_id"], old["med_list_codg"])]
    assert mapped(bench, home, BED, "2025-03-01") == [("R2", THIRD)] == mapped(bench, home, BED, "2025-10-01")
    assert all(r["enddate"] == "" or r["begndate"] <= r["enddate"] for r in mapping(home))
    (first,) = [r for r in mapping(home) if r["map_id"] == "R1"]
    assert first["status"] == "expired", first
    whole(bench, home)
    decide(bench, home, "undo", "--batch", 4)
    assert mapped(bench, home, BED, "2025-10-01") == [("R1", OTHER)]


@test
def rows_of_others_stay_as_they_are(bench):
    home = bench.home()
    path = home / "hospital" / "mapping.csv"
    rows = mapping(home)
    for r in rows:
        r["院内备注"] = 'a,"b"'
    write_csv(path, rows)
    imported(bench, home, [row(BED)])
    decide(bench, home, "approve", "--batch", 1)
    kept = [{k: v for k, v in r.items() if k not in ("replaced_by", "enddate_before")} for r in mapping(home)
            if r["map_id"] != "R1"]
    for now, then in zip(kept, rows, strict=True):
        assert {**now, "enddate": then["enddate"]} == then, (now, then)
        assert now["enddate"] == then["enddate"] or now["medins_list_codg"] == BED, now


@test
def who_proposed_does_not_approve(bench):
    home = bench.home()
    imported(bench, home, [row(BED)])
    before = (home / "hospital" / "mapping.csv").read_bytes()
    for same in ("OP0001", "op0001", "OP0001 ", "\tOP0001", "OP 0001", "ＯＰ０００１"):
        said = decide(bench, home, "approve", "--batch", 1, by=same, expect=3)
        assert "who proposed it does not approve it" in said and "R1" in said, said
    for nobody in ("", "  "):
        decide(bench, home, "approve", "--batch", 1, by=nobody, expect=2)
    assert states(bench, home) == {"R1": "suggested"} and (home / "hospital" / "mapping.csv").read_bytes() == before
    decide(bench, home, "approve", "--proposal", "R1")
    assert states(bench, home) == {"R1": "approved"}


@test
def decisions_come_in_order(bench):
    home = bench.home()
    imported(bench, home, [row(BED), row(VISIT)])
    wrong = "nothing there is in the state that this needs"
    assert f'"R1" ({wrong})' in decide(bench, home, "expire", "--proposal", "R1", expect=3)
    assert f'"R9" ({wrong})' in decide(bench, home, "refuse", "--proposal", "R9", expect=3)
    decide(bench, home, "refuse", "--proposal", "R1")
    for act in ("approve", "refuse", "expire"):
        assert wrong in decide(bench, home, act, "--proposal", "R1", expect=3), act
    assert wrong in decide(bench, home, "approve", "--batch", 9, expect=3)
    assert wrong in decide(bench, home, "undo", "--batch", 9, expect=3)
    assert decide(bench, home, "approve", "--batch", 1)["decided"] == 1  # what was refused stays so
    assert states(bench, home) == {"R1": "refused", "R2": "approved"}
    assert states(bench, home, "--state", "refused") == {"R1": "refused"}
    whole(bench, home)


@test
def an_expired_mapping_holds_for_the_days_before(bench):
    home = bench.home()
    imported(bench, home, [row(BED)])
    decide(bench, home, "approve", "--batch", 1)
    assert decide(bench, home, "expire", "--proposal", "R1")["in_force"] == 0
    today = date.today()
    (ours,) = [r for r in mapping(home) if r["map_id"] == "R1"]
    assert ours["status"] == "active" and abs(date.fromisoformat(ours["enddate"]) - today) <= timedelta(days=2), ours
    assert mapped(bench, home, BED, "2026-02-01") == [("R1", OTHER)]
    assert mapped(bench, home, BED, (today + timedelta(days=2)).isoformat()) == []


@test
def a_mapping_that_expires_before_its_first_day_never_holds(bench):
    home = bench.home()
    first = (date.today() + timedelta(days=30)).isoformat()
    (old,) = [r for r in mapping(home) if r["medins_list_codg"] == BED]
    imported(bench, home, [row(BED, begndate=first)])
    decide(bench, home, "approve", "--batch", 1)
    assert mapped(bench, home, BED, first) == [("R1", OTHER)]
    decide(bench, home, "expire", "--batch", 1)
    (ours,) = [r for r in mapping(home) if r["map_id"] == "R1"]
    assert ours["status"] == "expired", ours
    assert mapped(bench, home, BED, first)[0] == (old["map_id"], old["med_list_codg"])


@test
def a_batch_is_undone_as_a_whole(bench):
    home = bench.home()
    text = (home / "hospital" / "mapping.csv").read_text(encoding="utf-8")
    imported(bench, home, [row(BED), row(VISIT)])
    decide(bench, home, "approve", "--batch", 1)
    got = decide(bench, home, "undo", "--batch", 2, by="OP0001", expect=0)
    assert (got["decided"], got["in_force"]) == (2, 0) and states(bench, home) == {"R1": "suggested", "R2": "suggested"}
    plain = [{k: v for k, v in r.items() if k not in ("replaced_by", "enddate_before")} for r in mapping(home)]
    assert plain == list(csv.DictReader(text.splitlines()))
    decide(bench, home, "undo", "--batch", 1)
    assert states(bench, home) == {"R1": "withdrawn", "R2": "withdrawn"}
    assert "nothing there" in decide(bench, home, "undo", "--batch", 1, expect=3)
    assert imported(bench, home, [row(BED)]).object["proposed"] == 1  # withdrawn is not known
    whole(bench, home)


@test
def what_was_decided_on_since_is_not_undone(bench):
    home = bench.home()
    imported(bench, home, [row(BED), row(VISIT)])
    decide(bench, home, "approve", "--batch", 1)
    decide(bench, home, "expire", "--proposal", "R2")
    said = decide(bench, home, "undo", "--batch", 2, expect=3)
    assert "R2" in said and "it was decided on since" in said, said
    assert states(bench, home) == {"R1": "approved", "R2": "expired"}
    assert "R1" in decide(bench, home, "undo", "--batch", 1, expect=3)


@test
def a_later_approval_takes_the_place_of_an_earlier_one_and_gives_it_back(bench):
    home = bench.home()
    third = "001102000050000"
    imported(bench, home, [row(BED)])
    decide(bench, home, "approve", "--batch", 1)
    imported(bench, home, [row(BED, third, begndate="2026-06-01")])
    last = decide(bench, home, "approve", "--batch", 3)["batch"]
    assert mapped(bench, home, BED, "2026-05-31") == [("R1", OTHER)] and mapped(bench, home, BED, "2026-06-01") == [("R2", third)]
    decide(bench, home, "undo", "--batch", last)
    assert mapped(bench, home, BED, "2026-06-01") == [("R1", OTHER)]


@test
def what_lacks_something_is_not_approved(bench):
    home = bench.home()
    incomplete = row(BED)
    for key in ("factor_num", "factor_den"):
        del incomplete[key]
    imported(bench, home, [incomplete])
    assert "no factor" in decide(bench, home, "approve", "--proposal", "R1", expect=3)
    imported(bench, home, [row(VISIT, "NO-SUCH-CODE"), row(VISIT)])
    assert "no catalogue in force has its code" in decide(bench, home, "approve", "--proposal", "R2", expect=3)
    assert decide(bench, home, "approve", "--batch", 2) == {"batch": 3, "decided": 1, "incomplete": 1, "in_force": 1}
    assert decide(bench, home, "approve", "--batch", 1) == {"batch": 0, "decided": 0, "incomplete": 1, "in_force": 1}


@test
def sure_suggestions_become_proposals(bench):
    home = bench.home()
    path = home / "hospital" / "mapping.csv"
    rows = mapping(home)
    (gone,) = [r for r in rows if r["medins_list_codg"] == VISIT]
    write_csv(path, [r for r in rows if r["medins_list_codg"] != VISIT])
    (asked,) = bench.run("map", "suggest", "--json", "-C", home, VISIT, expect=0).object["items"]
    assert asked["proposals"][0]["sure"], asked
    got = bench.run("map", "propose", "--json", "-C", home, "--at", "2026-01-01", expect=0).object
    assert (got["batch"], got["proposed"]) == (1, 1), got
    (one,) = bench.run("map", "review", "--json", "-C", home, expect=0).object["proposals"]
    assert one["row"]["code_source"] == "suggest" and one["row"]["remark"].startswith(f"{asked['proposals'][0]['score']} "), one
    decide(bench, home, "approve", "--batch", 1)
    assert mapped(bench, home, VISIT, "2026-03-01") == [("R1", gone["med_list_codg"])]
    assert bench.run("map", "propose", "--json", "-C", home, expect=0).object["proposed"] == 0
    unsure = bench.run("map", "propose", "--json", "-C", home, "NOSUCH", expect=3)
    assert "NOSUCH" in unsure.err


BAD = [
    ("medins_list_codg,factor_num\nA,1\n", "column is missing", "med_list_codg", 1),
    ("medins_list_codg,med_list_codg,med_list_codg\nA,B,C\n", "stands twice", "med_list_codg", 1),
    ("medins_list_codg,med_list_codg\nA,B\n,C\n", "is empty", "medins_list_codg", 3),
    ("medins_list_codg,med_list_codg,factor_num\nA,B,1\nC,D,x\n", "not a number", "factor_num", 3),
    ("medins_list_codg,med_list_codg,factor_num\nA,B,0\n", "out of range", "factor_num", 2),
    ("medins_list_codg,med_list_codg,factor_den\nA,B,-1\n", "out of range", "factor_den", 2),
    ("medins_list_codg,med_list_codg,begndate\nA,B,2026-02-30\n", "no such date", "begndate", 2),
    ("medins_list_codg,med_list_codg,begndate,enddate\nA,B,2026-02-03,2026-02-02\n", "ends before it begins", "enddate", 2),
    ("medins_list_codg,med_list_codg,remark\nA,B," + "长" * 201 + "\n", "too long", "remark", 2),
    ("medins_list_codg,med_list_codg,remark\nA,B,a\tb\n", "a control character", "remark", 2),
    ("medins_list_codg,med_list_codg\nA,B\nC\n", "CSV is broken", "", 3),
]


@test
def a_bad_table_is_refused_with_line_and_column_and_nothing_is_proposed(bench):
    home = bench.home()
    for text, says, column, line in BAD:
        path = bench.dir / "bad.csv"
        path.write_text(text, encoding="utf-8")
        run = bench.run("map", "import", "-C", home, path, expect=3)
        assert f"bad.csv:{line}: {column}" in run.err and says in run.err, (text, run.err)
    assert states(bench, home) == {}
    bench.run("map", "import", "-C", home, bench.dir / "absent.csv", expect=3)


@test
def a_column_that_cannot_be_is_refused(bench):
    home = bench.home()
    table = vendor(bench, [row(BED)])
    for columns in ("nosuch=x", "med_list_codg", "med_list_codg=", "remark=a,remark=b"):
        run = bench.run("map", "import", "-C", home, "--columns", columns, table, expect=2)
        assert "columns" in run.err, run.err
    run = bench.run("map", "import", "-C", home, "--columns", "remark=BZ", table, expect=3)
    assert ":1: BZ" in run.err and "column is missing" in run.err, run.err


@test
def a_call_that_says_too_little_or_too_much_is_refused(bench):
    home = bench.home()
    imported(bench, home, [row(BED)])
    for words in (["approve"], ["approve", "--batch", "1", "--proposal", "R1"], ["approve", "--batch", "0"], ["approve", "--batch", "1x"],
                  ["refuse", "--proposal", "1"], ["undo", "--proposal", "R1"], ["review", "--state", "new"], ["import"], ["list", "x"],
                  ["nonsense"], ["approve", "--batch", "1", "--reason", "长" * 101], ["approve", "--batch", "1", "--reason", "a\tb"]):
        run = bench.run("map", *words, "-C", home, expect=2)
        assert run.err != "", words
    assert states(bench, home) == {"R1": "suggested"}


@test
def a_row_of_others_under_a_number_of_ours_is_refused(bench):
    home = bench.home()
    imported(bench, home, [row(BED)])
    rows = mapping(home)
    rows[3]["map_id"] = "R1"
    write_csv(home / "hospital" / "mapping.csv", rows)
    assert "a proposal has this number" in decide(bench, home, "approve", "--batch", 1, expect=3)
    assert states(bench, home) == {"R1": "approved"}  # the decision stands, the file is written when it can be
    rows[3]["map_id"] = "M4"
    write_csv(home / "hospital" / "mapping.csv", rows)
    assert bench.run("map", "publish", "--json", "-C", home, expect=0).object == {"in_force": 1}
    assert mapped(bench, home, BED, "2026-01-01") == [("R1", OTHER)]


def refused_to_publish(bench, home, *words):
    path = home / "hospital" / "mapping.csv"
    before = path.read_bytes()
    said = bench.run("map", "publish", "-C", home, expect=3).err
    for word in ("mapping.csv", *words):
        assert word in said, said
    assert path.read_bytes() == before


UNKNOWN = "nothing of this number was approved in this ledger"


@test
def a_file_that_another_ledger_wrote_is_left_alone(bench):
    """Its rows would be given back while that ledger's stay, or be taken out for a proposal that nobody approved."""
    one, other = bench.home(), bench.home()
    imported(bench, one, [row(BED)])
    decide(bench, one, "approve", "--batch", 1)
    path = other / "hospital" / "mapping.csv"
    path.write_bytes((one / "hospital" / "mapping.csv").read_bytes())
    refused_to_publish(bench, other, UNKNOWN, "R1")
    imported(bench, other, [row(BED)])  # known: what is proposed is another code
    imported(bench, other, [row(BED, code=THIRD)])
    refused_to_publish(bench, other, "map_id", UNKNOWN, '"R1"')
    assert "a proposal has this number" in decide(bench, other, "approve", "--proposal", "R1", expect=3)
    refused_to_publish(bench, other, "map_id", "a proposal has this number", '"R1"')
    rows = mapping(other)
    for r in rows:  # what the refusal says to do
        r["map_id"] = r["map_id"].replace("R1", "M90001")
    write_csv(path, rows)
    refused_to_publish(bench, other, "replaced_by", UNKNOWN, '"R1"')
    for r in rows:
        r["replaced_by"] = ""
    write_csv(path, rows)
    decide(bench, other, "undo", "--batch", 2)
    assert mapped(bench, other, BED, "2026-01-01") == [("M90001", OTHER)]


@test
def a_day_is_given_back_only_by_what_took_it(bench):
    home = bench.home()
    path = home / "hospital" / "mapping.csv"
    imported(bench, home, [row(BED), row(VISIT)])
    decide(bench, home, "approve", "--batch", 1)
    rows = mapping(home)
    (at,) = [i for i, r in enumerate(rows) if r["replaced_by"] == "R1"]
    for other in ("R7", "R2", "M1"):
        rows[at]["replaced_by"] = other
        write_csv(path, rows)
        refused_to_publish(bench, home, "replaced_by", UNKNOWN, f'"{other}"')
    rows[at]["replaced_by"] = "R1"
    write_csv(path, rows)
    assert bench.run("map", "publish", "--json", "-C", home, expect=0).object == {"in_force": 2}


@test
def publishing_again_changes_nothing(bench):
    home = bench.home()
    path = home / "hospital" / "mapping.csv"
    bench.run("import", "-C", home, home / "stays", expect=0)
    before = path.stat()
    bench.run("map", "publish", "-C", home, expect=0)
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino
    imported(bench, home, [row(BED)])
    decide(bench, home, "approve", "--batch", 1)
    written = path.stat()
    bench.run("map", "publish", "-C", home, expect=0)
    assert path.stat().st_ino == written.st_ino


@test
def desks_that_approve_at_once_lose_nothing(bench):
    home = bench.home()
    for n in range(8):
        imported(bench, home, [row(f"ZZ{n}")])
    desks = [subprocess.Popen([bench.settle, "map", "approve", "-C", home, "--opter", "OP2", "--batch", str(n + 1)], stdout=subprocess.DEVNULL) for n in range(8)]
    assert [desk.wait() for desk in desks] == [0] * 8
    assert {r["map_id"] for r in mapping(home) if r["medins_list_codg"].startswith("ZZ")} == {f"R{n + 1}" for n in range(8)}
    assert sorted(f.name for f in (home / "hospital").iterdir()) == ["items.csv", "mapping.csv"]
    whole(bench, home)


@test
def the_events_are_part_of_the_audit_chain(bench):
    home = bench.home()
    imported(bench, home, [row(BED), row(VISIT)])
    decide(bench, home, "approve", "--batch", 1)
    whole(bench, home)
    kept = (home / "ledger.db").read_bytes()
    for sql in ("UPDATE mapping_event SET row=replace(row, '001204000110000', '001102000050000') WHERE no=1",
                "UPDATE mapping_event SET by='OP9' WHERE no=3", "UPDATE mapping_event SET action='refuse' WHERE no=4",
                "UPDATE mapping_event SET proposal=2 WHERE no=3", "UPDATE mapping_event SET at=at+1 WHERE no=2",
                "UPDATE mapping_event SET batch=7 WHERE no=2", "DELETE FROM mapping_event WHERE no=4",
                "INSERT INTO mapping_event VALUES(5,3,1,'expire','OP2','',0,'')"):
        (home / "ledger.db").write_bytes(kept)
        for beside in ("ledger.db-wal", "ledger.db-shm"):
            (home / beside).unlink(missing_ok=True)
        with sqlite3.connect(home / "ledger.db") as db:
            db.execute(sql)
        db.close()
        run = bench.run("audit", "verify", "-C", home, expect=6)
        assert "audit" in run.err, (sql, run.err)


@test
def a_settlement_goes_by_what_was_approved(bench):
    home = bench.home()
    bench.run("import", "-C", home, home / "stays", expect=0)
    lines = bench.run("preview", "--json", "-C", home, "S01").object["lines"]
    item, code = next((line["medins_list_codg"], line["med_list_codg"]) for line in lines if line["med_list_codg"] != OTHER)
    imported(bench, home, [row(item, begndate="2025-01-01")])
    decide(bench, home, "approve", "--batch", 1)
    after = bench.run("preview", "--json", "-C", home, "S01").object["lines"]
    assert {line["med_list_codg"] for line in after if line["medins_list_codg"] == item} == {OTHER} != {code}


@test
def a_table_of_thirty_thousand_rows_is_imported_approved_and_undone_in_seconds(bench):
    home = bench.home()
    table = vendor(bench, [row(f"B{i:06d}") for i in range(30000)])
    began = time.monotonic()
    bench.run("map", "import", "-C", home, table, expect=0)
    assert decide(bench, home, "approve", "--batch", 1)["in_force"] == 30000
    assert len(bench.run("map", "list", "--json", "-C", home, "--at", "2026-01-01", expect=0).object["rows"]) >= 30000
    assert decide(bench, home, "undo", "--batch", 2)["in_force"] == 0
    taken = time.monotonic() - began
    print(f"  30,000 rows imported, approved, listed and undone in {taken:.1f} s")
    assert taken < 20, taken
    whole(bench, home)


@test
def each_line_of_a_document_says_on_which_mapping_it_rests(bench):
    home = bench.home()
    bench.run("import", "-C", home, home / "stays", expect=0)
    line = bench.run("preview", "--json", "-C", home, "S01").object["lines"][0]
    old = next(r for r in mapping(home) if r["medins_list_codg"] == line["medins_list_codg"])
    imported(bench, home, [{**old, "map_id": "", "code_source": "manual", "prcunt": old["prcunt"] + "次", "remark": "见<批文>", "begndate": "2025-01-01"}])
    decide(bench, home, "approve", "--batch", 1, "--reason", "核过")
    said = next(one for one in bench.run("explain", "--json", "-C", home, "S01").object["lines"] if one["medins_list_codg"] == line["medins_list_codg"])
    assert (said["map_id"], said["map_source"]) == ("R1", "manual") and said["map_evidence"].startswith("见<批文>；R1：OP0001 "), said
    bench.run("submit", "-C", home, "S01", expect=8)
    document = bench.run("document", "-C", home, "S01", expect=0).out
    wanted = 'map_evidence="见&lt;批文>；R1：OP0001 '
    assert wanted in document and ' map_id="R1" map_source="manual" med_list_codg=' in document, document[:3000]
    others = next(r for r in mapping(home) if f'medins_list_codg="{r["medins_list_codg"]}"' in document and r["map_id"] != "R1")
    assert f'map_id="{others["map_id"]}" map_source="{others["code_source"]}"' in document
    file = bench.dir / "changed.xml"
    for before, after in (('map_id="R1"', 'map_id="R2"'), ("R1：OP0001", "R1：OP0003"), ('map_source="manual"', 'map_source="suggest"'), (' map_id="R1"', "")):
        file.write_text(document.replace(before, after), encoding="utf-8")
        bench.run("verify", "-C", home, file, expect=5)
    file.write_text(document, encoding="utf-8")
    bench.run("verify", "-C", home, file, expect=0)


@test
def evidence_that_the_document_has_no_room_for_is_refused_where_it_stands(bench):
    home = bench.home()
    rows = mapping(home)
    for column, most in (("remark", 500), ("map_id", 50), ("code_source", 50)):
        kept = rows[4][column]
        rows[4][column] = "长" * most
        write_csv(home / "hospital" / "mapping.csv", rows)
        bench.run("map", "list", "-C", home, expect=0)
        rows[4][column] += "长"
        write_csv(home / "hospital" / "mapping.csv", rows)
        run = bench.run("map", "list", "-C", home, expect=4)
        assert f"mapping.csv:6: {column}" in run.err and "longer than the settlement document has room for" in run.err, run.err
        rows[4][column] = kept


def laid_out(bench, name, **changed):
    """A home set for the system, and a directory with its tables in GB18030."""
    settings, tables, proposed, unmapped = SYSTEMS[name]
    home = bench.home()
    with open(home / "settle.ini", "a", encoding="utf-8") as file:
        file.write(f"\n[adapter {name}]\n{changed.pop('settings', settings)}\n")
    bench.made += 1
    folder = bench.dir / f"{name}-{bench.made}"
    folder.mkdir()
    for table, rows in {**tables, **changed}.items():
        if rows:
            write_csv(folder / f"{table}.csv", rows, "gb18030")
    return home, folder, proposed, unmapped


@test
def the_mapping_of_each_system_is_read_from_its_own_tables(bench):
    for name in SYSTEMS:
        home, folder, proposed, unmapped = laid_out(bench, name)
        got = bench.run("map", "import", "-a", name, "--json", "-C", home, folder, expect=0).object
        assert (got["rows"], got["proposed"], got["unmapped"], got["inactive"]) == (len(proposed) + unmapped, len(proposed), unmapped, 0), (name, got)
        rows = [p["row"] for p in bench.run("map", "review", "--json", "-C", home, expect=0).object["proposals"]]
        for row_, wanted in zip(rows, proposed, strict=True):
            assert row_["code_source"] == name, (name, row_)
            for field, value in wanted.items():
                assert value is None or row_[field] == value, (name, field, row_)


@test
def an_option_that_no_row_meets_is_told(bench):
    for name, option in (("zlhis", "insurance"), ("dhc", "dic_type"), ("hsa-his", "insure_reg_code")):
        home, folder, _, _ = laid_out(bench, name, settings=f"hosp_code = 1\n{option} = none" if name == "hsa-his" else f"{option} = none")
        run = bench.run("map", "import", "-a", name, "-C", home, folder, expect=4)
        assert "no row of the system's mapping is for this site" in run.err, run.err
        assert states(bench, home) == {}


@test
def a_bad_row_of_a_system_is_refused_with_table_row_and_column(bench):
    match = SYSTEMS["hsa-his"][1]["insure_item_match"][0]
    zl = SYSTEMS["zlhis"][1]
    for name, tables, says in (
            ("hsa-his", {"insure_item_match": [{**match, "take_date": "2025-02-30 00:00:00"}]}, ("insure_item_match", ":2:", "take_date", "2025-02-30")),
            ("hsa-his", {"insure_item_match": [{**match, "audit_code": "7"}]}, ("insure_item_match", ":2:", "audit_code", "\"7\"")),
            ("hsa-his", {"insure_item_match": [{**match, "hosp_item_code": ""}]}, ("insure_item_match", ":2:", "medins_list_codg")),
            ("hsa-his", {"insure_item_match": [{**match, "lose_date": "2024-01-01 00:00:00"}]}, ("insure_item_match", "enddate", "ends before it begins")),
            ("hsa-his", {"insure_item_match": [{k: v for k, v in match.items() if k != "insure_item_code"}]}, ("insure_item_match", "insure_item_code", "missing")),
            ("hsa-his", {"insure_item_match": []}, ("insure_item_match",)),
            ("zlhis", {"收费项目目录": zl["收费项目目录"][1:]}, ("保险支付项目", ":2:", "收费细目ID", "\"7\"")),
            ("zlhis", {"保险支付项目": [{**zl["保险支付项目"][0], "附注": "a\x01b"}]}, ("保险支付项目", ":2:", "remark", "control character"))):
        home, folder, _, _ = laid_out(bench, name, **tables)
        (folder / "other.csv").write_text("a\n1\n")
        run = bench.run("map", "import", "-a", name, "-C", home, folder, expect=3)
        assert all(word in run.err for word in says), (says, run.err)
        assert states(bench, home) == {}


@test
def an_adapter_without_a_mapping_is_refused(bench):
    home = bench.home()
    for name, code, says in (("views", 4, "names no table of catalogue codes"), ("csv", 2, "no layout of this name"), ("nosuch", 2, "no layout of this name")):
        run = bench.run("map", "import", "-a", name, "-C", home, bench.dir, expect=code)
        assert says in run.err, run.err
    run = bench.run("map", "import", "-a", "zlhis", "--columns", "remark=x", "-C", home, bench.dir, expect=2)
    assert "--columns" in run.err, run.err


@test
def a_live_database_is_read_whole(bench):
    home, _, proposed, _ = laid_out(bench, "newtouch")
    file = bench.dir / "newtouch.db"
    db = sqlite3.connect(file)
    for table, rows in SYSTEMS["newtouch"][1].items():
        db.execute(f"CREATE TABLE {table}({', '.join(rows[0])})")
        db.executemany(f"INSERT INTO {table} VALUES({', '.join('?' * len(rows[0]))})", [tuple(r.values()) for r in rows])
    db.execute("UPDATE xt_ypsx SET gjybdm = ?", (TWIN + "   ",))
    db.commit()
    db.close()
    with open(home / "settle.ini", "a", encoding="utf-8") as ini:
        ini.write(f"[odbc his]\nconnection = Driver=SQLite3;Database={file}\n")
    got = bench.run("map", "import", "-a", "newtouch", "--json", "-C", home, "odbc:his", expect=0).object
    assert got["proposed"] == len(proposed) == 2, got
    rows = [p["row"] for p in bench.run("map", "review", "--json", "-C", home, expect=0).object["proposals"]]
    assert [r["med_list_codg"] for r in rows] == [p["med_list_codg"] for p in proposed], rows


main(TESTS, sys.argv[1] if len(sys.argv) > 1 else "build")
