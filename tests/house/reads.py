#!/usr/bin/env python3
"""What a rule says it reads (`.reads`) is what its file reads: tables, lists, parameters.

    reads.py ROOT
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
region = (root / "libsettle/model/region.h").read_text(encoding="utf-8")
FILES = dict(re.findall(r'X\((\w+), "\w+",\s*"([^"]+)"', region.replace("STL_PATHWAY_FILES", '"pathways/*.xml"')))
SITE = {f"{name}.csv" for name in ("mapping", "items", "stays", "charges", "diagnoses", "operations", "orders", "consents",
                                   "approvals", "history", "history-items", "entitlements", "pathway", "accumulators")}
SITE |= {"ledger", "policy.xml"}
GENERIC = {"LISTS", "PARAMETERS", "ACTIONS", "COUNT"}
LIST, PARAMETER = "rules/lists.csv ", "rules/parameters.csv "


def read(code):
    """Tables, lists and parameters that stand in the code itself; helpers of other files are not followed."""
    for table in re.findall(r"STL_T_(\w+)", code):
        if table not in GENERIC:
            yield FILES[table]
    for name in re.findall(r'"((?:V\d+|T1|W14)\.[a-z-]+)"', code):
        yield LIST + name
    if "stl_rules_visit(" in code:
        yield LIST + "visit"
    for name in re.findall(r'stl_rules_parameter(?:_text)?\([^;]*?, "([a-z_-]+)"', code):
        yield PARAMETER + name


def faults(file):
    code = re.sub(r"/\*.*?\*/|\.basis\s*=[^;{}]*?,\n", "", file.read_text(encoding="utf-8"), flags=re.S)
    if not re.search(r"^const stl_rule STL_RULE", code, re.M):
        return
    said = [word.rstrip("?") for text in re.findall(r"\.reads =([^;{}]*?),\n", code)
            for word in "".join(re.findall(r'"([^"]*)"', text)).split(", ")]
    rules = len(re.findall(r"^const stl_rule STL_RULE", code, re.M))
    if len(re.findall(r"\.reads =", code)) < rules:
        yield "a rule without .reads"
    yield from (f"reads {word}, .reads does not say so" for word in sorted(set(read(code)) - set(said)))
    for word in said:
        name = word.split(" ")[0]
        if name not in SITE and name not in FILES.values():
            yield f".reads says {word}: no such file"
        elif " " in word and f'"{word.split(" ")[1]}"' not in code + 'visit"V3.special"' and word != LIST + "visit":
            yield f".reads says {word}, the code does not name it"


found = [f"{file}: {fault}" for file in sorted((root / "libsettle/rules").glob("*.c")) for fault in faults(file)]
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found else 0)
