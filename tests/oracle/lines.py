# SPDX-License-Identifier: Apache-2.0
"""The line stage: what of each charge is self-funded, over its limit, prepaid and in scope."""
from dataclasses import dataclass, field
from fractions import Fraction

from amounts import fen, rounded
from condition import Missing, day_of

BORNE_WHOLE = "unmapped not-in-catalogue excluded self-funded not-approved newborn".split()
PARTS = ("own", "over", "prepaid", "scope")


@dataclass
class Line:
    amount: int
    rule: str = ""
    ratio: Fraction = Fraction(0)
    cap: Fraction = None  # in the hospital's unit
    code: str = ""
    day: str = ""
    item: object = None  # the row of "item" that holds
    own: int = 0
    over: int = 0
    prepaid: int = 0
    scope: int = 0
    refunds: list = field(default_factory=list)


class Stage:
    def __init__(self, tables, facts, policy):
        self.tables, self.facts, self.policy = tables, facts, policy

    def listed(self, code, day):
        return self.facts.first(
            [i for i in self.policy.items if self.tables.on_list(i.get("list"), code, day)]
        )

    def cap_over(self, charge, mapping, day):
        """The cap in the hospital's unit where the price is above one that is paid up to."""
        row = self.tables.cap(
            charge["medins_list_codg"],
            self.facts.fields["medins_lv"],
            self.facts.fields["mdtrtarea_admvs"],
            day,
        )
        if row is None or row["kind"] != "pay-to-cap" or not row["pric_uplmt_amt"]:
            return None
        if row["unit"] != mapping["med_list_unit"]:
            raise Missing("unit of the cap")
        cap = Fraction(row["pric_uplmt_amt"]) * Fraction(
            int(mapping["factor_num"]), int(mapping["factor_den"])
        )
        exceeded = Fraction(charge["pric"]) > cap
        return Fraction(rounded(cap * 10**6, "half-up"), 10**6) if exceeded else None

    def prepay_ratio(self, row):
        if row["chrgitm_lv"] == "01":
            return Fraction(row["selfpay_prop"] or 0)
        if row["selfpay_prop"]:
            return Fraction(row["selfpay_prop"])
        for default in self.policy.prepay:
            if row["list_type"] in default.get("list_type", row["list_type"]).split():
                return Fraction(default.get("ratio"))
        raise Missing("class-b-prepay")

    def newborn_pays_all(self, flag):
        if flag != "1":
            raise Missing("nwb_flag")
        row = self.facts.first(self.policy.newborn)
        if row is None:
            raise Missing("line/newborn")
        return row.get("paid") == "self-funded"

    def rule_of(self, charge):
        """Rule, ratio, cap and listed row of a charge, as of its day."""
        day = day_of(charge["fee_ocur_time"])
        line = Line(fen(charge["det_item_fee_sumamt"]), day=day)
        mapping = self.tables.mapped(charge["medins_list_codg"], day)
        if mapping is None:
            line.rule = "unmapped"
            return line
        line.code = mapping["med_list_codg"]
        row = self.tables.item_of(line.code, day)
        flag = charge.get("hosp_appr_flag", "")
        if row is None:
            line.rule = "not-in-catalogue"
        elif self.tables.excluded(line.code, day):
            line.rule = "excluded"
        elif row["chrgitm_lv"] == "03":
            line.rule = "self-funded"
        elif flag == "2" or (flag == "0" and row["lmt_used_flag"] == "1"):
            line.rule = "not-approved"
        elif charge.get("nwb_flag", "") not in ("", "0") and self.newborn_pays_all(charge["nwb_flag"]):
            line.rule = "newborn"
        else:
            line.cap = self.cap_over(charge, mapping, day)
            line.item = self.listed(line.code, day)
            if line.item is not None and line.item.get("person") is not None:
                line.rule, line.ratio = "listed", Fraction(line.item.get("person"))
            else:
                line.rule = "class-b" if row["chrgitm_lv"] == "02" else "class-a"
                line.ratio = self.prepay_ratio(row)
        return line

    def split(self, line, charge):
        if line.rule in BORNE_WHOLE:
            line.own = line.amount
            return
        if line.cap is not None:
            paid = rounded(Fraction(charge["cnt"]) * line.cap * 100, self.policy.mode)
            line.over = line.amount - paid
        line.prepaid = rounded((line.amount - line.over) * line.ratio, self.policy.mode)
        line.scope = line.amount - line.over - line.prepaid

    def refund(self, line, original):
        """The refund that gives the last fen back takes what is left of each part."""
        left = original.amount + sum(r.amount for r in original.refunds) + line.amount
        if original.amount >= 0 > left:
            raise Missing("R1")
        if left == 0:
            for part in PARTS:
                before = sum(getattr(r, part) for r in original.refunds)
                setattr(line, part, -getattr(original, part) - before)
        original.refunds.append(line)


def lines_of(stay, tables, facts, policy):
    stage = Stage(tables, facts, policy)
    charges = {c["feedetl_sn"]: c for c in stay["charges"]}
    made = {}
    for serial, charge in charges.items():
        if not charge.get("init_feedetl_sn"):
            made[serial] = stage.rule_of(charge)
            stage.split(made[serial], charge)
    for serial, charge in sorted(charges.items(), key=lambda c: (c[1]["fee_ocur_time"], len(c[0]), c[0])):
        if charge.get("init_feedetl_sn"):
            original = made[charge["init_feedetl_sn"]]
            line = Line(
                fen(charge["det_item_fee_sumamt"]),
                original.rule, original.ratio, original.cap, original.code, original.day, original.item,
            )
            stage.split(line, charge)
            stage.refund(line, original)
            made[serial] = line
    return [made[serial] for serial in charges]
