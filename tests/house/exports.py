#!/usr/bin/env python3
"""Exported symbols = documented declarations of the public headers, and nothing else.

    exports.py libsettle/include/settle build/lib/libsettle.so
"""
import pathlib
import re
import subprocess
import sys

DECLARATION = re.compile(r"((?:/\*\*(?:(?!\*/).)*\*/\s*)?)SETTLE_API\s+((?:(?!;).)*?)\b(settle_\w+)\s*\(([^;]*)\)\s*;", re.S)


def main():
    headers, library = pathlib.Path(sys.argv[1]), sys.argv[2]
    declared, bad = {}, 0
    for header in sorted(headers.rglob("*.h")):
        for match in DECLARATION.finditer(header.read_text(encoding="utf-8")):
            doc, name = match[1], match[3]
            declared[name] = header.name
            for needed in ("Since:",):
                if needed not in doc:
                    bad += 1
                    print(f"{header}: {name} has no \"{needed}\" in its documentation")
            if re.search(r"\b(time_t|bool|long|double|float|enum)\b", match[2] + match[4]):
                bad += 1
                print(f"{header}: {name} uses a type whose size is not fixed")
    symbols = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    exported = {line.split()[2].split("@")[0] for line in symbols.splitlines() if line.split()[1] in "TDBR"}
    exported = {name for name in exported if not name.startswith("LIBSETTLE_")}
    for name in sorted(exported ^ set(declared)):
        bad += 1
        print(f"{name}: {'exported but not declared' if name in exported else 'declared but not exported'}")
    print(f"exports: {len(exported)} symbols, all documented" if not bad else f"exports: {bad} faults")
    return 1 if bad or not exported else 0


sys.exit(main())
