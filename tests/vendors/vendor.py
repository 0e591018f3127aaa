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
    def __init__(self, head, directory=STAYS):
        self.head = head
        self.charges, self.diagnoses, self.operations = (
            [r for r in rows(name, directory) if r["mdtrt_id"] == head["mdtrt_id"]] for name in ("charges", "diagnoses", "operations"))

    @property
    def id(self):
        return self.head["mdtrt_id"]


def stays_of(institution):
    return [Stay(head) for head in rows("stays") if head["fixmedins_code"] == institution]


def executed(charge):
    """The examples have no instant of execution: theirs is that of the service."""
    return charge.get("exec_time", charge["fee_ocur_time"])


def is_of_the_baby(charge):
    return charge.get("nwb_flag", "") == "1"


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


def as_laid_out(stay, module):
    """The charges with the items and serials of the vendor."""
    item_code, serial = getattr(module, "item_code", lambda code: code), getattr(module, "serial", lambda charge: charge["feedetl_sn"])
    names = {c["feedetl_sn"]: serial(c) for c in stay.charges}
    orders = {c["feedetl_sn"]: c["drord_no"] for c in stay.charges} if getattr(module, "REFUNDS_BEAR_THE_ORDER", False) else {}
    return [{**c, "drord_no": orders.get(c["init_feedetl_sn"], c["drord_no"]), "feedetl_sn": names[c["feedetl_sn"]], "init_feedetl_sn": names.get(c["init_feedetl_sn"], ""),
             "medins_list_codg": item_code(c["medins_list_codg"])} for c in stay.charges]


def rename_items(home, module):
    """The hospital's item master and mapping with the vendor's codes."""
    if not hasattr(module, "item_code"):
        return
    for name in ("items", "mapping"):
        lines = rows(name, home / "hospital")
        write_csv(home / "hospital", {name: [{**r, "medins_list_codg": module.item_code(r["medins_list_codg"])} for r in lines]}, "utf-8")


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
