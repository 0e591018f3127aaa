# SPDX-License-Identifier: Apache-2.0
"""Rows of CSV files and the day on which they are in force (docs/packs.md)."""
import csv


def rows(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_force(row, day):
    return (row["begndate"] or "0000") <= day <= (row["enddate"] or "9999")


def matches(pattern, code):
    """A code, or one that ends in "*" and stands for all that begin so."""
    return code.startswith(pattern[:-1]) if pattern.endswith("*") else code == pattern


class Tables:
    """What a pack and the hospital say of a charge."""

    def __init__(self, pack, hospital):
        self.catalogue = rows(pack / "catalogue.csv")
        self.caps = rows(pack / "caps.csv")
        self.exclusions = rows(pack / "rules/exclusions.csv")
        self.lists = rows(pack / "rules/lists.csv")
        self.standards = rows(pack / "rules/standards.csv")
        self.items = {r["medins_list_codg"]: r for r in rows(hospital / "items.csv")}
        self.mapping = rows(hospital / "mapping.csv")

    def mapped(self, item, day):
        """The one active mapping in force on the day, or None."""
        found = [r for r in self.mapping if r["medins_list_codg"] == item and in_force(r, day)]
        return found[0] if len(found) == 1 and found[0]["status"] == "active" else None

    def item_of(self, code, day):
        found = [r for r in self.catalogue if r["med_list_codg"] == code and in_force(r, day)]
        return found[0] if found else None

    def excluded(self, code, day):
        return any(r["med_list_codg"] == code and in_force(r, day) for r in self.exclusions)

    def on_list(self, name, code, day):
        return any(
            r["list"] == name and in_force(r, day) and matches(r["item"], code) for r in self.lists
        )

    def cap(self, item, level, area, day):
        """The row of the price list for level and area: one of the level before one of all, then the narrower area."""
        code = self.items.get(item, {}).get("pric_list_codg", "")
        found = [
            r
            for r in self.caps
            if r["pric_list_codg"] == code
            and in_force(r, day)
            and r["medins_lv"] in ("", level)
            and area.startswith(r["admdvs"])
        ]
        return max(found, key=lambda r: (len(r["medins_lv"]), len(r["admdvs"])), default=None)
