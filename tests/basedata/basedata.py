#!/usr/bin/env python3
"""A rule whose data the pack lacks, or whose data is out of date, is told loudly wherever it matters."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import clean, write  # noqa: E402

TESTS = []
NAME = "sample-999901"
PACK = f"{NAME}-2026.1.pack"
# Without these no charge is mapped to what the fund pays: M2 and V1 find every line.
FOUND_OTHERWISE = {"catalogue.csv"}


def test(function):
    TESTS.append(function)
    return function


def rebuilt(bench, *edits):
    """A home whose pack was built after edits (file, function of its text)."""
    home = bench.home()
    for name, edit in edits:
        file = home / "packs" / NAME / name
        file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    bench.run("pack", "build", "-o", home / "packs" / PACK, home / "packs" / NAME, expect=0)
    return home


def without(*files):
    """pack.xml that no longer takes those tables."""
    def edit(text):
        for file in files:
            assert f'<table file="{file}"/>' in text, file
            text = text.replace(f'<table file="{file}"/>', "")
        return re.sub(r'<include path="[^"]*">\s*</include>', "", text)
    return "pack.xml", edit


def unlisted(*lists):
    keep = lambda line: line.split(",")[0] not in lists
    return "rules/lists.csv", lambda text: "".join(line for line in text.splitlines(True) if keep(line))


def dated(rule, day):
    return "rules/parameters.csv", lambda text: text + f"{rule},stale_after,{day},,,MADE\n"


def input_of(bench, *stays):
    bench.made += 1
    return write(bench.dir / f"in-{bench.made}", *stays)


def told(result, state):
    return [(b["rule_id"], b["file"], b["item"], b["stale_after"]) for b in result["base_data"] if b["state"] == state]


WARNING = "lacks data, or has stale data, of the rules"
LACKS = [without("rules/cycle.csv"), unlisted("V17.diagnosis"), dated("V5", "2025-06-05")]
MISSING = [("V16", "rules/cycle.csv", "", ""), ("V17", "rules/lists.csv", "V17.diagnosis", "")]
STALE = [("V5", "", "", "2025-06-05")]


@test
def a_whole_pack_is_not_warned_of(bench):
    folder, home = input_of(bench, clean()), bench.home()
    bench.run("import", "-C", home, folder, expect=0)
    for arguments in (["check", folder], ["preview", "P01"], ["check", "-s", folder], ["status"], ["pack", "list"],
                      ["check", "--json", "P01"]):
        said = bench.run(*arguments, "-C", home, expect=0)
        assert said.err == "" and "  ! " not in said.out, (arguments, said.err, said.out)
    assert bench.run("preview", "--json", "-C", home, "P01", expect=0).object["base_data"] == []
    sent = bench.run("submit", "-C", home, "P01", expect=8)
    assert sent.err == "" and "  ! " not in sent.out


@test
def who_judges_is_warned_once_on_standard_error(bench):
    folder, home = input_of(bench, clean("P01"), clean("P02")), rebuilt(bench, *LACKS)
    bench.run("import", "-C", home, folder, expect=0)
    line = json.dumps(clean("P03").object()) + "\n"
    for arguments, given, code in ((["check", folder], None, 0), (["preview", "--json", "P01", "P02"], None, 0),
                                   (["check", "-s"], None, 0), (["batch"], line * 2, 0), (["submit", "P01"], None, 8)):
        said = bench.run(*arguments, "-C", home, stdin=given, expect=code)
        assert said.err.count(WARNING) == 1 and said.err.strip().splitlines()[0].endswith("V5 V16 V17; see settle pack list"), said.err


@test
def the_table_tells_before_the_findings(bench):
    home = rebuilt(bench, *LACKS)
    out = bench.run("check", "-C", home, input_of(bench, clean()), expect=0).out.splitlines()
    assert [line.split()[1] for line in out[1:4]] == ["V5", "V16", "V17"] and out[4] == "No rule is broken.", out[:6]
    assert "V5" in out[1] and "2025-06-05" in out[1] and "rules/cycle.csv" in out[2] and "V17.diagnosis" in out[3]
    chinese = bench.run("check", "--lang", "zh", "-C", home, input_of(bench, clean()), expect=0)
    assert "政策包缺少 rules/cycle.csv" in chinese.out and "警告" in chinese.err


@test
def every_result_tells_programs(bench):
    home = rebuilt(bench, *LACKS)
    bench.run("import", "-C", home, input_of(bench, clean()), expect=0)
    for arguments, code in ((["check"], 0), (["preview"], 0), (["submit"], 8)):
        result = bench.run(*arguments, "--json", "-C", home, "P01", expect=code).object
        assert told(result, "missing") == MISSING and told(result, "stale") == STALE, result["base_data"]
        gaps = {g["rule_id"]: g["missing"] for g in result["not_evaluated"]}
        assert "rules/cycle.csv" in gaps["V16"] and "2025-06-05" in gaps["V5"] and "V17.diagnosis" in gaps["V17"]


@test
def data_is_stale_from_the_day_after(bench):
    for day, stale in (("2025-06-05", True), ("2025-06-06", False)):  # the last charge is of 2025-06-06
        home = rebuilt(bench, dated("V5", day))
        result = bench.run("check", "--json", "-C", home, input_of(bench, clean()), expect=0).object
        assert told(result, "stale") == ([("V5", "", "", day)] if stale else [])
        for at, late in ((day, False), ("2025-06-07", True)):
            (pack,) = bench.run("pack", "list", "--json", "--at", at, "-C", home, expect=0).object["packs"]
            assert bool(told(pack, "stale")) == late, (day, at)


@test
def those_who_maintain_a_pack_see_it(bench):
    home = rebuilt(bench, *LACKS)
    file = home / "packs" / PACK
    for command in (["show"], ["check"], ["rules"]):
        assert told(bench.run("pack", *command, "--json", file, expect=0).object, "missing") == MISSING
        assert "! V16" in bench.run("pack", *command, file, expect=0).out
    built = bench.run("pack", "build", "--json", "-o", home / "again.pack", home / "packs" / NAME, expect=0).object
    assert told(built, "missing") == MISSING
    diff = bench.run("pack", "diff", "--json", bench.dir / "home" / "packs" / PACK, file, expect=1).object
    assert diff["before"]["base_data"] == [] and told(diff["after"], "missing") == MISSING
    assert "! V16" in bench.run("pack", "diff", bench.dir / "home" / "packs" / PACK, file, expect=1).out


@test
def status_and_list_tell_packs_and_switches(bench):
    home = rebuilt(bench, *LACKS)
    with open(home / "settle.ini", "a", encoding="utf-8") as ini:
        ini.write("\n[rules]\nV23 = shadow\n")
    bench.run("import", "-C", home, input_of(bench, clean()), expect=0)
    for name in ("status", "pack list"):
        result = bench.run(*name.split(), "--json", "-C", home, expect=0).object
        (pack,) = result["packs"]
        assert (pack["id"], pack["in_force"]) == (NAME, True) and told(pack, "missing") == MISSING
        out = bench.run(*name.split(), "-C", home, expect=0).out
        assert "! V16" in out and "NOT IN FORCE" not in out
    assert [(s["rule_id"], s["action"]) for s in result["switches"]] == [("V23", "shadow")]
    assert "V23" in bench.run("pack", "list", "-C", home, expect=0).out
    late = bench.run("pack", "list", "--json", "--at", "2100-01-01", "-C", home, expect=0).object
    assert (late["at"], late["packs"][0]["in_force"]) == ("2100-01-01", False)
    assert "NOT IN FORCE" in bench.run("pack", "list", "--at", "2100-01-01", "-C", home, expect=0).out
    bench.run("pack", "list", "--at", "2100-02-30", "-C", home, expect=3)
    bench.run("pack", "list", "-C", bench.dir / "nowhere", expect=4)


def rules_of(bench):
    return bench.run("pack", "rules", "--json", bench.dir / "home" / "packs" / PACK, expect=0).object["rules"]


@test
def what_a_rule_can_do_without_is_not_warned_of(bench):
    optional = {r["item"] for rule in rules_of(bench) for r in rule["reads"] if r["optional"] and r["item"]}
    assert "V9.routine" in optional
    home = rebuilt(bench, unlisted(*(optional - {"visit"})))
    assert bench.run("pack", "show", "--json", home / "packs" / PACK, expect=0).object["base_data"] == []


@test
def every_list_and_parameter_that_is_needed_is_missed(bench):
    header = lambda text: text.splitlines(True)[0]
    home = rebuilt(bench, ("rules/lists.csv", header), ("rules/parameters.csv", header))
    needed = {(rule["rule_id"], r["file"], r["item"], "") for rule in rules_of(bench) for r in rule["reads"]
              if r["item"] and not r["optional"]}
    assert len(needed) > 40
    shown = bench.run("pack", "show", "--json", home / "packs" / PACK, expect=0).object
    assert set(told(shown, "missing")) == needed


@test
def no_table_is_missed_in_silence(bench):
    """A rule without its table is named among what was not evaluated, on any stay."""
    header = lambda text: text.splitlines(True)[0]
    needed = {(rule["rule_id"], r["file"]) for rule in rules_of(bench) for r in rule["reads"]
              if r["rows"] is not None and not r["item"] and not r["optional"]}
    own = sorted(f for _, f in needed if f.startswith("rules/") and (bench.dir / "home" / "packs" / NAME / f).exists())
    taken = sorted({f for _, f in needed} - set(own) - FOUND_OTHERWISE - {f for _, f in needed if f.startswith("dictionaries/")})
    home = rebuilt(bench, without(*taken), *((f, header) for f in set(own)))
    result = bench.run("check", "--json", "-C", home, input_of(bench, clean()), expect=0).object
    unjudged = {g["rule_id"] for g in result["not_evaluated"]}
    silent = {(rule, file) for rule, file in needed if file in {*own, *taken} and rule not in unjudged}
    assert len(own) + len(taken) >= 15 and not silent - {("V13", "rules/exclusions.csv")}, silent
    assert {f for _, f, _, _ in told(result, "missing")} == {*own, *taken}


main(TESTS, sys.argv[1])
