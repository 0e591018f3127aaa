#!/usr/bin/env python3
"""Makes stays with at most one planted fault each from the price list and the rule tables, without the library.

    make_corpus.py OUT_DIR [COUNT [SEED]]

Writes items.csv, mapping.csv and catalogue.csv of the hospital that charges them, stays.ndjson for `settle batch`, and
stated.ndjson: for each stay the scenario, and the rule, lines and involved lines of its fault, or null.
"""
import csv
import json
import pathlib
import random
import sys

from faults import SCENARIOS
from stay import Stay, Unfit, text_of
from world import World

TRIES = 400


def draw(world, rnd, number, rule, plant, alone, fault):
    """A stay with the scenario, some clean twins of others, and background; redrawn until all fit."""
    for _ in range(TRIES):
        stay = Stay(world, rnd, number)
        try:
            found = plant(stay, fault)
        except Unfit:
            continue
        if not getattr(stay, "plain", False):
            furnish(stay, rnd, plant)
        return stay, found
    return None, None


def furnish(stay, rnd, planted):
    others = [f for _, f, alone in SCENARIOS if not alone and f is not planted]
    for plant in rnd.sample(others, rnd.randint(0, 3)):
        kept = list(stay.lines), set(stay.codes), set(stay.seconds), dict(stay.extra)
        try:
            plant(stay, False)
            if getattr(stay, "plain", False):
                raise Unfit
        except Unfit:
            stay.lines, stay.codes, stay.seconds, stay.extra = kept
            stay.plain = False
    try:
        stay.background()
    except Unfit:
        pass


def write_table(path, rows, header):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, header, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def write_hospital(world, folder):
    items = [{"medins_list_codg": i.code, "medins_list_name": i.name, "spec": "", "prcunt": i.unit, "item_kind": i.kind,
              "pric_list_codg": i.price_code, "price_source": "corpus"} for i in world.items]
    write_table(folder / "items.csv", items, list(items[0]))
    write_table(folder / "mapping.csv", world.mapping, list(world.mapping[0]))
    rows = sorted(world.catalogue.values(), key=lambda r: r["med_list_codg"])
    write_table(folder / "catalogue.csv", rows, list(rows[0]))


def main(folder, count=2000, seed=20250101):
    folder.mkdir(parents=True, exist_ok=True)
    world, rnd = World(), random.Random(seed)
    with open(folder / "stays.ndjson", "w", encoding="utf-8") as stays, \
            open(folder / "stated.ndjson", "w", encoding="utf-8") as stated:
        number = 0
        while number < count:
            rule, plant, alone = SCENARIOS[number // 2 % len(SCENARIOS)]
            stay, found = draw(world, rnd, number + 1, rule, plant, alone, number % 2 == 0)
            number += 1
            if stay is None:
                assert plant.__name__ == "never_paid" and number % 2 == 0, f"{plant.__name__}: no stay fits"
                stay, found = Stay(world, rnd, number), None
                stay.background()
            fault = found and {"rule": found[0], "lines": found[1], "involved": found[2]}
            stays.write(text_of(stay) + "\n")
            stated.write(json.dumps({"mdtrt_id": stay.id, "rule": rule, "scenario": plant.__name__,
                                     "fault": fault}) + "\n")
    write_hospital(world, folder)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *(int(a) for a in sys.argv[2:]))
