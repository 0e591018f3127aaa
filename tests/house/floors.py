#!/usr/bin/env python3
"""The floors of the house: which room may include which, and who owns a foreign header."""
import pathlib
import re
import sys

FLOORS = {"base": 0, "model": 1, "xml": 1, "rules": 2, "match": 2, "benefit": 2, "pack": 2, "ledger": 2, "wire": 2,
          "sign": 2, "send": 2, "load": 2, "flow": 3, "api": 4}
OWNERS = {"sqlite3.h": {"ledger", "pack"}, "libpq-fe.h": {"ledger"}, "libxml/": {"xml"},
          "openssl/": {"sign", "base/digest.c"}, "curl/": {"send"}, "dlfcn.h": {"load"},
          "yajl/": {"base/json.c", "base/json_read.c"}, "csv.h": {"base/csv.c"}, "ini.h": {"flow/config.c"},
          "iconv.h": {"base/text.c", "base/convert.c"},
          "sql.h": {"odbc/odbc.c"}, "sqlext.h": {"odbc/odbc.c"}}
GENERATED = {"facet_names.h": "wire"}  # made of the schemas at build
ADAPTER_FLOOR = 2  # adapters stand beside load: they include load/, model/, xml/, base/


def verdict(room, path, target, quoted):
    if not quoted:
        for header, owners in OWNERS.items():
            if (target == header or header.endswith("/") and target.startswith(header)) and not (
                    room in owners or path in owners):
                return f"<{target}> belongs to {', '.join(sorted(owners))}"
        return None
    if GENERATED.get(target) == room:
        return None
    other = target.split("/")[0]
    if other not in FLOORS:
        return None if "/" not in target and room == "adapters" else f'"{target}" is no room of the house'
    if room == "adapters":
        return None if other == "load" or FLOORS[other] < ADAPTER_FLOOR else f'adapters may not see "{target}"'
    if other != room and FLOORS[other] >= FLOORS[room]:
        return f'"{target}" is not on a lower floor'
    return None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    bad = 0
    files = [f for top in ("libsettle", "adapters") for f in sorted((root / top).rglob("*.[ch]"))]
    for file in files:
        inside = file.relative_to(root).parts
        if inside[1] == "include":
            continue
        room = "adapters" if inside[0] == "adapters" else inside[1]
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+(["<])([^">]+)', line)
            why = match and verdict(room, "/".join(inside[1:]), match[2], match[1] == '"')
            if why:
                bad += 1
                print(f"{file}:{number}: {why}")
    print(f"floors: {len(files)} files, {bad} breaches")
    return 1 if bad or not files else 0


sys.exit(main())
