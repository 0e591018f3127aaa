#!/usr/bin/env python3
"""Builds by other compilers and options say the same, byte by byte: compilers.py BUILD OTHER..."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from answers import World, differing  # noqa: E402
from command import main  # noqa: E402

BUILD, *OTHERS = sys.argv[1:]


def every_build_says_the_same(bench):
    world = World(bench)
    wanted = world.said()
    for other in OTHERS:
        command = pathlib.Path(other).resolve() / "bin" / "settle"
        assert command.is_file(), f"{other} was not built"
        differs = differing(wanted, world.said(settle=str(command)))
        assert not differs, (other, differs)


main([every_build_says_the_same], BUILD)
