#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every amount of a settlement recomputed from the steps of `settle explain --json` alone.

explained.py BUILD FIRST-SEED PACKS STAYS-A-PACK

Of the policy only its mode of rounding is known here. Each step is its input times its ratio; those that take a figure
from elsewhere are recomputed from the steps before them. Then every amount of `setlinfo` is put together.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

import policy
from amounts import fen, rounded, yuan
from home import Home, make

TOKEN = re.compile(r"\s*(min|round|[0-9]+(?:\.[0-9]+)?|[-+×/(),])")


class Expression:
    """Sums, differences, products, quotients, min(a, b) and round(a) to the fen."""

    def __init__(self, text, mode):
        self.mode = mode
        self.tokens = TOKEN.findall(text.replace("−", "-"))
        assert "".join(self.tokens) == re.sub(r"\s", "", text.replace("−", "-")), text

    def take(self, *wanted):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def sum(self):
        value = self.product()
        while operator := self.take("+", "-"):
            value += self.product() * (1 if operator == "+" else -1)
        return value

    def product(self):
        value = self.atom()
        while operator := self.take("×", "/"):
            value = value * self.atom() if operator == "×" else value / self.atom()
        return value

    def atom(self):
        if self.take("-"):
            return -self.atom()
        if self.take("min"):
            self.take("(")
            first = self.sum()
            self.take(",")
            second = self.sum()
            self.take(")")
            return min(first, second)
        rounds = self.take("round")
        if self.take("("):
            value = self.sum()
            self.take(")")
            return Fraction(rounded(value * 100, self.mode), 100) if rounds else value
        return Fraction(self.tokens.pop(0))


def value_of(text, mode):
    return Expression(text, mode).sum() if text else Fraction(0)


PAYS = ("band", "sum", "paid whole", "ceiling", "cost left", "paid at the year's end")


class Layer:
    """The steps of one layer or payer, in their order."""

    def __init__(self, mode):
        self.mode, self.steps = mode, []

    def last(self, *names):
        found = [Fraction(s["result"]) for s in self.steps if s["what"] in names]
        return found[-1] if found else None

    def recomputed(self, step):
        """What the step's result must be."""
        what = step["what"].rstrip("0123456789 ")
        value = value_of(step["input"], self.mode) * Fraction(step["ratio"] or 1)
        if what in ("band", "other payer", "growth"):
            return value  # exact, rounded in the sum
        if what == "paid at the year's end":
            return Fraction(0)
        return max(Fraction(0), Fraction(rounded(value * 100, self.mode), 100))

    def share(self):
        """What the last step before the share leaves to be paid; a cost left may be that of others."""
        value = Fraction(0)
        for step in self.steps:
            what, result = step["what"], Fraction(step["result"])
            mine = what != "cost left" or Fraction(step["input"].removeprefix("min(").split(",")[0]) == value
            cut = what != "ceiling" or (not step["ratio"] and " - " in step["input"])
            if mine and cut and what.rstrip("0123456789 ") in PAYS:
                value = result
        return value


class Explained:
    def __init__(self, told, result, read):
        self.told, self.result, self.read = told, result, read
        self.wrong = []
        self.total = sum(
            Fraction(step["result"])
            for line in told["lines"]
            for step in line["steps"]
            if step["what"] == "det_item_fee_sumamt"
        )

    def expect(self, place, want, got):
        if want != got:
            self.wrong.append((place, str(want), str(got)))

    def lines(self):
        sums = {}
        for line in self.told["lines"]:
            for step in line["steps"]:
                if step["what"] in ("inscp_scp_amt",) or (
                    step["what"] in ("preselfpay_amt", "overlmt_amt") and not self.refunded(line)
                ):
                    value = Fraction(rounded(value_of(step["formula"], self.read.mode) * 100, self.read.mode), 100)
                    if step["what"] != "overlmt_amt":
                        self.expect(step, value, Fraction(step["result"]))
                if step["result"]:
                    sums[step["what"]] = sums.get(step["what"], 0) + Fraction(step["result"])
        names = {"overlmt_amt": "overlmt_selfpay", "det_item_fee_sumamt": "medfee_sumamt"}
        for what in (
            "det_item_fee_sumamt", "fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt",
        ):
            got = Fraction(self.result["setlinfo"][names.get(what, what)])
            self.expect(what, sums.get(what, Fraction(0)), got)

    def refunded(self, line):
        """A refund takes what is left, not what its own formula gives."""
        return any(s["result"].startswith("-") for s in line["steps"])

    def layers(self):
        found = {}
        for step in self.told["steps"]:
            layer = found.setdefault(step["layer"], Layer(self.read.mode))
            want = layer.recomputed(step)
            if step["what"] == "share" and step["layer"] in self.layer_ids():
                want = layer.share()
            self.expect(step, want, Fraction(step["result"]))
            layer.steps.append(step)
        return found

    def layer_ids(self):
        return {d["layer"] for d in self.result["setldetail"]} - {
            p.get("id") for p in self.read.payers
        }

    def setlinfo(self, found):
        info = {name: Fraction(text or 0) for name, text in self.result["setlinfo"].items()}
        shares = {name: layer.last("share") for name, layer in found.items()}
        fund = sum(share for share in shares.values() if share is not None)
        self.expect("fund_pay_sumamt", fund, info["fund_pay_sumamt"])
        for detail in self.result["setldetail"]:
            self.expect(detail["layer"], shares[detail["layer"]], Fraction(detail["fund_payamt"]))
        stay = found["stay"]
        personal = next(s for s in stay.steps if s["what"] == "personal share")
        self.expect("psn_part_amt", Fraction(personal["result"]), info["psn_part_amt"])
        self.expect(
            "hosp_part_amt", self.total - fund - Fraction(personal["result"]), info["hosp_part_amt"]
        )
        accounts = {what: sum(layer.last(what) or 0 for layer in found.values()) for what in ("account", "mutual aid")}
        self.expect("acct_pay", sum(accounts.values()), info["acct_pay"])
        self.expect("acct_mulaid_pay", accounts["mutual aid"], info["acct_mulaid_pay"])
        self.expect("psn_cash_pay", stay.last("cash"), info["psn_cash_pay"])
        self.deductible(found, info["act_pay_dedc"])

    def deductible(self, found, borne):
        """Of the first layer: its deductible as far as the base goes and the year has not met it."""
        if not self.result["setldetail"] or self.result["setldetail"][0]["layer"] not in self.layer_ids():
            self.expect("act_pay_dedc", Fraction(0), borne)
            return
        layer = found[self.result["setldetail"][0]["layer"]]
        base = layer.last("base") - (layer.last("first borne by the patient") or 0)
        full = layer.last("deductible", "deductible credited") or Fraction(0)
        position = [s for s in layer.steps if s["what"] == "year to date"]
        before = Fraction(position[0]["input"].split(" + ")[0]) if position else Fraction(0)
        possible = {min(base, full), min(base, max(Fraction(0), full - before))}
        deductibles = [Fraction(s["result"]) for s in layer.steps if s["what"] == "deductible"]
        possible |= {min(base, d) for d in deductibles}
        possible |= {min(base, max(Fraction(0), d - before)) for d in deductibles}
        if borne not in possible:
            self.wrong.append(("act_pay_dedc", sorted(map(str, possible)), str(borne)))

    def check(self):
        self.lines()
        self.setlinfo(self.layers())
        return self.wrong


def explain(home, cases):
    """Steps by stay: each case becomes a stay of its own person in the ledger."""
    files = home.path / "in"
    files.mkdir()
    for case in cases:
        person = "P" + case["stay"]["mdtrt_id"]
        case["stay"]["psn_no"] = person
        for name in ("accumulators", "identities", "entitlements"):
            for row in case.get(name, []):
                row["psn_no"] = person
        path = files / f"{case['stay']['mdtrt_id']}.json"
        path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    command = [home.settle, "import", "-C", home.path, "--adapter=json", *sorted(files.iterdir())]
    subprocess.run(command, check=True, capture_output=True)
    for case in cases:
        command = [home.settle, "explain", "-C", home.path, "--json", "--lang", "en"]
        run = subprocess.run(
            command + [case["stay"]["mdtrt_id"]], capture_output=True, text=True
        )
        yield json.loads(run.stdout)


def main():
    settle = str(pathlib.Path(sys.argv[1], "bin/settle").resolve())
    first, packs, stays = map(int, sys.argv[2:5])
    passed = failed = steps = 0
    for seed in range(first, first + packs):
        with tempfile.TemporaryDirectory() as temporary:
            home = Home(settle, pathlib.Path(temporary, "home"))
            refusal, cases = make(seed, home, stays)
            assert not refusal, refusal
            results = home.batch(cases)
            read = policy.read(home.directory / "main")
            paid = [(c, r) for c, r in zip(cases, results) if r.get("setlinfo") is not None]
            told = explain(home, [c for c, _ in paid])
            for (case, result), answer in zip(paid, told):
                e = Explained(answer, result, read)
                wrong = e.check()
                steps += len(answer["steps"])
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print(f"seed {seed} {case['stay']['mdtrt_id']}: {wrong}")
    print(f"{steps} steps recomputed")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
