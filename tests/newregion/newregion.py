#!/usr/bin/env python3
"""docs/new-region.md does what it shows: its commands are run in a copy of examples/new-region, and each prints what stands
below it. With --update as second argument the page gets what they print now; the diff is the review."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "new-region.md"
EXAMPLE = ROOT / "examples" / "new-region"
BLOCK = re.compile(r"^```\n(\$ .*?)^```\n", re.M | re.S)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.M)


BUILD_PACK = "settle pack build packs/shili-999902 >/dev/null; "
OTHER = """<pack xmlns="urn:libsettle:pack:1.0" id="other" version="1" name="测试" begndate="2026-01-01">
  <region admdvs="999904"/>
  <scheme insutype="390"/>
  <include path="../shili-999902">
    <table file="{}"/>
  </include>
</pack>
"""


class Home:
    """A copy of the example in which the commands of a page run one after the other."""

    def __init__(self, build):
        self.dir = tempfile.mkdtemp(prefix="settle-region-")
        self.home = pathlib.Path(self.dir) / "home"
        shutil.copytree(EXAMPLE, self.home)
        path = f"{(pathlib.Path(build) / 'bin').resolve()}:{os.environ['PATH']}"
        self.environment = {"PATH": path, "LC_ALL": "C.UTF-8"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.dir)

    def run(self, command):
        done = subprocess.run(["sh", "-c", command], cwd=self.home, env=self.environment, text=True, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.stdout.replace(f"{self.home}/", "")


def differences(build, page):
    """(command, what the page shows, what it prints) of each command that prints something else."""
    with Home(build) as home:
        ran = [(command, shown, home.run(command))
               for block in BLOCK.findall(page) for command, shown in COMMAND.findall(block)]
    return len(ran), [one for one in ran if one[1] != one[2]]


def rewritten(build, page):
    with Home(build) as home:
        again = lambda block: COMMAND.sub(lambda c: f"$ {c[1]}\n{home.run(c[1])}", block[1])
        return BLOCK.sub(lambda block: f"```\n{again(block)}```\n", page)


def page_is_true(build, page):
    ran, wrong = differences(build, page)
    for command, shown, printed in wrong:
        print(f"$ {command}\n--- the page shows\n{shown}--- it prints\n{printed}")
    return ran >= 20 and not wrong


def a_wrong_figure_is_noticed(build, page):
    """The twin: one fen, one line number, one line fewer in the page."""
    for old, new in (("= 4770.00", "= 4770.01"), ("policy.xml:", "policy.xml:1"), ("exit 4\n", "")):
        assert old in page, old
        if len(differences(build, page.replace(old, new, 1))[1]) != 1:
            print(f"not noticed: {old!r} -> {new!r}")
            return False
    return True


def amounts_by_hand_are_the_results(_, page):
    """Each figure in bold, and each last column of a table by hand, stands in some output too."""
    prose = BLOCK.sub("", page)
    by_hand = re.findall(r"\*\*([0-9.]+)\*\*", prose) + re.findall(r"^\|.*\| ([0-9]+\.[0-9]{2}) \|$", prose, re.M)
    printed = "".join(BLOCK.findall(page))
    missing = [figure for figure in by_hand if not re.search(rf"(?<![0-9.]){re.escape(figure)}(?![0-9])", printed)]
    print("".join(f"by hand, in no output: {figure}\n" for figure in missing), end="")
    return len(by_hand) >= 15 and not missing


def articles_are_all_used(_, page):
    """Each article of the text is the basis of some element, and no element of another."""
    articles = {f"第{number}条" for number in re.findall(r"^\| ([一二三四五六七八九十]+) \|", page, re.M)}
    policy = (EXAMPLE / "packs/shili-999902/policy.xml").read_text(encoding="utf-8")
    used = set(re.findall(r"第[一二三四五六七八九十]+条", policy))
    print("".join(f"in one of text and policy only: {a}\n" for a in articles ^ used), end="")
    return len(articles) == 12 and articles == used


def what_the_policy_names_and_the_pack_lacks_is_told(build, _):
    """A list and a method without rows; nothing of either where they have some."""
    def lacks(edit):
        with Home(build) as home:
            home.run(edit)
            built = json.loads(home.run("settle pack --json build packs/shili-999902"))
        return [(b["file"], b["item"]) for b in built["base_data"] if b["rule_id"] == "ACC"]
    return (lacks("true") == []
            and lacks("sed -i s/^tcm/tcn/ packs/*/rules/lists.csv") == [("rules/lists.csv", "tcm")] * 2
            and lacks("sed -i s/^quota/qouta/ packs/*/rules/standards.csv") == [("rules/standards.csv", "quota")])


def another_pack_takes_its_tables(build, _):
    """Every table can be included, standards too; a table that is none is refused in its line."""
    def included(table):
        with Home(build) as home:
            other = home.home / "packs" / "other"
            other.mkdir()
            (other / "pack.xml").write_text(OTHER.format(table), encoding="utf-8")
            return home.run("settle pack --json build packs/other")
    refused = "settle: pack.xml:5: table: the source of the region pack is wrong (attribute 'file' is not an element of the set"
    return json.loads(included("rules/standards.csv"))["rows"]["standards"] == 2 and included("rules/quota.csv").startswith(refused)


def a_stay_that_the_pack_does_not_serve_says_why(build, _):
    """Another place of care, another year, in both languages; unchanged stays are served."""
    def refusals(edit, lang):
        with Home(build) as home:
            home.run(f"{BUILD_PACK}sed -i {edit} stays/stays.csv")
            told = home.run(f"settle preview --lang {lang} stays 2>&1 >/dev/null; echo exit $?").splitlines()
            return sorted({line for line in told if "WARNING" not in line and "警告" not in line})
    elsewhere, later = "s/,999903,/,999904,/", "s/2026-06-30/2027-06-30/g"
    return (refusals("s/a/a/", "en") == ["exit 0"]
            and refusals(elsewhere, "en") == ["exit 4", 'settle: insutype: no region pack serves the stay: "390" '
                                              "(place of care 999904); list a pack in settle.ini"]
            and any("(就医地 999904)" in line or "（就医地 999904）" in line for line in refusals(elsewhere, "zh"))
            and refusals(later, "en") == ["exit 4", 'settle: insutype: the region pack is not valid on that date: "390" '
                                          "(shili-999902 2026.1); install the pack of that date"])


def main(build, *options):
    page = PAGE.read_text(encoding="utf-8")
    if options == ("--update",):
        PAGE.write_text(rewritten(build, page), encoding="utf-8")
        return 0
    tests = (page_is_true, a_wrong_figure_is_noticed, amounts_by_hand_are_the_results, articles_are_all_used,
             what_the_policy_names_and_the_pack_lacks_is_told,
             another_pack_takes_its_tables, a_stay_that_the_pack_does_not_serve_says_why)
    failed = [test.__name__ for test in tests if not test(build, page)]
    print("".join(f"FAILED: {name}\n" for name in failed), end="")
    print(f"{len(tests) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
