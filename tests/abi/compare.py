#!/usr/bin/env python3
"""Public headers keep what released ones promised: functions, constants and statuses as they were, structs only longer.

    compare.py RELEASED CURRENT     folders of headers
"""
import pathlib
import re
import sys

COMMENT = re.compile(r"/\*.*?\*/", re.S)
FUNCTION = re.compile(r"SETTLE_API\s+([^;{}]*?\b(settle_\w+)\s*\([^;]*\))\s*;", re.S)
STRUCT = re.compile(r"typedef struct (settle_\w+) \{(.*?)\}", re.S)
ENUM = re.compile(r"enum\s*\{(.*?)\}", re.S)
CONSTANT = re.compile(r"\b(SETTLE_[A-Z0-9_]+)\s*=\s*(-?\w+)")
STATUS = re.compile(r"\bX\(([A-Z0-9_]+),\s*(-?\d+),")
TYPE = re.compile(r"typedef ([\w ]+?) (settle_\w+);")


def promises(folder):
    text = "\n".join(COMMENT.sub("", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.h")))
    squeeze = lambda part: re.sub(r"\s*([(),*])\s*", r"\1", " ".join(part.split()))
    found = {f"function {m[2]}": squeeze(m[1]) for m in FUNCTION.finditer(text)}
    found |= {f"type {m[2]}": squeeze(m[1]) for m in TYPE.finditer(text)}
    found |= {f"status {m[1]}": m[2] for m in STATUS.finditer(text)}
    found |= {f"constant {m[1]}": m[2] for enum in ENUM.finditer(text) for m in CONSTANT.finditer(enum[1])}
    found |= {f"struct {m[1]}": squeeze(m[2]) for m in STRUCT.finditer(text)}
    return found


def main():
    released, current = (promises(pathlib.Path(folder)) for folder in sys.argv[1:])
    faults = []
    for what, was in released.items():
        now = current.get(what)
        if now is None:
            faults.append(f"{what} is gone")
        elif now != was and not (what.startswith("struct ") and now.startswith(was)):
            faults.append(f"{what} was: {was}\n    is now: {now}")
    values = [value for what, value in current.items() if what.startswith("status ")]
    faults += [f"status {value} has two names" for value in sorted({v for v in values if values.count(v) > 1})]
    print("\n".join(faults) if faults else f"{len(released)} promises kept")
    return 1 if faults or len(released) < 100 else 0


sys.exit(main())
