# SPDX-License-Identifier: Apache-2.0
"""Random packs: policies put together by includes, with a random catalogue, price list, lists and standards."""
import csv
import datetime
import xml.etree.ElementTree as ElementTree
from xml.etree.ElementTree import SubElement

from random_policy import Maker
from universe import (
    AREAS, CODES, DEPARTMENTS, DIAGNOSES, GROUPS, LISTS, LIST_TYPES, PRICE_CODES, day, fen_text, ratio_text,
)

POLICY = "urn:libsettle:policy:1.0"
PACK = "urn:libsettle:pack:1.0"


CATALOGUE = (
    "med_list_codg med_list_name list_type med_list_unit chrgitm_lv selfpay_prop lmt_used_flag "
    "begndate enddate source"
)
EXCLUSIONS = "med_list_codg med_list_name reason begndate enddate source"
CAPS = "pric_list_codg medins_lv admdvs begndate enddate kind pric_uplmt_amt unit source"
LISTED = "list item value name begndate enddate source"
STANDARDS = "method code name fixmedins_code medins_lv amount begndate enddate source"


def write_xml(path, root, namespace):
    root.set("xmlns", namespace)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n", encoding="utf-8")


def write_csv(path, columns, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns.split())
        out.writerows(lines)


def pack_of(name, scheme="*"):
    root = ElementTree.Element("pack", id=name, version="1", name="N", begndate="2020-01-01")
    SubElement(root, "region", admdvs="99")
    SubElement(root, "scheme", insutype=scheme)
    return root


def put_settings(element, settings):
    for name, value in settings.items():
        SubElement(element, "param", name=name, value=value)


def write_tables(rng, directory):
    catalogue, exclusions, caps = [], [], []
    for code in CODES:
        change = day(rng) if rng.random() < 0.3 else ""
        for begin, end in [("", change), (change, "")] if change else [("", "")]:
            level = rng.choice(["01", "01", "01", "02", "02", "03"])
            own = ratio_text(rng, 5000) if rng.random() < (0.2 if level == "01" else 0.6) else ""
            limited = "1" if rng.random() < 0.2 else "0"
            begin = next_day(begin) if begin else "2020-01-01"
            if end and rng.random() < 0.1:
                continue
            catalogue.append([code, "N", rng.choice(LIST_TYPES), "次", level, own, limited, begin, end, "S"])
        if rng.random() < 0.06:
            exclusions.append([code, "N", "R", day(rng), "", "S"])
    for code in PRICE_CODES:
        for level in rng.sample(["", "3", "2", "1"], rng.choice([0, 0, 1, 2])):
            area = rng.choice(["", "", AREAS[0]])
            kind = rng.choice(["pay-to-cap", "pay-to-cap", "refuse"])
            price = fen_text(rng.randint(1, 30000))
            unit = "日" if rng.random() < 0.04 else "次"
            caps.append([code, level, area, "2020-01-01", "", kind, price, unit, "S"])
    write_csv(directory / "catalogue.csv", CATALOGUE, catalogue)
    write_csv(directory / "rules/exclusions.csv", EXCLUSIONS, exclusions)
    write_csv(directory / "caps.csv", CAPS, caps)


def next_day(text):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(1)).isoformat()


def write_lists(rng, directory):
    lists = []
    for name in LISTS:
        for code in rng.sample(CODES, 4):
            item = code[: rng.randint(3, 8)] + "*" if rng.random() < 0.3 else code
            if not any(row[:2] == [name, item] for row in lists):
                lists.append([name, item, "", "N", rng.choice(["", "2020-01-01", day(rng)]), "", "S"])
    write_csv(directory / "rules/lists.csv", LISTED, lists)


def write_standards(rng, directory, policy):
    standards = {}
    for method in policy.findall("method"):
        pool = {"quota": DIAGNOSES + GROUPS, "points": GROUPS}.get(method.get("kind"), DEPARTMENTS + DIAGNOSES)
        for code in pool + [""] * (rng.random() < 0.2):
            for _ in range(rng.choice([0, 1, 1, 2])):
                code = code[: rng.randint(1, len(code))] + "*" if code and rng.random() < 0.4 else code
                key = (method.get("id"), code, rng.choice(["", "", "H99990100001"]), rng.choice(["", "", "3", "2"]))
                amount, begin = fen_text(rng.randint(1, 1500000)), rng.choice(["2020-01-01", day(rng)])
                standards[key] = [key[0], key[1], "N", key[2], key[3], amount, begin, "", "S"]
    write_csv(directory / "rules/standards.csv", STANDARDS, standards.values())


def write_pack(rng, directory):
    """A pack `main` of one policy, or of several by its includes."""
    sources = rng.choice([1, 1, 2, 3])
    main = pack_of("main")
    own = rng.random() < 0.7
    for number in range(sources):
        name = f"src{'abc'[number]}"
        maker = Maker(rng, name)
        root = maker.policy()
        settings = maker.parametrise(root)
        schemes = rng.choice([None, None, None, "310", "310 390"])
        target = directory / ("main" if number == 0 and own else name)
        (target).mkdir(parents=True)
        write_xml(target / "policy.xml", root, POLICY)
        if number == 0:
            first = root
        if target.name == "main":
            taken = SubElement(main, "policy")
            put_settings(taken, settings)
        else:
            there = pack_of(name)
            inner = {k: v for k, v in settings.items() if rng.random() < 0.5}
            put_settings(SubElement(there, "policy"), inner)
            write_xml(target / "pack.xml", there, PACK)
            include = SubElement(main, "include", path=f"../{name}")
            taken = SubElement(include, "policy")
            put_settings(taken, {k: v for k, v in settings.items() if k not in inner or rng.random() < 0.5})
        if schemes and not any("insutype" in row.attrib for row in root.findall("layer/for")):
            taken.set("insutype", schemes)
    (directory / "main").mkdir(exist_ok=True)
    write_xml(directory / "main/pack.xml", main, PACK)
    write_tables(rng, directory / "main")
    write_lists(rng, directory / "main")
    write_standards(rng, directory / "main", first)
