#!/usr/bin/env python3
"""Judges the generated corpus through `settle batch` and compares with what its maker states.

    corpus.py BUILD [COUNT [SEED]]

Every stated fault is found: its rule at exactly its lines, with exactly its involved lines. Nothing blocks or holds a
clean stay, and nothing but the stated fault a faulty one; no rule that the corpus plants finds anything else.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
from command import Bench, write_csv  # noqa: E402
import make_corpus  # noqa: E402

STOPS = ("block", "hold")
HELD_WITH = {"R1": {"ACC"}, "R2": {"ACC"},  # a refund that fits no charge leaves no amounts to pay from
             "V31": {"V8"},  # admitted again so soon for the same disease
             "V28": {"V18"}}  # who pays too much pays other than computed


def hospital(bench, corpus):
    """The example home with the items, mapping and catalogue of the corpus."""
    home = bench.home()
    for name in ("items.csv", "mapping.csv"):
        shutil.copy(corpus / name, home / "hospital" / name)
    shutil.copy(corpus / "catalogue.csv", home / "packs" / "sample-999901" / "catalogue.csv")
    bench.run("pack", "build", "-C", home, home / "packs" / "sample-999901", expect=0)
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
    with open(corpus / "stays.ndjson", encoding="utf-8") as stays:
        done = subprocess.run([bench.settle, "batch", "-C", str(home)], stdin=stays, capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C", **(env or {})})
    assert done.returncode in (0, 1), f"batch: exit {done.returncode}\n{done.stdout[-500:]}{done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def matches(finding, fault):
    return (finding["rule_id"] == fault["rule"] and finding["action"] == fault["action"]
            and set(finding["lines"]) == set(fault["lines"])
            and set(finding["involved"]) == set(fault["involved"]))


class Tally:
    def __init__(self, planted):
        self.planted = planted
        self.faults, self.found, self.clean, self.alarms = (collections.Counter() for _ in range(4))
        self.lines, self.wrong = 0, []

    def judge(self, stated, result):
        fault, rule = stated["fault"], stated["rule"]
        self.lines += len(result["lines"])
        right = [f for f in result["findings"] if fault and matches(f, fault)]
        follows = HELD_WITH.get(fault["rule"], set()) if fault else set()
        extra = [f for f in result["findings"] if f not in right and f["rule_id"] not in follows and
                 (f["action"] in STOPS or f["rule_id"] in self.planted)]
        if fault:
            self.faults[rule] += 1
            self.found[rule] += len(right) == 1
        else:
            self.clean[rule] += 1
        self.alarms[rule] += len(extra) > 0
        if extra or (fault and len(right) != 1):
            self.wrong.append((stated, extra))

    def print(self):
        print(f"{'rule':<5} {'faults':>7} {'found':>7} {'recall':>8} {'clean':>7} {'alarms':>7}")
        for rule in sorted(self.planted, key=lambda r: (r[0] != "V", r[0], int(r[1:]))):
            recall = 100 * self.found[rule] / self.faults[rule] if self.faults[rule] else 0
            print(f"{rule:<5} {self.faults[rule]:>7} {self.found[rule]:>7} {recall:>6.1f} % {self.clean[rule]:>7} "
                  f"{self.alarms[rule]:>7}")
        print(f"{sum(self.faults.values())} faults, {sum(self.found.values())} found; {sum(self.clean.values())} clean "
              f"stays; {sum(self.alarms.values())} with a false alarm; {self.lines} lines")

    def explain(self, most=12):
        for stated, extra in self.wrong[:most]:
            print(f"{stated['mdtrt_id']} {stated['scenario']}: stated {stated['fault']}")
            for f in extra:
                print(f"    found {f['rule_id']} {f['action']} {f['lines']} {f['involved']}: {f['evidence']}")


def tally_of(stated, results):
    assert [s["mdtrt_id"] for s in stated] == [r["mdtrt_id"] for r in results]
    tally = Tally({s["rule"] for s in stated})
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
        tally = tally_of(stated_of(corpus), judged(bench, home, corpus))
        tally.print()
        tally.explain()
        judged_stays = sum(tally.faults.values()) + sum(tally.clean.values())
        print(f"{judged_stays - len(tally.wrong)} passed, {len(tally.wrong)} failed")
        sys.exit(1 if tally.wrong or not tally.planted else 0)
    finally:
        bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
