# SPDX-License-Identifier: Apache-2.0
"""The layers: base, deductible, bands, ceiling of each, in the order of the file."""
import datetime
from fractions import Fraction

from amounts import fen, rounded, rounded_ratio
from before import payer_shares
from condition import Missing, months_after, year_of


class Account:
    """What the stay bears, and who has taken how much of it."""

    def __init__(self, cost, own, over, prepaid, scope, taken, whole, lines, tables):
        self.cost, self.own, self.over, self.prepaid, self.scope = cost, own, over, prepaid, scope
        self.taken = taken  # in-scope cost taken before the layers
        self.whole = whole  # by layer: paid whole
        self.set_aside = self.pending = sum(whole.values())
        self.paid = 0  # by layers and by other payers in them
        self.deductibles = 0  # of the stay
        self.lines, self.tables = lines, tables
        self.cut = {}  # by layer: what its ceiling on payments cut off
        self.changes = {}  # (year, kind): added in this stay

    @property
    def left(self):
        return self.cost - self.taken - self.paid

    def listed(self, name):
        return sum(line.scope for line in self.lines if line.code and self.tables.on_list(name, line.code, line.day))

    def add(self, year, kind, value):
        if kind is not None:
            self.changes[year, kind] = self.changes.get((year, kind), 0) + value


class Layer:
    def __init__(self, element, policy, facts):
        self.e, self.policy, self.facts = element, policy, facts
        self.id = element.get("id")
        self.base = self.share = self.whole = self.deductible = self.first_pay = 0
        self.below = self.paid = False
        self.others = {}

    # --- whom it pays

    def applies(self, served_before, has_before):
        rows = self.e.findall("for")
        if rows:
            row = self.facts.first(rows)
            if row is None or not self._waited(int(row.get("waiting-months", "0"))):
                return False
        return self.e.get("needs-payer-before") == "no" or served_before or not has_before

    def _waited(self, months):
        if months == 0:
            return True
        given = self.facts.stay.get("entitlements")
        if given is None:
            raise Missing("entitlements")
        begins = [
            r["begndate"]
            for r in given
            if r["psn_no"] == self.facts.head["psn_no"]
            and r["insutype"] == self.facts.head["insutype"]
            and "" < r["begndate"] <= self.facts.day <= (r["enddate"] or "9999")
        ]
        if not begins:
            raise Missing("entitlements")
        return self.facts.day >= months_after(min(begins), months)

    # --- base

    def _base(self):
        a, base = self.account, self.e.find("base")
        kind = base.get("of")
        if kind == "in-scope":
            return a.scope - a.taken - a.set_aside
        if kind == "in-scope-personal":
            value = a.scope - a.taken - a.paid - a.pending
            value += a.prepaid if base.get("with-prepayment") == "yes" else 0
            value += a.over if base.get("with-over-limit") == "yes" else 0
            value -= a.deductibles if base.get("with-deductible") == "no" else 0
            return value
        if kind == "personal":
            return a.left - a.pending
        if kind == "listed":
            return min(a.listed(base.get("list")), a.scope - a.taken - a.paid - a.pending)
        if kind == "beyond-ceiling":
            return a.cut.get(base.get("layer"), 0)
        goal = rounded(a.scope * Fraction(base.get("to-ratio")), self.policy.mode)
        return goal - a.taken - a.paid - a.pending

    def _take_base(self):
        self.base = max(0, self._base())
        row = self.facts.first(self.e.findall("base/first-pay"))
        if row is not None:
            self.first_pay = rounded(self.base * Fraction(row.get("ratio")), self.policy.mode)
        self.counted = self.base - self.first_pay
        counts = self.e.find("base").get("counts")
        self.before = 0
        if counts is not None and self._goes_by_position():
            self.before = fen(self.facts.accumulated(counts))
        self.account.add(self.facts.year, counts, self.counted)

    def _goes_by_position(self):
        """Whether anything depends on where in the year the base begins."""
        deductible, ceiling = self.e.find("deductible"), self.e.find("ceiling")
        return (
            len(self.e.findall("bands/band")) > 1
            or self.e.find("bands/band").get("upto") is not None
            or (deductible is not None and deductible.get("per") == "year")
            or (ceiling is not None and ceiling.get("on") == "position")
        )

    # --- deductible

    def _amount(self, rows):
        row = self.facts.first(rows)
        value = row.get("value")
        if value is None:
            value = self.facts.accumulated(row.get("of"))
        return rounded(Fraction(value) * Fraction(row.get("times", "1")) * 100, self.policy.mode)

    def _take_deductible(self):
        element = self.e.find("deductible")
        self.full = 0
        if element is None:
            return
        self.full = self._amount(element.findall("amount"))
        repeat, credit = element.find("repeat"), element.find("credit")
        if repeat is not None:
            stay = self.facts.count(repeat.get("counted-by")) + 1
            if stay >= int(repeat.get("from-stay")):
                self.full = rounded(self.full * Fraction(repeat.get("ratio")), self.policy.mode)
        if credit is not None and self.facts.first([credit]) is not None:
            self.full = max(0, self.full - fen(self.facts.accumulated(credit.get("counted-by"))))
        self.below = element.get("per") == "stay" and self.counted < self.full
        self._count(repeat)
        met = self.before if element.get("per") == "year" else 0
        self.deductible = min(self.counted, max(0, self.full - met))
        self.account.add(self.facts.year, element.get("counts"), self.deductible)

    def _count(self, repeat):
        """What the stay adds to the admissions: once, by the first layer that counts them."""
        if repeat is None or (self.facts.year, repeat.get("counted-by")) in self.account.changes:
            return
        row = next((r for r in repeat.findall("counts-as") if self._counts(r)), None)
        value = Fraction(1 if row is None else row.get("value"))
        self.account.changes[self.facts.year, repeat.get("counted-by")] = int(value * 100)

    def _counts(self, row):
        answer = self.facts.holds(row)
        if answer is None:
            raise Missing("counts-as")
        if not answer or (row.get("below-deductible") == "yes" and not self.below):
            return False
        hours, crosses = row.get("hours-below"), row.get("crosses-year") == "yes"
        if hours is None and not crosses:
            return True
        begin, end = (datetime.datetime.fromisoformat(t) for t in self.facts.stay_begin_end())
        if hours is not None and end - begin >= datetime.timedelta(hours=int(hours)):
            return False
        years = {year_of(t.date().isoformat(), self.policy.year_begins) for t in (begin, end)}
        return not crosses or len(years) == 2

    # --- bands

    def _take_growth(self):
        """By how much of themselves ratio and ceiling grow."""
        growth, self.growth = self.e.find("growth"), Fraction(0)
        if growth is None:
            return
        years = self.facts.count(growth.get("counted-by")) - int(growth.get("from")) + 1
        if years > 0:
            self.growth = min(Fraction(growth.get("most")), Fraction(growth.get("step")) * years)

    def _grown(self, on, value):
        growth = self.e.find("growth")
        grows = growth is not None and growth.get("on") in (on, "both")
        return value * (1 + self.growth) if grows else Fraction(value)

    def _ratio(self, band):
        ratio = Fraction(self.facts.first(band.findall("ratio")).get("value"))
        ratio = rounded_ratio(self._grown("ratio", ratio))
        adjust = self.facts.first(self.e.findall("adjust"))
        if adjust is not None:
            ratio += Fraction(adjust.get("points"))
        return min(Fraction(1), max(Fraction(0), ratio))

    def _positions(self):
        start, end = self.before + self.deductible, self.before + self.counted
        if self.limit is not None and self.e.find("ceiling").get("on") == "position":
            end = min(end, self.limit)
        if self.e.find("bands").get("on") == "excess":
            start, end = max(0, start - self.full), max(0, end - self.full)
        return start, end

    def _take_bands(self):
        start, end = self._positions()
        payers = ["hospital"] + [p.get("id") for p in self.policy.payers]
        exact, others, covered, low = Fraction(0), dict.fromkeys(payers, Fraction(0)), 0, 0
        for band in self.e.findall("bands/band"):
            high = fen(band.get("upto")) if band.get("upto") else end
            length = max(0, min(end, high) - max(start, low))
            low = max(low, high)
            if length == 0:
                continue
            exact += length * self._ratio(band)
            covered += length
            shares = payer_shares(self.facts, band.findall("share"), payers)
            for payer, value in shares.items():
                others[payer] += length * value
        self.others = {p: rounded(v, self.policy.mode) for p, v in others.items()}
        self.share = rounded(exact, self.policy.mode)
        if self.policy.remainder == "payer":
            patient = rounded(covered - exact - sum(others.values()), self.policy.mode)
            self.share = max(0, covered - patient - sum(self.others.values()))

    # --- ceiling

    def _take_limit(self):
        element = self.e.find("ceiling")
        self.limit = None
        if element is not None:
            limit = self._amount(element.findall("amount"))
            self.limit = rounded(self._grown("ceiling", limit), self.policy.mode)

    def _cut(self):
        a, element = self.account, self.e.find("ceiling")
        wanted = self.whole + self.share
        pays = min(wanted, a.left)
        year = self.facts.year
        if element is not None and element.get("on") == "payments":
            year = self.facts.day if element.get("per") == "day" else year
            paid = 0
            if element.get("per") != "stay":
                paid = fen(self.facts.accumulated(self.e.get("counts-payments"), year))
            room = max(0, self.limit - paid)
            a.cut[self.id] = max(0, wanted - room)
            pays = min(pays, room)
        if self.e.get("paid") == "at-year-end":
            pays = 0
        self.share = pays
        a.add(year, self.e.get("counts-payments"), pays)
        a.paid += pays
        for payer in self.others:
            self.others[payer] = min(self.others[payer], a.left)
            a.paid += self.others[payer]

    def is_due(self, layers):
        """Of a layer for stays below the deductible of another: whether this stay is one."""
        other = self.e.get("below-deductible-of")
        return other is None or any(layer.below for layer in layers if layer.id == other)

    def settle(self, account):
        self.account, self.paid = account, True
        self.whole = self.account.whole.get(self.id, 0)
        self._take_growth()
        self._take_limit()
        self._take_base()
        self._take_deductible()
        self._take_bands()
        self._cut()
        account.pending -= self.whole
        element = self.e.find("deductible")
        if element is not None and element.get("per") == "stay":
            self.account.deductibles += self.deductible
