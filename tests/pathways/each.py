#!/usr/bin/env python3
"""Each of the thirteen pathways: a stay that keeps to it, and stays that depart from it in one point each.

The stays are made by tests/corpus from the pathway's own file; here every pathway has its turn at every rule that its
text allows, and each departure is explained by a variation and ended by an exit.
"""
import json
import pathlib
import random
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "corpus")]
from command import main  # noqa: E402
import corpus  # noqa: E402
import make_corpus  # noqa: E402
from faults_pathways import LEFT, REASON, examine, follow, sole  # noqa: E402
from stay import Stay, Unfit, text_of  # noqa: E402
from world import World  # noqa: E402

VARIED = {"variation": "变异", "reason": REASON, "by": "D990101"}
RULES = ("P1", "P2", "P3", "P4", "P5", "P6", "P7")


def of_another_disease(stay, pathway, **fields):
    follow(stay, pathway, **fields)
    stay.diagnosis, stay.further = "M51.202", ["K76.000"]


def without_an_examination(stay, pathway, **fields):
    _, missing = next(sole(pathway))
    follow(stay, pathway, without=missing, **fields)


def with_one_outside(stay, pathway, **fields):
    named = {code for exam in pathway.exams for code in exam["codes"]}
    follow(stay, pathway, **fields)
    stay.add(stay.neutral([i for i in stay.world.tests if i.price_code not in named]), stay.moment())


def with_an_optional_one(stay, pathway, **fields):
    follow(stay, pathway, **fields)
    examine(stay, next(c for e in pathway.exams if e["need"] == "optional" for c in e["codes"]))


def a_day_too_long(stay, pathway, **fields):
    follow(stay, pathway, nights=pathway.stay[1] + 1, day=(pathway.operation_day or (1,))[0], **fields)


def the_longest(stay, pathway, **fields):
    follow(stay, pathway, nights=pathway.stay[1], day=(pathway.operation_day or (1,))[0], **fields)


def operated_a_day_late(stay, pathway, **fields):
    follow(stay, pathway, nights=pathway.stay[1], day=pathway.operation_day[1] + 1, **fields)


def without_the_drug(stay, pathway, **fields):
    follow(stay, pathway, **fields)
    name = next(d["name"] for d in pathway.drugs if d["use"] == "expected")
    stay.lines = [entry for entry in stay.lines if entry[2]["medins_list_name"] != name]


DEPARTURES = (  # rule, how, which pathways can show it, where the text was read in full
    ("P1", of_another_disease, lambda p: True, lambda p: True),
    ("P2", without_an_examination, lambda p: any(True for _ in sole(p)), lambda p: not next(sole(p))[0]["unless"]),
    ("P3", with_one_outside, lambda p: p.complete, lambda p: False),
    ("P4", without_the_drug, lambda p: any(d["use"] == "expected" for d in p.drugs), lambda p: True),
    ("P5", a_day_too_long, lambda p: True, lambda p: p.stay[2]),
    ("P6", operated_a_day_late, lambda p: p.operation_day and p.operation_day[1] < p.stay[1], lambda p: p.operation_day[2]),
)


class Bench:
    """The stays of one run and what was said of them."""

    def __init__(self, bench):
        self.bench, self.world, self.stays = bench, World(), []
        self.pathways = [p for p in self.world.pathways if p.id != "LOCAL-DERMATITIS"]

    def make(self, how, pathway, **fields):
        """Answers its place among the results."""
        for seed in range(200):
            stay = Stay(self.world, random.Random(seed), len(self.stays) + 1)
            stay.rich = False
            try:
                how(stay, pathway, **fields)
            except (Unfit, IndexError):
                continue
            self.stays.append(text_of(stay))
            return len(self.stays) - 1
        raise AssertionError(f"{pathway.id}: no stay fits {how.__name__}")

    def judged(self):
        self.bench.made += 1
        folder = self.bench.dir / f"each-{self.bench.made}"
        folder.mkdir()
        make_corpus.write_hospital(self.world, folder)
        home = corpus.hospital(self.bench, folder)
        done = subprocess.run([self.bench.settle, "batch", "-C", str(home)], input="\n".join(self.stays) + "\n",
                              capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return [[(f["rule_id"], f["action"], f["evidence"]) for f in json.loads(line)["findings"] if f["rule_id"] in RULES]
                for line in done.stdout.splitlines()]


def a_stay_that_keeps_to_it_is_silent(bench):
    made = Bench(bench)
    for pathway in made.pathways:
        made.make(follow, pathway)
        made.make(the_longest, pathway)
        if any(e["need"] == "optional" and e["codes"] for e in pathway.exams):
            made.make(with_an_optional_one, pathway)
    results = made.judged()
    assert len(made.pathways) == 13 and len(results) >= 38
    assert not any(results), [r for r in results if r]


def each_departure_is_found_by_its_rule_alone(bench):
    made, wanted = Bench(bench), []
    for rule, how, can, in_full in DEPARTURES:
        for pathway in filter(can, made.pathways):
            made.make(how, pathway)
            wanted.append((rule, pathway.id, "warn" if in_full(pathway) else "hint"))
    assert len(wanted) >= 45 and {rule for rule, _, _ in wanted} == set(RULES) - {"P7"}, wanted
    for (rule, name, action), found in zip(wanted, made.judged(), strict=True):
        assert [(r, a) for r, a, _ in found] == [(rule, action)], (rule, name, action, found)
        assert name in found[0][2], (name, found)


def a_variation_explains_and_an_exit_ends_it(bench):
    made, wanted = Bench(bench), []
    for rule, how, can, _ in DEPARTURES:
        for pathway in filter(can, made.pathways):
            made.make(how, pathway, **VARIED)
            made.make(how, pathway, **LEFT)
            wanted += [rule, None]
    for rule, found in zip(wanted, made.judged(), strict=True):
        if rule is None or rule == "P3":
            assert not found, found
        else:
            assert [(r, a) for r, a, _ in found] == [(rule, "hint")] and f"已记录变异：{REASON}" in found[0][2], (rule, found)


main([a_stay_that_keeps_to_it_is_silent, each_departure_is_found_by_its_rule_alone, a_variation_explains_and_an_exit_ends_it],
     sys.argv[1])
