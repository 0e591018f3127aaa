#!/usr/bin/env python3
"""What `settle --help` lists has a man page; a command's options stand on its page, and no others.

    man_pages.py SETTLE MANDIR
"""
import os
import pathlib
import re
import subprocess
import sys

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
OF_EVERY_PARSER = {"--usage"}


def text_of(*command):
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def page(path):
    return re.sub(".\b", "", text_of("mandoc", "-T", "ascii", path))


def main():
    settle, pages = sys.argv[1], pathlib.Path(sys.argv[2])
    faults = []
    commands = re.findall(r"^  (\w+) ", text_of(settle, "--help"), re.M)
    overview = page(pages / "man1" / "settle.1")
    for command in commands:
        path = pages / "man1" / f"settle-{command}.1"
        if f"settle-{command}(1)" not in overview:
            faults.append(f"settle.1 does not name settle-{command}(1)")
        if not path.exists():
            faults.append(f"{command}: no man page")
            continue
        told, written = set(OPTION.findall(text_of(settle, command, "--help"))), set(OPTION.findall(page(path)))
        faults += [f"{path.name} lacks {option}" for option in sorted(told - written - OF_EVERY_PARSER)]
        faults += [f"{path.name} has {option}, the command has not" for option in sorted(written - told)]
    for path in pages.glob("man1/settle-*.1"):
        program = pathlib.Path(settle).parent / path.stem
        if path.stem[len("settle-"):] not in commands and not program.exists():
            faults.append(f"{path.name}: no such command")
    print("\n".join(faults))
    return 1 if faults or not commands else 0


sys.exit(main())
