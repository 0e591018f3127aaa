#!/usr/bin/env python3
"""The documents say what is so: links resolve, rules and tables are those of the sources, JSON is that of the command.

    docs.py SETTLE
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PAGES = [path for path in [*pathlib.Path(".").glob("*.md"), *pathlib.Path("docs").glob("*.md"),
                           *pathlib.Path("schemas").glob("*.md"), *pathlib.Path("adapters").glob("**/*.md")]]


def text(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def broken_links():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text(page)):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page}: no such file: {target}"


def rules():
    """checks.md has a row for each rule of the library, and for no other."""
    known = {rule for path in pathlib.Path("libsettle/rules").glob("*.c")
             for rule in re.findall(r"^ +\.id = \"([A-Z]+\d+)\"", text(path), re.M)}
    told = set(re.findall(r"^\| ([A-Z]\d+) \|", text("docs/checks.md"), re.M))
    yield from (f"docs/checks.md lacks rule {rule}" for rule in sorted(known - told))
    yield from (f"docs/checks.md has rule {rule}, the library has not" for rule in sorted(told - known))
    if len(known) < 19:
        yield f"only {len(known)} rules found"


def tables():
    """packs.md names each column of a table that someone edits, in the row of its file or behind `the rest as`."""
    source = text("libsettle/model/tables.h")
    columns = {name: re.findall(r"X\(\w+, \w+, \"([^\"]+)\"", body)
               for name, body in re.findall(r"#define (\w+_COLUMNS)\(X\)((?:.*\\\n)*.*)", source)}
    page = text("docs/packs.md")
    rows = {file: row for files, row in re.findall(r"^\| ([\w/., -]+\.csv) \|(.*)\|$", page, re.M)
            for file in files.replace("icd10.csv, ", "icd10.csv, dictionaries/").split(", ")}
    specs = re.findall(r"X\(\w+, \"\w+\", \"([\w/-]+\.csv)\", (\w+)\)", text("libsettle/model/region.h"))
    for file, name in specs:
        row = rows.get(file)
        wanted = columns.get(name)
        if row is None or wanted is None:
            yield f"docs/packs.md lacks {file}"
            continue
        told = set(re.findall(r"`(\w+)`", row + section(page, file)))
        if "the rest as course.csv" in row:
            told |= set(re.findall(r"`(\w+)`", rows["rules/course.csv"]))
        yield from (f"docs/packs.md, {file}: lacks {column}" for column in wanted if column not in told)
    if len(specs) < 20:
        yield f"only {len(specs)} tables found"


def section(page, file):
    found = re.search(rf"^### {re.escape(file.split('/')[-1])}\n(.*?)(?=^#)", page, re.M | re.S)
    return found[1] if found else ""


def shapes(value, place=""):
    if isinstance(value, dict):
        yield place, list(value)
        for key, inner in value.items():
            yield from shapes(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for inner in value:
            yield from shapes(inner, f"{place}[]")


def documented():
    found = {}
    for heading, body in re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", text("docs/json.md"), re.M | re.S):
        rows = {place.strip("`"): re.findall(r"`([^`]+)`", members)
                for place, members in re.findall(r"^\| ?(`[^`|]+`)? ?\| (`.*) \|$", body, re.M)}
        for name in heading.split(", "):
            found[name] = rows
    return found


def json_of(settle, folder):
    """Answers of each command on the example hospital: (name in json.md, objects)."""
    home = f"{folder}/home"

    def run(*arguments, given=None):
        said = subprocess.run([settle, *arguments, "--json"], input=given, capture_output=True, text=True, check=False)
        return [json.loads(line) for line in said.stdout.splitlines()]

    yield "init", run("init", home)
    permitted = f"{home}/packs/sample-999901"
    with open(f"{permitted}/rules/parameters.csv", "a", encoding="utf-8") as file:
        file.write("V14,override,one,,,test\n")
    settings = pathlib.Path(f"{permitted}/pack.xml")
    number = '<policy insutype="310"><param name="average-wage" value="36000.01"/></policy>'
    settings.write_text(text(settings).replace('<policy insutype="310"/>', number), encoding="utf-8")
    yield "pack", run("pack", "build", permitted)
    yield "pack rules", run("pack", "rules", next(map(str, pathlib.Path(home).glob("packs/sample*.pack"))))
    poor = shutil.copytree(home, f"{folder}/poor")
    settings.write_text(text(settings).replace('<table file="rules/cycle.csv"/>', ""), encoding="utf-8")
    run("pack", "build", permitted, "-o", f"{poor}/packs/sample-999901-2026.1.pack")
    with open(f"{poor}/settle.ini", "a", encoding="utf-8") as file:
        file.write("[rules]\nV23 = shadow\n")
    with open(f"{home}/stays/deposits.csv", "w", encoding="utf-8") as file:
        file.write("mdtrt_id,recp_no,time,amt,pay_way\nS01,R1,2025-03-03 09:50:00,2000.00,cash\n")
    yield "import", run("import", "-C", home, f"{home}/stays")
    yield "check", run("check", "-C", home, "S03")
    yield "check --summary", run("check", "-C", home, "--summary", f"{home}/stays")
    yield "preview", run("preview", "-C", home, f"{home}/stays")
    (stray,) = [f for f in run("check", "-C", home, "S03")[0]["findings"] if f["rule_id"] == "V14"]
    yield "override", run("override", "-C", home, "S03", stray["finding_id"], "--approval", "1", "--by", "测试丙",
                          "--role", "物价员", "--reason", "测试")
    yield "check", run("check", "-C", home, "S03")
    yield "explain", run("explain", "-C", home, "S03")
    yield "submit", run("submit", "-C", home, "S03")
    yield "submit", run("submit", "-C", home, "--interim", "--until", "2025-03-05", "S01")
    yield "submit", run("submit", "-C", home, "S01")
    yield "reverse", run("reverse", "-C", home, "S01", "--by", "1", "--role", "2", "--reason", "3", "--second", "4")
    yield "submit", run("submit", "-C", home, "S01")
    yield "status", run("status", "-C", home)
    document = f"{folder}/S01.xml"
    with open(document, "wb") as file:
        subprocess.run([settle, "document", "-C", home, "S01"], stdout=file, check=True)
    yield "verify", run("verify", "-C", home, document)
    yield "policy totals", run("policy", "totals", "-C", home)
    built = f"{folder}/poor.pack"
    yield "pack", run("pack", "build", "-o", built, f"{home}/packs/changsha-2015")
    yield "policy whatif", run("policy", "whatif", "-C", home, built)
    yield "pack", run("pack", "show", built)
    yield "pack rules", run("pack", "rules", built)
    yield "pack", run("pack", "check", built)
    yield "pack list", run("pack", "list", "-C", f"{folder}/poor")
    yield "check", run("check", "-C", f"{folder}/poor", f"{home}/stays")
    yield "map check", run("map", "check", "-C", home)
    mapping = pathlib.Path(f"{folder}/poor/hospital/mapping.csv")
    mapping.write_text(text(mapping).replace("XN07XXD130E002010102774", "XN07XXD130E002010102774"[:20]), encoding="utf-8")
    yield "map check", run("map", "check", "-C", f"{folder}/poor")
    yield "map list", run("map", "list", "-C", home)
    yield "map suggest", run("map", "suggest", "-C", home, "F100231")
    proposed = pathlib.Path(f"{folder}/proposed.csv")
    proposed.write_text("medins_list_codg,med_list_codg\nF100007,001204000110000\n", encoding="utf-8")
    yield "map import", run("map", "import", "-C", home, proposed)
    yield "map propose", run("map", "propose", "-C", home)
    yield "map review", run("map", "review", "-C", home)
    yield "map approve", run("map", "approve", "-C", home, "--batch", "1", "--opter", "OP2")
    tables = pathlib.Path(f"{folder}/tables")
    tables.mkdir()
    (tables / "inpt_cost.csv").write_text("id,hosp_code,status_code,cost_time\n1,1,9,2025-03-04\n", encoding="utf-8")
    with open(f"{home}/settle.ini", "a", encoding="utf-8") as file:
        file.write("[adapter hsa-his]\nhosp_code = 1\n")
    yield "adapter", run("adapter", "list", "-C", home)
    yield "adapter", run("adapter", "probe", "-a", "hsa-his", "-C", home)
    yield "adapter", run("adapter", "probe", "-a", "hsa-his", "-C", home, str(tables))
    yield "audit verify", run("audit", "verify", "-C", home)
    yield "batch", run("batch", "-C", home, given="{}\n")
    yield "follow", run("follow", "-C", home, "S02", given="".join(follow_events(run("check", "-C", home, "S02")[0])))


def follow_events(checked):
    """Two of a charge above its cap, refunded one by one."""
    row = {"mdtrt_id": checked["mdtrt_id"], "fee_ocur_time": "2025-04-08 08:00:00", "medins_list_codg": "F100231",
           "cnt": "2", "pric": "99.00", "det_item_fee_sumamt": "198.00"}
    back = {**row, "init_feedetl_sn": "1", "cnt": "-1", "det_item_fee_sumamt": "-99.00"}
    for serial, charge in enumerate((row, back, back), start=1):
        yield json.dumps({"append": {"charges": [{**charge, "feedetl_sn": str(serial)}]}}) + "\n"


FREE = {"records", "rows"}  # named by what was read, by the tables
ABSENT = {"check": {"setlinfo", "mid_setl_flag", "settled_before", "setldetail", "accumulators", "payment_method",
                    "withheld", "later_reimbursement", "desk", "lines"}, "findings[]": {"override"},
          "adapter": {"adapters", "adapter", "title", "dialect", "product", "options", "tables", "read"},
          "adapters[]": {"path", "title", "version", "error"}, "read": {"stays", "charges", "error"},
          "tables[]": {"there", "rows", "file", "encoding", "statement", "error"},
          "tables[].columns[]": {"there", "may_lack", "filled", "longest", "dates", "never", "no_dates", "words", "more_words"},
          "submit": {"msgid", "made_at", "content_digest", "document_bytes", "document_lines"},
          "stays[]": {"msgid", "made_at", "settlements", "medfee_sumamt", "fund_pay_sumamt", "psn_part_amt"}}


def json_members(settle):
    told, seen = documented(), set()
    with tempfile.TemporaryDirectory() as folder:
        for name, answers in json_of(settle, folder):
            if not answers:
                yield f"{name}: no answer"
            for place, members in (shape for answer in answers for shape in shapes(answer)):
                if place in FREE:
                    continue
                as_finding = place.replace("finding", "findings[]", 1) if name == "override" else place
                wanted = told[name].get(place, told["preview"].get(as_finding))
                seen.add((name, place))
                optional = ABSENT.get(place or name, ABSENT.get(as_finding, set())) if wanted else set()
                if wanted is None:
                    yield f"docs/json.md, {name}: lacks the object {place}"
                elif members != [w for w in wanted if w in members] or not set(wanted) - set(members) <= optional:
                    yield f"docs/json.md, {name}, {place or 'object'}: prints {members}, the page says {wanted}"
        for name, rows in told.items():
            yield from (f"docs/json.md, {name}: nothing shows {place or 'the object'}" for place in rows
                        if (name, place) not in seen and place != "findings[].override" and name not in ("check", "preview"))


def main():
    faults = sorted(set([*broken_links(), *rules(), *tables(), *json_members(os.path.abspath(sys.argv[1]))]))
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
