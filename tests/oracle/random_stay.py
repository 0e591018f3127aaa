# SPDX-License-Identifier: Apache-2.0
"""Random stays for a pack: amounts that lie on the policy's own bounds, and a fen beside them."""
import datetime
from fractions import Fraction

from amounts import fen, rounded
from random_policy import PLACES
from universe import (
    AREAS, CODES, DEPARTMENTS, DIAGNOSES, GROUPS, IDENTITIES, ITEMS, PRICE_CODES, day, fen_text,
)

MAY_LACK = (
    "psn_type med_type brdy dscg_maindiag_code setl_time medins_lv hosp_lv mdtrtarea_admvs balc mulaid_balc"
).split()
PERSON = "99990100000000000001"


def write_hospital(rng, hospital, write_csv):
    """Items and mapping of the home: most map one to one, some are unmapped, expired, refused or ambiguous."""
    items, mapping = [], []
    for number, item in enumerate(ITEMS):
        price = PRICE_CODES[number % len(PRICE_CODES)]
        items.append([item, "N", "", "次", "service", price])
        code = CODES[number % len(CODES)]
        num, den = rng.choice([(1, 1), (1, 1), (1, 1), (1, 3), (10, 1), (1, 24)])
        row = [code, "N", "made", "次", "次", num, den, "01", "2020-01-01", "", "active", ""]
        if number == 14:
            continue
        if number == 15:
            row[9] = "2025-03-01"
        if number == 16:
            row[10] = "refused"
        mapping.append([f"M{number}", item, "N", "诊疗项目"] + row)
        if number == 17:
            mapping.append([f"M{number}b", item, "N", "诊疗项目"] + [CODES[0]] + row[1:])
    write_csv(hospital / "items.csv", "medins_list_codg medins_list_name spec prcunt item_kind pric_list_codg", items)
    write_csv(
        hospital / "mapping.csv",
        "map_id medins_list_codg medins_list_name list_type med_list_codg med_list_name code_source "
        "prcunt med_list_unit factor_num factor_den chrgitm_lv begndate enddate status remark",
        mapping,
    )


class StayMaker:
    def __init__(self, rng, policy):
        self.rng = rng
        self.kinds, self.counts, self.bounds = {}, set(), [0, 1, 100]
        self.words = {name: [w.rstrip("*") for w in words] for name, words in PLACES.items()}
        self.days_of = {
            layer.get("counts-payments")
            for source in policy.sources
            for layer in source.root.findall("layer")
            if layer.find("ceiling[@per='day']") is not None
        }
        self.days, self.ages = [], [0, 4, 5, 6, 17, 18, 40, 59, 60, 65, 66]
        for source in policy.sources:
            for element in source.root.iter():
                for name, value in element.attrib.items():
                    if name in ("counts", "counted-by", "counts-payments", "count-of") or (
                        name == "of" and element.tag == "amount"
                    ):
                        self.kinds[value] = None
                    if name == "count-of" or (name == "counted-by" and element.tag != "credit"):
                        self.counts.add(value)
                    self._condition(element.tag, name, value)
                    if name == "upto" or (name == "value" and element.tag == "amount"):
                        self.bounds.append(fen(value))

    @property
    def areas(self):
        return [a for a in self.words["mdtrtarea_admvs"] + self.words["outside"] + ["999999"] if a.startswith("99")]

    def _condition(self, tag, name, value):
        """What the policy asks for comes up in the stays."""
        if name in self.words and tag != "precedence":
            self.words[name] += [w.rstrip("*") for w in value.split() if w != "-"]
        if name in ("from", "until") and tag != "growth" and "2021" < value < "2028":
            self.days.append(value)
        if name in ("age-from", "age-below"):
            self.ages += [int(value), max(0, int(value) - 1)]

    def day(self):
        if self.days and self.chance(0.3):
            date = datetime.date.fromisoformat(self.rng.choice(self.days))
            return (date + datetime.timedelta(self.rng.choice([-1, 0, 1]))).isoformat()
        return day(self.rng)

    def chance(self, share):
        return self.rng.random() < share

    def money(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.5:
            return max(0, rng.choice(self.bounds) + rng.choice([-1, 0, 0, 1]))
        if kind < 0.6:
            return 0
        if kind < 0.63:
            return rng.randint(10**9, 10**12)
        return rng.randint(1, rng.choice([1000, 100000, 5000000]))

    def head(self, number):
        rng = self.rng
        begin = datetime.date.fromisoformat(self.day())
        end = begin + datetime.timedelta(rng.choice([0, 1, 5, 30, 60]))
        settled = end + datetime.timedelta(rng.choice([0, 0, 3]))
        birth = datetime.date(end.year - rng.choice(self.ages), end.month, min(end.day, 28))
        birth += datetime.timedelta(rng.choice([0, 0, 1, -1, 100]))
        head = {
            "mdtrt_id": f"S{number}", "fixmedins_code": rng.choice(self.words["fixmedins_code"]),
            "psn_no": PERSON, "brdy": min(birth, begin).isoformat(),
            "medins_lv": rng.choice(self.words["medins_lv"]), "hosp_lv": rng.choice(self.words["hosp_lv"]),
            "mdtrtarea_admvs": rng.choice(self.areas), "insuplc_admdvs": "999901",
            "insutype": rng.choice(self.words["insutype"] + ["310"] * 2),
            "psn_type": rng.choice(self.words["psn_type"]), "med_type": rng.choice(self.words["med_type"]),
            "begntime": f"{begin} 09:00:00", "endtime": f"{end} 10:00:00", "setl_time": f"{settled} 11:00:00",
            "refl_flag": rng.choice(["0", "1", ""]), "acct_used_flag": rng.choice(["0", "1", "1", ""]),
            "balc": fen_text(self.money()), "mulaid_used_flag": rng.choice(["0", "1", "1", ""]),
            "mulaid_balc": fen_text(self.money()), "adm_dept_codg": rng.choice(DEPARTMENTS + [""]),
            "dscg_maindiag_code": rng.choice(self.words["diagnosis"]), "dise_codg": rng.choice(GROUPS + ["", "", "ZZ"]),
        }
        for name in MAY_LACK:
            if self.chance(0.015):
                head[name] = ""
        if self.chance(0.02):
            head["endtime"] = head["setl_time"] = ""
        return head

    def charge(self, serial, head, amount=None):
        rng = self.rng
        begin = datetime.date.fromisoformat(head["begntime"][:10])
        item = rng.choice(ITEMS[:14]) if self.chance(0.9) else rng.choice(ITEMS)
        cnt = rng.choice(["1", "1", "2", "7", "0.5", "1.3333"])
        if amount is None:
            pric = fen_text(rng.choice([rng.randint(1, 40000), rng.randint(1, 2000)]))
            if self.chance(0.1):
                pric += f"{rng.randint(0, 9999):04d}"
            amount = rounded(Fraction(cnt) * Fraction(pric) * 100, "half-up")
        else:
            cnt, pric = "1", fen_text(amount)
        return {
            "mdtrt_id": head["mdtrt_id"], "feedetl_sn": str(serial), "init_feedetl_sn": "",
            "fee_ocur_time": f"{begin + datetime.timedelta(rng.choice([0, 0, 1]))} 09:30:00",
            "medins_list_codg": item, "medins_list_name": "N", "prcunt": "次", "cnt": cnt, "pric": pric,
            "det_item_fee_sumamt": fen_text(amount),
            "hosp_appr_flag": rng.choice(["", "", "", "1", "0", "2"]) if self.chance(0.5) else "",
        }

    def refunds(self, charges):
        rng = self.rng
        for charge in list(charges):
            if not self.chance(0.15):
                continue
            whole = fen(charge["det_item_fee_sumamt"])
            parts = rng.randint(1, 3)
            cnt = Fraction(charge["cnt"])
            if (cnt * 10000 / parts).denominator != 1:
                parts = 1
            each = cnt / parts
            amounts = [rounded(Fraction(whole, parts), "half-up")] * (parts - 1)
            amounts.append(whole - sum(amounts))
            if parts > 1 and self.chance(0.4):
                amounts.pop()
            for amount in amounts:
                refund = dict(charge, feedetl_sn=str(len(charges) + 1), init_feedetl_sn=charge["feedetl_sn"])
                refund["cnt"] = "-" + decimal(each)
                refund["det_item_fee_sumamt"] = fen_text_signed(-amount)
                hour = rng.randint(10, 23)
                refund["fee_ocur_time"] = f"{charge['fee_ocur_time'][:11]}{hour}:00:00"
                charges.append(refund)

    def accumulators(self, head):
        rng, rows = self.rng, []
        years = {head[f][:4] for f in ("begntime", "endtime", "setl_time") if head[f]}
        names = {str(int(y) - b) for y in years for b in (0, 1)}
        days = {head[f][:10] for f in ("begntime", "endtime", "setl_time") if head[f]}
        for kind in self.kinds:
            for year in sorted(days if kind in self.days_of else names):
                if self.chance(0.01):
                    continue
                value = str(rng.randrange(8)) if kind in self.counts else fen_text(self.money())
                rows.append(self.row(head["insutype"], year, kind, value))
                if self.chance(0.02):
                    rows.append(self.row(head["insutype"], year, kind, value))
        return rows

    @staticmethod
    def row(scheme, year, kind, value):
        return {"psn_no": PERSON, "insutype": scheme, "year": year, "kind": kind, "value": value}

    def identities(self, head):
        rows = []
        for code in sorted(set(self.words["psn_idet_type"] + self.words["psn_idet_all"])):
            if self.chance(0.4):
                begin = day(self.rng) if self.chance(0.5) else head["begntime"][:10]
                end = self.rng.choice(["", "2099-12-31", head["endtime"][:10], max(begin, day(self.rng))])
                begin = min(begin, end or begin)
                rows.append({"psn_no": PERSON, "psn_idet_type": code, "begntime": begin, "endtime": end})
        return rows

    def approvals(self, head):
        rng, rows = self.rng, []
        for number in range(rng.choice([0, 1, 2, 4])):
            diagnosis = rng.choice(self.words["diagnosis"])
            begin = rng.choice(["", day(rng), head["begntime"][:10]])
            end = rng.choice(["", head["endtime"][:10], "2099-12-31"])
            rows.append({
                "mdtrt_id": head["mdtrt_id"], "appr_no": f"A{number}", "by": "B", "kind": rng.choice(["K1", "K2", "K3"]),
                "code": rng.choice(["", head["dscg_maindiag_code"], diagnosis[:3] + "*", diagnosis]),
                "time": rng.choice([f"{day(rng)} 08:00:00", head["begntime"]]), "begndate": begin,
                "enddate": "" if end < begin else end,
                "fixmedins_code": rng.choice(["", "", head["fixmedins_code"], "H99990200002"]),
            })
        return rows

    def entitlements(self, head):
        rng, rows = self.rng, []
        end = datetime.date.fromisoformat((head["endtime"] or head["begntime"])[:10])
        for _ in range(rng.choice([1, 1, 1, 1, 2, 3, 0])):
            begin = end - datetime.timedelta(rng.choice([0, 30, 59, 90, 92, 180, 400]))
            if self.chance(0.3):
                begin = begin.replace(month=rng.randint(1, 12), day=min(28, begin.day))
            rows.append(
                {
                    "psn_no": PERSON, "insutype": head["insutype"],
                    "psn_insu_stas": rng.choice(["1", "1", "2"]),
                    "begndate": "" if self.chance(0.03) else begin.isoformat(),
                    "enddate": rng.choice(["", "2099-12-31", end.isoformat(), "2025-06-30"]),
                    "reason": "",
                }
            )
        return list({row["begndate"]: row for row in rows}.values())

    def stay(self, number):
        head = self.head(number)
        charges = [self.charge(n + 1, head) for n in range(self.rng.choice([1, 1, 2, 4, 9]))]
        if self.chance(0.7):
            charges.append(self.charge(len(charges) + 1, head, self.money()))
        if self.chance(0.2):
            for charge in charges:
                charge["nwb_flag"] = self.rng.choice(["1"] * 12 + ["0"] * 6 + [""] * 6 + ["2"])
        self.refunds(charges)
        if self.chance(0.3):
            self.rng.shuffle(charges)
        stay = {"stay": head, "charges": charges, "accumulators": self.accumulators(head)}
        if self.chance(0.9):
            stay["identities"] = self.identities(head)
        if self.chance(0.95):
            stay["entitlements"] = self.entitlements(head)
        if self.chance(0.9):
            stay["approvals"] = self.approvals(head)
        if self.chance(0.3):
            stay["diagnoses"] = [
                {
                    "mdtrt_id": head["mdtrt_id"], "diag_srt_no": "1", "maindiag_flag": "1",
                    "diag_code": self.rng.choice(DIAGNOSES), "diag_type": "1",
                    "inout_diag_type": "2", "diag_name": "N",
                }
            ]
        return stay


def decimal(value):
    scaled = value * 10000
    text = f"{scaled.numerator // 10000}.{scaled.numerator % 10000:04d}"
    return text.rstrip("0").rstrip(".")


def fen_text_signed(amount):
    return "-" + fen_text(-amount) if amount < 0 else fen_text(amount)
