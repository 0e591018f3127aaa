#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Payments computed twice: by `settle preview`, and here with decimals straight from the notices.

Nothing is shared with the library but the example hospital's CSV files: policy.xml is not read, the rules of
muni-2011 and changsha-2015 stand below as functions of a position. Each round gives the eight stays other
levels, persons, referrals, identities and accumulators, and every amount must agree to the fen.
"""
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal

ROUNDS = 20
FEN = Decimal("0.01")


def fen(value):
    return value.quantize(FEN, ROUND_HALF_UP)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, lines[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(lines)


def in_force(row, day):
    return (row["begndate"] or "0000") <= day <= (row["enddate"] or "9999")


class Hospital:
    def __init__(self, home):
        pack = home / "packs/sample-999901"
        self.stays = home / "stays"
        self.catalogue = {}
        for row in rows(pack / "catalogue.csv"):
            self.catalogue.setdefault(row["med_list_codg"], []).append(row)
        self.mapping = {}
        for row in rows(home / "hospital/mapping.csv"):
            self.mapping.setdefault(row["medins_list_codg"], []).append(row)
        self.excluded = [row for row in rows(pack / "rules/exclusions.csv")]

    def split(self, charge):
        """Self-funded, prepaid and in-scope part of a charge (the price list refuses, it does not pay to
        its caps)."""
        day = charge["fee_ocur_time"][:10]
        amount = Decimal(charge["det_item_fee_sumamt"])
        codes = {
            row["med_list_codg"]
            for row in self.mapping.get(charge["medins_list_codg"], [])
            if row["status"] == "active" and in_force(row, day)
        }
        known = [r for code in codes for r in self.catalogue.get(code, []) if in_force(r, day)]
        out = [r for r in self.excluded if r["med_list_codg"] in codes and in_force(r, day)]
        if len(codes) != 1 or not known or out or known[0]["chrgitm_lv"] == "03":
            return amount, Decimal(0), Decimal(0)
        prepaid = fen(amount * Decimal(known[0]["selfpay_prop"] or "0"))
        return Decimal(0), prepaid, amount - prepaid


def deductible(stay, earlier):
    if stay["refl_flag"] == "1":
        full = 1000
    elif stay["medins_lv"] == "3":
        full = 1000 if stay["hosp_lv"] in ("01", "02") else 700
    else:
        full = {"2": 500, "1": 300}[stay["medins_lv"]]
    return Decimal(full) / (2 if earlier > 0 else 1)


def basic(stay, before, eligible, earlier):
    first, second = ("0.925", "0.95") if stay["psn_type"] == "12" else ("0.85", "0.90")

    def paid_up_to(position):
        position = min(position, Decimal(6 * 36000))
        low = min(position, Decimal(20000))
        return low * Decimal(first) + (position - low) * Decimal(second)

    start = min(before + deductible(stay, earlier), before + eligible)
    return fen(max(Decimal(0), paid_up_to(before + eligible) - paid_up_to(start)))


def critical(low_income, before, cost, paid):
    def paid_up_to(position):
        excess = max(Decimal(0), position - (10000 if low_income else 20000))
        total = low = Decimal(0)
        for high, ratio in ((30000, "0.5"), (80000, "0.6"), (150000, "0.7"), (10**12, "0.8")):
            total += max(Decimal(0), min(excess, Decimal(high)) - low) * Decimal(ratio)
            low = Decimal(high)
        return total

    share = fen(paid_up_to(before + cost) - paid_up_to(before))
    return min(share, max(Decimal(0), 200000 - paid))


def expected(hospital, stay, charges, year, low_income):
    parts = [hospital.split(c) for c in charges]
    own, prepaid, scope = (sum((p[i] for p in parts), Decimal(0)) for i in range(3))
    total = own + prepaid + scope
    answer = {
        "medfee_sumamt": total,
        "fulamt_ownpay_amt": own,
        "preselfpay_amt": prepaid,
        "inscp_scp_amt": scope,
        "hifp_pay": Decimal(0),
        "hifmi_pay": Decimal(0),
    }
    if stay["insutype"] == "310":
        answer["hifp_pay"] = basic(stay, year["inscp_scp_amt"], scope, year["ipt_cnt"])
        personal = scope + prepaid - answer["hifp_pay"]
        answer["hifmi_pay"] = critical(low_income, year["hifmi_base"], personal, year["hifmi_pay"])
    fund = answer["hifp_pay"] + answer["hifmi_pay"]
    answer["fund_pay_sumamt"] = fund
    answer["psn_part_amt"] = answer["psn_cash_pay"] = total - fund
    return answer


def vary(rng, stays):
    """The same charges for other persons at other places."""
    for stay in stays:
        stay["insutype"] = rng.choice(["310", "310", "310", "390"])
        stay["medins_lv"], stay["hosp_lv"] = rng.choice(
            [("3", "02"), ("3", "03"), ("2", "05"), ("1", "08")]
        )
        stay["psn_type"] = rng.choice(["11", "12"])
        stay["refl_flag"] = rng.choice(["0", "0", "1"])


def year_of(rng):
    def money(top):
        return Decimal(rng.randrange(top * 100)) / 100

    return {
        "inscp_scp_amt": money(rng.choice([1, 30000, 230000])),
        "act_pay_dedc": Decimal(0),
        "hifp_pay": money(100000),
        "hifmi_base": money(rng.choice([1, 30000, 400000])),
        "hifmi_pay": money(rng.choice([1, 210000])),
        "maf_pay": Decimal(0),
        "ipt_cnt": Decimal(rng.randrange(3)),
    }


def preview(settle, home, directory):
    run = subprocess.run(
        [settle, "preview", "-C", home, "--json", directory], capture_output=True, text=True
    )
    if run.returncode not in (0, 1):
        sys.exit(f"settle preview: {run.returncode}: {run.stderr}")
    return {o["mdtrt_id"]: o for o in map(json.loads, run.stdout.splitlines())}


def one_round(settle, home, hospital, rng, directory):
    stays = rows(hospital.stays / "stays.csv")
    charges = rows(hospital.stays / "charges.csv")
    vary(rng, stays)
    years = {stay["mdtrt_id"]: year_of(rng) for stay in stays}
    poor = {stay["mdtrt_id"] for stay in stays if rng.random() < 0.4}
    write(directory / "stays.csv", stays)
    write(directory / "charges.csv", charges)
    write(directory / "diagnoses.csv", rows(hospital.stays / "diagnoses.csv"))
    write(
        directory / "accumulators.csv",
        [
            dict(psn_no=s["psn_no"], insutype=s["insutype"], year="2025", kind=k, value=v)
            for s in stays
            for k, v in years[s["mdtrt_id"]].items()
        ],
    )
    people = [s["psn_no"] for s in stays if s["mdtrt_id"] in poor] or [stays[0]["psn_no"]]
    poor |= {s["mdtrt_id"] for s in stays if s["psn_no"] in people}
    write(
        directory / "identities.csv",
        [
            dict(psn_no=p, psn_idet_type="2303", begntime="2025-01-01", endtime="2025-12-31")
            for p in people
        ],
    )
    answers = preview(settle, home, directory)
    for stay in stays:
        key = stay["mdtrt_id"]
        mine = [c for c in charges if c["mdtrt_id"] == key]
        yield key, expected(hospital, stay, mine, years[key], key in poor), answers[key]["setlinfo"]


def main():
    settle = str(pathlib.Path(sys.argv[1], "bin/settle").resolve())
    passed = failed = 0
    rng = random.Random(20111201)
    with tempfile.TemporaryDirectory() as temporary:
        home = pathlib.Path(temporary, "home")
        subprocess.run([settle, "init", home], check=True, capture_output=True)
        hospital = Hospital(home)
        for number in range(ROUNDS):
            directory = pathlib.Path(temporary, f"round{number}")
            directory.mkdir()
            for key, want, got in one_round(settle, home, hospital, rng, directory):
                wrong = {f: (got and got[f], str(v)) for f, v in want.items()
                         if got is None or Decimal(got[f]) != v}
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print(f"round {number} {key}: settle answers, expected: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
