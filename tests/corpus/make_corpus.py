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

import faults  # noqa: F401
import faults_atlas  # noqa: F401
import faults_drugs  # noqa: F401
import faults_pathways  # noqa: F401
import faults_records  # noqa: F401
import faults_stays  # noqa: F401
import faults_times  # noqa: F401
import prices  # noqa: F401
import restrictions  # noqa: F401
from scenario import SCENARIOS, Fault
from stay import SERVED, Stay, Unfit, text_of
from world import World

TRIES = 400
OF_PAYMENT = ("V18", "V28", "V37", "ACC", "S3")  # judge what was computed
STOPPED = ("R1", "R2")  # leave nothing computed
COMBINED = 10  # one in so many stays has two or three faults of different checks


def draw(world, rnd, number, scenarios, fault):
    """A stay with the scenarios, some clean twins of others, and background; redrawn until all fit."""
    for _ in range(TRIES):
        stay = Stay(world, rnd, number)
        if not any(s.alone for s in scenarios):
            stay.vary()
        try:
            found = [s.plant(stay, fault) for s in scenarios]
        except Unfit:
            continue
        if len(scenarios) > 1 and (stay.plain or None in found):
            return None, None
        if not stay.plain:
            furnish(stay, rnd, scenarios)
        return stay, found
    return None, None


def several(rnd):
    """Two or three scenarios of different rules, at most one that sets the stay; no payment where one stops it."""
    chosen = [rnd.choice([s for s in SCENARIOS if not s.rare])]
    unfit = STOPPED if chosen[0].rule in OF_PAYMENT else OF_PAYMENT if chosen[0].rule in STOPPED else ()
    others = [s for s in SCENARIOS if not s.alone and not s.rare and s.rule not in (chosen[0].rule, *unfit)]
    for other in rnd.sample(others, rnd.choice((1, 2))):
        if other.rule not in {s.rule for s in chosen}:
            chosen.append(other)
    return chosen


def furnish(stay, rnd, planted):
    others = [s.plant for s in SCENARIOS if not s.alone and s not in planted]
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
    items = [{"medins_list_codg": i.code, "medins_list_name": i.name, "spec": i.spec, "prcunt": i.unit, "item_kind": i.kind,
              "pric_list_codg": i.price_code, "price_source": "corpus"} for i in world.items]
    write_table(folder / "items.csv", items, list(items[0]))
    write_table(folder / "mapping.csv", world.mapping, list(world.mapping[0]))
    rows = sorted(world.catalogue.values(), key=lambda r: r["med_list_codg"])
    write_table(folder / "catalogue.csv", rows, list(rows[0]))


def stated(scenario, found):
    """The fault as the tests read it; None: a clean stay."""
    if found is None:
        return None
    fault = Fault(*found)
    return {"rule": fault.rule, "check": scenario.check, "action": fault.action or scenario.action,
            "lines": list(fault.lines), "involved": list(fault.involved), "says": fault.says or scenario.says}


def drawn(world, rnd, number):
    """The scenarios of the stay of that number, and whether it has their faults."""
    if number % COMBINED == COMBINED - 1:
        return several(rnd), True
    turn = number - number // COMBINED
    return [SCENARIOS[turn // 2 % len(SCENARIOS)]], turn % 2 == 0


def make(world, rnd, number):
    scenarios, fault = drawn(world, rnd, number)
    stay, found = draw(world, rnd, number + 1, scenarios, fault)
    if stay is None and len(scenarios) > 1:
        return make(world, rnd, number)
    if stay is None:
        assert scenarios[0].rare, f"{scenarios[0].plant.__name__}: no stay fits"
        stay, found = Stay(world, rnd, number + 1), [None]
        stay.background()
    faults = [stated(s, f) for s, f in zip(scenarios, found) if f is not None]
    return stay, {"mdtrt_id": stay.id, "scenario": "+".join(s.plant.__name__ for s in scenarios),
                  "rule": scenarios[0].rule, "check": scenarios[0].check, "rich": stay.rich,
                  "unserved": stay.scheme not in SERVED, "variety": stay.variety(), "faults": faults}


def main(folder, count=2000, seed=20250101):
    folder.mkdir(parents=True, exist_ok=True)
    world, rnd = World(), random.Random(seed)
    with open(folder / "stays.ndjson", "w", encoding="utf-8") as stays, \
            open(folder / "stated.ndjson", "w", encoding="utf-8") as told:
        for number in range(count):
            stay, statement = make(world, rnd, number)
            stays.write(text_of(stay) + "\n")
            told.write(json.dumps(statement) + "\n")
    write_hospital(world, folder)
    with open(folder / "settled.ndjson", "w", encoding="utf-8") as settled:
        settled.writelines(text_of(stay) + "\n" for stay in world.settled)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *(int(a) for a in sys.argv[2:]))
