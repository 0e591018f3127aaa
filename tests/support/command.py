"""What the tests of the command share: a home a test may spoil, the command run in it, and counting."""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "hospital"


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self):
        (one,) = self.objects
        return one


class Bench:
    """One temporary directory with a prepared home that is copied for each test."""

    def __init__(self, build):
        self.settle = str((pathlib.Path(build) / "bin" / "settle").resolve())
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="settle-test-"))
        self.made = 0
        for name, settings in (("home", ""), ("home2", "level2")):
            options = ["-s", settings] if settings else []
            self.run("init", *options, str(self.dir / name), expect=0)

    def run(self, *args, expect=None, env=None, stdin=None, settle=None, **options):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", **(env or {})}
        done = subprocess.run([str(settle or self.settle), *map(str, args)], capture_output=True, text=True,
                              input=stdin, env=environment, timeout=300, **options)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"settle {' '.join(map(str, args))}: exit {done.returncode}, expected "
                                 f"{expect}\n{done.stdout[-2000:]}{done.stderr}")
        return Result(done)

    def home(self, name="home"):
        self.made += 1
        copy = self.dir / f"{name}-{self.made}"
        shutil.copytree(self.dir / name, copy, symlinks=True)
        return copy

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path, rows, encoding="utf-8"):
    text = io.StringIO()
    out = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def tree_of(path):
    """Every file below `path` with its bytes: to see that nothing changed."""
    return {str(f.relative_to(path)): f.read_bytes() for f in sorted(path.rglob("*")) if f.is_file()}


def main(tests, build):
    bench = Bench(build)
    passed = failed = 0
    try:
        for test in tests:
            try:
                test(bench)
                passed += 1
            except Exception:
                failed += 1
                print(f"FAILED: {test.__name__}")
                traceback.print_exc(file=sys.stdout)
    finally:
        bench.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
