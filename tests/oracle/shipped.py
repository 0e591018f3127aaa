# SPDX-License-Identifier: Apache-2.0
"""The policies of the example packs, each in a pack of random catalogue, lists and standards."""
import pathlib
from xml.etree.ElementTree import SubElement

from policy import parse
from random_pack import LISTED, PACK, STANDARDS, pack_of, write_csv, write_tables, write_xml
from tables import rows
from universe import CODES, DIAGNOSES, GROUPS, fen_text

PACKS = pathlib.Path(__file__).resolve().parents[2] / "examples/hospital/packs"


def pays(pack):
    root = parse(pack / "pack.xml")
    return (pack / "policy.xml").exists() or root.find("include/policy") is not None


SHIPPED = [pack for pack in sorted(PACKS.iterdir()) if pays(pack)]


def write_shipped(pack):
    def write(rng, directory):
        main = directory / "main"
        main.mkdir()
        root = pack_of("main")
        (directory / pack.name).symlink_to(pack)
        SubElement(SubElement(root, "include", path=f"../{pack.name}"), "policy")
        write_xml(main / "pack.xml", root, PACK)
        write_tables(rng, main)
        policy = parse(pack / "policy.xml") if (pack / "policy.xml").exists() else None
        lists = [list(r.values()) for r in rows(pack / "rules/lists.csv")]
        standards = [list(r.values()) for r in rows(pack / "rules/standards.csv")]
        for item in [] if policy is None else policy.findall("line/item"):
            for code in rng.sample(CODES, 2):
                lists.append([item.get("list"), code, "", "N", "", "", "S"])
        for method in [] if policy is None else policy.findall("method"):
            for code in rng.sample(DIAGNOSES + GROUPS, 3):
                amount = fen_text(rng.randint(1, 1500000))
                standards.append([method.get("id"), code, "N", "", "", amount, "2020-01-01", "", "S"])
        write_csv(main / "rules/lists.csv", LISTED, lists)
        write_csv(main / "rules/standards.csv", STANDARDS, standards)

    return write
