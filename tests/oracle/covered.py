# SPDX-License-Identifier: Apache-2.0
"""Which elements and attributes of schemas/policy-1.0.xsd the random policies have not used."""
import pathlib
import xml.etree.ElementTree as ElementTree

from policy import parse

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schemas/policy-1.0.xsd"


def attributes(group):
    return {a.get("name") for a in group.findall("attribute")}


def declared():
    """Pairs of element and attribute that the schema knows."""
    root = parse(SCHEMA)
    condition = attributes(root.find("attributeGroup[@name='condition']"))
    types = {t.get("name"): t for t in root.findall("complexType")}
    elements = {e.get("name"): types[e.get("type")] for e in root.iter("element") if e.get("type")}
    elements["policy"] = root.find("element/complexType")
    pairs = set()
    for name, kind in elements.items():
        pairs |= {(name, attribute) for attribute in attributes(kind)}
        if kind.find("attributeGroup") is not None:
            pairs |= {(name, attribute) for attribute in condition}
    return pairs


def used(directory):
    found = set()
    for path in directory.glob("*/policy.xml"):
        root = parse(path)
        found |= {(e.tag, name) for e in root.iter() for name in e.attrib}
    return found
