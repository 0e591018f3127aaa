#!/usr/bin/env python3
"""Changes one comparison, sign, connective or constant at a time, and asks the tests.

    mutate.py BUILD [--room benefit] [--every N] [--by TEST] [NAME...]     NAME: a file of the room without .c; all, if none is given

What its own unit tests let live is shown to the eight discharges (tests/golden) and a small corpus (tests/corpus). A mutant is
killed when a test fails, crashes, does not end, or reads beyond what it asked for (exact_arena.c). What does not compile is
no mutant. Survivors that cannot be told from the original stand in equivalent.txt with the reason. With --by nothing but
that unit test is asked.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("support", "golden", "corpus")]
from command import Bench  # noqa: E402
import corpus  # noqa: E402
import golden  # noqa: E402
import make_corpus  # noqa: E402
import mutants  # noqa: E402

STAYS = 400
NO_RULES = {"bundles", "said", "watch", "watch_gather"}  # the running verdict: flow/running_property_test judges it
WANTED, WANTED_OF_FILE = 95, 90
SECONDS = 3  # of the processor; the tests need a hundredth of that
SECONDS_OF = {"benefit": 30}  # whose property tests settle thousands of stays
SANITIZE = "-fsanitize=address"
LINKER = ["-fuse-ld=gold"] if shutil.which("ld.gold") else []
QUIET = {"ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=1024", "PATH": "/usr/bin:/bin"}


def called(*args):
    subprocess.run([str(a) for a in args], check=True, cwd=ROOT)


def asked(*args):
    return subprocess.run(["pkg-config", *args], capture_output=True, text=True, check=True).stdout.split()


def library_objects(folder, without):
    """All but one, named by its room and file."""
    return [p for p in sorted(folder.rglob("*.o"))
            if not {"tests", "plugin", "examples"} & set(p.parts) and (p.parent.name, p.stem) != without]


class Workshop:
    """A library for each mutated file, and the test programs that load it: all as module.mk compiled it, under BUILD/mutate."""

    def __init__(self, build, room, folder):
        self.build, self.room, self.folder = pathlib.Path(build), room, folder
        self.sources, self.unit = ROOT / "libsettle" / room, ROOT / "tests" / "unit" / room
        packages = ["libxml-2.0", "libcrypto", "sqlite3", "yajl", "inih"]
        self.compile = ["gcc", "-std=gnu17", "-O0", "-w", "-fPIC", "-D_GNU_SOURCE", '-DSTL_VERSION="mutant"', "-Ilibsettle",
                        "-Ilibsettle/include", "-Iadapters", f"-I{build}/gen", *asked("--cflags", *packages)]
        self.libraries = [*asked("--libs", *packages), "-lcsv", *asked("--libs", "cmocka")]
        self.objects = self.build / "mutate" / "obj"
        self.watched = [*library_objects(self.objects, ("base", "mem")), self.objects / "tests" / "mutate" / "exact_arena.o"]
        self.link_room(self.watched, folder)

    def link_room(self, objects, folder):
        called("gcc", "-shared", SANITIZE, *LINKER, "-Wl,-soname,libroom.so", "-o", folder / "libroom.so", *objects,
               *self.libraries)

    def program(self, test):
        target = self.folder / f"{test}_test"
        if not target.exists():
            called("gcc", SANITIZE, *LINKER, "-o", target, self.objects / "tests" / "unit" / self.room / f"{test}_test.o",
                   *(self.objects / "tests" / "support").glob("*.o"), self.folder / "libroom.so", *self.libraries)
        return target

    def tests_of(self, name):
        """Tests that bear its name or its first word, ask the rule it holds, or belong to a file that includes its header."""
        read = lambda path: path.read_text(encoding="utf-8")
        rules = re.findall(r'\.id = ("\w+")', read(self.sources / f"{name}.c"))
        users = {p.stem for p in self.sources.glob("*.c") if f'"{self.room}/{name}.h"' in read(p)}
        near = {}
        for path in sorted(self.unit.glob("*_test.c")):
            test = path.stem[:-5]
            if test == name:
                near[test] = 0
            elif self.room != "rules" or test.split("_")[0] == name.split("_")[0]:
                near[test] = 1
            elif test in users or any(rule in read(path) for rule in rules):
                near[test] = 2
        return [self.program(test) for test in sorted(near, key=near.get) if test not in ("no_memory", "cost")]


class Whole:
    """The command with a library that holds the mutants: the eight discharges and a small corpus."""

    def __init__(self, shop):
        self.bench = Bench(shop.build)
        bounded = shop.folder / "bounded-settle"  # a mutant may never end, or never have enough
        bounded.write_text(f'#!/bin/sh\nulimit -v 2000000\nulimit -t {SECONDS}\nexec {self.bench.settle} "$@"\n', encoding="utf-8")
        bounded.chmod(0o755)
        self.bench.settle = str(bounded)
        self.stays = self.bench.dir / "corpus"
        make_corpus.main(self.stays, STAYS)
        self.home = corpus.hospital(self.bench, self.stays)
        corpus.settle_before(self.bench, self.home, self.stays)
        self.stated = corpus.stated_of(self.stays)

    def passes(self, env):
        try:
            results = golden.previews(self.bench, env=env, expect=1).objects
            kept = all((golden.EXPECTED / f"{r['mdtrt_id']}.json").read_text(encoding="utf-8") == golden.snapshot(r)
                       for r in results)
            return kept and not corpus.tally_of(self.stated, corpus.judged(self.bench, self.home, self.stays, env)).wrong
        except (AssertionError, subprocess.TimeoutExpired, ValueError):
            return False


class File:
    """The mutants of one file, what they are asked, and what came of it."""

    def __init__(self, shop, whole, name, every):
        self.shop, self.whole, self.name = shop, whole, name
        self.folder = shop.folder / f"mutants-of-{name}"
        self.folder.mkdir()
        self.source = self.folder / "mutant.c"
        self.original = (shop.sources / f"{name}.c").read_text(encoding="utf-8")
        self.numbered = dict(enumerate(mutants.mutants(name, self.original)[::every], 1))
        self.tests = shop.tests_of(name)
        self.killed, self.alive, self.same = 0, [], set()
        self.alone = False  # one mutant is compiled, that cannot be switched off

    def compiles(self, text):
        self.source.write_text(text, encoding="utf-8")
        done = subprocess.run([*self.shop.compile, SANITIZE, "-c", self.source, "-o", self.folder / "mutant.o"],
                              capture_output=True, text=True, cwd=ROOT, env={**os.environ, "LC_ALL": "C"})
        return done.returncode == 0, {int(n) for n in re.findall(r"mutant\.c:(\d+):\d+: error:", done.stderr)}

    def link(self):
        """What was compiled last, in place of the file it was made from."""
        other = [o for o in self.shop.watched if (o.parent.name, o.stem) != (self.shop.room, self.name)]
        self.shop.link_room([*other, self.folder / "mutant.o"], self.folder)
        (self.folder / "libsettle.so.0").unlink(missing_ok=True)

    def link_whole(self):
        called(*self.shop.compile, "-c", self.source, "-o", self.folder / "whole.o")
        objects = library_objects(self.shop.build / "obj", (self.shop.room, self.name))
        called("gcc", "-shared", *LINKER, "-Wl,-soname,libsettle.so.0", "-Wl,--version-script=libsettle/libsettle.sym", "-o",
               self.folder / "libsettle.so.0", *objects, self.folder / "whole.o", *self.shop.libraries)

    def tests_pass(self, env):
        seconds = SECONDS_OF.get(self.shop.room, SECONDS)
        return all(subprocess.run(["prlimit", f"--cpu={seconds}", test], capture_output=True, cwd=ROOT,
                                  env={**QUIET, **env}).returncode == 0 for test in self.tests)

    def lives(self, number):
        env = {"LD_LIBRARY_PATH": str(self.folder), mutants.SWITCH: str(number)}
        if not self.tests_pass(env):
            return False
        return self.whole is None or self.whole_passes(env)

    def whole_passes(self, env):
        if not (self.folder / "libsettle.so.0").exists():
            self.link_whole()
            assert self.alone or self.whole.passes({**env, mutants.SWITCH: "0"}), \
                f"{self.name}: corpus or discharges fail without a change"
        return self.whole.passes(env)

    def judge(self, number):
        mutant = self.numbered[number]
        if self.lives(number):
            self.alive.append(mutant)
        else:
            self.killed += 1

    def judge_together(self):
        """All that stand in functions are in one program; what the compiler refuses is left out. Returns the others."""
        numbered = self.numbered
        while True:
            text, lines, others = mutants.switched(self.original, numbered)
            compiled, wrong = self.compiles(text)
            if compiled:
                break
            refused = {n for n, span in lines.items() if wrong & set(span)}
            assert refused, f"{self.name}: does not compile, line {wrong}"
            numbered = {n: m for n, m in numbered.items() if n not in refused}
        self.link()
        assert self.tests_pass({"LD_LIBRARY_PATH": str(self.folder)}), f"{self.name}: the tests fail without a change"
        for number in lines:
            self.judge(number)
        return others

    def run(self, equivalent):
        self.same = {m.key for m in self.numbered.values() if m.key in equivalent}
        self.numbered = {n: m for n, m in self.numbered.items() if m.key not in equivalent}
        for number, mutant in self.judge_together().items():
            if self.compiles(mutant.text(self.original))[0]:
                self.alone = True
                self.link()
                self.judge(number)
        shutil.rmtree(self.folder)
        return self

    @property
    def row(self):
        return self.name, self.killed + len(self.alive) + len(self.same), self.killed, len(self.same)


def reasons():
    lines = (ROOT / "tests" / "mutate" / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" # ")[0].strip() for line in lines if line and not line.startswith("#")}


def rate(made, killed, same):
    return 100 * killed / (made - same) if made > same else 100


def verdict(rows, stale, every=1):
    """What is wrong with a run, in words: nothing, if it is good. Of a sample the files are too small to be judged alone."""
    whole = rate(*(sum(row[i] for row in rows) for i in (1, 2, 3)))
    wrong = [f"{name}: {rate(*row):.1f} % killed, wanted {WANTED_OF_FILE} %" for name, *row in rows
             if rate(*row) < WANTED_OF_FILE and every == 1]
    wrong += [f"together {whole:.1f} % killed, wanted {WANTED} %"] if whole < WANTED else []
    return wrong + [f"equivalent.txt names what is no mutant: {key}" for key in stale]


def table(rows):
    yield f"{'file':<22} {'mutants':>8} {'killed':>8} {'equivalent':>11} {'rate':>8}"
    for row in [*rows, ("together", *(sum(row[i] for row in rows) for i in (1, 2, 3)))]:
        yield f"{row[0]:<22} {row[1]:>8} {row[2]:>8} {row[3]:>11} {rate(*row[1:]):>6.1f} %"


def run(given):
    equivalent = reasons()
    with tempfile.TemporaryDirectory(prefix="settle-mutate-") as folder:
        shop = Workshop(given.build, given.room, pathlib.Path(folder))
        whole = None if given.by else Whole(shop)
        names = given.names or sorted({p.stem for p in shop.sources.glob("*.c")} - NO_RULES)
        files = [File(shop, whole, name, given.every) for name in names]
        for file in files if given.by else []:
            file.tests = [shop.program(given.by)]
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            for file in pool.map(lambda f: f.run(equivalent), files):
                for mutant in file.alive:
                    print(f"alive: {mutant.line}: {mutant.key}", flush=True)
                print("{:<22} {} mutants, {} killed, {} equivalent".format(*file.row), flush=True)
        if whole:
            whole.bench.close()
    rows = [file.row for file in files]
    stale = equivalent - set().union(*(f.same for f in files)) if given.every == 1 else set()
    print("\n".join(table(rows)))
    wrong = verdict(rows, sorted(key for key in stale if key.split(".c | ")[0] in names), given.every)
    print("\n".join(wrong))
    print(f"{sum(row[2] for row in rows)} passed, {len(wrong)} failed")
    return not wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--room", default="rules")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--by")
    parser.add_argument("names", nargs="*")
    sys.exit(not run(parser.parse_intermixed_args()))
