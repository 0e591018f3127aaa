#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What holds of any payment, over random packs and stays, with the program's answers alone.

properties.py BUILD FIRST-SEED PACKS STAYS-A-PACK

- the shares sum to the total, and nothing is negative;
- the order of the lines changes nothing;
- a line split in two changes nothing but the rounding of its parts;
- more cost in scope never lowers what the cover pays (fund, other payers, hospital), but for the fens that rounding may
  move, two for each who pays (every share is rounded before and after). Left out are policies that say otherwise: those
  in which a layer with with-deductible="no" stands behind two or more layers with a deductible of the stay, for there
  each yuan below the deductibles counts down once for each of them (50.00 prepaid and nothing in scope: the layer pays
  on 50.00; with 10.00 in scope below two deductibles of 100.00 on 10.00 + 50.00 - 20.00).
"""
import copy
import pathlib
import random
import sys
import tempfile

import policy
from amounts import fen, yuan
from home import PARTS, Home, make

FUNDS = "hifp_pay cvlserv_pay hifes_pay hifmi_pay hifob_pay maf_pay oth_pay".split()
MAPPING = "MM,MORE,N,诊疗项目,999999000010000,N,made,次,次,1,1,01,2020-01-01,,active,"
SUMS = "fulamt_ownpay_amt overlmt_selfpay preselfpay_amt inscp_scp_amt".split()


def sums(result):
    """What does not add up or is negative in an answer."""
    info = {name: fen(text) for name, text in result["setlinfo"].items() if text}
    lines = [[fen(line[p]) for p in PARTS] for line in result["lines"]]
    amounts = [fen(line["det_item_fee_sumamt"]) for line in result["lines"]]
    paid = sum(fen(d["fund_payamt"]) for d in result["setldetail"])
    checks = {
        "lines": all(sum(parts) == amount for parts, amount in zip(lines, amounts)),
        "total": sum(amounts) == info["medfee_sumamt"] == sum(info[n] for n in SUMS),
        "parts": [sum(column) for column in zip(*lines)] == [info[n] for n in SUMS],
        "funds": sum(info[n] for n in FUNDS) == info["fund_pay_sumamt"] == paid,
        "shares": info["medfee_sumamt"]
        == info["fund_pay_sumamt"] + info["hosp_part_amt"] + info["psn_part_amt"],
        "patient": info["psn_part_amt"] == info["acct_pay"] + info["psn_cash_pay"],
        "nothing negative": min(info.values()) >= 0
        and all(fen(d["fund_payamt"]) >= 0 <= fen(d["inscp_scp_amt"]) for d in result["setldetail"])
        and all(fen(a["value"]) >= 0 for a in result["accumulators"])
        and all(min(p) >= 0 for p, amount in zip(lines, amounts) if amount >= 0),
    }
    return [name for name, holds in checks.items() if not holds]


def paid(result):
    return fen(result["setlinfo"]["fund_pay_sumamt"]) + fen(result["setlinfo"]["hosp_part_amt"])


def payment(result):
    """All but the lines and what is told by serial."""
    names = ("setlinfo", "setldetail", "accumulators", "payment_method", "withheld", "later_reimbursement")
    return {name: result[name] for name in names}


# --- order


def reordered(rng, case):
    other = copy.deepcopy(case)
    for name in ("charges", "accumulators", "identities", "entitlements"):
        rng.shuffle(other.get(name, []))
    return other


def order(before, after):
    by_serial = [{line["feedetl_sn"]: line for line in r["lines"]} for r in (before, after)]
    return payment(before) == payment(after) and by_serial[0] == by_serial[1]


# --- split


def split(rng, case):
    """The first charge that is not refunded, as two of half the quantity."""
    refunded = {c["init_feedetl_sn"] for c in case["charges"]}
    for place, charge in enumerate(case["charges"]):
        whole = fen(charge["det_item_fee_sumamt"])
        if charge["init_feedetl_sn"] or charge["feedetl_sn"] in refunded or whole < 2:
            continue
        if charge["cnt"] not in ("1", "2"):
            continue
        other = copy.deepcopy(case)
        cnt = "0.5" if charge["cnt"] == "1" else "1"
        first = dict(charge, cnt=cnt, det_item_fee_sumamt=yuan(whole // 2))
        rest = dict(first, feedetl_sn="999", det_item_fee_sumamt=yuan(whole - whole // 2))
        other["charges"][place : place + 1] = [first, rest]
        return other
    return None


def splitting(before, after):
    moved = [abs(fen(before["setlinfo"][n]) - fen(after["setlinfo"][n])) for n in SUMS]
    return max(moved) <= 2 if any(moved) else payment(before) == payment(after)


# --- more cost


def more(rng, case):
    """One more charge of class A without limit, in no list (the item "MORE" of the home)."""
    other = copy.deepcopy(case)
    amount = yuan(rng.choice([1, 100, rng.randint(1, 100000), rng.randint(1, 10000000)]))
    day = case["stay"]["begntime"][:10]
    other["charges"].append(
        {
            "mdtrt_id": case["stay"]["mdtrt_id"], "feedetl_sn": "998", "init_feedetl_sn": "",
            "fee_ocur_time": f"{day} 12:00:00", "medins_list_codg": "MORE", "medins_list_name": "N",
            "prcunt": "次", "cnt": "1", "pric": amount, "det_item_fee_sumamt": amount,
            "hosp_appr_flag": "",
        }
    )
    return other


def add_item(home):
    """An item of its own, class A, in no list and without a maximum."""
    for path, row in (
        (home.path / "hospital/items.csv", "MORE,N,,次,service,"),
        (home.path / "hospital/mapping.csv", MAPPING),
        (home.directory / "main/catalogue.csv", "999999000010000,N,201,次,01,,0,2020-01-01,,S"),
    ):
        with open(path, "a", encoding="utf-8") as file:
            file.write(row + "\n")
    return home.build()


def may_pay_less(read):
    """Where the policy says that more cost is paid less: a layer with with-deductible="no" behind two with a deductible of the
    stay, or one for stays below a deductible."""
    before = 0
    for source in read.sources:
        for layer in source.root.findall("layer"):
            if layer.get("below-deductible-of") is not None:
                return True
            if layer.find("base").get("with-deductible") == "no" and before > 1:
                return True
            deductible = layer.find("deductible")
            before += deductible is not None and deductible.get("per") == "stay"
    return False


def monotony(before, after):
    payers = len(after["setldetail"]) + 1
    return paid(after) >= paid(before) - 2 * payers


class Properties:
    def __init__(self, settle):
        self.settle, self.passed, self.failed = settle, {}, 0

    def say(self, place, name, holds, shown):
        self.passed[name] = self.passed.get(name, 0) + bool(holds)
        self.failed += not holds
        if not holds:
            print(f"{place}: {name}: {shown}")

    def variants(self, place, name, home, cases, change, holds):
        rng = random.Random(place)
        changed = [change(rng, case) for case, _ in cases]
        pairs = [(pair, c) for pair, c in zip(cases, changed) if c is not None]
        if not pairs:
            return
        for ((case, before), other), after in zip(pairs, home.batch([c for _, c in pairs])):
            if after.get("setlinfo") is None and name == "more":
                continue  # what was not asked before decides now, and is missing
            good = after.get("setlinfo") is not None and holds(before, after)
            self.say(place, name, good, (other, before, after))

    def pack(self, seed, stays):
        place = f"seed {seed}"
        with tempfile.TemporaryDirectory() as temporary:
            home = Home(self.settle, pathlib.Path(temporary, "home"))
            refusal, cases = make(seed, home, stays)
            refusal = refusal or add_item(home)
            self.say(place, "build", not refusal, refusal)
            answers = zip(cases, home.batch(cases))
            paid_cases = [(c, a) for c, a in answers if a.get("setlinfo") is not None]
            for case, result in paid_cases:
                self.say(place, "sums", not sums(result), (sums(result), case, result))
            self.variants(place, "order", home, paid_cases, reordered, order)
            self.variants(place, "split", home, paid_cases, split, splitting)
            if not may_pay_less(policy.read(home.directory / "main")):
                self.variants(place, "more", home, paid_cases, more, monotony)


def main():
    first, packs, stays = map(int, sys.argv[2:5])
    p = Properties(str(pathlib.Path(sys.argv[1], "bin/settle").resolve()))
    for seed in range(first, first + packs):
        p.pack(seed, stays)
    print(p.passed)
    print(f"{sum(p.passed.values())} passed, {p.failed} failed")
    return p.failed > 0


if __name__ == "__main__":
    sys.exit(main())
