#!/usr/bin/env python3
"""The two national libraries, record by record, through `settle check`, and none of them lost on the way.

    library.py BUILD MOST      MOST: records of each family that are tried, evenly spread; 0: all of them
"""
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
import account  # noqa: E402
from command import main  # noqa: E402
from families import FAMILIES, Ward, retired, unpriced_operations  # noqa: E402
from hospital import Hospital  # noqa: E402
from planted import write  # noqa: E402

ACTIONS = {"V2": "block", "V3": "warn", "V6": "block", "V10": "block", "V12": "block", "V16": "warn", "T1": "hint"}


def spread(cases, most):
    """Some of the cases, evenly; the first and the last among them."""
    if not most or len(cases) <= most:
        return cases
    return [cases[i * (len(cases) - 1) // (most - 1)] for i in range(most)]


def of_record(result, rule, record):
    return [f for f in result["findings"] if f["rule_id"] == rule and record["kp_id"] in f["basis"]]


def wrong_in(case, broken, right):
    record, rule, _, serials, _ = case
    found = of_record(broken, rule, record)
    if len(found) != 1 or found[0]["lines"] != serials:
        yield f"not found: {[(f['rule_id'], f['lines'], f['evidence']) for f in broken['findings']]}"
        return
    (f,) = found
    if record["gz_code"] not in (f["gz_code"], *f["basis"].split("; ")):  # joined causes share one finding
        yield f"gz_code {f['gz_code']}"
    if f["action"] != ACTIONS[rule]:
        yield f"action {f['action']}"
    if rule == "T1" and record["text"] not in f["evidence"]:
        yield f"the text is not told: {f['evidence']}"
    if of_record(right, rule, record):
        yield f"found on the allowed side: {of_record(right, rule, record)[0]['evidence']}"


def results_of(bench, home, folder, stays):
    done = bench.run("check", "--json", "--lang", "zh", "-C", home, write(folder, *stays))
    assert done.code in (0, 1), done.err
    results = done.objects
    assert [r["mdtrt_id"] for r in results] == [s.id for s in stays]
    return results


def judge(bench, home, folder, cases):
    results = results_of(bench, home, folder, [stay for _, _, broken, _, twin in cases for stay in (broken, twin)])
    return zip(cases, results[::2], results[1::2])


def not_judged(result):
    return any(g["rule_id"] == "V3" and "同组手术的价表上限" in g["missing"] for g in result["not_evaluated"])


def silent_ones(bench, home, unpriced, dropped):
    """What has no price is not evaluated; what was dropped is not found."""
    results = results_of(bench, home, bench.dir / "unpriced", [stay for _, stay in unpriced])
    for (record, _), result in zip(unpriced, results):
        assert not_judged(result) and not of_record(result, "V3", record), record
    results = results_of(bench, home, bench.dir / "dropped", [stay for _, stay in dropped])
    for (record, _), result in zip(dropped, results):
        assert not any(record["kp_id"] in f["basis"] for f in result["findings"]), record
    print(f"{len(unpriced)} operations without a price not evaluated; {len(dropped)} stays with what was dropped, silent")


def every_record(bench, most):
    ward, hospital = Ward(), Hospital()
    families = {family.__name__: spread(list(family(ward, hospital)), most) for family in FAMILIES}
    unpriced, dropped = list(unpriced_operations(ward, hospital)), list(retired(ward, hospital))
    home = hospital.move_in(bench)
    silent_ones(bench, home, unpriced, dropped)
    faults = 0
    for name, cases in families.items():
        wrong = [(case[0], text) for case, broken, right in judge(bench, home, bench.dir / name, cases)
                 for text in wrong_in(case, broken, right)]
        print(f"{name:<20} {len(cases):>6} records with their twins, {len(wrong)} wrong")
        for record, text in wrong[:5]:
            print(f"    {record}\n        {text}")
        faults += len(wrong)
    assert faults == 0, f"{faults} wrong"


if __name__ == "__main__":
    MOST = int(sys.argv[2])

    def each_record_is_found_and_its_twin_is_not(bench):
        every_record(bench, MOST)

    main([each_record_is_found_and_its_twin_is_not, *account.TESTS], sys.argv[1])
