#!/usr/bin/env python3
"""Changes one comparison, sign, connective or constant of a rule at a time, and asks the tests.

    mutate.py BUILD [--every N] [NAME...]     NAME: a file of libsettle/rules without .c; all, if none is given

What the unit tests let live is shown to the eight discharges (tests/golden) and a small corpus (tests/corpus).
A mutant is killed when a test fails, crashes, does not end, or reads beyond what it asked for (exact_arena.c). What does not compile is no mutant. Survivors that
cannot be told from the original stand in equivalent.txt with the reason. `{0}` is an idiom, no number of a rule. At least 90 % of the others must be killed.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / "libsettle" / "rules"
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("support", "golden", "corpus")]
from command import Bench  # noqa: E402
import corpus  # noqa: E402
import golden  # noqa: E402
import make_corpus  # noqa: E402

STAYS = 400
WANTED = 90
SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
         "0": "1", "1": "0"}
HIDDEN = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#[^\n]*', re.S | re.M)
SITE = re.compile(r"(?<= )(?:<=|>=|==|!=|&&|\|\||<|>|\+|-)(?=[ \n])|(?<![\w.])[01](?![\w.])(?<!\{0(?=\}))")
SECONDS = 20
SANITIZE = "-fsanitize=address"
LINKER = ["-fuse-ld=gold"] if shutil.which("ld.gold") else []
QUIET = {"ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=512", "PATH": "/usr/bin:/bin"}


def sites(text):
    """Places that can be changed: (begin, end, other text)."""
    blank = HIDDEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    return [(m.start(), m.end(), SWAPS[m.group()]) for m in SITE.finditer(blank)]


class Mutant:
    def __init__(self, name, text, site):
        begin, end, other = site
        line = text.count("\n", 0, begin) + 1
        start = text.rfind("\n", 0, begin) + 1
        self.text = text[:begin] + other + text[end:]
        self.place = f"{name}.c:{line}"
        self.said = f"{text[start:text.find(chr(10), begin)].strip()}"
        self.nth = len(re.findall(SITE, text[start:begin])) + 1
        self.change = f"{text[begin:end]} -> {other}"
        self.key = f"{name}.c | {self.said} | {self.nth} | {self.change}"


class Workshop:
    """Compiles a mutant and links it before the library, so that the original stays in the archive."""

    def __init__(self, build, folder):
        self.build, self.folder = pathlib.Path(build), folder
        packages = ["libxml-2.0", "libcrypto", "sqlite3", "yajl", "inih"]
        ask = lambda *args: subprocess.run(["pkg-config", *args], capture_output=True, text=True, check=True).stdout.split()
        self.plain = ["gcc", "-std=gnu17", "-O0", "-w", "-D_GNU_SOURCE", '-DSTL_VERSION="mutant"', "-Ilibsettle",
                        "-Ilibsettle/include", f"-I{build}/gen", *ask("--cflags", *packages)]
        self.compile = [*self.plain, SANITIZE]
        self.libraries = [*ask("--libs", *packages), "-lcsv", *ask("--libs", "cmocka")]
        self.support = sorted(str(p) for p in (self.build / "obj" / "tests" / "support").glob("*.o")
                              if p.name not in ("fault_vfs.o",))
        self.watched = [self.compiled(source) for source in
                        [ROOT / "tests" / "mutate" / "exact_arena.c", *sorted(RULES.glob("*.c"))]]

    def compiled(self, source):
        """Rules call each other: all are watched."""
        target = self.folder / f"{source.stem}.o"
        subprocess.run([*self.compile, "-c", source, "-o", target], check=True, cwd=ROOT)
        return target

    def tests_of(self, name):
        """Its own tests; of what every rule uses, those of all rules."""
        own = RULES.parents[1] / "tests" / "unit" / "rules" / f"{name}_test.c"
        if own.exists():
            return [name]
        stem = name.split("_")[0]
        near = [p.stem[:-5] for p in own.parent.glob(f"{stem}*_test.c")]
        users = [p.stem for p in RULES.glob("*.c") if f'"rules/{name}.h"' in p.read_text(encoding="utf-8")]
        names = near + [u for u in users if (own.parent / f"{u}_test.c").exists()]
        return sorted(dict.fromkeys(n for n in names if n != "no_memory"))

    def compiles(self, mutant):
        (self.folder / "mutant.c").write_text(mutant.text, encoding="utf-8")
        done = subprocess.run([*self.compile, "-c", self.folder / "mutant.c", "-o", self.folder / "mutant.o"],
                              capture_output=True, cwd=ROOT)
        return done.returncode == 0

    def passes(self, name, test):
        watched = [o for o in self.watched if o.stem != name]
        program = self.folder / "mutant"
        subprocess.run(["gcc", SANITIZE, *LINKER, "-o", program, self.build / "obj" / "tests" / "unit" / "rules" / f"{test}_test.o",
                        *self.support, self.folder / "mutant.o", *watched, self.build / "lib" / "libsettle.a", *self.libraries],
                       check=True, cwd=ROOT)
        try:
            return subprocess.run([program], capture_output=True, timeout=SECONDS, cwd=ROOT, env=QUIET).returncode == 0
        except subprocess.TimeoutExpired:
            return False


class Whole:
    """The command with a library that holds the mutant: the eight discharges and a small corpus."""

    def __init__(self, shop):
        self.shop, self.bench = shop, Bench(shop.build)
        bounded = shop.folder / "settle"  # a mutant may never end, or never have enough
        bounded.write_text(f'#!/bin/sh\nulimit -v 2000000 -t {SECONDS}\nexec {self.bench.settle} "$@"\n', encoding="utf-8")
        bounded.chmod(0o755)
        self.bench.settle = str(bounded)
        self.stays = self.bench.dir / "corpus"
        make_corpus.main(self.stays, STAYS)
        self.home = corpus.hospital(self.bench, self.stays)
        corpus.settle_before(self.bench, self.home, self.stays)
        self.stated = corpus.stated_of(self.stays)
        self.lib = shop.folder / "lib"
        self.lib.mkdir()
        self.env = {"LD_LIBRARY_PATH": str(self.lib)}

    def link(self, name):
        objects = [p for p in sorted((self.shop.build / "obj").rglob("*.o"))
                   if not {"tests", "plugin", "examples"} & set(p.parts) and (p.parent.name, p.stem) != ("rules", name)]
        subprocess.run([*self.shop.plain, "-fPIC", "-c", self.shop.folder / "mutant.c", "-o",
                        self.shop.folder / "whole.o"], check=True, cwd=ROOT)
        subprocess.run(["gcc", "-shared", *LINKER, "-Wl,-soname,libsettle.so.0",
                        "-Wl,--version-script=libsettle/libsettle.sym", "-o", self.lib / "libsettle.so.0", *objects,
                        self.shop.folder / "whole.o", *self.shop.libraries], check=True, cwd=ROOT)

    def passes(self, name):
        self.link(name)
        try:
            results = golden.previews(self.bench, env=self.env, expect=1).objects
            kept = all((golden.EXPECTED / f"{r['mdtrt_id']}.json").read_text(encoding="utf-8") == golden.snapshot(r)
                       for r in results)
            return kept and not corpus.tally_of(self.stated, corpus.judged(self.bench, self.home, self.stays,
                                                                           self.env)).wrong
        except (AssertionError, subprocess.TimeoutExpired, ValueError):
            return False


def reasons():
    lines = (ROOT / "tests" / "mutate" / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" # ")[0].strip() for line in lines if line and not line.startswith("#")}


def run(build, names, every):
    equivalent, used = reasons(), set()
    totals = [0, 0, 0]
    with tempfile.TemporaryDirectory(prefix="settle-mutate-") as folder:
        shop = Workshop(build, pathlib.Path(folder))
        whole = Whole(shop)
        for name in names:
            killed = alive = same = 0
            tests = shop.tests_of(name)
            text = (RULES / f"{name}.c").read_text(encoding="utf-8")
            assert shop.compiles(Mutant(name, text, (0, 0, ""))) and all(shop.passes(name, test) for test in tests)
            assert whole.passes(name), f"{name}: the tests fail without a change"
            for site in sites(text)[::every]:
                mutant = Mutant(name, text, site)
                if mutant.key in equivalent:
                    used.add(mutant.key)
                    same += 1
                elif not shop.compiles(mutant):
                    continue
                elif all(shop.passes(name, test) for test in tests) and whole.passes(name):
                    alive += 1
                    print(f"alive: {mutant.place}: {mutant.key}", flush=True)
                else:
                    killed += 1
            totals = [a + b for a, b in zip(totals, (killed, alive, same))]
            print(f"{name:<22} {killed:>4} killed {alive:>4} alive {same:>4} equivalent   by {' '.join(tests) or 'nothing'}",
                  flush=True)
        whole.bench.close()
    killed, alive, same = totals
    share = 100 * killed / (killed + alive) if killed + alive else 0
    print(f"{killed + alive} mutants, {killed} killed: {share:.1f} % (wanted {WANTED} %); {same} equivalent")
    stale = [key for key in equivalent - used if key.split(".c | ")[0] in names] if every == 1 else []
    for key in stale:
        print(f"equivalent.txt names what is no mutant: {key}")
    good = share >= WANTED and not stale
    print(f"{killed} passed, {0 if good else alive + len(stale)} failed")
    return good


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("names", nargs="*")
    given = parser.parse_intermixed_args()
    sys.exit(not run(given.build, given.names or sorted(p.stem for p in RULES.glob("*.c")), given.every))
