#!/usr/bin/env python3
"""Judges the generated corpus through `settle batch` and compares with what its maker states.

    corpus.py BUILD [COUNT [SEED]]

Every stated fault is found: its rule at exactly its lines, with exactly its involved lines and the words of its cause.
Nothing else is found on any stay, not even a hint; a clean stay that gives every file is judged by every check. Each
check of the library has a scenario.
"""
import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
from command import Bench, write_csv  # noqa: E402
import checks  # noqa: E402
import make_corpus  # noqa: E402
import properties  # noqa: E402
from scenario import SCENARIOS  # noqa: E402

STOPS = ("block", "hold")
MOST = 12  # told of what went wrong
HELD_WITH = {"R1": {"ACC"}, "R2": {"ACC"},  # a refund that fits no charge leaves no amounts to pay from
             "V12": {"V16"},  # the intervals of a course are cycles of the library, too
             "V31": {"V8"},  # admitted again so soon for the same disease
             "V28": {"V18"}}  # who pays too much pays other than computed
ALLOWED_GAPS = (  # what a stay with every file leaves unjudged, as docs/checks.md says
    ("V3", "药品和耗材的限价"),  # the price list is one of services
    ("V3", "项目的价表编码"),  # a service outside the price list
    ("V3", "减收条件"),  # only a person knows by which method, or after which anaesthesia
    ("V2", "同一国家编码"), ("V16", "同一国家编码"),  # several items of the price list on one code
    ("V2", "可换算为限量单位"),  # charged in a unit that says nothing of the limit's
    ("V6", "具体时段"),  # hours that may overlap
)


def add_rows(source, table):
    """What the example packs lack, to the table of a pack with the same header."""
    header, rows = source.read_text(encoding="utf-8").split("\n", 1)
    with open(table, "r+", encoding="utf-8") as file:
        assert file.readline().rstrip() == header
        file.seek(0, os.SEEK_END)
        file.write(rows)


def hospital(bench, corpus):
    """The example home with the items, mapping and catalogue of the corpus, and rows that its packs lack."""
    home = bench.home()
    for name in ("items.csv", "mapping.csv"):
        shutil.copy(corpus / name, home / "hospital" / name)
    shutil.copy(corpus / "catalogue.csv", home / "packs" / "sample-999901" / "catalogue.csv")
    packs = home / "packs"
    shutil.copytree(HERE / "local" / "pathways", packs / "sample-999901" / "pathways", dirs_exist_ok=True)
    add_rows(HERE / "local" / "lists.csv", packs / "sample-999901" / "rules" / "lists.csv")
    add_rows(HERE / "local" / "caps.csv", packs / "shaanxi-2021" / "caps.csv")
    bench.run("pack", "build", "-C", home, packs / "sample-999901", expect=0)
    return home


def settle_before(bench, home, corpus):
    """What the ledger is to know: stays of persons who come again."""
    for text in (corpus / "settled.ndjson").read_text(encoding="utf-8").splitlines():
        stay = json.loads(text)
        folder = bench.dir / "settled" / stay["stay"]["mdtrt_id"]
        folder.mkdir(parents=True)
        stay["stays"] = [stay.pop("stay")]
        for name, rows in stay.items():
            if rows:
                columns = list(dict.fromkeys(k for row in rows for k in row))
                write_csv(folder / f"{name}.csv", [{k: row.get(k, "") for k in columns} for row in rows])
        bench.run("import", "-C", home, folder, expect=0)
        bench.run("submit", "-C", home, folder.name, expect=8)


def stated_of(corpus):
    return [json.loads(line) for line in (corpus / "stated.ndjson").read_text(encoding="utf-8").splitlines()]


def judged(bench, home, corpus, env=None):
    return judged_text(bench, home, (corpus / "stays.ndjson").read_text(encoding="utf-8"), env)


def judged_text(bench, home, stays, env=None):
    done = subprocess.run([bench.settle, "batch", "-C", str(home)], input=stays, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C", **(env or {})})
    assert done.returncode in (0, 1), f"batch: exit {done.returncode}\n{done.stdout[-500:]}{done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def matches(finding, fault):
    return (finding["rule_id"] == fault["rule"] and finding["action"] == fault["action"]
            and fault["check"] in checks.checks_of(finding)
            and set(finding["lines"]) == set(fault["lines"])
            and set(finding["involved"]) == set(fault["involved"])
            and re.search(fault["says"], finding["evidence"]) is not None)


def id_of(finding, mdtrt_id):
    """What docs/checks.md says of the identity of a finding."""
    parts = [finding["rule_id"], *sorted(finding["lines"], key=str.encode), mdtrt_id]
    return hashlib.sha256("".join(f"{part}\n" for part in parts).encode()).hexdigest()[:16]


def strange_of(stated, findings):
    """Findings under another id than theirs, or of no check that the corpus knows by its words."""
    for f in findings:
        if f["finding_id"] != id_of(f, stated["mdtrt_id"]):
            yield f"id {f['finding_id']} of {f['rule_id']}"
        if not checks.checks_of(f):
            yield f"{f['rule_id']}: no words of a check in {f['evidence']}"


def gap_allowed(gap):
    return any(rule == gap["rule_id"] and re.search(words, gap["missing"]) for rule, words in ALLOWED_GAPS)


class Tally:
    """planted, found, clean: by rule and check of the scenario; alarms: by rule and check of the finding, and action."""

    def __init__(self):
        self.planted, self.found, self.clean, self.alarms, self.gaps, self.kinds = (
            collections.Counter() for _ in range(6))
        self.stays, self.combined, self.faulty, self.lines, self.wrong = 0, 0, 0, 0, []

    def judge(self, stated, result):
        faults, findings = stated["faults"], result["findings"]
        self.stays += 1
        self.faulty += len(faults) > 0
        self.combined += len(faults) > 1
        self.lines += len(result["lines"])
        right, missed = [], []
        for fault in faults:
            fits = [f for f in findings if matches(f, fault)]
            self.planted[fault["rule"], fault["check"]] += 1
            self.found[fault["rule"], fault["check"]] += len(fits) == 1
            right += fits
            if len(fits) != 1:
                missed.append(fault)
        if not faults:
            self.clean[stated["rule"], stated["check"]] += 1
            self.kinds.update(stated["variety"])
        follows = {"S3"} if stated["unserved"] else set()
        follows.update(*(HELD_WITH.get(f["rule"], ()) for f in faults))
        extra = [f for f in findings if f not in right and f["rule_id"] not in follows]
        for f in extra:
            self.alarms[f["rule_id"], (checks.checks_of(f) or ["?"])[0], f["action"]] += 1
        strange = self.gaps_of(stated, result) + list(strange_of(stated, findings))
        if extra or missed or strange:
            self.wrong.append((stated, missed, extra, strange))

    def gaps_of(self, stated, result):
        """What a clean stay that gives everything leaves unjudged, and may not."""
        if stated["faults"] or not stated["rich"]:
            return []
        for gap in result["not_evaluated"]:
            self.gaps[gap["rule_id"], gap["missing"]] += 1
        return [f"not evaluated: {g['rule_id']} {g['missing']}" for g in result["not_evaluated"] if not gap_allowed(g)]

    def alarms_of(self, rule, check, actions):
        return sum(self.alarms[rule, check, action] for action in actions)

    def print(self):
        print(f"{'check':<24} {'planted':>7} {'found':>7} {'recall':>8} {'clean':>6}   false alarms: "
              f"{'stops':>6} {'warn':>6} {'hint':>6}")
        for rule, check in every_check():
            planted, found = self.planted[rule, check], self.found[rule, check]
            recall = f"{100 * found / planted:6.1f} %" if planted else "       -"
            alarms = [self.alarms_of(rule, check, actions) for actions in (STOPS, ("warn",), ("hint",))]
            print(f"{checks.title(rule, check):<24} {planted:>7} {found:>7} {recall} {self.clean[rule, check]:>6}   "
                  f"{'':<13} {alarms[0]:>6} {alarms[1]:>6} {alarms[2]:>6}")
        print("clean stays: " + ", ".join(f"{kind} {count}" for kind, count in sorted(self.kinds.items())))
        for (rule, missing), count in sorted(self.gaps.items()):
            print(f"not evaluated on {count} clean stays that give every file: {rule} {missing}")
        print(f"{sum(self.planted.values())} faults, {sum(self.found.values())} found, in {self.faulty} stays, "
              f"{self.combined} of them with several; {self.stays - self.faulty} clean stays; "
              f"{sum(self.alarms.values())} false alarms; {self.lines} lines")

    def explain(self, most=MOST):
        for stated, missed, extra, strange in self.wrong[:most]:
            print(f"{stated['mdtrt_id']} {stated['scenario']}:")
            for fault in missed:
                print(f"    missed {fault}")
            for f in extra:
                print(f"    found {f['rule_id']} {f['action']} {f['lines']} {f['involved']}: {f['evidence']}")
            for text in strange:
                print(f"    {text}")


def every_check():
    order = [rule for rule, _ in checks.registry()]
    return sorted(((rule, name) for rule, names in checks.CHECKS.items() for name in names),
                  key=lambda c: order.index(c[0]) if c[0] in order else len(order))


def unplanted(tally, stated):
    """Checks and scenarios of which this run planted nothing; exceptions that are planted; rules not told."""
    for rule, check in every_check():
        excepted = checks.title(rule, check) in checks.EXCEPTIONS
        if excepted == (tally.planted[rule, check] > 0):
            yield f"{checks.title(rule, check)}: " + ("an exception that is planted" if excepted else "nothing planted")
    faulty = {one["scenario"] for one in stated if one["faults"]}
    yield from (f"scenario {s.plant.__name__}: no fault planted" for s in SCENARIOS if s.plant.__name__ not in faulty)
    ids = {rule for rule, _ in checks.registry()}
    yield from (f"{rule}: in the registry or in docs/checks.md only" for rule in sorted(ids ^ checks.documented()))


def tally_of(stated, results):
    assert [s["mdtrt_id"] for s in stated] == [r["mdtrt_id"] for r in results]
    tally = Tally()
    for one, result in zip(stated, results):
        tally.judge(one, result)
    return tally


def main(build, *numbers):
    bench = Bench(build)
    try:
        corpus = bench.dir / "corpus"
        make_corpus.main(corpus, *(int(n) for n in numbers))
        home = hospital(bench, corpus)
        settle_before(bench, home, corpus)
        stated, results = stated_of(corpus), judged(bench, home, corpus)
        tally = tally_of(stated, results)
        tally.print()
        tally.explain()

        def judge(stays):
            return judged_text(bench, home, "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in stays))
        others = [*unplanted(tally, stated), *properties.check(bench, home, corpus, judge, stated, results)]
        print("\n".join(others[:MOST]), end="\n" if others else "")
        failed = len(tally.wrong) + len(others)
        print(f"{tally.stays - len(tally.wrong)} passed, {failed} failed")
        sys.exit(1 if failed else 0)
    finally:
        bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
