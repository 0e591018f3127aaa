#!/usr/bin/env python3
"""What `make mutate` rests on: which changes are found, that one program shows each, and that the gate can fail."""
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
from command import main  # noqa: E402
import mutants  # noqa: E402
import mutate  # noqa: E402

SAMPLE = """/* a < b */
#include <stdio.h>
enum { LIMIT = 1 };

static int over(int a, int b) {
    return a > b;
}

static void say(const char *text, int a) {
    if (a >= LIMIT && text[0] != '0')
        puts("a < b");
}

int main(void) {
    say("over", over(3, 3));
    say("limit", LIMIT);
    return over(4, 3) ? 7 : 0;
}
"""


def changes_stand_outside_of_texts_and_comments(bench):
    found = [(m.line, m.change) for m in mutants.mutants("sample", SAMPLE)]
    assert found == [(3, "1 -> 0"), (6, "> -> >="), (10, ">= -> >"), (10, "&& -> ||"), (10, "0 -> 1"), (10, "!= -> =="),
                     (17, "over(4, 3) -> !over(4, 3)"), (17, "0 -> 1")], found


def equal_changes_of_a_line_are_counted(bench):
    found = [m.key for m in mutants.mutants("x", "int f(int a) {\n    return a < 3 || a < 9;\n}\n")]
    assert found[0::2] == ["x.c | return a < 3 || a < 9; | 1 | < -> <=", "x.c | return a < 3 || a < 9; | 2 | < -> <="], found


def one_program_shows_each_mutant(bench):
    numbered = dict(enumerate(mutants.mutants("sample", SAMPLE), 1))
    text, lines, others = mutants.switched(SAMPLE, numbered)
    assert set(others) == {1} and set(lines) == set(numbered) - {1}
    source, program = bench.dir / "sample.c", bench.dir / "sample"
    source.write_text(text, encoding="utf-8")
    subprocess.run(["gcc", "-w", source, "-o", program], check=True)

    def shows(number):
        done = subprocess.run([program], capture_output=True, text=True, env={mutants.SWITCH: str(number)})
        return done.stdout.count("a < b"), done.returncode
    assert shows(0) == (1, 7)
    assert {n: shows(n) for n in lines} == {2: (2, 7), 3: (0, 7), 4: (2, 7), 5: (1, 7), 6: (0, 7), 7: (1, 0), 8: (1, 7)}


def a_rate_on_the_limit_passes_and_one_below_does_not(bench):
    assert mutate.verdict([("a", 100, 95, 0), ("b", 10, 9, 0)], []) != []  # 94.5 % together
    assert mutate.verdict([("a", 100, 96, 0), ("b", 10, 9, 0)], []) == []
    assert mutate.verdict([("a", 100, 95, 0)], []) == []
    assert mutate.verdict([("a", 100, 94, 0)], []) == ["together 94.0 % killed, wanted 95 %"]
    assert mutate.verdict([("a", 1000, 999, 0), ("b", 10, 8, 0)], []) == ["b: 80.0 % killed, wanted 90 %"]
    assert mutate.verdict([("a", 1000, 999, 0), ("b", 10, 8, 0)], [], every=5) == []
    assert mutate.verdict([("a", 100, 94, 0)], [], every=5) != []


def what_is_equivalent_is_not_to_be_killed(bench):
    assert mutate.verdict([("a", 10, 8, 2)], []) == []
    assert mutate.verdict([("a", 10, 0, 10)], []) == []
    assert mutate.verdict([], ["a.c | x | 1 | 0 -> 1"]) == ["equivalent.txt names what is no mutant: a.c | x | 1 | 0 -> 1"]


def each_equivalent_has_its_reason(bench):
    for line in (HERE / "equivalent.txt").read_text(encoding="utf-8").splitlines()[1:]:
        key, _, reason = line.partition(" # ")
        assert len(key.split(" | ")) >= 4 and len(reason) > 10, line


def the_gate_fails_where_the_tests_do_not_look(bench):
    """The mutants of one rule, asked by its own test and by that of another."""
    build = pathlib.Path(bench.settle).parents[1]
    run = lambda test: subprocess.run([sys.executable, HERE / "mutate.py", build, "--by", test, "duplicate"],
                                      capture_output=True, text=True)
    blind, seeing = run("similarity"), run("duplicate")
    assert blind.returncode == 1 and "duplicate: 0.0 % killed, wanted 90 %" in blind.stdout, blind.stdout + blind.stderr
    assert seeing.returncode == 0, seeing.stdout + seeing.stderr


if __name__ == "__main__":
    main([changes_stand_outside_of_texts_and_comments, equal_changes_of_a_line_are_counted, one_program_shows_each_mutant,
          a_rate_on_the_limit_passes_and_one_below_does_not, what_is_equivalent_is_not_to_be_killed,
          each_equivalent_has_its_reason, the_gate_fails_where_the_tests_do_not_look], sys.argv[1])
