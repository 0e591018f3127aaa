#!/usr/bin/env python3
"""Rules on trial, switches of a site, groups and summaries through the command."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
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
    """A home whose pack has further rows in rules/NAME.csv (a header first where the file is new)."""
    home = site(bench, *switches) if switches else bench.home()
    for name, rows in tables.items():
        file = home / "packs" / "sample-999901" / "rules" / f"{name}.csv"
        known = file.read_text(encoding="utf-8") if file.exists() else {"actions": "rule_id,action,source\n"}[name]
        file.write_text(known + "".join(f"{row}\n" for row in rows), encoding="utf-8")
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


main(TESTS, sys.argv[1] if len(sys.argv) > 1 else "build")
