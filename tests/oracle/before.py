# SPDX-License-Identifier: Apache-2.0
"""What is taken before the layers: listed charges, the method's standard, an account that pays first."""
import datetime
from fractions import Fraction

from amounts import fen, rounded
from condition import Missing, day_of
from tables import in_force, matches


def payer_shares(facts, rows, payers):
    """The row that holds for each payer, the payers in this order."""
    found = {}
    for payer in payers:
        row = facts.first([r for r in rows if r.get("payer") == payer])
        if row is not None:
            found[payer] = Fraction(row.get("value"))
    return found


def in_rows(rows, facts):
    """Payers in the order of their rows that hold."""
    return list(dict.fromkeys(r.get("payer") for r in rows if facts.holds(r) is not False))


class Listed:
    """Shares of others in listed charges, and what layers pay whole."""

    def __init__(self, lines, facts, policy):
        self.shares, self.whole = {}, {}
        for item in policy.items:
            mine = [line for line in lines if line.item is item]
            if mine:
                self._item(item, mine, facts, policy)

    def _item(self, item, mine, facts, policy):
        rest = sum(line.amount - line.own - line.over for line in mine)
        scope = sum(line.scope for line in mine)
        rows = item.findall("share") if rest > 0 else []
        shares = payer_shares(facts, rows, in_rows(rows, facts))
        for payer, value in shares.items():
            share = min(rounded(rest * value, policy.mode), scope)
            scope -= share
            self.shares[payer] = self.shares.get(payer, 0) + share
        if item.get("paid-by") is not None:
            layer = item.get("paid-by")
            self.whole[layer] = self.whole.get(layer, 0) + scope

    @property
    def shared(self):
        return sum(self.shares.values())


class Method:
    """The first method that holds and has a standard."""

    def __init__(self, tables, facts, policy, cost):
        self.id, self.kind, self.code, self.standard, self.balance = "", "", "", None, None
        self.on_standard = False
        self.tables, self.facts, self.mode = tables, facts, policy.mode
        for method in policy.methods:
            answer = facts.holds(method)
            if answer is None:
                raise Missing("method")
            if answer and self._take(method):
                break
        if self.standard is not None:
            self.balance = self.standard - cost

    def _codes(self, kind):
        group = self.facts.head.get("dise_codg", "")
        if kind == "points":
            return [group]
        if kind == "quota":
            return [group or self.facts.diagnosis()]
        return [self.facts.head.get("adm_dept_codg", ""), self.facts.diagnosis()]

    def _row(self, method):
        codes = [code for code in self._codes(method.get("kind")) if code]
        mine = self.facts.fields
        found = [
            r
            for r in self.tables.standards
            if r["method"] == method.get("id")
            and in_force(r, self.facts.day)
            and (not r["code"] or any(matches(r["code"], code) for code in codes))
            and r["fixmedins_code"] in ("", mine["fixmedins_code"])
            and r["medins_lv"] in ("", mine["medins_lv"])
        ]
        return max(
            found,
            key=lambda r: (
                len(r["code"].rstrip("*")), not r["code"].endswith("*"),
                r["fixmedins_code"] != "", r["medins_lv"] != "",
            ),
            default=None,
        )

    def _take(self, method):
        kind = method.get("kind")
        row = self._row(method)
        if row is None:
            return False
        self.id, self.kind, self.code = method.get("id"), kind, row["code"]
        if kind != "head":
            self.standard = self._standard(method, kind, Fraction(row["amount"]))
            self.on_standard = method.get("patient-on") == "standard"
        return True

    def _standard(self, method, kind, amount):
        if kind == "points":
            return rounded(amount * Fraction(method.get("point-value")) * 100, self.mode)
        if kind == "bed-day":
            return fen(amount) * max(1, nights(self.facts.head))
        return fen(amount)


def nights(head):
    if not head.get("endtime"):
        raise Missing("endtime")
    begin, end = (datetime.date.fromisoformat(day_of(head[f])) for f in ("begntime", "endtime"))
    return (end - begin).days


def from_accounts(head, most, mutual_aid):
    """What the own account pays of `most`, and then those of the family."""
    paid = []
    for flag, balance, used in (("acct_used_flag", "balc", True), ("mulaid_used_flag", "mulaid_balc", mutual_aid)):
        if not used or head.get(flag, "") != "1":
            paid.append(0)
            continue
        if head.get(balance, "") == "":
            raise Missing(balance)
        paid.append(min(most - sum(paid), fen(head[balance])))
    return paid
