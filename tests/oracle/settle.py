# SPDX-License-Identifier: Apache-2.0
"""A stay settled: the order of the steps in "How a stay is computed" (docs/policy.md)."""
from fractions import Fraction

from amounts import fen, rounded, yuan
from before import Listed, Method, from_accounts
from condition import Facts, Missing
from layers import Account, Layer
from lines import PARTS, lines_of

FIELDS = "hifp_pay cvlserv_pay hifes_pay hifmi_pay hifob_pay maf_pay oth_pay".split()


class Settlement:
    def __init__(self, stay, policy, tables, site):
        self.stay, self.policy = stay, policy
        self.facts = Facts(stay, self.policy, site)
        self.lines = lines_of(stay, tables, self.facts, self.policy)
        self.sums = {part: sum(getattr(line, part) for line in self.lines) for part in PARTS}
        self.cost = sum(line.amount for line in self.lines)
        self.layers = []
        self.tables = tables
        self._applying()
        self._before(tables)
        self._settle_layers()
        self._after()

    def _before(self, tables):
        self.method = Method(tables, self.facts, self.policy, self.cost)
        self.listed = Listed(self.lines if self.layers else [], self.facts, self.policy)
        names = [layer.id for layer in self.layers]
        self.whole = {k: v for k, v in self.listed.whole.items() if k in names}
        room = self.sums["scope"] - self.listed.shared - sum(self.whole.values())
        self.excess = self.first = 0
        self.own = self.aid = 0
        if self.layers and self.method.on_standard:
            self.excess = max(0, room - self.method.standard)
        if self.layers and (self.policy.account_when, self.policy.account) == ("first", "in-scope-share"):
            self.own, self.aid = from_accounts(self.stay["stay"], room - self.excess, self.policy.mutual_aid)
            self.first = self.own + self.aid
        self.taken = self.listed.shared + self.excess + self.first

    def _applying(self):
        elements = self.policy.layers(self.stay["stay"]["insutype"])
        for place, (served, element) in enumerate(elements):
            layer = Layer(element, self.policy, self.facts)
            if served and layer.applies(bool(self.layers), place > 0):
                self.layers.append(layer)

    def _settle_layers(self):
        self.account = Account(
            self.cost, self.sums["own"], self.sums["over"], self.sums["prepaid"],
            self.sums["scope"], self.taken, self.whole, self.lines, self.tables,
        )
        for layer in self.layers:
            if layer.is_due(self.layers):
                layer.settle(self.account)

    def _after(self):
        self.hospital = self.excess + self._of_payer("hospital")
        self.pays = dict.fromkeys(FIELDS, 0)
        for layer in self.layers:
            self.pays[layer.e.get("pays-into")] += layer.share
        for payer in self.policy.payers:
            self.pays[payer.get("pays-into")] += self._of_payer(payer.get("id"))
        self.fund = sum(self.pays.values())
        self.part = self.cost - self.fund - self.hospital
        self._account_last()

    def _of_payer(self, payer):
        return self.listed.shares.get(payer, 0) + sum(
            layer.others.get(payer, 0) for layer in self.layers
        )

    def _account_last(self):
        self.acct = self.first
        if self.layers and self.policy.account_when == "last" and self.policy.account != "nothing":
            most = self.part
            if self.policy.account == "in-scope-share":
                most = min(most, max(0, self.sums["scope"] - self.fund - self.hospital))
            self.own, self.aid = from_accounts(self.stay["stay"], most, self.policy.mutual_aid)
            self.acct = self.own + self.aid

    def withheld(self):
        if not self.layers or not self.policy.withhold:
            return None
        total = 0
        for row in self.policy.withhold:
            answer = self.facts.holds(row)
            if answer is None:
                raise Missing("withhold")
            if answer:
                over = 0 if self.method.standard is None else min(self.fund, max(0, self.cost - self.method.standard))
                of = over if row.get("of") == "over-standard" else self.fund
                total += rounded(of * Fraction(row.get("ratio")), self.policy.mode)
        return min(total, self.fund)

    def later(self):
        if self.layers:
            return None
        row = self.facts.first(self.policy.later)
        if row is None:
            return None
        of = self.method.standard if row.get("of") == "standard" else self.sums["scope"]
        if of is None:
            return None
        return min(self.cost, rounded(of * Fraction(row.get("ratio")), self.policy.mode))

    def setlinfo(self):
        balance = self.stay["stay"].get("balc", "")
        values = {
            "medfee_sumamt": self.cost,
            "fulamt_ownpay_amt": self.sums["own"],
            "overlmt_selfpay": self.sums["over"],
            "preselfpay_amt": self.sums["prepaid"],
            "inscp_scp_amt": self.sums["scope"],
            "act_pay_dedc": next((layer.deductible for layer in self.layers if layer.paid), 0),
            **self.pays,
            "fund_pay_sumamt": self.fund,
            "psn_part_amt": self.part,
            "acct_pay": self.acct,
            "acct_mulaid_pay": self.aid,
            "psn_cash_pay": self.part - self.acct,
            "hosp_part_amt": self.hospital,
        }
        answer = {name: yuan(value) for name, value in values.items()}
        answer["balc"] = yuan(fen(balance) - self.own) if balance else ""
        return answer

    def setldetail(self):
        details = [
            (layer.id, layer.e.get("fund_pay_type"), yuan(layer.counted + layer.whole), yuan(layer.share))
            for layer in self.layers
            if layer.paid
        ]
        for payer in self.policy.payers:
            pays = self._of_payer(payer.get("id"))
            if pays:
                details.append((payer.get("id"), payer.get("fund_pay_type"), yuan(self.sums["scope"]), yuan(pays)))
        return details

    def accumulators(self):
        found = {}
        for (year, kind), added in self.account.changes.items():
            try:
                before = self.facts.accumulated(kind, year)
            except Missing:
                continue  # only carried on
            found[year, kind] = yuan(fen(before) + added)
        return found


def answer(stay, policy, tables, site):
    """What the program should answer; "setlinfo" None where the payment is not evaluated."""
    try:
        s = Settlement(stay, policy, tables, site)
        later, withheld = s.later(), s.withheld()
        return {
            "setlinfo": s.setlinfo(),
            "setldetail": s.setldetail(),
            "accumulators": s.accumulators(),
            "payment_method": (
                [s.method.id, s.method.code]
                + ["" if v is None else yuan(v) for v in (s.method.standard, s.method.balance)]
                if s.method.id
                else None
            ),
            "withheld": "" if withheld is None else yuan(withheld),
            "later_reimbursement": "" if later is None else yuan(later),
            "lines": [[yuan(getattr(line, p)) for p in PARTS] for line in s.lines],
        }
    except Missing as missing:
        return {"setlinfo": None, "missing": str(missing)}
