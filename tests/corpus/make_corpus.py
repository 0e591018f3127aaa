#!/usr/bin/env python3
"""Makes stays with at most one planted fault each from the price list and the rule tables, without the library.

    make_corpus.py OUT_DIR [COUNT [SEED]]

Writes items.csv, mapping.csv and catalogue.csv of the hospital that charges them, stays.ndjson for `settle batch`,
settled.ndjson with stays to be settled before, and stated.ndjson: for each stay the scenario, and the rule, lines and involved lines of its fault, or null.
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


def draw(world, rnd, number, plant, fault):
    """A stay with the scenario, some clean twins of others, and background; redrawn until all fit."""
    for _ in range(TRIES):
        stay = Stay(world, rnd, number)
        try:
            found = plant(stay, fault)
        except Unfit:
            continue
        if not stay.plain:
            furnish(stay, rnd, plant)
        return stay, found
    return None, None


def furnish(stay, rnd, planted):
    others = [s.plant for s in SCENARIOS if not s.alone and s.plant is not planted]
    for plant in rnd.sample(others, rnd.randint(0, 3)):
        kept = list(stay.lines), set(stay.codes), set(stay.seconds), dict(stay.extra)
        try:
            plant(stay, False)
            if stay.plain:
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
            drawn = SCENARIOS[number // 2 % len(SCENARIOS)]
            stay, found = draw(world, rnd, number + 1, drawn.plant, number % 2 == 0)
            number += 1
            if stay is None:
                assert drawn.rare, f"{drawn.plant.__name__}: no stay fits"
                stay, found = Stay(world, rnd, number), None
                stay.background()
            fault = found and {"rule": drawn.rule, "action": drawn.action, "lines": found[1], "involved": found[2]}
            stays.write(text_of(stay) + "\n")
            stated.write(json.dumps({"mdtrt_id": stay.id, "rule": drawn.rule, "scenario": drawn.plant.__name__,
                                     "fault": fault}) + "\n")
    write_hospital(world, folder)
    with open(folder / "settled.ndjson", "w", encoding="utf-8") as settled:
        settled.writelines(text_of(stay) + "\n" for stay in world.settled)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *(int(a) for a in sys.argv[2:]))
