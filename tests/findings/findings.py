#!/usr/bin/env python3
"""What a cashier reads: every check's finding, in both languages, says with numbers what is wrong, by which row, and what to do.

The stays are those of tests/corpus, which plants every check; here only the texts of what is found are looked at.
"""
import json
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "corpus")]
from command import main  # noqa: E402
import checks  # noqa: E402
import corpus  # noqa: E402
import make_corpus  # noqa: E402

COUNT, SEED = 1500, 20250707
PACK = re.compile(r"; sample-999901 \d+\.\d+(?=;|$)")  # causes that are one finding come after
TABLE = re.compile(r"(?:rules/[\w-]+|caps|surcharges)\.csv(?: (V\d+|T1|W14)(?:\.[\w-]+)?)?")
PERSONAL = ("psn_no", "certno", "mdtrt_cert_no", "psn_name", "brdy", "tel", "addr", "medrcdno", "adm_bed")
CHINESE, ENGLISH = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"(?:\b[A-Za-z]+,? ){2}[A-Za-z]+")


def tables_of_checks():
    """By rule id and check: tables of the pack that it says it reads."""
    found = {}
    for source in checks.RULES.glob("*.c"):
        for body in re.findall(r"const stl_rule (STL_RULE_\w+ = \{.*?\n\});", source.read_text(encoding="utf-8"), re.S):
            name = re.match(r"STL_RULE_(\w+)", body)[1].lower()
            reads = "".join(re.findall(r'"([^"]*)"', re.search(r"\.reads =(.*?),\n", body, re.S)[1]))
            files = {word.split(" ")[0] for word in reads.split(", ") if not word.endswith(("?", "lists.csv visit"))}
            found[name] = {file for file in files if file.startswith(("rules/", "caps.csv", "surcharges.csv", "pathways/"))}
    return found


TABLES = tables_of_checks()
TABLES |= {"consent": set(), "factor": set()}  # the catalogue says what is self-funded, seldom a table; equal units need none


def faults(finding, lang, stay):
    """What is wrong with the texts of a finding."""
    said = {key: finding[key] for key in ("rule_name", "evidence", "fix", "basis")}
    yield from (f"{key} is empty" for key, text in said.items() if not text.strip())
    if not re.search(r"[0-9A-Za-z]", finding["evidence"]) and finding["rule_id"] != "ACC":
        yield "the evidence has no number and no code"
    if not PACK.search(finding["basis"]):
        yield "the basis names no pack and version"
    if not re.match(r"(V\d+|S\d+|W\d+|B\d+|P\d+) ", finding["basis"]):
        yield "the basis does not begin with a row of the atlas"
    for check in checks.checks_of(finding):
        if TABLES.get(check) and not any(file.split("*")[0] in finding["basis"] for file in TABLES[check]):
            yield f"the basis of {check} names none of {sorted(TABLES[check])}"
    for table in TABLE.finditer(finding["basis"]):
        if finding["basis"][table.end():table.end() + 1] == ";" and table[1] is None:
            yield f"the basis names no row of {table[0]}"
    if lang == "zh":
        yield from (f"{key} is not Chinese" for key in ("rule_name", "evidence", "fix")
                    if not CHINESE.search(said[key]) or ENGLISH.search(said[key]))
    else:
        yield from (f"{key} is not English" for key in ("rule_name", "fix") if CHINESE.search(said[key]))
    text = " ".join(said.values())
    of_the_stay = {"brdy"} if stay["brdy"] >= "2024" else set()  # a newborn's birth date may be a day of the stay
    yield from (f"tells {field}" for field in PERSONAL
                if field not in of_the_stay and len(stay.get(field, "")) > 1 and stay[field] in text)


def judged(bench, home, folder, lang):
    with open(folder / "stays.ndjson", encoding="utf-8") as stays:
        done = subprocess.run([bench.settle, "batch", "-C", str(home), "--lang", lang], stdin=stays, capture_output=True,
                              text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class Corpus:
    """Made and judged once, for all tests."""
    known = None

    @classmethod
    def of(cls, bench):
        if cls.known is None:
            folder = bench.dir / "corpus"
            make_corpus.main(folder, COUNT, SEED)
            home = corpus.hospital(bench, folder)
            corpus.settle_before(bench, home, folder)
            stays = [json.loads(line)["stay"] for line in (folder / "stays.ndjson").read_text(encoding="utf-8").splitlines()]
            cls.known = stays, {lang: judged(bench, home, folder, lang) for lang in ("zh", "en")}
        return cls.known


def texts_say_what_is_wrong_and_what_to_do(bench):
    stays, results = Corpus.of(bench)
    wrong = {}
    for lang, answers in results.items():
        for stay, answer in zip(stays, answers, strict=True):
            for finding in answer["findings"]:
                for fault in faults(finding, lang, stay):
                    wrong.setdefault((finding["rule_id"], lang, fault), finding)
    assert not wrong, "\n".join(f"{k}: {f['evidence']} | {f['basis']} | {f['fix']}" for k, f in sorted(wrong.items()))


def every_check_is_read(bench):
    _, results = Corpus.of(bench)
    seen = {(f["rule_id"], check) for answer in results["zh"] for f in answer["findings"] for check in checks.checks_of(f)}
    lacking = {checks.title(rule, check) for rule, names in checks.CHECKS.items() for check in names
               if (rule, check) not in seen} - set(checks.EXCEPTIONS)
    assert not lacking, sorted(lacking)


def both_languages_find_the_same(bench):
    _, results = Corpus.of(bench)
    told = [[[(f["finding_id"], f["action"], f["vola_amt"], f["lines"], f["involved"], f["group"]) for f in answer["findings"]]
             for answer in answers] for answers in results.values()]
    assert told[0] == told[1]


def bad_texts_are_noticed(bench):
    stays, results = Corpus.of(bench)
    stay, finding = next((s, f) for s, a in zip(stays, results["zh"]) for f in a["findings"]
                         if f["rule_id"] == "V16" and "rules/cycle.csv" in f["basis"])
    assert not list(faults(finding, "zh", stay))
    for change, fault in (({"evidence": " "}, "evidence is empty"), ({"evidence": "重复"}, "no number and no code"),
                          ({"fix": "refund it or ask the office"}, "fix is not Chinese"),
                          ({"basis": finding["basis"].replace("sample-999901 ", "")}, "pack and version"),
                          ({"basis": finding["basis"][3:]}, "row of the atlas"),
                          ({"basis": re.sub(r"rules/cycle.csv [^;]*", "rules/cycle.csv", finding["basis"])}, "no row of"),
                          ({"basis": finding["basis"].replace("rules/cycle.csv", "x")}, "the basis of cycle names none"),
                          ({"evidence": finding["evidence"] + stay["certno"]}, "tells certno")):
        assert any(fault in told for told in faults({**finding, **change}, "zh", stay)), fault


main([texts_say_what_is_wrong_and_what_to_do, every_check_is_read, both_languages_find_the_same, bad_texts_are_noticed],
     sys.argv[1])
