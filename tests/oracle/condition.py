# SPDX-License-Identifier: Apache-2.0
"""Conditions on a stay: they hold, do not hold, or lack the field that decides."""
import calendar
import datetime
from fractions import Fraction

from tables import matches


class Missing(Exception):
    """An input without which the payment is not evaluated."""


def year_of(day, begins):
    return str(int(day[:4]) - (day[5:] < begins))


def completed_years(birth, day):
    return int(day[:4]) - int(birth[:4]) - (day[5:] < birth[5:])


def day_of(instant):
    return instant[:10]


def months_after(day, months):
    date = datetime.date.fromisoformat(day)
    month = date.month - 1 + months
    year, month = date.year + month // 12, month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date.replace(year=year, month=month, day=min(date.day, last)).isoformat()


class Facts:
    """The stay as the conditions of one policy see it."""

    def __init__(self, stay, policy, site):
        head = stay["stay"]
        self.head = head
        self.stay = stay
        order = {
            "discharge": ("endtime", "setl_time", "begntime"),
            "settlement": ("setl_time", "endtime", "begntime"),
            "admission": ("begntime", "endtime", "setl_time"),
        }[policy.rule_date]
        self.day = next((day_of(head[f]) for f in order if head.get(f)), "")
        self.year = year_of(self.day, policy.year_begins)
        self.fields = {
            name: head.get(name, "") or site.get(name, "")
            for name in ("medins_lv", "hosp_lv", "mdtrtarea_admvs", "fixmedins_code")
        }
        for name in ("insutype", "psn_type", "med_type"):
            self.fields[name] = head.get(name, "")
        self.fields["refl_flag"] = head.get("refl_flag", "") or "0"
        self.identities = self._identities(policy.precedence)

    def _identities(self, precedence):
        valid = {
            r["psn_idet_type"]
            for r in self.stay.get("identities", [])
            if r["psn_no"] == self.head["psn_no"]
            and (r["begntime"] or "0000") <= self.day <= (r["endtime"] or "9999")
        }
        ranked = [code for code in precedence if code in valid]
        return valid - set(ranked[1:])

    def diagnosis(self):
        marked = [
            d["diag_code"] for d in self.stay.get("diagnoses", []) if d["maindiag_flag"] == "1"
        ]
        return self.head.get("dscg_maindiag_code", "") or (marked[0] if marked else "")

    def accumulated(self, kind, year=None):
        values = {
            r["value"]
            for r in self.stay.get("accumulators", [])
            if r["psn_no"] == self.head["psn_no"]
            and r["insutype"] == self.head["insutype"]
            and r["year"] == (year or self.year)
            and r["kind"] == kind
        }
        if len(values) != 1:
            raise Missing(kind)
        return values.pop()

    def count(self, kind):
        return int(Fraction(self.accumulated(kind)))

    def stay_begin_end(self):
        for field in ("begntime", "endtime"):
            if not self.head.get(field):
                raise Missing(field)
        return self.head["begntime"], self.head["endtime"]

    def _in_force(self, record, months):
        """An approval for this diagnosis and institution on the rule date, no older than that."""
        here = record.get("fixmedins_code", "") in ("", self.head.get("fixmedins_code", ""))
        of_it = not record.get("code") or matches(record["code"], self.diagnosis())
        holds = (record.get("begndate") or "0000") <= self.day <= (record.get("enddate") or "9999")
        if not (here and of_it and holds) or months is None:
            return here and of_it and holds
        made = day_of(record.get("time") or "")
        return bool(made) and made <= self.day <= months_after(made, int(months))

    def _part(self, name, value, row):
        values = [v for v in value.split() if v != "-"]
        if name in ("psn_idet_type", "psn_idet_all"):
            if name == "psn_idet_type":
                return any(v in self.identities for v in values)
            return "-" not in value.split() and all(v in self.identities for v in values)
        if name == "outside":
            inside = self._part("mdtrtarea_admvs", value, row) if values else False
            return None if inside is None else not inside
        if name == "from":
            return self.day >= value
        if name == "until":
            return self.day <= value
        if name == "filed":
            given = self.stay.get("approvals")
            if given is None and values:
                return None
            return any(self._in_force(r, row.get("filed-months")) for r in given or [] if r["kind"] in values)
        if name == "count-of":
            try:
                return self.count(value) >= int(row.get("count-from"))
            except Missing:
                return None
        if name in ("age-from", "age-below"):
            if not self.head.get("brdy"):
                return None
            age = completed_years(self.head["brdy"], self.day)
            return age >= int(value) if name == "age-from" else age < int(value)
        if not values:
            return False
        mine = self.diagnosis() if name == "diagnosis" else self.fields[name]
        if not mine:
            return None
        if name == "diagnosis":
            return any(matches(v, mine) for v in values)
        if name == "mdtrtarea_admvs":
            return any(mine.startswith(v) for v in values)
        return mine in values

    PARTS = (
        "insutype psn_type psn_idet_type med_type medins_lv hosp_lv fixmedins_code refl_flag "
        "mdtrtarea_admvs outside psn_idet_all diagnosis filed from until count-of age-from age-below"
    ).split()

    def holds(self, row):
        """True, False, or None where the stay lacks what decides."""
        answers = [self._part(p, row.get(p), row) for p in self.PARTS if row.get(p) is not None]
        return False if False in answers else None if None in answers else True

    def first(self, rows):
        """The first row that holds, None where none does."""
        for row in rows:
            answer = self.holds(row)
            if answer is None:
                raise Missing(str(row.attrib))
            if answer:
                return row
        return None
