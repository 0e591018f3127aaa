"""The price list and the rule tables of the example packs, and a hospital made from them.

Nothing here calls the library: what a rule means is written down a second time, from docs/checks.md.
"""
import collections
import csv
import datetime
import decimal
import pathlib

import pathways

D = decimal.Decimal
FEN = D("0.01")
PACKS = pathlib.Path(__file__).resolve().parents[2] / "examples" / "hospital" / "packs"
MINUTES = {"小时": 60, "日": 1440, "半小时": 30, "2小时": 120, "30分钟": 30}
BEDS = ("001109000010000", "001109000030000")
LEVELS = ("3", "2", "1")


def table(pack, name):
    with open(PACKS / pack / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(amount):
    return amount.quantize(FEN, decimal.ROUND_HALF_UP)


class Item:
    """An item of the hospital: its price-list code, its mapping rows and the caps of its list unit by level."""

    def __init__(self, code, name, unit, kind, price_code="", caps=None):
        self.code, self.name, self.unit, self.kind = code, name, unit, kind
        self.price_code, self.caps, self.rows, self.spec = price_code, caps or {}, [], ""

    @property
    def nat(self):
        return self.rows[0]["med_list_codg"] if self.rows else ""

    @property
    def num(self):
        return int(self.rows[0]["factor_num"]) if self.rows else 1

    @property
    def den(self):
        return int(self.rows[0]["factor_den"]) if self.rows else 1

    def own_cap(self, level):
        """The cap in the hospital's unit, exact as a fraction of two decimals; None: no cap."""
        cap = self.caps.get(level, self.caps.get(level[0]))
        return None if cap is None else cap * self.num / self.den


class World:
    def __init__(self):
        self.pairs = table("nhsa-2026", "rules/repeat-charge.csv")
        self.frequency = {r["med_list_codg"]: (D(r["limit"]), r["unit"]) for r in
                          table("nhsa-2026", "rules/frequency.csv")}
        self.cycle = {r["med_list_codg"]: (int(r["limit"]), int(r["days"])) for r in
                      table("nhsa-2026", "rules/cycle.csv")}
        for r in table("nhsa-2026", "rules/course.csv"):  # has intervals of its own
            self.cycle.pop(r["med_list_codg"], None)
        self.sex, self.age = collections.defaultdict(set), collections.defaultdict(set)
        for r in table("nhsa-2026", "rules/sex.csv"):
            self.sex[r["med_list_codg"]].add(r["gend"])
        for r in table("nhsa-2026", "rules/age.csv"):
            self.age[r["med_list_codg"]].add(r["age_group"])
        self.excluded = [r["med_list_codg"] for r in table("sample-999901", "rules/exclusions.csv")]
        self.icd10 = {r["code"]: r["name"] for r in table("nhsa-2026", "dictionaries/icd10.csv")}
        self.icd9 = {r["code"]: r["name"] for r in table("nhsa-2026", "dictionaries/icd9cm3.csv")}
        self.sample = {r["med_list_codg"]: r for r in table("sample-999901", "catalogue.csv")}
        self.names = self.names_of_codes()
        self.special = self.codes_under_rules()
        self.catalogue = {code: dict(r) for code, r in self.sample.items()}
        self.items, self.mapping, self.by_nat = [], [], collections.defaultdict(list)
        self.partners = collections.defaultdict(set)
        for r in self.pairs:
            self.partners[r["main_code"]].add(r["component_code"])
            self.partners[r["component_code"]].add(r["main_code"])
        self.make_price_list_items()
        self.raised = tuple(sorted({r["pric_list_codg"] for r in table("shaanxi-2021", "surcharges.csv")}))
        self.neutral = [i for i in self.items if self.is_neutral(i)]
        self.tests = [i for i in self.neutral if i.price_code.startswith(("21", "22", "25"))]
        free = [i for i in self.items if i.nat not in self.special]
        self.timed = [i for i in free if i.unit in MINUTES and i.unit != "日"]
        self.hourly = [i for i in free if i.unit == "小时"]
        self.uncapped = [i for i in free if not i.caps and i.unit not in MINUTES]
        self.large = [i for i in free if i.nat.startswith("0023040") and i.unit not in MINUTES]
        self.lettered = [c for c, (_, unit) in self.frequency.items() if unit == "日" and c not in
                         {*BEDS, *self.age, *self.sex} and sum(i.unit == "日" for i in self.by_nat[c]) > 1]
        self.open_priced = [i for i in self.uncapped if i.price_code.startswith("31")]
        self.consultations = [i for i in free if i.price_code.startswith("1102") and all(i.caps.get(lv) for lv in LEVELS)]
        self.treatments = [i for i in self.neutral if i.price_code.startswith("31")]
        self.by_price = {i.price_code: i for i in self.items if i.price_code}
        self.make_drugs()
        self.recognised = {r["item"]: int(r["value"]) for r in self.list("V33.recognised")}
        self.special_drugs = [self.drug(r["item"]) for r in self.list("V36.drugs")]
        self.settled = []
        self.pathways = pathways.of_the_packs()
        for one in self.pathways:
            one.find_codes(self.icd10, self.icd9)

    def list(self, name):
        return [r for r in table("sample-999901", "rules/lists.csv") if r["list"] == name]

    def names_of_codes(self):
        names = {code: r["med_list_name"] for code, r in self.sample.items()}
        for r in self.pairs:
            names[r["main_code"]], names[r["component_code"]] = r["main_name"], r["component_name"]
        for name in ("frequency", "cycle", "sex", "age", "visit-mode", "insurance-type", "institution-grade"):
            names.update((r["med_list_codg"], r["med_list_name"]) for r in table("nhsa-2026", f"rules/{name}.csv"))
        return names

    def codes_under_rules(self):
        """Every code that any rule of the two libraries or the sample pack speaks of."""
        codes = {c for r in self.pairs for c in (r["main_code"], r["component_code"])} | set(self.excluded) | set(BEDS)
        for file in sorted((PACKS / "nhsa-2026" / "rules").glob("*.csv")):
            if file.stem not in ("parameters", "repeat-charge", "retired"):
                codes.update(r["med_list_codg"] for r in table("nhsa-2026", f"rules/{file.name}"))
        return codes.union(*({r["item"] for r in self.list(name)} for name in ("V16.methods", "V16.general", "V33.recognised")))

    def new_item(self, name, unit, kind="service", price_code="", caps=None):
        item = Item(f"K{len(self.items) + 1:06d}", name or "收费项目", unit, kind, price_code, caps)
        self.items.append(item)
        return item

    def map(self, item, nat, list_unit=None, num=1, den=1, lv=None, begin="2025-01-01", end="2099-12-31",
            status="active", listed=True):
        """Adds a mapping row; the catalogue gets the code unless it is to be unknown there."""
        if listed:
            self.list_code(nat, item, list_unit or item.unit)
        kind = {"drug": "西药中成药", "material": "医用材料"}.get(item.kind, "诊疗项目")
        row = {"map_id": f"N{len(self.mapping) + 1:06d}", "medins_list_codg": item.code, "medins_list_name": item.name,
               "list_type": kind, "med_list_codg": nat, "med_list_name": self.names.get(nat, item.name),
               "code_source": "corpus", "prcunt": item.unit, "med_list_unit": list_unit or item.unit,
               "factor_num": num, "factor_den": den,
               "chrgitm_lv": lv or (self.catalogue[nat]["chrgitm_lv"] if listed else "03"),
               "begndate": begin, "enddate": end, "status": status, "remark": ""}
        item.rows.append(row)
        self.mapping.append(row)
        self.by_nat[nat].append(item)
        return item

    def list_code(self, nat, item, unit):
        if nat in self.catalogue:
            return
        lv = "01" if int(nat[-6:-4] if nat[-6:-4].isdigit() else 0) % 3 else "02"
        self.catalogue[nat] = {
            "med_list_codg": nat, "med_list_name": self.names.get(nat, item.name),
            "list_type": {"drug": "101", "material": "301"}.get(item.kind, "201"), "med_list_unit": unit,
            "chrgitm_lv": lv, "selfpay_prop": "0.0000" if lv == "01" else "0.1000", "lmt_used_flag": "0",
            "begndate": "2025-01-01", "enddate": "2099-12-31", "source": "MADE"}

    def make_price_list_items(self):
        codes = collections.defaultdict(list)
        for r in table("shaanxi-2021", "caps.csv"):
            codes[r["pric_list_codg"]].append(r)
        for code, rows in codes.items():
            nat = f"00{code[:9]}0000"
            if len(code) not in (9, 10) or not code[:9].isdigit() or not rows[0]["unit"]:
                continue
            caps = {lv: D(r["pric_uplmt_amt"]) for r in rows for lv in ([r["medins_lv"]] if r["medins_lv"] else LEVELS)
                    if r["pric_uplmt_amt"]}
            self.map(self.new_item(self.names.get(nat, f"项目{code}"), rows[0]["unit"], "service", code, caps), nat)

    def is_neutral(self, item):
        """No rule but those of prices, dates and forms has anything to say of it."""
        return (item.nat not in self.special and item.unit not in MINUTES and all(
            item.caps.get(lv, 0) >= 1 for lv in LEVELS) and item.nat[2:4] not in ("32", "33", "34")
            and not item.price_code.startswith(self.raised)
            and not item.nat.startswith(("0023040", "0012030", "0011", "002203020")))

    def make_drugs(self):
        """One hospital item for a drug of the tables of sex and age, and plain drugs of the sample."""
        limits = {name: {r["med_list_codg"]: r for r in table("nhsa-2026", f"rules/{name}.csv")} for name in
                  ("visit-mode", "insurance-type", "institution-grade", "course", "text-hints")}
        other = {code for rows in limits.values() for code in rows}
        plain = lambda code: code[0] in "XZ" and code not in other and len(code) in (20, 23)
        self.sex_drugs = [self.drug(c) for c in self.sex if plain(c) and c not in self.age and len(self.sex[c]) == 1]
        self.child_drugs = [self.drug(c) for c in self.age if plain(c) and c not in self.sex and self.age[c] == {"child"}]
        self.limited = {}
        for name, column in (("visit-mode", "visit_mode"), ("insurance-type", "insurance"),
                             ("institution-grade", "min_medins_lv")):
            alone = {code: r for code, r in limits[name].items() if code[0] in "XZ" and len(code) in (20, 23)
                     and self.sample.get(code, {}).get("chrgitm_lv") != "03"  # the fund is not asked for those
                     and "2" in self.sex.get(code, "2") and code not in self.age and not r["begndate"] and not r["enddate"]
                     and not any(code in rows for n, rows in limits.items() if n not in (name, "text-hints"))}
            self.limited[name] = [(self.drug(code), r[column]) for code, r in sorted(alone.items())]
        self.hints = collections.defaultdict(list)
        for r in table("nhsa-2026", "rules/text-hints.csv"):
            self.hints[r["med_list_codg"]].append((r["rule_class"], r["text"]))
        ruled = {code for name, rows in limits.items() if name != "text-hints" for code in rows} | {*self.sex, *self.age}
        self.hinted = [(code, *rows[0]) for code, rows in sorted(self.hints.items()) if len(rows) == 1 and code[0] in "XZ"
                       and len(code) in (20, 23) and code not in ruled
                       and self.sample.get(code, {}).get("chrgitm_lv") != "03"]
        listed = {r["item"] for r in table("sample-999901", "rules/lists.csv")}
        self.drugs = [self.drug(c) for c in self.sample if plain(c) and c not in self.special and c not in listed]

    def fresh(self, prefix, name, kind="drug", unit="盒", list_unit=None, num=1, list_name=None):
        """An item of its own with a code that begins so; list_name: what the catalogue calls it."""
        item = self.new_item(name, unit, kind)
        width = 20 if prefix[0] == "C" else 23
        code = f"{prefix}{len(self.items):0{width - len(prefix)}d}"
        self.names[code] = list_name or name
        return self.map(item, code, list_unit, num)

    def drug(self, nat):
        return self.map(self.new_item(self.names.get(nat), "盒", "drug"), nat)

    def service(self, nat, unit="次"):
        """The item of the price list for the code, or one without a price in the list."""
        found = [i for i in self.by_nat[nat] if len(i.rows) == 1 and i.num == i.den and i.unit == unit]
        return found[0] if found else self.map(self.new_item(self.names.get(nat), unit), nat)


def day(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d")
