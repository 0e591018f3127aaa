#!/usr/bin/env python3
"""Killed anywhere, and several at once: what is stored is whole, settled once, and the next run completes it."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, clean, eligible, later, write  # noqa: E402

TESTS = []
ROUNDS = 30


def test(function):
    TESTS.append(function)
    return function


def start(bench, *args):
    return subprocess.Popen([bench.settle, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, start_new_session=True)


def killed_after(bench, seconds, *args):
    """True when the kill came before the end."""
    process = start(bench, *args)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def large(mdtrt_id="P01", lines=3000, **head):
    stay = clean(mdtrt_id, **head)
    for i in range(lines):
        stay.charge(DRUG, later("2025-06-03 08:00:00", seconds=i))
    return stay


def listed(bench, home):
    bench.run("audit", "verify", "-C", home, expect=0)
    return {s["mdtrt_id"]: s for s in bench.run("status", "--json", "-C", home, expect=0).object["stays"]}


def span_of(bench, *args):
    begin = time.monotonic()
    start(bench, *args).communicate()
    return time.monotonic() - begin


@test
def an_import_killed_anywhere_is_all_or_nothing(bench):
    stays = [large("P01", 1500), large("P02", 1500, person=102)]
    folder = write(bench.dir / "in", *stays)
    whole = {s.id: len(s.rows["charges"]) for s in stays}
    span = span_of(bench, "import", "-C", bench.home(), folder)
    kills = nothing = 0
    for round_ in range(ROUNDS):
        home = bench.home()
        kills += killed_after(bench, 1.1 * span * (round_ + 1) / ROUNDS, "import", "-C", home, folder)
        there = {k: s["charges"] for k, s in listed(bench, home).items()}
        assert there in ({}, whole), there
        nothing += there == {}
        if round_ % 3 == 0:
            bench.run("import", "-C", home, folder, expect=0)
            assert {k: s["charges"] for k, s in listed(bench, home).items()} == whole
    print(f"import: {kills} of {ROUNDS} killed before the end, {nothing} had stored nothing")
    assert kills >= ROUNDS // 3 and nothing >= 1


@test
def a_submit_killed_anywhere_settles_once_or_not(bench):
    stay = large("P01", 1500)
    imported = bench.home()
    bench.run("import", "-C", imported, write(bench.dir / "in-submit", stay), expect=0)
    bench.run("audit", "verify", "-C", imported, expect=0)
    name = imported.name
    span = span_of(bench, "submit", "-C", bench.home(name), "P01")
    kills = settled = 0
    for round_ in range(ROUNDS):
        home = bench.home(name)
        kills += killed_after(bench, 1.1 * span * (round_ + 1) / ROUNDS, "submit", "-C", home, "P01")
        state = listed(bench, home)["P01"]
        done = state["state"] == "queued"
        settled += done
        again = bench.run("submit", "--json", "-C", home, "P01", expect=1 if done else 8).object
        assert ("V24" in {f["rule_id"] for f in again["findings"]}) == done
        final = listed(bench, home)["P01"]
        assert final["state"] == "queued" and (not done or final["msgid"] == state["msgid"])
        document = home / "document.xml"
        document.write_text(bench.run("document", "-C", home, "P01", expect=0).out, encoding="utf-8")
        bench.run("verify", "-C", home, document, expect=0)
    print(f"submit: {kills} of {ROUNDS} killed before the end, {settled} were settled by then")
    assert kills >= ROUNDS // 3 and settled < ROUNDS


@test
def an_init_killed_anywhere_leaves_a_home_or_none(bench):
    span = span_of(bench, "init", bench.dir / "whole")
    for round_ in range(8):
        home = bench.dir / f"killed-{round_}"
        killed_after(bench, 1.1 * span * (round_ + 1) / 8, "init", home)
        if not home.exists():
            bench.run("init", home, expect=0)
        bench.run("preview", "-C", home, home / "stays", expect=1)


@test
def two_desks_settle_one_stay_once(bench):
    for round_ in range(6):
        home = bench.home()
        bench.run("import", "-C", home, write(bench.dir / f"two-{round_}", large("P01", 500)), expect=0)
        desks = [start(bench, "submit", "--json", "-C", home, "P01") for _ in range(2)]
        answers = [(desk.communicate()[0], desk.returncode) for desk in desks]
        assert sorted(code for _, code in answers) == [1, 8], [code for _, code in answers]
        (stopped,) = [json.loads(out) for out, code in answers if code == 1]
        assert "V24" in {f["rule_id"] for f in stopped["findings"]}, stopped["findings"]
        (queued,) = [json.loads(out) for out, code in answers if code == 8]
        assert listed(bench, home)["P01"]["msgid"] == queued["msgid"]


@test
def stays_of_one_person_follow_each_other(bench):
    """P02 to P05 bring no accumulators: each goes on from where the one settled before it ended, whoever was first."""
    home = bench.home()
    stays = [eligible("10000.00", f"P0{i}") for i in range(1, 6)]
    for i, stay in enumerate(stays[1:]):
        stay.rows["accumulators"] = []
        stay.rows["charges"][0]["fee_ocur_time"] = later("2025-06-03 09:00:00", seconds=i)
    for name, part in (("first", stays[:1]), ("others", stays[1:])):
        bench.run("import", "-C", home, write(bench.dir / f"person-{name}", *part), expect=0)
    bench.run("submit", "-C", home, "P01", expect=8)
    desks = [start(bench, "submit", "--json", "-C", home, stay.id) for stay in stays[1:]]
    answers = [(*desk.communicate(), desk.returncode) for desk in desks]
    assert [code for *_, code in answers] == [8] * 4, [(code, err) for _, err, code in answers]
    ends = sorted((a["value"] for out, *_ in answers for a in json.loads(out)["accumulators"]
                   if a["kind"] == "inscp_scp_amt"), key=float)
    assert ends == ["20000.00", "30000.00", "40000.00", "50000.00"], ends


@test
def eight_desks_settle_eight_stays(bench):
    home = bench.home()
    stays = [large(f"P{i:02d}", 300, person=100 + i) for i in range(1, 9)]
    bench.run("import", "-C", home, write(bench.dir / "eight", *stays), expect=0)
    desks = [start(bench, "submit", "--json", "-C", home, stay.id) for stay in stays]
    answers = [(*desk.communicate(), desk.returncode) for desk in desks]
    assert [code for *_, code in answers] == [8] * 8, [(code, err) for _, err, code in answers]
    msgids = {json.loads(out)["msgid"] for out, *_ in answers}
    assert len(msgids) == 8 and msgids == {s["msgid"] for s in listed(bench, home).values()}


@test
def imports_and_previews_beside_each_other_all_succeed(bench):
    home = bench.home()
    folders = [write(bench.dir / f"beside-{i}", large(f"P{i:02d}", 300, person=100 + i)) for i in range(1, 7)]
    imports = [start(bench, "import", "-C", home, folder) for folder in folders]
    readers = [start(bench, "preview", "-C", home, folder) for folder in folders[:3]]
    ends = [(process.communicate(), process.returncode) for process in imports + readers]
    assert [code for _, code in ends] == [0] * 9, [(out[1], code) for out, code in ends]
    assert all(s["charges"] == 320 for s in listed(bench, home).values()) and len(listed(bench, home)) == 6


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
