#!/usr/bin/env python3
"""Rules on trial, switches of a site, groups and summaries through the command."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, read_csv  # noqa: E402
from planted import BED, INFUSION, clean, write  # noqa: E402

TESTS = []
PACK = "sample-999901-2026.1.pack"


def test(function):
    TESTS.append(function)
    return function


def dear(mdtrt_id="P01", pric="13.00"):
    """One price over its cap: V3 blocks."""
    stay = clean(mdtrt_id)
    stay.charge(INFUSION, "2025-06-03 10:30:00", pric=pric)
    return stay


def files(bench, *stays):
    bench.made += 1
    return write(bench.dir / f"in-{bench.made}", *stays)


def site(bench, *switches):
    home = bench.home()
    ini = home / "settle.ini"
    ini.write_text(ini.read_text(encoding="utf-8") + "\n[rules]\n" + "".join(f"{s}\n" for s in switches), encoding="utf-8")
    return home


def with_pack(bench, *switches, **tables):
    """A home whose pack has further rows in rules/NAME.csv."""
    home = site(bench, *switches) if switches else bench.home()
    for name, rows in tables.items():
        file = home / "packs" / "sample-999901" / "rules" / f"{name}.csv"
        file.write_text(file.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    bench.run("pack", "build", "-o", home / "packs" / PACK, home / "packs" / "sample-999901", expect=0)
    return home


def check(bench, home, folder, expect):
    return bench.run("check", "--json", "-C", home, folder, expect=expect).object


@test
def a_rule_on_trial_in_the_pack_is_counted_only(bench):
    folder = files(bench, dear())
    live = check(bench, bench.dir / "home", folder, 1)
    (f,) = live["findings"]
    assert live["shadow"] == []
    home = with_pack(bench, actions=["V3,shadow,MADE"])
    trial = check(bench, home, folder, 0)
    assert trial["findings"] == []
    (s,) = trial["shadow"]
    assert (s["rule_id"], s["count"], s["lines"], s["vola_amt"]) == ("V3", 1, 1, f["vola_amt"])
    assert "[on trial] V3" in bench.run("check", "-C", home, folder, expect=0).out
    bench.run("import", "-C", home, folder, expect=0)
    bench.run("submit", "-C", home, "P01", expect=8)
    assert "V3" not in bench.run("document", "-C", home, "P01", expect=0).out.split("<findings")[1].split("</findings>")[0]


@test
def a_site_raises_what_it_likes(bench):
    folder = files(bench, dear())
    home = with_pack(bench, "V3 = hold", actions=["V3,hint,MADE"])
    (f,) = check(bench, home, folder, 1)["findings"]
    assert f["action"] == "hold"
    (f,) = check(bench, with_pack(bench, actions=["V3,hint,MADE"]), folder, 0)["findings"]
    assert f["action"] == "hint"


@test
def a_site_lowers_a_block_only_as_far_as_the_pack_permits(bench):
    folder = files(bench, dear())

    def refused(home, line):
        run = bench.run("check", "-C", home, folder, expect=4)
        assert f"settle.ini:{line}: V3: " in run.err and run.out == "", run.err

    last = len((bench.dir / "home" / "settle.ini").read_text(encoding="utf-8").splitlines()) + 3
    refused(site(bench, "V3 = warn"), last)
    refused(with_pack(bench, "V3 = hint", parameters=["V3,site_lowest,warn,,,MADE"]), last)
    refused(with_pack(bench, "V3 = warn", parameters=["V3,site_lowest,wrn,,,MADE"]), last)
    refused(with_pack(bench, "V3 = shadow", parameters=["V3,site_lowest,block,,,MADE", "*,site_lowest,shadow,,,MADE"]), last)
    for home in (with_pack(bench, "V3 = warn", parameters=["V3,site_lowest,warn,,,MADE"]),
                 with_pack(bench, "V3 = warn", parameters=["*,site_lowest,shadow,,,MADE"])):
        (f,) = check(bench, home, folder, 0)["findings"]
        assert (f["rule_id"], f["action"], f["sev_deg"]) == ("V3", "warn", "2")
    (f,) = check(bench, site(bench, "V3 = block"), folder, 1)["findings"]
    assert f["action"] == "block"


@test
def a_switch_that_makes_no_sense_is_refused_at_its_line(bench):
    folder = files(bench, clean())
    for switches, says in ((["V99 = warn"], "V99"), (["ACC = hint"], "ACC"), (["V25 = loud"], "V25"),
                           (["V25 = hint", "V25 = warn"], "V25")):
        run = bench.run("check", "-C", site(bench, *switches), folder, expect=4)
        assert "settle.ini:" in run.err and says in run.err, run.err
    bench.run("check", "-C", site(bench, "V25 = hint"), folder, expect=0)


@test
def no_pack_settles_without_a_payment(bench):
    stay = clean()
    stay.rows["accumulators"] = []
    home = with_pack(bench, actions=["ACC,shadow,MADE"])
    folder = files(bench, stay)
    (f,) = check(bench, home, folder, 1)["findings"]
    assert (f["rule_id"], f["action"]) == ("ACC", "hold")
    bench.run("import", "-C", home, folder, expect=0)
    bench.run("submit", "-C", home, "P01", expect=1)


@test
def stale_data_is_told_and_fresh_data_is_not(bench):
    folder = files(bench, clean())
    for day, stale in (("2025-06-05", True), ("2025-06-06", False)):
        home = with_pack(bench, parameters=[f"V3,stale_after,{day},,,MADE"])
        gaps = [g["missing"] for g in check(bench, home, folder, 0)["not_evaluated"] if g["rule_id"] == "V3"]
        assert any(day in g for g in gaps) == stale, gaps


@test
def findings_of_one_cause_stand_together_and_the_dearest_first(bench):
    stay = dear(pric="113.00")
    charge = stay.charge(BED, "2025-06-03 20:00:00")
    first = next(c for c in stay.rows["charges"] if c["medins_list_codg"] == BED and c["fee_ocur_time"].startswith("2025-06-03"))
    stay.line(charge)["drord_no"] = first["drord_no"]
    folder = files(bench, stay)
    findings = check(bench, bench.dir / "home", folder, 1)["findings"]
    by_rule = {f["rule_id"]: f for f in findings}
    leader = by_rule["V5"]
    followers = [f for f in findings if f["group"] == leader["finding_id"] and f is not leader]
    assert followers and {f["rule_id"] for f in followers} <= {"V2", "V4"}, findings
    assert by_rule["V3"]["group"] == by_rule["V3"]["finding_id"]
    text = bench.run("check", "-C", bench.dir / "home", folder, expect=1).out
    shown = [line.split("] ")[1].split()[0] for line in text.splitlines() if line.startswith("  [blocked]")]
    assert shown[0] == "V3" and shown[1] == "V5" and len(shown) == len(findings), text
    assert text.count(f"Same cause as finding {leader['finding_id']}") == len(followers)


@test
def a_summary_counts_stays_findings_lines_and_money(bench):
    two = dear("P02")
    two.charge(INFUSION, "2025-06-04 10:30:00", pric="14.00")
    folder = files(bench, dear("P01"), two, clean("P03"))
    each = bench.run("check", "--json", "-C", bench.dir / "home", folder, expect=1).objects
    fen = sum(int(f["vola_amt"].replace(".", "")) for r in each for f in r["findings"])
    n = sum(len(r["findings"]) for r in each)
    lines = sum(len(f["lines"]) for r in each for f in r["findings"])
    home = bench.home()
    said = bench.run("check", "--summary", "--json", "-C", home, folder, expect=0).object
    (v3,) = [r for r in said["rules"] if r["rule_id"] == "V3"]
    assert said["stays"] == 3
    assert (v3["mode"], v3["stays"], v3["findings"], v3["lines"]) == ("live", 2, n, lines)
    assert int(v3["vola_amt"].replace(".", "")) == fen
    bench.run("import", "-C", home, folder, expect=0)
    assert bench.run("check", "--summary", "--json", "-C", home, expect=0).object == said
    bench.run("submit", "-C", home, "P03", expect=8)
    assert bench.run("check", "-s", "--json", "-C", home, expect=0).object["stays"] == 2
    trial = with_pack(bench, actions=["V3,shadow,MADE"])
    (v3,) = [r for r in bench.run("check", "-s", "--json", "-C", trial, folder, expect=0).object["rules"]
             if r["rule_id"] == "V3" and r["mode"] == "shadow"]
    assert (v3["stays"], v3["findings"], v3["lines"]) == (2, n, lines)
    bench.run("check", "-C", home, expect=2)


# --- a new version of a pack -------------------------------------------------------------------------

def versions(bench, home, edit):
    """The pack of the home, and one built of its source tree after edit(tree)."""
    edit(home / "packs" / "sample-999901")
    bench.run("pack", "build", "-o", home / "new.pack", home / "packs" / "sample-999901", expect=0)
    return home / "packs" / PACK, home / "new.pack"


def milder(tree):
    """One row more, one changed, one gone."""
    with open(tree / "rules" / "actions.csv", "a", encoding="utf-8") as out:
        out.write("V3,warn,MADE\n")
    parameters = tree / "rules" / "parameters.csv"
    text = parameters.read_text(encoding="utf-8").replace("*,override.block,two", "*,override.block,one")
    parameters.write_text("".join(x for x in text.splitlines(True) if not x.startswith("M3,override")), encoding="utf-8")


@test
def a_pack_differs_not_from_itself(bench):
    home = bench.home()
    old, new = versions(bench, home, lambda tree: None)
    said = bench.run("pack", "diff", "--json", old, new, expect=0).object
    assert said["tables"] == [] and "stays" not in said and said["before"]["digest"] == said["after"]["digest"]
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=0).object
    assert (said["tables"], said["stays_judged"], said["stays"]) == ([], 0, [])


@test
def rows_added_removed_and_changed_are_told_by_table(bench):
    home = bench.home()
    old, new = versions(bench, home, milder)
    tables = {t["table"]: t for t in bench.run("pack", "diff", "--json", old, new, expect=1).object["tables"]}
    assert set(tables) == {"actions", "parameters"}
    assert tables["actions"]["rows"] == [{"change": "added", "key": {"rule_id": "V3"}, "after": {"action": "warn", "source": "MADE"}}]
    changed, removed = tables["parameters"]["rows"]
    assert (changed["change"], changed["before"], changed["after"]) == ("changed", {"value": "two"}, {"value": "one"})
    assert changed["key"] == {"rule_id": "*", "name": "override.block", "begndate": ""}
    assert (removed["change"], removed["key"]["rule_id"], removed["before"]["value"]) == ("removed", "M3", "never")
    assert [tables["parameters"][k] for k in ("added", "removed", "changed")] == [0, 1, 1]
    back = {t["table"]: t for t in bench.run("pack", "diff", "--json", new, old, expect=1).object["tables"]}
    assert [back["parameters"][k] for k in ("added", "removed", "changed")] == [1, 0, 1]
    text = bench.run("pack", "diff", old, new, expect=1).out
    assert "+ rule_id=V3 action=warn" in text and "value=two  -> value=one" in text, text


@test
def open_stays_are_judged_by_both_packs_and_nothing_is_stored(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, dear("P01"), clean("P02"), dear("P03", "12.50")), expect=0)
    (f,) = bench.run("check", "--json", "-C", home, "P03", expect=1).object["findings"]
    bench.run("override", "-C", home, "P03", f["finding_id"], "--approval", "1", "--by", "OP9901", "--second", "OP9902",
              "--role", "x", "--reason", "x", expect=0)
    bench.run("submit", "-C", home, "P03", expect=8)
    old, new = versions(bench, home, milder)
    before = (home / "ledger.db").read_bytes()
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object
    assert said["stays_judged"] == 2
    (stay,) = said["stays"]
    assert (stay["mdtrt_id"], stay["before"], stay["after"], stay["appear"], stay["vanish"]) == ("P01", "served", "served", [], [])
    (change,) = stay["change"]
    assert (change["before"]["action"], change["after"]["action"]) == ("block", "warn")
    assert (home / "ledger.db").read_bytes() == before


@test
def findings_appear_and_vanish_and_amounts_move(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01"), clean("P02")), expect=0)
    mapping = read_csv(home / "hospital" / "mapping.csv")
    (code,) = [m["med_list_codg"] for m in mapping if m["medins_list_codg"] == INFUSION]

    def exclude(tree):
        with open(tree / "rules" / "exclusions.csv", "a", encoding="utf-8") as out:
            out.write(f"{code},静脉输液,MADE,,,MADE\n")

    old, new = versions(bench, home, exclude)
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object
    assert [s["mdtrt_id"] for s in said["stays"]] == ["P01", "P02"]
    for stay in said["stays"]:
        assert {f["rule_id"] for f in stay["appear"]} == {"V25"} and stay["vanish"] == []
        amounts = {a["name"]: a for a in stay["amounts"]}
        assert "fulamt_ownpay_amt" in amounts and "medfee_sumamt" not in amounts
    back = bench.run("pack", "diff", "--json", "--stays", "-C", home, new, old, expect=1).object
    assert {f["rule_id"] for s in back["stays"] for f in s["vanish"]} == {"V25"}
    assert "V25" in bench.run("pack", "diff", "-s", "-C", home, old, new, expect=1).out


@test
def all_stays_together_are_summed_by_rule_and_amount(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, dear("P01"), dear("P02", "12.50"), clean("P03")), expect=0)
    old, new = versions(bench, home, milder)
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object
    (v3,) = said["totals"]["rules"]
    money = sum(int(c["before"]["vola_amt"].replace(".", "")) for s in said["stays"] for c in s["change"])
    assert (v3["rule_id"], v3["appear"], v3["vanish"], v3["change"]) == ("V3", 0, 0, 2) and money == 150
    assert v3["vola_amt_before"] == v3["vola_amt_after"] == "1.50" and said["totals"]["amounts"] == []
    text = bench.run("pack", "diff", "--stays", "-C", home, old, new, expect=1).out
    assert "findings +0 -0 ~2, 1.50 -> 1.50 yuan" in text, text


@test
def sums_of_amounts_are_those_of_the_stays(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01"), clean("P02")), expect=0)
    (code,) = [m["med_list_codg"] for m in read_csv(home / "hospital" / "mapping.csv") if m["medins_list_codg"] == INFUSION]

    def exclude(tree):
        with open(tree / "rules" / "exclusions.csv", "a", encoding="utf-8") as out:
            out.write(f"{code},静脉输液,MADE,,,MADE\n")

    old, new = versions(bench, home, exclude)
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object
    fen = lambda text: int(text.replace(".", ""))
    for side in ("before", "after"):
        wanted = {}
        for stay in said["stays"]:
            for a in stay["amounts"]:
                wanted[a["name"]] = wanted.get(a["name"], 0) + fen(a[side])
        assert {a["name"]: fen(a[side]) for a in said["totals"]["amounts"]} == wanted
    assert ("V25", 2, 0) in {(r["rule_id"], r["appear"], r["vanish"]) for r in said["totals"]["rules"]}


@test
def problems_of_the_mapping_appear_and_vanish(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01")), expect=0)
    mapping = read_csv(home / "hospital" / "mapping.csv")
    (code,) = [m["med_list_codg"] for m in mapping if m["medins_list_codg"] == INFUSION]

    def leave(tree):
        file = tree / "catalogue.csv"
        file.write_text("".join(x for x in file.read_text(encoding="utf-8").splitlines(True) if not x.startswith(code)), encoding="utf-8")

    old, new = versions(bench, home, leave)
    said = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object["mappings"]
    items = {m["medins_list_codg"] for m in mapping if m["med_list_codg"] == code}
    assert {p["medins_list_codg"] for p in said["appear"]} == items and said["vanish"] == []
    assert {p["med_list_codg"] for p in said["appear"]} == {code}
    back = bench.run("pack", "diff", "--json", "--stays", "-C", home, new, old, expect=1).object["mappings"]
    assert (len(back["vanish"]), back["appear"]) == (len(said["appear"]), [])
    assert INFUSION in bench.run("pack", "diff", "-s", "-C", home, old, new, expect=1).out


@test
def the_mapping_is_judged_on_the_first_day_of_the_new_pack(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01")), expect=0)

    def later(tree):
        file = tree / "pack.xml"
        file.write_text(file.read_text(encoding="utf-8").replace('begndate="2025-01-01"', 'begndate="2090-01-01"'), encoding="utf-8")

    old, new = versions(bench, home, later)
    assert bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object["mappings"]["at"] == "2090-01-01"


@test
def a_stay_that_is_no_longer_judged_differs(bench):
    """A rule without data finds nothing: that is told, and is not the same as nothing found."""
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01")), expect=0)

    def forget(tree):
        file = tree / "pack.xml"
        file.write_text(file.read_text(encoding="utf-8").replace('<table file="rules/cycle.csv"/>', ""), encoding="utf-8")

    old, new = versions(bench, home, forget)
    (stay,) = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object["stays"]
    assert (stay["appear"], stay["vanish"], stay["gaps_vanish"]) == ([], [], [])
    assert [g["rule_id"] for g in stay["gaps_appear"]] == ["V16"]
    assert "+ V16 not evaluated" in bench.run("pack", "diff", "--stays", "-C", home, old, new, expect=1).out


@test
def a_pack_that_does_not_serve_a_stay_says_so(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01")), expect=0)

    def later(tree):
        file = tree / "pack.xml"
        file.write_text(file.read_text(encoding="utf-8").replace('begndate="2025-01-01"', 'begndate="2026-01-01"'), encoding="utf-8")

    old, new = versions(bench, home, later)
    (stay,) = bench.run("pack", "diff", "--json", "--stays", "-C", home, old, new, expect=1).object["stays"]
    assert stay["before"] == "served" and stay["after"] in ("PACK_NONE", "PACK_EXPIRED"), stay


@test
def what_is_no_pack_is_not_compared(bench):
    home = bench.home()
    pack = home / "packs" / PACK
    bench.run("pack", "diff", pack, home / "settle.ini", expect=4)
    bench.run("pack", "diff", home / "none.pack", pack, expect=4)
    bench.run("pack", "diff", pack, expect=2)
    bench.run("pack", "diff", "--stays", "-C", bench.dir / "nowhere", pack, pack, expect=4)


main(TESTS, sys.argv[1] if len(sys.argv) > 1 else "build")
