"""What the comparisons share: homes, stays with and without faults, and all that a command says of them."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "corpus")]
from command import EXAMPLE  # noqa: E402
import corpus  # noqa: E402
import make_corpus  # noqa: E402

STAYS = EXAMPLE / "stays"
COUNT = 240


class World:
    """A home with the eight discharges, one with a part of the corpus."""

    def __init__(self, bench):
        self.bench, self.corpus = bench, bench.dir / "corpus"
        make_corpus.main(self.corpus, COUNT, 4)
        self.batch = self.corpus / "stays.ndjson"
        self.home, self.corpus_home = bench.home(), corpus.hospital(bench, self.corpus)
        bench.run("import", "-C", self.home, STAYS, expect=0)

    def said(self, settle=None, env=None, cwd=None, umask=-1):
        """Every answer that a verdict depends on, by name, as bytes."""
        environment = {"PATH": os.environ["PATH"], **(env or {})}
        (pack,) = (self.corpus_home / "packs").glob("*.pack")

        def run(*arguments, given=None):
            done = subprocess.run([settle or self.bench.settle, *map(str, arguments)], stdin=given, env=environment,
                                  cwd=cwd, umask=umask, capture_output=True, timeout=300)
            assert done.returncode in (0, 1) and not done.stderr, (arguments, done.returncode, done.stderr[-500:])
            return done.stdout

        with open(self.batch, "rb") as stays:
            answers = {"batch": run("batch", "-C", self.corpus_home, given=stays)}
        for lang in ("zh", "en"):
            answers[f"preview {lang}"] = run("preview", "--json", "--lang", lang, "-C", self.home, STAYS)
            for stay in ("S01", "S06"):
                answers[f"explain {stay} {lang}"] = run("explain", "--json", "--lang", lang, "-C", self.home, stay)
        answers["summary"] = run("check", "--summary", "--json", "-C", self.home, STAYS)
        answers["map check"] = run("map", "check", "--json", "--at", "2025-06-30", "-C", self.home)
        answers["pack rules"] = run("pack", "rules", "--json", "--at", "2026-01-01", pack)
        built = self.bench.dir / "again.pack"
        run("pack", "build", "-o", built, EXAMPLE / "packs" / "sample-999901")
        answers["pack build"] = built.read_bytes()
        built.unlink()
        assert answers["batch"].count(b"\n") == COUNT and all(answers.values()), {k: len(v) for k, v in answers.items()}
        return answers


def differing(wanted, said):
    return [name for name in wanted if wanted[name] != said[name]]
