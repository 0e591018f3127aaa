"""Stays made for tests, row by row, without the library: a clean one to spoil, and its files."""
import datetime
import pathlib
from decimal import ROUND_HALF_UP, Decimal

from command import EXAMPLE, read_csv, write_csv

PERSONAL = ("psn_no", "psn_name", "certno", "brdy", "tel", "addr", "mdtrt_cert_no", "medrcdno", "adm_bed")
KINDS = ("stays", "charges", "diagnoses", "operations", "identities", "accumulators", "approvals",
         "orders", "history", "history-items", "entitlements", "consents", "deposits")
ITEMS = {row["medins_list_codg"]: row for row in read_csv(EXAMPLE / "hospital" / "items.csv")}
ACCUMULATORS = ("inscp_scp_amt", "act_pay_dedc", "hifp_pay", "hifmi_base", "hifmi_pay", "maf_pay")

DRUG = "Y100350"      # class 01, no prepayment, no price cap: its amount is eligible as it stands
INFUSION = "F100231"  # capped at 12.00 yuan at level 3
BED = "F100007"       # one a night, capped at 30.00
VISIT = "F100042"     # one a day


def cert_no(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights)) % 11]


def fen(amount):
    return str(Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP))


class Stay:
    """Five nights at level 3, scheme 310; a person that cannot exist (area 999901)."""

    def __init__(self, mdtrt_id="P01", person=101, **head):
        self.id, self.next = mdtrt_id, 980000001 + 1000 * int("".join(filter(str.isdigit, mdtrt_id)) or 0)
        self.rows = {kind: [] for kind in KINDS}
        odd_is_male = person + (person % 2 == (head.get("gend") == "2"))
        self.head = {
            "mdtrt_id": mdtrt_id, "fixmedins_code": "H99990100001", "fixmedins_name": "测试市第一医院",
            "medins_lv": "3", "hosp_lv": "02", "psn_no": f"{99990100000000000000 + person}", "psn_cert_type": "01",
            "certno": cert_no(f"99990119700203{odd_is_male:03d}"), "mdtrt_cert_type": "03",
            "mdtrt_cert_no": f"MC99990{person}77", "psn_name": "测试壬癸", "gend": "1", "brdy": "1970-02-03",
            "insuplc_admdvs": "999901", "mdtrtarea_admvs": "999901", "insutype": "310", "psn_type": "11", "med_type": "2101",
            "begntime": "2025-06-02 09:00:00", "endtime": "2025-06-07 10:00:00",
            "setl_time": "2025-06-07 10:00:00", "dscg_way": "1", "refl_flag": "0", "acct_used_flag": "0",
            "balc": "0.00", "adm_dept_codg": "A03.01", "adm_dept_name": "呼吸内科", "wardno": "呼吸内科一病区",
            "adm_bed": "BED-9917", "atddr_no": "D990101", "atddr_name": "测试医师01", "medrcdno": f"T9990{person}88",
            "dscg_maindiag_code": "J18.900", "dscg_maindiag_name": "肺炎", **head}
        self.rows["stays"].append(self.head)
        self.diagnosis("J18.900", "肺炎")  # on no pathway of the example pack
        self.accumulate()

    def charge(self, item=DRUG, at="2025-06-03 08:00:00", cnt="1", pric=None, **more):
        """One line; amount = quantity x price unless given. Answers its serial."""
        master = ITEMS[item]
        pric = pric or master["pric_tertiary_site"]
        serial = str(self.next)
        self.next += 1
        self.rows["charges"].append({
            "mdtrt_id": self.id, "feedetl_sn": serial, "init_feedetl_sn": "", "drord_no": f"O{serial}",
            "fee_ocur_time": at, "entry_time": at, "medins_list_codg": item,
            "medins_list_name": master["medins_list_name"], "spec": master["spec"], "prcunt": master["prcunt"],
            "cnt": cnt, "pric": pric, "det_item_fee_sumamt": fen(Decimal(cnt) * Decimal(pric)),
            "bilg_dept_codg": "A03.01", "bilg_dept_name": "呼吸内科", "bilg_dr_codg": "D990101",
            "bilg_dr_name": "测试医师01", "dscg_tkdrug_flag": "0", "days_supply": "", "hosp_appr_flag": "", **more})
        return serial

    def refund(self, serial, cnt="-1", **more):
        """Takes back the charge of that serial, at its price unless given."""
        first = self.line(serial)
        return self.charge(first["medins_list_codg"], "2025-06-04 08:00:00", cnt,
                           more.pop("pric", first["pric"]), **{"init_feedetl_sn": serial, **more})

    def line(self, serial):
        (one,) = [c for c in self.rows["charges"] if c["feedetl_sn"] == serial]
        return one

    def diagnosis(self, code, name):
        n = len(self.rows["diagnoses"])
        self.rows["diagnoses"].append({
            "mdtrt_id": self.id, "diag_srt_no": str(n + 1), "inout_diag_type": "2", "diag_type": "1",
            "maindiag_flag": "0" if n else "1", "diag_code": code, "diag_name": name, "adm_cond_type": "1"})

    def operation(self, code, name="测试手术"):
        n = len(self.rows["operations"])
        self.rows["operations"].append({
            "mdtrt_id": self.id, "oprn_srt_no": str(n + 1), "main_oprn_flag": "0" if n else "1",
            "oprn_oprt_code": code, "oprn_oprt_name": name, "oprn_oprt_date": "2025-06-03"})

    def identity(self, kind):
        self.rows["identities"].append({"psn_no": self.head["psn_no"], "psn_idet_type": kind,
                                        "begntime": "2025-01-01", "endtime": "2025-12-31",
                                        "roster_version": "2025-01"})

    def accumulate(self, ipt_cnt="0", **values):
        self.rows["accumulators"] = [
            {"psn_no": self.head["psn_no"], "insutype": self.head["insutype"], "year": "2025", "kind": kind,
             "value": values.get(kind, "0.00")} for kind in ACCUMULATORS]
        self.rows["accumulators"].append({**self.rows["accumulators"][0], "kind": "ipt_cnt", "value": ipt_cnt})

    def approval(self, kind, code="", time="2025-06-02 08:00:00", begndate="", enddate=""):
        self.rows["approvals"].append({
            "mdtrt_id": self.id, "feedetl_sn": "", "code": code, "kind": kind, "by": "测试审批人", "role": "医保办",
            "appr_no": f"A{len(self.rows['approvals']) + 1}", "time": time, "begndate": begndate, "enddate": enddate})

    def order(self, serial, cnt=None, exec_cnt=None):
        """What was ordered and executed of the charge of that serial: as charged unless given."""
        line = self.line(serial)
        self.rows["orders"].append({
            "mdtrt_id": self.id, "drord_no": line["drord_no"], "medins_list_codg": line["medins_list_codg"],
            "cnt": cnt or line["cnt"], "exec_cnt": exec_cnt or line["cnt"]})

    def other_stay(self, mdtrt_id, begntime, endtime, diagnosis):
        self.rows["history"].append({
            "psn_no": self.head["psn_no"], "mdtrt_id": mdtrt_id, "fixmedins_code": "H99990200002",
            "begntime": begntime, "endtime": endtime, "dscg_maindiag_code": diagnosis})

    def other_item(self, mdtrt_id, code, at):
        self.rows["history-items"].append({"mdtrt_id": mdtrt_id, "med_list_codg": code, "fee_ocur_time": at})

    def entitlement(self, status, begndate="", enddate="", reason=""):
        self.rows["entitlements"].append({
            "psn_no": self.head["psn_no"], "insutype": self.head["insutype"], "psn_insu_stas": status,
            "begndate": begndate, "enddate": enddate, "reason": reason})

    def deposit(self, amt, time="2025-06-02 09:10:00", recp_no=None):
        recp_no = recp_no or f"R{self.id}{len(self.rows['deposits']) + 1}"
        self.rows["deposits"].append({"mdtrt_id": self.id, "recp_no": recp_no, "time": time, "amt": amt, "pay_way": "cash"})

    def personal_values(self):
        return [self.head[f] for f in PERSONAL if self.head.get(f)]

    def object(self):
        """As `settle batch` takes it."""
        keep = lambda row: {k: v for k, v in row.items() if v != ""}
        return {"stay": keep(self.head), **{k: [keep(r) for r in self.rows[k]] for k in KINDS[1:] if self.rows[k]}}


def clean(mdtrt_id="P01", **head):
    """A stay in which nothing is wrong."""
    stay = Stay(mdtrt_id, **head)
    for day in range(2, 7):
        stay.charge(BED, f"2025-06-0{day} 20:00:00")
        stay.charge(VISIT, f"2025-06-0{day} 09:30:00")
        stay.charge(INFUSION, f"2025-06-0{day} 10:00:00")
        stay.charge(DRUG, f"2025-06-0{day} 10:00:01", "2")
    return stay


def eligible(amount, mdtrt_id="P01", **head):
    """A stay whose eligible cost is `amount`: a class-01 drug, beside a treatment that is waived (V9)."""
    stay = Stay(mdtrt_id, **head)
    stay.charge(DRUG, pric=amount)
    stay.charge(INFUSION, pric="0.00")
    return stay


def write(folder, *stays, encoding="utf-8"):
    """The stays as the CSV files of one directory; a kind that no stay bears has no file."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        rows = [row for stay in stays for row in stay.rows[kind]]
        if kind == "accumulators":
            rows = list({(r["psn_no"], r["insutype"], r["year"], r["kind"]): r for r in rows}.values())
        if rows:
            write_csv(folder / f"{kind}.csv", rows, encoding)
    return folder


def later(at, **delta):
    return str(datetime.datetime.fromisoformat(at) + datetime.timedelta(**delta))
