"""A stay under construction: a person, a span of time, charges; and the sentence that states its one fault."""
import datetime
import json

from files import complete
from world import D, FEN, half_up

CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HOSP_LV = {"3+": "01", "3": "02", "2": "05", "1": "08"}  # 3+: a special grade with maxima of its own
INPATIENT, OUTPATIENT = ("2101", "2102", "22", "52", "2106", "2107"), ("11", "13", "14")
MATERNITY = ("52", "2106", "2107")
SERVED = ("310",)  # schemes that the pack pays for
KINDS = ("inscp_scp_amt", "act_pay_dedc", "hifp_pay", "hifmi_base", "hifmi_pay", "maf_pay", "ipt_cnt")
DIAGNOSES = ("I10.x00x002", "K29.500", "N20.000", "M51.202")
SECOND, HOUR, DAY = (datetime.timedelta(seconds=n) for n in (1, 3600, 86400))


class Unfit(Exception):
    """The stay has no room for what was asked: another draw is tried."""


def certificate(born, gend, rnd):
    text = f"999901{born:%Y%m%d}{rnd.randrange(100):02d}{2 * rnd.randrange(5) + (gend == '1')}"
    return text + "10X98765432"[sum(int(a) * w for a, w in zip(text, CHECK_WEIGHTS)) % 11]


class Stay:
    def __init__(self, world, rnd, number):
        self.world, self.rnd, self.number = world, rnd, number
        self.id, self.psn_no = f"C{number:06d}", f"999902{number:014d}"
        self.level = rnd.choice("321")
        self.gend = rnd.choice("12")
        self.lines, self.codes, self.seconds, self.serial = [], set(), set(), 0
        self.first = datetime.datetime(2025, 2, 1) + rnd.randrange(240) * DAY
        self.begin = self.first + datetime.timedelta(hours=8, seconds=rnd.randrange(7200))
        self.span(rnd.randint(2, 9))
        self.born = datetime.datetime(rnd.randrange(1945, 1995), rnd.randrange(1, 13), rnd.randrange(1, 29))
        self.head, self.certno, self.history = {}, None, None
        self.extra, self.late, self.plain = {}, [], False
        self.diagnosis = rnd.choice([d for d in DIAGNOSES if d in world.icd10])
        self.scheme, self.visit = "310", "2101"
        self.further, self.operations = [], []  # diagnoses and operations besides
        self.rich = rnd.random() < 0.8  # the hospital gives every file

    def vary(self):
        """Another kind of visit, hospital, scheme and person than the usual."""
        rnd = self.rnd
        self.visit = rnd.choice(INPATIENT if rnd.random() < 0.85 else OUTPATIENT)
        if self.visit in OUTPATIENT:
            self.span(0)
        elif rnd.random() < 0.03:
            self.span(rnd.randint(30, 180))
        if self.visit in MATERNITY:
            self.gend = "2"
        if self.visit == "14":
            self.diagnosis = "I10.x00x002"
            self.approve("慢特病", rnd.choice(("", self.diagnosis, "高血压")), self.first - 90 * DAY, self.last + 5 * DAY)
        self.level = rnd.choice(("3+", self.level, self.level, self.level))
        self.scheme = rnd.choice(("310", "310", "310", "310", "390", "390", "391", "340"))
        age = rnd.choice(("newborn", "infant", "child", "old", None, None, None, None))
        if age is not None:
            days = {"newborn": (0, 20), "infant": (400, 1000), "child": (1500, 6500), "old": (28000, 37000)}[age]
            self.born = self.first - rnd.randint(*days) * DAY

    def variety(self):
        """What kind of stay it is, for the account of a run."""
        years = (self.first - self.born).days / 365.25
        age = "newborn" if years < 0.08 else "below 3" if years < 3 else "below 18" if years < 18 else \
            "above 75" if years > 75 else "adult"
        return [f"visit {self.visit}", f"level {self.level}", f"scheme {self.scheme}", age,
                "every file" if self.rich else "few files", *(["above 30 nights"] if self.nights >= 30 else []),
                *(["refunds"] if any(D(line["cnt"]) < 0 for _, _, line in self.lines) else [])]

    def approve(self, kind, code, begin=None, end=None, **fields):
        given = {"mdtrt_id": self.id, "kind": kind, "code": code, "appr_no": f"A{self.number}", "by": "测试医保办",
                 "role": "医保办", "time": f"{self.begin}", **fields}
        given |= {k: f"{v:%Y-%m-%d}" for k, v in (("begndate", begin), ("enddate", end)) if v is not None}
        self.extra["approvals"] = self.extra.get("approvals", []) + [given]

    def diagnose(self, code):
        """Besides the principal diagnosis."""
        self.further.append(code)

    def operate(self, code, day, **fields):
        """day: 0 is that of admission. The first one is the principal operation."""
        done = {"mdtrt_id": self.id, "oprn_srt_no": f"{len(self.operations) + 1}",
                "main_oprn_flag": "0" if self.operations else "1", "oprn_oprt_code": code,
                "oprn_oprt_name": self.world.icd9.get(code, "手术"),
                "oprn_oprt_date": f"{self.first + day * DAY:%Y-%m-%d}", **fields}
        self.operations.append(done)
        return done

    def span(self, nights):
        self.nights = nights
        self.last = self.first + nights * DAY
        self.end = (self.last + datetime.timedelta(hours=15, seconds=self.rnd.randrange(7200)) if nights == 0 else
                    self.last + datetime.timedelta(hours=9, seconds=self.rnd.randrange(7200)))

    def moment(self, day=None):
        """A second of the stay that no charge has yet; day: 0 is that of admission."""
        for _ in range(50):
            on = self.first + (self.rnd.randrange(self.nights + 1) if day is None else day) * DAY
            at = on + datetime.timedelta(seconds=self.rnd.randrange(86400))
            if self.begin < at < self.end and at not in self.seconds:
                return at
        raise Unfit

    def inner_day(self):
        """A day that is neither that of admission nor that of discharge."""
        if self.nights < 2:
            raise Unfit
        return self.rnd.randrange(1, self.nights)

    def claim(self, *codes):
        """Takes codes for one scenario: no other may charge them, their packages or their components."""
        for code in codes:
            if code in self.codes or self.world.partners[code] & self.codes:
                raise Unfit
        self.codes.update(codes)

    def price(self, item, part=None):
        cap = item.own_cap(self.level)
        if cap is None:
            return D(self.rnd.randrange(100, 20000)) / 100
        part = part or self.rnd.choice((D(1), D("0.9"), D("0.75"), D("0.5")))
        return max((cap * part).quantize(FEN, "ROUND_DOWN"), min(FEN, cap))

    def add(self, item, at, cnt=1, pric=None, amount=None, order=None, init=None, **fields):
        self.serial += 1
        self.seconds.add(at)
        pric = self.price(item) if pric is None else D(pric)
        sn = f"{self.number:07d}{self.serial:04d}"
        if order is None and item.kind == "drug" and self.visit in OUTPATIENT:
            order = f"P{self.number:07d}"
        if item.kind == "drug" and self.visit in OUTPATIENT:
            fields.setdefault("days_supply", "1")
        line = {"mdtrt_id": self.id, "feedetl_sn": sn, "init_feedetl_sn": init,
                "drord_no": f"O{sn}" if order is None else order, "fee_ocur_time": f"{at}",
                "entry_time": f"{at + 90 * SECOND if at.hour < 23 else at}", "medins_list_codg": item.code, "medins_list_name": item.name,
                "prcunt": item.unit, "cnt": f"{D(cnt):f}", "pric": f"{pric:f}",
                "det_item_fee_sumamt": f"{half_up(D(cnt) * pric) if amount is None else amount:f}",
                "bilg_dept_codg": "A03.01", "bilg_dept_name": "呼吸内科", "bilg_dr_codg": "D990101",
                "bilg_dr_name": "测试医师01", "dscg_tkdrug_flag": "0", **fields}
        self.lines.append((at, self.serial, line))
        return line

    def item_of(self, line):
        return self.world.items[int(line["medins_list_codg"][1:]) - 1]

    def refund(self, line, at=None, **changes):
        item = self.item_of(line)
        given = {"cnt": -D(line["cnt"]), "pric": line["pric"], "init": line["feedetl_sn"], **changes}
        return self.add(item, at or self.end - SECOND * (300 - len(self.lines)), order=line["drord_no"], **given)

    def treatment(self):
        """Makes the stay more than a check-up."""
        return self.neutral(self.world.treatments)

    def neutral(self, of=None):
        for _ in range(50):
            item = self.rnd.choice(of or self.world.neutral)
            if item.nat not in self.codes:
                self.codes.add(item.nat)
                return item
        raise Unfit

    def total(self):
        return sum(D(line["det_item_fee_sumamt"]) for _, _, line in self.lines)

    def background(self):
        self.add(self.treatment(), self.moment())
        for _ in range(self.rnd.randint(4, 14)):
            item = self.rnd.choice(self.world.drugs) if self.rnd.random() < 0.3 else self.neutral()
            self.add(item, self.moment(), self.rnd.choice((1, 1, 1, 2, 3, D("0.5"))))

    def charges(self):
        """In the order of a file that is sometimes not that of time; lines of one second keep theirs."""
        key = {at: self.rnd.random() for at in self.seconds} if self.number % 3 == 0 else {a: a for a in self.seconds}
        ordered = sorted(self.lines, key=lambda entry: (key[entry[0]], entry[1]))
        return [{k: v for k, v in line.items() if v not in (None, "")} for _, _, line in ordered]

    def diagnosis_rows(self):
        return [{"mdtrt_id": self.id, "diag_srt_no": f"{n + 1}", "inout_diag_type": "2", "diag_type": "1",
                 "maindiag_flag": "0" if n else "1", "diag_code": code, "diag_name": self.world.icd10.get(code, "诊断"),
                 "adm_cond_type": "1"} for n, code in enumerate([self.diagnosis, *self.further])]

    def as_object(self):
        complete(self)
        for finish in self.late:
            finish()
        head = {"mdtrt_id": self.id, "fixmedins_code": "H99990100001", "fixmedins_name": "测试市第一医院",
                "medins_lv": self.level[0], "hosp_lv": HOSP_LV[self.level], "psn_no": self.psn_no, "psn_cert_type": "01",
                "certno": self.certno or certificate(self.born, self.gend, self.rnd), "mdtrt_cert_type": "03",
                "psn_name": "测试丁", "gend": self.gend, "brdy": f"{self.born:%Y-%m-%d}", "insuplc_admdvs": "999901",
                "insutype": self.scheme, "psn_type": "11", "med_type": self.visit, "begntime": f"{self.begin}",
                "endtime": f"{self.end}", "setl_time": f"{self.end}", "dscg_way": "1", "refl_flag": "0", "rel_ttp_flag": "0",
                "acct_used_flag": "0", "balc": "0.00", "adm_dept_codg": "A03.01", "adm_dept_name": "呼吸内科",
                "atddr_no": "D990101", "atddr_name": "测试医师01", "dscg_maindiag_code": self.diagnosis,
                "dscg_maindiag_name": self.world.icd10.get(self.diagnosis, "诊断"), **self.head}
        amounts = [{"psn_no": self.psn_no, "insutype": self.scheme, "year": f"{self.end.year}", "kind": kind,
                    "value": "0" if kind == "ipt_cnt" else "0.00"} for kind in KINDS]
        return {"stay": {k: v for k, v in head.items() if v != ""}, "charges": self.charges(),
                "diagnoses": self.diagnosis_rows(), "operations": self.operations, "accumulators": amounts, **self.extra}


def text_of(stay):
    return json.dumps(stay.as_object(), ensure_ascii=False, separators=(",", ":"))
