"""Stays of the example hospital laid out in a vendor's own tables, by nothing of the library; and what is read of them compared.

A vendor module has tables(stays) -> {table: [row, ...]} and LACKS: canonical fields that its layout cannot hold.
"""
import collections
import csv
import json
import sqlite3
from decimal import Decimal

from command import EXAMPLE

STAYS = EXAMPLE / "stays"


def rows(name, directory=STAYS):
    with open(directory / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Stay:
    def __init__(self, head):
        self.head = head
        self.charges = [r for r in rows("charges") if r["mdtrt_id"] == head["mdtrt_id"]]
        self.diagnoses = [r for r in rows("diagnoses") if r["mdtrt_id"] == head["mdtrt_id"]]
        self.operations = [r for r in rows("operations") if r["mdtrt_id"] == head["mdtrt_id"]]

    @property
    def id(self):
        return self.head["mdtrt_id"]


def stays_of(institution):
    return [Stay(head) for head in rows("stays") if head["fixmedins_code"] == institution]


def write_csv(directory, tables, encoding):
    directory.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        columns = list(dict.fromkeys(column for line in lines for column in line))
        with open(directory / f"{name}.csv", "w", encoding=encoding, newline="") as file:
            out = csv.DictWriter(file, columns, restval="")
            out.writeheader()
            out.writerows(lines)


def read_back(home, mdtrt_id):
    """The stay as the ledger keeps it."""
    with sqlite3.connect(home / "ledger.db") as ledger:
        parts = [json.loads(text) for (text,) in ledger.execute("SELECT json FROM stay_part WHERE mdtrt_id=? ORDER BY part", (mdtrt_id,))]
    whole = collections.defaultdict(list)
    for part in parts:
        for kind, records in part.items():
            whole[kind] = records if kind == "stay" else whole[kind] + records
    return whole


def number(text):
    return Decimal(text) if text else None


NUMBERS = {"cnt", "pric", "det_item_fee_sumamt"}


def same(field, ours, theirs):
    return number(ours) == number(theirs) if field in NUMBERS else ours == theirs


def differences(kind, expected, read, key, lacks):
    """Each field of each record that is not what it was, but for those the layout cannot hold."""
    found = {r[key]: r for r in read}
    if len(found) != len(expected):
        yield f"{kind}: {len(found)} records, {len(expected)} were laid out"
    for record in expected:
        other = found.get(record[key])
        if other is None:
            yield f"{kind} {record[key]}: not read"
            continue
        for field, text in record.items():
            if f"{kind}.{field}" in lacks or field == "mdtrt_id":
                continue
            if not same(field, text, other.get(field, "")):
                yield f"{kind} {record[key]}: {field} is {other.get(field)!r}, was {text!r}"
