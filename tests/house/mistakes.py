#!/usr/bin/env python3
"""What the house forbids and a regular expression can see; sizes that pass the aim are listed."""
import pathlib
import re
import subprocess
import sys

FORBIDDEN = [
    (r"\b(float|double)\b", "floating point"),
    (r"\bgoto\b", "goto"),
    (r"\b(abort|exit|_exit)\s*\(", "the library never ends its host"),
    (r"\b(printf|puts|putchar|perror)\s*\(", "the library never prints"),
    (r"\bfprintf\s*\(\s*std", "the library never prints"),
    (r"\b_?_?thread(_local)?\b", "no thread-locals"),
    (r"\b(setlocale|localtime|mktime|strtod|atof|atoi|gets|strcpy|strcat|sprintf)\s*\(",
     "depends on the machine, or unsafe"),
    (r"\bxml(CleanupParser|SetGenericErrorFunc|SetStructuredErrorFunc|InitParser)\b", "global state of libxml2"),
    (r"\batexit\s*\(", "no atexit"),
    (r"\b(TODO|FIXME|XXX)\b", "loose end"),
]
FUNCTION = re.compile(r"^[A-Za-z_][^;{}=]*\)\s*\{$", re.M)


def code_only(text):
    """The text with comments and literals blanked, lines kept."""
    blank = lambda m: re.sub(r"[^\n]", " ", m[0])
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def functions(lines):
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and re.match(r"^[A-Za-z_].*", line) and not line.rstrip().endswith((";", ",", ":")):
            start = number if "(" in line or line.rstrip().endswith("{") else start
        if line.startswith("}"):
            if start is not None and not line.startswith("} "):
                yield start, number
            start = None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    bad, long_ones, lengths = 0, [], []
    adapters = [f for f in root.glob("adapters/**/*.[ch]") if f.parent.name != "conformance"]  # a program of its own
    for file in sorted([*root.glob("libsettle/**/*.[ch]"), *adapters]):
        if file.name.endswith("_test.c") or "template" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        code = code_only(text)
        lines = code.splitlines()
        if not text.startswith("/* SPDX-License-Identifier: Apache-2.0 */"):
            bad += 1
            print(f"{file}:1: no licence line")
        for number, (line, raw) in enumerate(zip(lines, text.splitlines()), 1):
            for pattern, why in FORBIDDEN:
                where = raw if "TODO" in pattern else line
                if re.search(pattern, where):
                    bad += 1
                    print(f"{file}:{number}: {why}")
        limit = 400 if file.suffix == ".c" else 300 if "include" in file.parts else 120
        if len(lines) > limit:
            long_ones.append(f"{file}: {len(lines)} lines (aim {limit})")
        if file.suffix == ".c":
            for start, end in functions(lines):
                lengths.append(end - start + 1)
                if end - start + 1 > 60:
                    long_ones.append(f"{file}:{start}: function of {end - start + 1} lines (aim 60)")
    for line in long_ones:
        print(f"note: {line}")
    lengths.sort()
    if lengths:
        print(f"functions: {len(lengths)}, median {lengths[len(lengths) // 2]} lines, "
              f"p90 {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}")
    print(f"mistakes: {bad}")
    return 1 if bad else 0


sys.exit(main())
