#!/usr/bin/env python3
"""settle follow: charges tried and added as they happen; what is told, what is refused, and what stands at the end."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import INFUSION, clean, write  # noqa: E402

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def files(bench, *stays):
    bench.made += 1
    return write(bench.dir / f"in-{bench.made}", *stays)


def record(pric="12.00", serial="990000001", **more):
    stay = clean("P01")
    stay.charge(INFUSION, "2025-06-03 10:30:00", pric=pric)
    row = {key: value for key, value in stay.rows["charges"][-1].items() if value}
    return {**row, "feedetl_sn": serial, **more}


def follow(bench, *events, expect=0, stay=None, home=None, lang="en"):
    home = home or bench.home()
    path = files(bench, stay or clean("P01"))
    text = "".join((event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)) + "\n" for event in events)
    return bench.run("follow", "--lang", lang, "-C", home, path, stdin=text, expect=expect)


def rules(findings):
    return [finding["rule_id"] for finding in findings]


@test
def a_dear_charge_is_told_when_tried_and_leaves_no_trace(bench):
    dear = {"charges": [record(pric="13.00")]}
    tried, verdict = follow(bench, {"try": dear}, {"verdict": True}).objects
    assert rules(tried["appear"]) == ["V3"] and tried["appear"][0]["action"] == "block"
    assert tried["appear"][0]["lines"] == ["990000001"]
    assert tried["charges"] == {"added": 1, "repeated": 0, "removed": 0}
    assert tried["standing"]["action"] == "block" and tried["standing"]["block"] == 1
    assert "V3" not in rules(verdict["findings"])


@test
def a_right_charge_changes_nothing(bench):
    (told,) = follow(bench, {"append": {"charges": [record()]}}).objects
    assert told["appear"] == told["vanish"] == told["change"] == [] and told["standing"]["block"] == 0


@test
def what_was_added_stands_and_a_refund_heals_it(bench):
    dear = record(pric="13.00")
    back = {**dear, "feedetl_sn": "990000002", "init_feedetl_sn": "990000001", "cnt": "-1", "det_item_fee_sumamt": "-13.00"}
    added, stands, healed, after = follow(bench, {"append": {"charges": [dear]}}, {"verdict": True},
                                          {"append": {"charges": [back]}}, {"verdict": True}, expect=1).objects
    assert rules(added["appear"]) == ["V3"] == rules(healed["vanish"])
    assert "V3" in rules(stands["findings"]) and "V3" not in rules(after["findings"])


@test
def an_array_is_one_of_charges(bench):
    tried, added = follow(bench, {"try": [record(pric="13.00")]}, {"append": [record(), record(serial="990000002")]}).objects
    assert rules(tried["appear"]) == ["V3"]
    assert added["charges"]["added"] == 2


@test
def the_same_charge_again_is_counted(bench):
    _, again = follow(bench, {"append": {"charges": [record()]}}, {"append": {"charges": [record()]}}).objects
    assert again["charges"] == {"added": 0, "repeated": 1, "removed": 0}


@test
def the_same_serial_with_other_content_is_refused_and_the_others_go_on(bench):
    run = follow(bench, {"append": {"charges": [record()]}}, {"append": {"charges": [record(pric="13.00")]}},
                 {"verdict": True}, expect=3)
    _, refused, verdict = run.objects
    assert refused["error"]["name"] == "INPUT_DUPLICATE" and refused["error"]["field"] == "feedetl_sn"
    assert "standard input, line 2: " in run.err and "990000001" in run.err, run.err
    assert "V3" not in rules(verdict["findings"])


@test
def a_removed_charge_is_gone(bench):
    _, removed, again, verdict = follow(bench, {"append": {"charges": [record(pric="13.00")]}}, {"remove": "990000001"},
                                        {"remove": "990000001"}, {"verdict": True}, expect=3).objects
    assert rules(removed["vanish"]) == ["V3"] and removed["charges"]["removed"] == 1
    assert again["error"]["name"] == "INPUT_CHARGE_UNKNOWN" and again["error"]["field"] == "feedetl_sn"
    assert "V3" not in rules(verdict["findings"])


@test
def the_verdict_is_that_of_check(bench):
    stay = clean("P01")
    dear = record(pric="13.00")
    _, verdict = follow(bench, {"append": {"charges": [dear]}}, {"verdict": True}, expect=1, stay=stay).objects
    stay.rows["charges"].append({**stay.rows["charges"][-1], **dear})
    (checked,) = bench.run("check", "--json", "--lang", "en", "-C", bench.home(), files(bench, stay), expect=1).objects
    assert verdict == checked


@test
def a_stay_of_the_ledger_is_followed_and_the_ledger_stays_as_it_was(bench):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean("P01")), expect=0)
    before = bench.run("status", "--json", "-C", home).out
    event = json.dumps({"append": {"charges": [record(pric="13.00")]}}) + "\n"
    told = bench.run("follow", "-C", home, "P01", stdin=event, expect=0).object
    assert rules(told["appear"]) == ["V3"]
    assert bench.run("status", "--json", "-C", home).out == before


@test
def the_head_may_change_but_not_the_stay(bench):
    head = {key: value for key, value in clean("P01").head.items() if value}
    left, other = follow(bench, {"append": {"stay": {**head, "endtime": "2025-06-03 09:00:00"}}},
                         {"append": {"stay": {**head, "mdtrt_id": "P02"}}}, expect=3).objects
    assert "V14" in rules(left["appear"])
    assert other["error"]["name"] == "INPUT_ORPHAN" and other["error"]["field"] == "mdtrt_id"


@test
def what_is_no_event_is_refused_in_its_place(bench):
    bad = ["{}", "[]", "nonsense", '{"append":{"charges":[]},"try":{}}', '{"add":{"charges":[]}}', '{"append":7}',
           '{"append":{"fees":[]}}']
    run = follow(bench, *bad, {"verdict": True}, expect=3)
    assert [answer.get("error", {}).get("name") for answer in run.objects] == ["INPUT_JSON"] * len(bad) + [None]


@test
def one_stay_is_followed(bench):
    home, two = bench.home(), files(bench, clean("P01"), clean("P02"))
    assert "has 2 stays, not one" in bench.run("follow", "-C", home, two, stdin="", expect=2).err
    bench.run("follow", "-C", home, stdin="", expect=2)
    bench.run("follow", "-C", home, "P09", stdin="", expect=3)


main(TESTS, sys.argv[1] if len(sys.argv) > 1 else "build")
