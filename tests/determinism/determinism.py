#!/usr/bin/env python3
"""Verdicts are equal byte by byte in every locale, time zone, directory and number of threads, and tell all at once.

    determinism.py BUILD
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from answers import World, differing  # noqa: E402
from command import main  # noqa: E402
from planted import BED, DRUG, INFUSION, VISIT, clean, write  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
# How the locale writes 1.5: shows that it is in force.
LOCALES = {"C": "1.5", "C.UTF-8": "1.5", "zh_CN.UTF-8": "1.5", "zh_CN.GB18030": "1.5", "tr_TR.UTF-8": "1,5", "de_DE.UTF-8": "1,5"}
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "EST5EDT,M3.2.0,M11.1.0", "<-12>12", "nowhere")
TESTS, KEPT = [], {}


def test(function):
    TESTS.append(function)
    return function


def world(bench):
    if not KEPT:
        KEPT["world"] = World(bench)
        KEPT["said"] = KEPT["world"].said(env={"LC_ALL": "C"})
    return KEPT["world"], KEPT["said"]


def locales(bench):
    """A LOCPATH with every locale; those that the machine cannot make are told."""
    path = bench.dir / "locales"
    if not path.exists():
        path.mkdir()
        for name in [n for n in LOCALES if n not in ("C", "C.UTF-8")]:
            language, charset = name.split(".")
            done = subprocess.run(["localedef", "-i", language, "-f", charset, path / name], capture_output=True, check=False)
            if not (path / name).exists():
                print(f"skipped locale {name}: {done.stderr.decode()[:100].strip()}")
    return [(name, {"LOCPATH": str(path), "LC_ALL": name, "LANG": name}) for name in LOCALES
            if name in ("C", "C.UTF-8") or (path / name).exists()]


def same(bench, **options):
    w, wanted = world(bench)
    other = differing(wanted, w.said(**options))
    assert not other, (other, options)


def compiled(bench):
    program = bench.dir / "host"
    if not program.exists():
        subprocess.run(["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-D_GNU_SOURCE", "-Ilibsettle/include",
                        HERE / "host.c", "-o", program, f"-L{BUILD}/lib", "-lsettle", f"-Wl,-rpath,{BUILD}/lib"], check=True)
    return program


def hosted(bench, threads, env):
    """What a program in that locale gets; its first line of standard error."""
    w, _ = world(bench)
    done = subprocess.run([compiled(bench), w.corpus_home, w.batch, str(threads)], capture_output=True, timeout=600,
                          env={"PATH": os.environ["PATH"], **env}, check=False)
    assert done.returncode == 0, (threads, env, done.returncode, done.stderr)
    return done.stdout, done.stderr.decode("utf-8", "replace").split()[0]


@test
def the_command_says_the_same_in_every_locale(bench):
    for _, env in locales(bench):
        same(bench, env=env)


@test
def the_command_says_the_same_in_every_time_zone(bench):
    for zone in ZONES:
        same(bench, env={"TZ": zone, "LC_ALL": "C"})


@test
def the_directory_and_the_mode_of_new_files_do_not_matter(bench):
    odd = bench.dir / "目录 with 'quotes' $(x) %s"
    odd.mkdir()
    for cwd, umask in (("/", 0o022), (odd, 0o000), (odd, 0o077), ("/", 0o777)):
        w, _ = world(bench)
        for home in (w.home, w.corpus_home):
            shutil.rmtree(home / "cache", ignore_errors=True)
        same(bench, cwd=cwd, umask=umask)


@test
def a_host_in_any_locale_gets_what_the_command_says(bench):
    _, wanted = world(bench)
    for name, env in locales(bench):
        said, number = hosted(bench, 2, env)
        assert number == LOCALES[name], f"{name} is not in force: {number}"
        assert said == wanted["batch"], name
    said, _ = hosted(bench, 2, {"TZ": "America/New_York", "LC_ALL": "C"})
    assert said == wanted["batch"]


@test
def any_number_of_threads_gets_the_same(bench):
    _, wanted = world(bench)
    for threads in (1, 2, 8, 24):
        assert hosted(bench, threads, {"LC_ALL": "C"})[0] == wanted["batch"], threads


@test
def what_differs_would_be_noticed(bench):
    w, wanted = world(bench)
    assert wanted["preview zh"] != wanted["preview en"]
    switched = w.home / "settle.ini"
    text = switched.read_text(encoding="utf-8")
    try:
        switched.write_text(text + "\n[rules]\nT1 = hold\n", encoding="utf-8")
        assert set(differing(wanted, w.said(env={"LC_ALL": "C"}))) == {"preview zh", "preview en"}
    finally:
        switched.write_text(text, encoding="utf-8")


# --- all at once -------------------------------------------------------------------------------------

def twice(stay):
    first = next(c for c in stay.rows["charges"] if c["medins_list_codg"] == VISIT)
    stay.charge(VISIT, first["fee_ocur_time"], drord_no=first["drord_no"])


FAULTS = {  # rule: what is done to a clean stay
    "V3": lambda s: s.charge(INFUSION, "2025-06-03 11:00:00", pric="13.00"),
    "V4": lambda s: s.charge(BED, "2025-06-06 21:00:00"),
    "V5": twice,
    "V14": lambda s: s.charge(DRUG, "2025-06-01 08:00:00"),
    "V20": lambda s: s.charge(DRUG, "2025-06-03 12:00:00", entry_time="2025-06-05 12:00:01"),
    "V22": lambda s: s.diagnosis("S72.000", "股骨颈骨折"),
    "V26": lambda s: s.charge(DRUG, "2025-06-03 13:00:00", det_item_fee_sumamt="99.00"),
    "R1": lambda s: s.charge(DRUG, "2025-06-04 08:00:00", "-1", init_feedetl_sn="1"),
    "M1": lambda s: s.charge(DRUG, "2025-06-03 14:00:00", medins_list_codg="X999", medins_list_name="未对照项目"),
}


def findings(bench, stay, *how):
    folder = write(bench.dir / f"stay-{len(list(bench.dir.iterdir()))}", stay)
    (result,) = bench.run(*(how or ("preview",)), "--json", "-C", bench.dir / "home", folder).objects
    return result["findings"]


def spoilt(rules):
    stay = clean()
    for rule in rules:
        FAULTS[rule](stay)
    return stay


@test
def a_stay_with_every_fault_tells_them_all_at_once(bench):
    assert findings(bench, clean()) == []
    for rule in FAULTS:
        assert rule in {f["rule_id"] for f in findings(bench, spoilt([rule]))}, rule
    stay = spoilt(FAULTS)
    told = findings(bench, stay)
    assert set(FAULTS) <= {f["rule_id"] for f in told}, {f["rule_id"] for f in told}
    assert findings(bench, stay, "check") == told
    home = bench.home()
    bench.run("import", "-C", home, write(bench.dir / "all", stay), expect=0)
    stopped = bench.run("submit", "--json", "-C", home, stay.id, expect=1).object
    assert (stopped["state"], stopped["findings"]) == ("stopped", told)
    (batch,) = bench.run("batch", "-C", bench.dir / "home", stdin=json.dumps(stay.object()) + "\n", expect=1).objects
    assert batch["findings"] == told


@test
def one_fault_mended_leaves_the_others_told(bench):
    for rule in FAULTS:
        others = [r for r in FAULTS if r != rule]
        told = {f["rule_id"] for f in findings(bench, spoilt(others))}
        assert set(others) <= told, (rule, set(others) - told)


@test
def the_order_of_rows_does_not_matter(bench):
    """But for which of two equal charges is the one too many: the later of the file."""
    key = lambda f: (f["rule_id"], f["action"], f["vola_amt"], f["evidence"], sorted(f["lines"] + f["involved"]))
    stay = spoilt(FAULTS)
    told = sorted(map(key, findings(bench, stay)))
    for seed in range(4):
        for rows in stay.rows.values():
            random.Random(seed).shuffle(rows)
        assert sorted(map(key, findings(bench, stay))) == told, seed


@test
def one_by_one_is_as_together(bench):
    """Of a batch, each stay is judged as if it came alone, whatever came before it."""
    w, wanted = world(bench)
    lines = w.batch.read_bytes().splitlines(True)
    results = dict(zip(lines, wanted["batch"].splitlines(True), strict=True))
    random.Random(1).shuffle(lines)
    done = subprocess.run([bench.settle, "batch", "-C", w.corpus_home], input=b"".join(lines), capture_output=True, check=False)
    assert done.stdout == b"".join(results[line] for line in lines)


main(TESTS, sys.argv[1])
