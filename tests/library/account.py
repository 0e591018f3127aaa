"""Where each knowledge point of the two libraries stands: live, kept aside, or folded into another; none is lost."""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from command import EXAMPLE, ROOT, read_csv
from hospital import rules

DATA = ROOT.parent / "shared" / "data"
HINTS = ("药品限适应症", "药品限二线使用", "超互联网医院药品支付范围")  # free text: shown, never judged
NOTE = "KP-03e96cd241d2f1ae"  # names no code: whom the rule of sex leaves out, list V10.sex-exempt

# class of the library: table of the pack, and of its codes: the column of the value and the file that states it
TABLES = {
    "医疗服务项目重复收费": ("repeat-charge", {"frequency": "rules-repeat-charge"}),
    "医疗服务项目限定频次": ("frequency", {"limit": "rules-frequency"}),
    "医疗服务项目周期超频次": ("cycle", {"days": "rules-cycle"}),
    "药品限支付疗程": ("course", {"days": "rules-course-drug"}),
    "医疗服务项目限支付疗程": ("course", {"days": "rules-course-service"}),
    "药品限医疗机构级别": ("institution-grade", {"min_grade": "rules-institution-grade"}),
    "药品限就医方式": ("visit-mode", {"visit_mode": "rules-visit-mode"}),
    "药品限工伤保险": ("insurance-type", {"insurance": "rules-insurance-type"}),
    "药品限生育保险": ("insurance-type", {"insurance": "rules-insurance-type"}),
    "药品区分性别使用": ("sex", {"sex": "rules-sex-drug"}),
    "医疗服务项目区分性别使用": ("sex", {"sex": "rules-sex-service"}),
    "药品儿童专用": ("age", {"age_group": "rules-age-drug"}),
    "药品限儿童使用": ("age", {"age_group": "rules-age-drug"}),
    "医疗服务项目儿童专用": ("age", {"age_group": "rules-age-service"}),
    "医疗服务项目限年龄": ("age", {}),
    "手术项目未按规定折价收费": ("surgery-discount", {"group": "rules-surgery-discount-group"}),
    "中药饮片单方使用不予支付": ("tcm-pieces", {}),
    "中药饮片单复方均不予支付": ("tcm-pieces", {}),
    **dict.fromkeys(HINTS, ("text-hints", {})),
}


# class: points, of them superseded; code by code: live, of a superseded point, dropped by its successor, and folded,
# which is live under another point of the same class (KP-45756864a975a242 repeats four codes)
EXPECTED = """
医疗服务项目重复收费 900 0 1800 0 0 0
医疗服务项目限定频次 67 0 67 0 0 0
医疗服务项目周期超频次 14 0 14 0 0 0
药品限支付疗程 59 29 1171 1144 2 0
医疗服务项目限支付疗程 11 0 11 0 0 0
药品限医疗机构级别 123 61 975 958 4 0
药品限就医方式 76 34 779 704 28 0
药品限工伤保险 18 9 94 84 1 0
药品限生育保险 6 3 30 27 0 0
药品区分性别使用 640 156 6574 2440 16 0
医疗服务项目区分性别使用 391 0 390 0 0 0
药品儿童专用 366 95 4435 1982 6 4
药品限儿童使用 24 10 43 20 2 0
医疗服务项目儿童专用 30 0 30 0 0 0
医疗服务项目限年龄 1 0 1 0 0 0
手术项目未按规定折价收费 378 0 378 0 0 0
中药饮片单方使用不予支付 116 0 116 0 0 0
中药饮片单复方均不予支付 37 0 37 0 0 0
药品限适应症 510 0 5064 0 0 0
药品限二线使用 110 0 601 0 0 0
超互联网医院药品支付范围 22 0 232 0 0 0
"""
PLACES = ("live", "superseded", "dropped", "folded")


class Library:
    """The library of the shared data beside the tables of the pack."""

    def __init__(self):
        self.points = [json.loads(line) for line in open(DATA / "two-libraries.jsonl", encoding="utf-8")]
        self.by_id = {p["kp_id"]: p for p in self.points}
        self.superseded = {p["supersedes"] for p in self.points if p["supersedes"]}
        self.retired = {(r["kp_id"], r["med_list_codg"]): r for r in rules("retired")}
        self.tables = {table: rules(table) for table, _ in TABLES.values()}
        self.live = {(table, row["kp_id"], code) for table, rows in self.tables.items() for row in rows
                     for code in codes_of(row)}
        self.known = {(table, code) for table, _, code in self.live}


def codes_of(row):
    return {row[c] for c in ("med_list_codg", "main_code", "component_code") if c in row}


def place_of(library, point, code):
    """Where one code of one point stands; None: it is lost."""
    table, name = TABLES[point["rule_class"]][0], point["kp_id"]
    if (table, name, code) in library.live:
        return "live" if name not in library.superseded else None
    if (name, code) in library.retired:
        return library.retired[name, code]["why"]
    return "folded" if (table, code) in library.known else None


def every_point_has_its_place(library):
    count = collections.Counter()
    for point in library.points:
        family = point["rule_class"]
        count[family, "points"] += 1
        count[family, "old"] += point["kp_id"] in library.superseded
        for code in set(point["med_codes"]):
            place = place_of(library, point, code)
            assert place is not None, f"lost: {code} of {point['kp_id']} {point['item_name']}"
            count[family, place] += 1
    found = [" ".join([family, *(str(count[family, what]) for what in ("points", "old", *PLACES))]) for family in TABLES]
    assert found == EXPECTED.split("\n")[1:-1], "\n".join(found)
    print("the libraries, by class: points, superseded; codes live, superseded, dropped, folded")
    print("\n".join(f"  {line}" for line in found))
    old = sum(count[family, "old"] for family in TABLES)
    print(f"  {len(library.points)} points: {len(library.points) - old} in force, {old} superseded and kept aside")


def only_the_note_names_no_code(library):
    assert [p["kp_id"] for p in library.points if not p["med_codes"]] == [NOTE]
    lists = read_csv(EXAMPLE / "packs" / "sample-999901" / "rules" / "lists.csv")
    named = [r for r in lists if NOTE in r["source"]]
    assert named and {r["list"] for r in named} == {"V10.sex-exempt"}


def no_row_is_without_its_point(library):
    for table, rows in library.tables.items():
        for row in rows:
            point = library.by_id[row["kp_id"]]
            assert row["kp_id"] not in library.superseded, row
            assert codes_of(row) <= set(point["med_codes"]), row
            assert TABLES[point["rule_class"]][0] == table, row
            assert row["gz_code"] == (point["gz_code"] or ""), row
    for (name, code), row in library.retired.items():
        assert name in library.superseded and code in library.by_id[name]["med_codes"], row


SAME = {"M": "1", "F": "2", "emergency+inpatient": "emergency-inpatient"}
COLUMN = {"sex": "gend", "min_grade": "min_medins_lv"}


def values_are_those_of_the_tables(library):
    """Each live row has the value that the shared table states for its code."""
    stated = collections.defaultdict(set)
    for table, files in TABLES.values():
        for column, file in files.items():
            for row in read_csv(DATA / f"{file}.csv"):
                if row.get("note") != "dropped-by-update":
                    codes = (row["main_code"], row["component_code"]) if "main_code" in row else (row["code"],)
                    stated[table, COLUMN.get(column, column), codes].add(SAME.get(row[column], row[column]))
    for table, column in sorted({(t, c) for t, c, _ in stated}):
        for row in library.tables[table]:
            codes = (row["main_code"], row["component_code"]) if "main_code" in row else (row["med_list_codg"],)
            wanted = stated.get((table, column, codes))
            assert row[column] in (wanted or {"working-age"}), (table, column, row, wanted)


def the_packs_are_made_of_the_tables(library):
    """What examples/make_example.py makes is what is committed."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, ROOT / "examples" / "make_example.py", DATA, made], check=True)
        for path in sorted(pathlib.Path(made).rglob("*")):
            if path.is_file():
                committed = EXAMPLE / path.relative_to(made)
                assert committed.read_bytes() == path.read_bytes(), f"{committed} is not what make_example.py makes"


def every_table_is_read_and_served(bench):
    """By a rule of the library, and by the example region."""
    code = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "libsettle" / "rules").glob("*.c"))
    pack = (EXAMPLE / "packs" / "sample-999901" / "pack.xml").read_text(encoding="utf-8")
    reads = " ".join(re.findall(r'\.reads =((?:\s*"[^"]*")+)', code))
    tables = {f.stem for f in (EXAMPLE / "packs" / "nhsa-2026" / "rules").glob("*.csv")} - {"parameters", "retired"}
    assert tables == {table for table, _ in TABLES.values()}
    for table in sorted(tables):
        assert f"rules/{table}.csv" in reads, f"no rule reads rules/{table}.csv"
        assert f'<table file="rules/{table}.csv"/>' in pack, f"the example region does not take rules/{table}.csv"


def compared(test):
    """With the library of the shared data, where it is there."""
    def run(bench):
        if DATA.is_dir():
            test(Library())
        else:
            print(f"{test.__name__}: not compared, ../shared/data is not there")
    run.__name__ = test.__name__
    return run


TESTS = [every_table_is_read_and_served, *map(compared, (
    every_point_has_its_place, only_the_note_names_no_code, no_row_is_without_its_point, values_are_those_of_the_tables,
    the_packs_are_made_of_the_tables))]
