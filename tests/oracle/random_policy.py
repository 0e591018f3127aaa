# SPDX-License-Identifier: Apache-2.0
"""Random valid policies that use every element and attribute of schemas/policy-1.0.xsd."""
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from xml.etree.ElementTree import SubElement

from universe import AREAS, DIAGNOSES, IDENTITIES, LISTS, LIST_TYPES, day, fen_text, ratio_text

PAYS_INTO = "hifp_pay cvlserv_pay hifes_pay hifmi_pay hifob_pay maf_pay oth_pay".split()
MODES = "half-up half-even half-down up down".split()
PLACES = {
    "insutype": ["310", "390", "510"],
    "psn_type": ["11", "12", "13", "1204"],
    "med_type": ["2101", "21", "11", "14"],
    "medins_lv": ["3", "2", "1"],
    "hosp_lv": ["01", "02", "03", "05", "08"],
    "fixmedins_code": ["H99990100001", "H99990200002"],
    "refl_flag": ["0", "1"],
    "mdtrtarea_admvs": AREAS,
    "outside": AREAS,
    "psn_idet_type": IDENTITIES,
    "psn_idet_all": IDENTITIES,
    "diagnosis": DIAGNOSES + [d[:3] + "*" for d in DIAGNOSES],
}
# What a param may stand for, by attribute.
PARAMS = {
    "value": ["0.1", "0.25"], "ratio": ["0.1"], "times": ["2"], "points": ["0.01"], "upto": [],
    "person": ["0.1"], "step": ["0.01"], "most": ["0.1"], "to-ratio": ["0.5"],
    "with-prepayment": ["no"], "with-deductible": ["no"], "with-over-limit": ["no"],
    "needs-payer-before": ["no"], "begins": ["01-01"], "mode": ["up"], "remainder": ["patient"],
    "pays": ["nothing"], "is": ["discharge"], "age-from": ["5"], "age-below": ["7"],
    "from": ["2025-01-01"], "until": ["2025-06-30"], "waiting-months": ["3"],
    "patient-on": ["cost"], "point-value": ["1.00"],
    **{name: ["-"] for name in PLACES},
}


class Maker:
    def __init__(self, rng, name):
        self.rng, self.name = rng, name
        self.payers, self.layers = [], []

    def chance(self, share):
        return self.rng.random() < share

    def conditions(self, element, most=2):
        """One to `most` parts of a condition."""
        rng = self.rng
        for name in rng.sample(sorted(PLACES) + ["age", "day", "count", "filed"], rng.randint(1, most)):
            if name == "age":
                low = rng.choice([1, 5, 18, 60, 65])
                if self.chance(0.7):
                    element.set("age-from", str(low))
                if self.chance(0.5) or element.get("age-from") is None:
                    element.set("age-below", str(low + rng.choice([1, 10, 30])))
            elif name == "day":
                begin = day(rng)
                if self.chance(0.7):
                    element.set("from", begin)
                if self.chance(0.4) or element.get("from") is None:
                    element.set("until", max(begin, day(rng)))
            elif name == "filed":
                element.set("filed", rng.choice(["K1", "K2", "K1 K2"]))
                if self.chance(0.5):
                    element.set("filed-months", str(rng.choice([1, 3, 12])))
            elif name == "count":
                element.set("count-of", rng.choice(["ipt_cnt", "years_paid"]))
                element.set("count-from", str(rng.randint(1, 6)))
            else:
                values = rng.sample(PLACES[name], rng.randint(1, min(3, len(PLACES[name]))))
                element.set(name, "-" if self.chance(0.04) else " ".join(values))

    def rows(self, parent, tag, put, most=3, last=True):
        """Rows with conditions, and one without where `last`."""
        for _ in range(self.rng.randint(0, most)):
            row = SubElement(parent, tag)
            self.conditions(row)
            put(row)
            row.set("basis", "B")
        if last:
            row = SubElement(parent, tag)
            put(row)
            row.set("basis", "B")

    def some(self, parent, tag, put, most=2):
        """Rows none of which may hold."""
        self.rows(parent, tag, put, most, self.chance(0.5))

    # --- head

    def head(self, root):
        rng = self.rng
        if self.chance(0.5):
            SubElement(root, "year", begins=f"{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", basis="B")
        if self.chance(0.6):
            SubElement(root, "rule-date", {"is": rng.choice(["discharge", "admission", "settlement"])}, basis="B")
        if self.chance(0.8):
            rounding = SubElement(root, "rounding", mode=rng.choice(MODES), basis="B")
            if self.chance(0.4):
                rounding.set("remainder", rng.choice(["payer", "patient"]))
            if self.chance(0.3):
                rounding.set("line-tolerance", "0.02")
        if self.chance(0.4):
            codes = rng.sample(IDENTITIES, rng.randint(1, 3))
            SubElement(root, "precedence", psn_idet_type=" ".join(codes), basis="B")
        for number in range(rng.choice([0, 0, 1, 2])):
            self.payers.append(f"{self.name}-payer-{number}")
            SubElement(
                root, "payer", id=self.payers[-1], name="P", fund_pay_type=rng.choice(["999997", "620100"]),
                basis="B", **{"pays-into": rng.choice(PAYS_INTO)},
            )

    def shares(self, parent, most, room):
        """Shares of others that together leave `room` of 10,000."""
        payers = self.rng.sample(self.payers + ["hospital"], self.rng.randint(1, most))
        for payer in payers:
            top = room // len(payers)

            def put(row):
                row.set("payer", payer)
                row.set("value", ratio_text(self.rng, top))

            self.rows(parent, "share", put, 2, self.chance(0.6))

    def line(self, root):
        rng = self.rng
        if self.chance(0.03):
            return
        line = SubElement(root, "line")
        if self.chance(0.4):
            types = rng.sample(LIST_TYPES, 2)
            SubElement(line, "class-b-prepay", list_type=" ".join(types), ratio=ratio_text(rng, 4000), basis="B")
        if self.chance(0.97):
            SubElement(line, "class-b-prepay", ratio=ratio_text(rng, 4000), basis="B")
        self.items = []
        for _ in range(rng.choice([0, 0, 1, 2])):
            item = SubElement(line, "item", list=rng.choice(LISTS), basis="B")
            self.items.append(item)
            if self.chance(0.4):
                self.conditions(item, 6)
            if self.chance(0.6):
                item.set("person", ratio_text(rng, 6000))
            if self.chance(0.6):
                person = item.get("person", "1")
                room = 10000 - int(Fraction(person) * 10000) if "person" in item.attrib else 4000
                self.shares(item, min(2, len(self.payers) + 1), room)
        if self.chance(0.7):
            self.rows(line, "newborn", lambda row: row.set("paid", rng.choice(["as-mother", "self-funded"])), 2, self.chance(0.8))

    def account(self, root):
        if self.chance(0.7):
            pays = self.rng.choice(["nothing", "in-scope-share", "personal-share"])
            account = SubElement(root, "account", pays=pays, basis="B")
            if account.get("pays") == "in-scope-share" and self.chance(0.5):
                account.set("when", "first")
            if pays != "nothing" and self.chance(0.5):
                account.set("mutual-aid", "yes")

    def methods(self, root):
        rng = self.rng
        for number in range(rng.choice([0, 0, 0, 1, 2, 3])):
            kind = rng.choice("quota bed-day visit head points".split())
            method = SubElement(root, "method", id=f"{self.name}-method-{number}", name="M", kind=kind, basis="B")
            if kind != "head" and self.chance(0.5):
                method.set("patient-on", rng.choice(["standard", "cost"]))
            if kind == "points":
                method.set("point-value", fen_text(rng.randint(1, 20000)))
            if self.chance(0.5):
                self.conditions(method)

    # --- layers

    def base(self, layer, number):
        rng = self.rng
        kinds = ["in-scope", "in-scope", "in-scope-personal", "in-scope-personal", "personal", "shortfall", "listed"]
        capped = [
            e.get("id") for e in self.layers
            if e.find("ceiling") is not None and e.find("ceiling").get("on") == "payments"
        ]
        kind = "in-scope" if not self.layers else rng.choice(kinds + ["beyond-ceiling"] * 2 * bool(capped))
        base = SubElement(layer, "base", of=kind, basis="B")
        if kind == "beyond-ceiling":
            base.set("layer", rng.choice(capped))
        if kind == "listed":
            base.set("list", rng.choice(LISTS))
        if kind == "shortfall":
            base.set("to-ratio", ratio_text(rng, 10000, 5000))
        if kind == "in-scope-personal":
            for name in ("with-prepayment", "with-deductible", "with-over-limit"):
                if self.chance(0.4):
                    base.set(name, rng.choice(["yes", "no"]))
        if self.chance(0.7):
            base.set("counts", f"base_{number}")
        if self.chance(0.25):
            self.some(base, "first-pay", lambda row: row.set("ratio", ratio_text(rng, 5000)))
        return base

    def amount(self, row, of=0.1, top=3000000):
        rng = self.rng
        if self.chance(of):
            row.set("of", "psn_wage")
            row.set("times", rng.choice(["0.05", "1", "2.5", "0.3333"]))
            return
        row.set("value", fen_text(rng.choice([0, rng.randint(1, 200000), rng.randint(1, 20) * 10000, top])))
        if self.chance(0.15):
            row.set("times", rng.choice(["0.5", "1.0333", "2"]))

    def deductible(self, layer, base, number):
        rng = self.rng
        per = "year" if base.get("counts") and self.chance(0.4) else "stay"
        deductible = SubElement(layer, "deductible", per=per)
        if self.chance(0.5):
            deductible.set("counts", rng.choice(["dedc", f"dedc_{number}"]))
        if per == "stay" and self.chance(0.3):
            repeat = SubElement(deductible, "repeat", ratio=ratio_text(rng, 10000), basis="B")
            repeat.set("from-stay", str(rng.randint(1, 4)))
            repeat.set("counted-by", "ipt_cnt")
            for _ in range(rng.choice([0, 0, 1, 3])):
                self.counts_as(repeat)
        if per == "stay" and self.chance(0.25):
            credit = SubElement(deductible, "credit", basis="B")
            credit.set("counted-by", "dedc_chain")
            if self.chance(0.8):
                self.conditions(credit, 7)
        self.rows(deductible, "amount", lambda row: self.amount(row, top=500000))
        return per

    def counts_as(self, repeat):
        rng = self.rng
        row = SubElement(repeat, "counts-as", value=rng.choice(["0", "0.5", "0.50", "1", "0.25"]), basis="B")
        if self.chance(0.8):
            self.conditions(row, 9)
        if self.chance(0.4):
            row.set("hours-below", str(rng.choice([24, 48, 26, 99])))
        for name in ("below-deductible", "crosses-year"):
            if self.chance(0.4):
                row.set(name, rng.choice(["yes", "yes", "no"]))
        if not set(row.attrib) - {"value", "basis"} or not {"yes"} & set(row.attrib.values()):
            row.set("hours-below", "24")

    def bands(self, layer, base, per, moved):
        rng = self.rng
        on = "excess" if per == "year" and self.chance(0.5) else "position"
        bands = SubElement(layer, "bands", on=on, basis="B")
        bounds = sorted(rng.sample(range(1, 60), rng.choice([0, 1, 2, 3]) if base.get("counts") else 0))
        for place, bound in enumerate(bounds + [0]):
            band = SubElement(bands, "band")
            if bound:
                band.set("upto", fen_text(bound * 50000 + rng.choice([0, 0, 1, 33])))
            shared = self.chance(0.25)
            top = (5000 if shared else 7500) if moved else 7000 if shared else 10000
            self.rows(band, "ratio", lambda row: row.set("value", ratio_text(rng, top, 500 if moved else 0)))
            if shared:
                self.shares(band, min(2, len(self.payers) + 1), 3000)

    def ceiling(self, layer, base):
        rng = self.rng
        ceiling = SubElement(layer, "ceiling", basis="B")
        ceiling.set("on", rng.choice(["payments", "payments", "position"]) if base.get("counts") else "payments")
        if ceiling.get("on") == "payments":
            per = rng.choice(["year", "stay", "day", ""])
            if per:
                ceiling.set("per", per)
        above = ceiling.get("on") == "position" and layer.find("deductible") is not None
        high = lambda row: row.set("value", fen_text(rng.randint(1000001, 10000000)))
        self.rows(ceiling, "amount", high if above else lambda row: self.amount(row, top=10000000), 2)

    def layer(self, root, number, name):
        rng = self.rng
        fund = rng.choice(["310100", "330100", "610100"])
        layer = SubElement(root, "layer", id=f"{name}-{number}", name="L", fund_pay_type=fund, basis="B")
        layer.set("pays-into", rng.choice(PAYS_INTO))
        if self.chance(0.8):
            if self.chance(0.7):
                self.rows(layer, "for", self.waiting, 1)
            else:
                self.rows(layer, "for", self.waiting, 2, False)
        base = self.base(layer, f"{name}{number}".replace("-", "_"))
        per = None
        if self.chance(0.7):
            per = self.deductible(layer, base, f"{name}{number}")
        adjusts, grows = self.chance(0.3), self.chance(0.2)
        self.bands(layer, base, per, adjusts or grows)
        if adjusts:
            points = ["0.05", "-0.05", "0.0123", "-0.0001"]
            self.some(layer, "adjust", lambda row: row.set("points", rng.choice(points)))
        has_ceiling = self.chance(0.5)
        if grows:
            growth = SubElement(layer, "growth", step=ratio_text(rng, 500), most=ratio_text(rng, 2000, 500), basis="B")
            growth.set("counted-by", "years_paid")
            growth.set("from", str(rng.randint(1, 4)))
            growth.set("on", rng.choice(["ratio", "ceiling", "both"]) if has_ceiling else "ratio")
        if has_ceiling:
            self.ceiling(layer, base)
        ceiling = layer.find("ceiling")
        needs = ceiling is not None and ceiling.get("on") == "payments" and ceiling.get("per") != "stay"
        if needs or self.chance(0.5):
            day_sum = ceiling is not None and ceiling.get("per") == "day"
            layer.set("counts-payments", f"{'day' if day_sum else 'pay'}_{name}{number}")
        if self.layers and self.chance(0.2):
            layer.set("needs-payer-before", "yes")
        per_stay = [e.get("id") for e in self.layers if e.find("deductible") is not None]
        if per_stay and self.chance(0.15):
            layer.set("below-deductible-of", rng.choice(per_stay))
        if self.chance(0.06):
            layer.set("paid", rng.choice(["at-year-end", "at-discharge"]))
        self.layers.append(layer)

    def waiting(self, row):
        if self.chance(0.2):
            row.set("waiting-months", str(self.rng.randint(1, 12)))

    def withhold(self, root):
        rng = self.rng
        for _ in range(rng.choice([0, 0, 1, 2])):
            row = SubElement(root, "withhold", of=rng.choice(["fund", "over-standard"]), ratio=ratio_text(rng, 10000), basis="B")
            if self.chance(0.5):
                self.conditions(row, 6)

    def later(self, root):
        rng = self.rng
        for place in reversed(range(rng.choice([0, 0, 1, 2]))):
            of = rng.choice(["standard", "in-scope"])
            later = SubElement(root, "later", of=of, ratio=ratio_text(rng, 10000), basis="B")
            if place > 0 or self.chance(0.6):
                self.conditions(later)

    # --- whole

    def policy(self):
        name = self.name
        root = ElementTree.Element("policy", id=name, basis="B")
        self.head(root)
        self.line(root)
        self.account(root)
        self.methods(root)
        for number in range(self.rng.choice([1, 1, 2, 3, 4])):
            self.layer(root, number, name)
        for item in root.findall("line/item"):
            if item.find("share") is None and self.chance(0.6):
                item.set("paid-by", self.rng.choice(self.layers).get("id"))
        self.withhold(root)
        self.later(root)
        return root

    def parametrise(self, root):
        """Some values become params; the settings hold the true values, the text others."""
        settings, declared = {}, []
        for element in list(root.iter()):
            for name, value in list(element.attrib.items()):
                if name not in PARAMS or element.tag in ("policy", "param", "growth") or not self.chance(0.08):
                    continue
                if name == "insutype" and element.tag == "policy":
                    continue
                param = f"p{len(declared)}"
                element.set(name, "{" + param + "}")
                given = self.chance(0.5) and PARAMS[name]
                text = self.rng.choice(PARAMS[name]) if given else value
                if given:
                    settings[param] = value
                declared.append(ElementTree.Element("param", name=param, value=text, basis="B"))
                if text.replace(".", "").isdigit() and value.replace(".", "").isdigit():
                    declared[-1].set("min", "0")
                    declared[-1].set("max", "999999999.99")
        for place, param in enumerate(declared):
            root.insert(place, param)
        return settings
