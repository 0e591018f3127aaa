#!/usr/bin/env python3
"""settle map suggest measured: how often the first proposal is right, how often a sure one is wrong, how fast."""
import csv
import os
import pathlib
import random
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from command import EXAMPLE, ROOT, main, read_csv, write_csv  # noqa: E402
from perturb import KINDS, items, plain  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
ROWS, ITEMS, SECONDS = 100_000, 5_000, 10
FIRST_RIGHT, SURE_RIGHT = 90, 99  # percent
SEEDS = [int(s) for s in os.environ.get("MAPPING_SEEDS", f"1 7 {random.SystemRandom().randrange(10**6)}").split()]
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def catalogue_row(code, name, kind, unit):
    return {"med_list_codg": code, "med_list_name": name, "list_type": kind, "med_list_unit": unit, "chrgitm_lv": "02",
            "selfpay_prop": "0.1000", "lmt_used_flag": "0", "begndate": "2025-01-01", "enddate": "2099-12-31", "source": "MADE"}


def home_of(bench, name, catalogue, own_items):
    """A home whose pack has the catalogue, whose items are not mapped."""
    home = bench.home()
    tree = bench.dir / f"{name}-tree"
    shutil.copytree(EXAMPLE / "packs" / "mapping-words", tree)
    write_csv(tree / "catalogue.csv", sorted(catalogue, key=lambda r: r["med_list_codg"].encode()))
    pack = home / "packs" / "measured.pack"
    bench.run("pack", "build", tree, "-o", pack, expect=0)
    settings = (home / "settle.ini").read_text(encoding="utf-8").splitlines()
    settings = [f"pack = {pack}" if line.split("=")[0].strip() == "pack" else line for line in settings]
    (home / "settle.ini").write_text("\n".join(settings) + "\n", encoding="utf-8")
    write_csv(home / "hospital" / "items.csv", own_items)
    header = (home / "hospital" / "mapping.csv").read_text(encoding="utf-8").splitlines()[0]
    (home / "hospital" / "mapping.csv").write_text(header + "\n", encoding="utf-8")
    return home


def item_row(code, name, spec, unit, kind, price=""):
    return {"medins_list_codg": code, "medins_list_name": name, "spec": spec, "prcunt": unit, "item_kind": kind,
            "pric_list_codg": price}


def suggest(bench, home):
    begin = time.monotonic()
    result = bench.run("map", "suggest", "-C", home, "--json", expect=0).object["items"]
    return {i["medins_list_codg"]: i["proposals"] for i in result}, time.monotonic() - begin


def measure(told, right):
    """(items, first right, sure, sure and right)"""
    first = {code: told[code][0] if told[code] else None for code in right}
    good = lambda code: first[code] is not None and first[code]["med_list_codg"] == right[code]
    sure = [code for code in right if first[code] is not None and first[code]["sure"]]
    return len(right), sum(map(good, right)), len(sure), sum(map(good, sure))


def hold(what, figures):
    n, first, sure, sure_right = figures
    print(f"  {what}: {n} items, first proposal right {first} ({first * 100 / n:.1f} %), sure {sure} ({sure * 100 / n:.1f} %), "
          f"of those right {sure_right} ({sure_right * 100 / max(sure, 1):.2f} %)")
    assert first * 100 >= FIRST_RIGHT * n, what
    assert sure > 0 and sure_right * 100 >= SURE_RIGHT * sure, what


@test
def perturbed_items_are_found_among_near_twins(bench):
    for seed in SEEDS:
        cat, made = items(seed, ROWS, ITEMS)
        rows = [catalogue_row(code, name, "101", unit) for code, name, _, _, unit in cat]
        own = [item_row(f"P{i:05d}", name, spec, unit, "drug") for i, (_, name, spec, unit, _) in enumerate(made)]
        told, seconds = suggest(bench, home_of(bench, f"twins-{seed}", rows, own))
        print(f"  seed {seed}: {len(own)} items against {len(rows)} rows in {seconds:.1f} s")
        right = {f"P{i:05d}": code for i, (*_, code) in enumerate(made)}
        for kind in KINDS:
            part = {f"P{i:05d}": m[4] for i, m in enumerate(made) if m[0] == kind.__name__}
            n, first, sure, sure_right = measure(told, part)
            print(f"    {kind.__name__}: {first}/{n} first, {sure_right}/{sure} sure")
        hold(f"seed {seed}", measure(told, right))
        assert seconds < SECONDS, seconds


@test
def services_named_otherwise_are_found(bench):
    if not DATA.is_dir():
        print("  skipped: no ../shared/data")
        return
    sample = read_csv(DATA / "catalogue-sample.csv")
    known = {r["med_list_codg"]: r for r in sample}
    lists = [catalogue_row(r["national_code"], r["name"], "201", r["unit"]) for r in read_csv(DATA / "price-caps-shaanxi-2021.csv")
             if r["national_code"] and r["national_code"] not in known]
    twins, _ = items(SEEDS[0], ROWS - len(sample) - len(lists), 0)
    rows = sample + lists + [catalogue_row(code, name, "101", unit) for code, name, _, _, unit in twins]
    own = read_csv(DATA / "discharges" / "items.csv")
    target = {r["medins_list_codg"]: r for r in read_csv(DATA / "discharges" / "mapping.csv")}
    told, _ = suggest(bench, home_of(bench, "services", rows, own))
    other, equal = {}, {}
    for item in own:
        row = target[item["medins_list_codg"]]
        code = row["med_list_codg"]
        if code in known:
            same = known[code]["med_list_name"] == item["medins_list_name"]
            other_kind = item["item_kind"] == "service" and not same
            (other if other_kind else equal)[item["medins_list_codg"]] = code
    hold("services of another name", measure(told, other))
    hold("equal names", measure(told, equal))
    bare = [dict(i, pric_list_codg="") for i in own]
    told, _ = suggest(bench, home_of(bench, "bare", rows, bare))
    n, first, sure, sure_right = measure(told, other)
    print(f"  the same by the name alone, without price-list codes: {first}/{n} first, {sure_right}/{sure} sure")


@test
def a_mapped_item_is_not_proposed_and_an_unknown_one_is_refused(bench):
    home = bench.home()
    before = bench.run("map", "suggest", "-C", home, "--at", "2026-01-01", "--json", expect=0).object["items"]
    file = home / "hospital" / "mapping.csv"
    lines = file.read_text(encoding="utf-8").splitlines(True)
    gone = next(csv.reader([lines[1]]))[1]
    file.write_text("".join(line for line in lines if f",{gone}," not in line), encoding="utf-8")
    after = bench.run("map", "suggest", "-C", home, "--at", "2026-01-01", "--json", expect=0).object["items"]
    assert {i["medins_list_codg"] for i in after} - {i["medins_list_codg"] for i in before} == {gone}, after
    refused = bench.run("map", "suggest", "-C", home, "NOSUCH", expect=3)
    assert "medins_list_codg: NOSUCH" in refused.err or "NOSUCH" in refused.err, refused.err
    assert refused.out == ""


@test
def a_code_cut_at_twenty_characters_is_told_and_never_sure(bench):
    home = bench.home()
    file = home / "hospital" / "mapping.csv"
    rows = read_csv(file)
    whole = next(r for r in rows if len(r["med_list_codg"]) == 23)
    for length, cut in ((20, True), (19, False)):
        changed = [dict(r, med_list_codg=whole["med_list_codg"][:length]) if r is whole else r for r in rows]
        write_csv(file, changed)
        told = bench.run("map", "suggest", "-C", home, whole["medins_list_codg"], "--json", expect=0).object["items"]
        first = told[0]["proposals"][0]
        assert first["med_list_codg"] == whole["med_list_codg"] and first["code_cut"] is cut, first
        assert not (cut and first["sure"]), first
        checked = bench.run("map", "check", "-C", home, "--at", "2026-01-01", "--json", expect=1).object
        said = [(r["medins_list_codg"], r["candidates"]) for r in checked["codes_cut"]]
        assert said == ([(whole["medins_list_codg"], [whole["med_list_codg"]])] if cut else []), said


sys.exit(main(TESTS, sys.argv[1]))
