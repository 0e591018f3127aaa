#!/usr/bin/env python3
"""Technical details of errors have Chinese: each that stands in the code has a row in base/detail.c, and each row is used.

    details.py ROOT
"""
import os
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
table = (root / "libsettle/base/detail.c").read_text(encoding="utf-8")
whole, beginnings = (set(re.findall(r'\{"((?:[^"\\]|\\.)*)",', part)) for part in table.split("BEGINNINGS[]", 1))
system = {os.strerror(n) for n in range(1, 134)}
TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'


def details():
    """Literals given as .detail, or as the last text of a function that refuses."""
    for file in [*(root / "libsettle").glob("*/*.c"), *(root / "adapters").glob("*/*.c")]:
        code = file.read_text(encoding="utf-8")
        for literal in re.findall(r"\.detail =(?:[^,;\"]*\? )?\s*" + TEXT, code) + re.findall(r"\brefuse\w*\([^;]*?" + TEXT + r", err\)", code):
            yield file.name, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal))


used = dict((text, name) for name, text in details())
code_of = lambda *globs: "".join(f.read_text(encoding="utf-8") for g in globs for f in root.glob(g) if f.name != "detail.c")
sources = code_of("libsettle/*/*.c", "adapters/*/*.c", "libsettle/include/settle/status.h")
found = [f"{name}: no Chinese for {text!r}" for text, name in sorted(used.items())
         if "%" not in text and text not in whole and not any(text.startswith(b) for b in beginnings) and text not in ("SHA-256", "clock_gettime")]
flat = re.sub(r'"\s*\n\s*"', "", sources)
found += [f"base/detail.c: nothing says {text!r}" for text in sorted(whole | beginnings) if text not in system and text.strip(": ") not in flat]
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found else 0)
