#!/usr/bin/env python3
"""docs/atlas.md is so: each violation of the atlas has its rule file and unit tests, each rule file its row.

    atlas.py [ROOT]
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
RULES, TESTS = ROOT / "libsettle" / "rules", ROOT / "tests" / "unit" / "rules"
WANTED = [f"V{n}" for n in range(1, 38)]
COLUMNS = ("right", "wrong", "at the limit", "not evaluated")


def rows():
    page = (ROOT / "docs" / "atlas.md").read_text(encoding="utf-8")
    for line in re.findall(r"^\| (V\d+ \|.*) \|$", page, re.M):
        yield [cell.strip().strip("`") for cell in line.split("|")]


def faults_of_row(row, rule, test, *names):
    file, tests = RULES / rule, TESTS / test
    if not file.exists() or f'.id = "{row}"' not in file.read_text(encoding="utf-8"):
        yield f"{row}: no rule of that id in libsettle/rules/{rule}"
    if not tests.exists():
        yield f"{row}: no such file: tests/unit/rules/{test}"
        return
    known = re.findall(r"RULE_TEST\((\w+)\)", tests.read_text(encoding="utf-8"))
    for column, name in zip(COLUMNS, names, strict=True):
        if name != "-" and name not in known:
            yield f"{row}, {column}: {test} has no test {name}"
        if name == "-" and column in ("right", "wrong"):
            yield f"{row}: {test} shows nothing {column}"


def faults():
    table = list(rows())
    told = {(row, rule) for row, rule, *_ in table}
    for row in table:
        yield from faults_of_row(*row)
    yield from (f"docs/atlas.md lacks {row}" for row in WANTED if row not in {row for row, _ in told})
    there = {(rule_id, path.name) for path in RULES.glob("*.c")
             for rule_id in re.findall(r'^ +\.id = "(V\d+)"', path.read_text(encoding="utf-8"), re.M)}
    yield from (f"docs/atlas.md lacks {rule} of {row}" for row, rule in sorted(there - told))


found = list(faults())
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
