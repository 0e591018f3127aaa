#!/usr/bin/env python3
"""The whole rule set, printed by the running command: rules.txt has every rule, <pack>.txt what each example pack
makes of them and all its data.

    ruleset.py BUILD [--update]      --update rewrites tests/ruleset/expected; its diff is the review
"""
import difflib
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import EXAMPLE, main  # noqa: E402

EXPECTED = HERE / "expected"
UPDATE = "--update" in sys.argv
DAY = "2026-01-01"
PACKS = sorted(p.name for p in (EXAMPLE / "packs").iterdir())
TESTS = []


def test(function):
    TESTS.append(function)
    return function


# --- the text ----------------------------------------------------------------------------------------

def read_text(read):
    return " ".join(x for x in (read["file"], read["item"]) if x) + ("?" if read["optional"] else "")


def rule_lines(zh, en):
    yield f"{zh['rule_id']}  {zh['rule_name']} / {en['rule_name']}"
    yield f"    default   {zh['default']}"
    yield f"    reads     {', '.join(map(read_text, zh['reads']))}"
    yield f"    basis     {zh['basis']}"
    yield f"    zh        {zh['fix']}"
    yield f"    en        {en['fix']}"


def cells(row):
    return "    " + "  ".join(f"{k}={v}" for k, v in row.items() if v != "")


def use_line(rule):
    rows = ", ".join(f"{read_text(r)}: {r['rows']}" for r in rule["reads"] if r["rows"] is not None)
    return (f"    {rule['rule_id']:4} {rule['action']:6} sev_deg {rule['sev_deg']}  override {rule['override']:5}  "
            f"site_lowest {rule['site_lowest']:6}  {rows}").rstrip()


def pathway_lines(p):
    yield f"Pathway {p['pathway']['pathway_id']}"
    yield cells(p["pathway"])
    for row in p["entry"]:
        yield "  entry" + cells(row)[2:]
    for need in ("required", "optional"):
        if p[need]:
            yield f"    {need}: {', '.join(p[need])}"
    for row in p["drugs"]:
        yield "  drug" + cells(row)[2:]


def pack_lines(pack):
    yield f"{pack['pack']['id']} {pack['pack']['version']} on {pack['at']}"
    yield f"    digest {pack['pack']['digest']}"
    yield "Rules"
    yield from map(use_line, pack["rules"])
    yield "Data that rules lack"
    yield from map(cells, pack["base_data"])
    yield "Tables (SHA-256 of the canonical rows)"
    yield from (f"    {t['file']:30} {t['table']:18} {t['rows']:6} {t['sha256']}" for t in pack["tables"])
    yield "Parameters"
    yield from map(cells, pack["parameters"])
    for one in pack["lists"]:
        yield f"List {one['list']}: {one['rows']} rows, {one['sha256']}"
        yield from map(cells, one["items"])
    for p in pack["pathways"]:
        yield from pathway_lines(p)
    yield "Policies"
    yield from map(cells, pack["policies"])
    yield from map(cells, pack["policy_params"])


def text_of(lines):
    return "".join(line + "\n" for line in lines)


def rules_of(bench, file, lang="zh", settle=None):
    return bench.run("pack", "rules", "--json", "--lang", lang, "--at", DAY, file, expect=0, settle=settle).object


def rules_text(bench, file, settle=None):
    zh, en = (rules_of(bench, file, lang, settle)["rules"] for lang in ("zh", "en"))
    return text_of(line for a, b in zip(zh, en, strict=True) for line in rule_lines(a, b))


def pack_text(bench, file):
    return text_of(pack_lines(rules_of(bench, file)))


def built(bench, name, packs=EXAMPLE / "packs"):
    file = bench.dir / f"{name}.pack"
    bench.run("pack", "build", "-o", file, packs / name, expect=0)
    return file


def compare(name, text):
    file = EXPECTED / name
    if UPDATE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    diff = list(difflib.unified_diff(file.read_text(encoding="utf-8").splitlines(), text.splitlines(), "reviewed", "now", n=0))
    assert not diff, f"{name} differs; make golden-update rewrites it:\n" + "\n".join(diff[:40])


def changed(before, after):
    """The lines that are only before, and only after."""
    diff = [d for d in difflib.ndiff(before.splitlines(), after.splitlines()) if d[:2] in ("- ", "+ ")]
    return [d[2:] for d in diff if d[0] == "-"], [d[2:] for d in diff if d[0] == "+"]


# --- the snapshot ------------------------------------------------------------------------------------

@test
def every_rule_is_as_reviewed(bench):
    compare("rules.txt", rules_text(bench, built(bench, "sample-999901")))


@test
def every_pack_is_as_reviewed(bench):
    for name in PACKS:
        compare(f"{name}.txt", pack_text(bench, built(bench, name)))
    stray = {f.stem for f in EXPECTED.iterdir()} - {"rules", *PACKS}
    assert not stray, f"no pack: {stray}"


@test
def all_packs_have_the_same_rules_in_one_order(bench):
    own = lambda pack: [(r["rule_id"], r["rule_name"], r["default"], r["basis"], r["fix"]) for r in pack["rules"]]
    first, *others = (own(rules_of(bench, built(bench, name))) for name in PACKS)
    assert all(o == first for o in others) and len(first) > 60


@test
def people_are_shown_the_same_as_programs(bench):
    file = built(bench, "sample-999901")
    pack = rules_of(bench, file, "en")
    text = bench.run("pack", "rules", "--lang", "en", "--at", DAY, file, expect=0).out
    lists = [list_["sha256"] for list_ in pack["lists"] if not list_["items"]]
    wanted = [pack["pack"]["digest"], *lists, *(t["sha256"] for t in pack["tables"])]
    for rule in pack["rules"]:
        wanted += [rule["rule_name"], rule["fix"], rule["basis"]]
    for row in pack["parameters"] + pack["policies"] + [i for one in pack["lists"] for i in one["items"]]:
        wanted += [f"{k}={v}" for k, v in row.items() if v != ""]
    for p in pack["pathways"]:
        wanted += [p["pathway"]["pathway_id"], *p["required"], *p["optional"]]
    missing = [w for w in wanted if w not in text]
    assert not missing, missing[:5]


@test
def what_is_no_pack_or_no_day_is_refused(bench):
    file = built(bench, "muni-2011")
    bench.run("pack", "rules", EXAMPLE / "settle.ini", expect=4)
    bench.run("pack", "rules", bench.dir / "none.pack", expect=4)
    assert "at" in bench.run("pack", "rules", "--at", "2026-02-30", file, expect=3).err
    bench.run("pack", "rules", expect=2)
    bench.run("pack", "rules", file, file, expect=2)


# --- every kind of change is noticed -----------------------------------------------------------------

def edited(bench, file, old, new):
    """The texts of sample-999901 before and after one edit in a copy of the source trees."""
    packs = bench.home() / "packs"
    before = pack_text(bench, built(bench, "sample-999901", packs))
    path = packs / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")
    return changed(before, pack_text(bench, built(bench, "sample-999901", packs)))


def only_in(lines, *beginnings):
    """Besides the digest of the pack, lines begin so and with nothing else."""
    rest = [line.strip() for line in lines if not line.strip().startswith("digest ")]
    assert len(rest) < len(lines), "the digest of the pack did not change"
    assert all(any(line.startswith(b) for line in rest) for b in beginnings), (beginnings, rest)
    assert all(line.startswith(beginnings) for line in rest), (beginnings, rest)


@test
def a_changed_action_shows(bench):
    packs = EXAMPLE / "packs" / "sample-999901"
    row = (packs / "rules" / "actions.csv").read_text(encoding="utf-8").splitlines()[1]
    before, after = edited(bench, "sample-999901/rules/actions.csv", row, row + "\nV16,hold,MADE")
    only_in(before, "V16  warn", "rules/actions.csv")
    only_in(after, "V16  hold   sev_deg 1  override one", "rules/actions.csv")


@test
def a_changed_parameter_shows(bench):
    before, after = edited(bench, "sample-999901/rules/parameters.csv", "V20,hours,24,", "V20,hours,25,")
    only_in(before, "rule_id=V20  name=hours  value=24", "rules/parameters.csv")
    only_in(after, "rule_id=V20  name=hours  value=25", "rules/parameters.csv")


@test
def a_changed_right_to_override_shows(bench):
    before, after = edited(bench, "sample-999901/rules/parameters.csv", "V24,override,never", "V24,override,two")
    only_in(before, "V24  block  sev_deg 1  override never", "V24  warn   sev_deg 2  override never", "rule_id=V24", "rules/parameters.csv")
    only_in(after, "V24  block  sev_deg 1  override two", "V24  warn   sev_deg 2  override two", "rule_id=V24", "rules/parameters.csv")


@test
def a_changed_list_shows(bench):
    before, after = edited(bench, "sample-999901/rules/lists.csv", "T1.visit,超互联网医院药品支付范围,internet",
                           "T1.visit,超互联网医院药品支付范围,outpatient")
    only_in(before, "List T1.visit", "item=超互联网医院药品支付范围  value=internet", "rules/lists.csv")
    only_in(after, "List T1.visit", "item=超互联网医院药品支付范围  value=outpatient", "rules/lists.csv")


@test
def a_changed_cell_of_a_large_table_shows(bench):
    caps = (EXAMPLE / "packs" / "shaanxi-2021" / "caps.csv").read_text(encoding="utf-8").splitlines()
    row = next(r for r in caps[9000:] if r.split(",")[6] not in ("", "0"))
    parts = row.split(",")
    parts[6] = str(float(parts[6]) + 0.5)
    before, after = edited(bench, "shaanxi-2021/caps.csv", "\n" + row + "\n", "\n" + ",".join(parts) + "\n")
    only_in(before, "caps.csv")
    only_in(after, "caps.csv")


@test
def a_row_that_is_gone_shows_in_the_rules_that_read_it(bench):
    rows = (EXAMPLE / "packs" / "sample-999901" / "rules" / "exclusions.csv").read_text(encoding="utf-8").splitlines(True)
    before, after = edited(bench, "sample-999901/rules/exclusions.csv", rows[-1], "")
    only_in(before, "V25", "V13", "rules/exclusions.csv")
    only_in(after, "V25", "V13", "rules/exclusions.csv")


@test
def a_changed_pathway_shows(bench):
    before, after = edited(bench, "nhc-pathways/pathways/CAP.xml", '<stay min="7"', '<stay min="6"')
    only_in(before, "pathways/*.xml", "pathway_id=CAP")
    only_in(after, "pathways/*.xml", "pathway_id=CAP")


@test
def a_changed_policy_shows(bench):
    file = EXAMPLE / "packs" / "changsha-2015" / "policy.xml"
    text = file.read_text(encoding="utf-8")
    before, after = edited(bench, "changsha-2015/policy.xml", text[text.index("<policy"):], text[text.index("<policy"):] + "<!-- -->")
    only_in(before, "seq=")
    only_in(after, "seq=")
    before, after = edited(bench, "sample-999901/pack.xml", '<policy insutype="310"/>',
                           '<policy insutype="310"><param name="average-wage" value="36000.01"/></policy>')
    only_in(before)
    only_in(after, "seq=")


def patched(bench, name, old, new):
    """A command whose library has another text of the same length."""
    old, new = old.encode(), new.encode()
    assert len(old) == len(new)
    build = pathlib.Path(bench.settle).parents[1]
    copy = bench.dir / name
    shutil.copytree(build / "bin", copy / "bin")
    shutil.copytree(build / "lib", copy / "lib", symlinks=True)
    n = 0
    for file in [*(copy / "bin").iterdir(), *(copy / "lib").glob("libsettle.so.*.*")]:
        data = file.read_bytes()
        n += data.count(old)
        file.write_bytes(data.replace(old, new))
    assert n > 0, old
    return copy / "bin" / "settle"


@test
def a_changed_text_of_a_rule_shows(bench):
    file = built(bench, "muni-2011")
    before = rules_text(bench, file)
    for i, (old, new) in enumerate((("unit price over the cap", "unit price over the lid"), ("单价超限价", "单价超上限"),
                                    ("refund and charge again", "refund and charge anew!"),
                                    ("V5 (001:59)", "V5 (001:58)"), ("rules/cycle.csv, ", "rules/cyclx.csv, "))):
        gone, come = changed(before, rules_text(bench, file, patched(bench, f"patched{i}", old, new)))
        assert come and all(old in g for g in gone) and come == [g.replace(old, new) for g in gone], (gone, come)


main(TESTS, sys.argv[1])
