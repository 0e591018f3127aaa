# SPDX-License-Identifier: Apache-2.0
"""A home with one pack, its answers and those of the second opinion, and where they differ."""
import json
import random
import subprocess
import sys

import policy
from random_pack import write_csv, write_pack
from random_stay import StayMaker, write_hospital
from settle import answer
from tables import Tables

SITE = {"medins_lv": "3", "hosp_lv": "02", "mdtrtarea_admvs": "999901"}
SETTINGS = """[institution]
fixmedins_code = H99990100001
fixmedins_name = 测试医院
medins_lv = 3
hosp_lv = 02
mdtrtarea_admvs = 999901
utc_offset = +08:00
[packs]
pack = %s
[ledger]
file = ledger.db
[operator]
opter = OP0001
opter_name = 测试员
opter_type = 1
role = 收费员
"""
PARTS = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")


class Home:
    """A home with one pack of random policies."""

    def __init__(self, settle, directory):
        self.settle, self.path = settle, directory
        self.directory = directory / "packs"
        (directory / "hospital").mkdir(parents=True)
        self.directory.mkdir()

    def sources(self):
        """The XML of the home's own packs: those that are linked into it are not ours to change."""
        return [p for p in self.directory.glob("*/*.xml") if not p.parent.is_symlink()]

    def build(self, name="main"):
        run = subprocess.run(
            [self.settle, "pack", "build", self.directory / name], capture_output=True, text=True
        )
        (self.path / "settle.ini").write_text(SETTINGS % f"packs/{name}-1.pack", encoding="utf-8")
        return "" if run.returncode == 0 else run.stderr

    def batch(self, stays):
        text = "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in stays)
        run = subprocess.run(
            [self.settle, "batch", "-C", self.path, "--lang", "en"],
            input=text, capture_output=True, text=True,
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) != len(stays):
            sys.exit(f"settle batch: {run.returncode}: {run.stderr}")
        return answers

    def opinion(self, stays):
        tables = Tables(self.directory / "main", self.path / "hospital")
        read = policy.read(self.directory / "main")
        return [answer(stay, read, tables, SITE) for stay in stays]


def told(result):
    """The program's answer in the shape of the second opinion's."""
    if "error" in result:
        return {"error": result["error"]["text"]}
    if result["setlinfo"] is None:
        return {"setlinfo": None, "missing": [g["missing"] for g in result["not_evaluated"] if g["rule_id"] == "ACC"]}
    method = result["payment_method"]
    return {
        "setlinfo": result["setlinfo"],
        "setldetail": [
            (d["layer"], d["fund_pay_type"], d["inscp_scp_amt"], d["fund_payamt"])
            for d in result["setldetail"]
        ],
        "accumulators": {(a["year"], a["kind"]): a["value"] for a in result["accumulators"]},
        "payment_method": method
        and [method["id"], method["code"], method["standard"], method["hospital_balance"]],
        "withheld": result["withheld"],
        "later_reimbursement": result["later_reimbursement"],
        "lines": [[line[p] for p in PARTS] for line in result["lines"]],
    }


def differences(want, got):
    if "error" in got:
        return {"error": got["error"]}
    if want["setlinfo"] is None or got["setlinfo"] is None:
        same = want["setlinfo"] == got["setlinfo"]
        return {} if same else {"evaluated": (want.get("missing"), got.get("missing"))}
    found = {}
    for name, value in want.items():
        if isinstance(value, dict):
            keys = [k for k in {**value, **got[name]} if value.get(k) != got[name].get(k)]
            found.update({f"{name}.{k}": (value.get(k), got[name].get(k)) for k in keys})
        elif value != got[name]:
            found[name] = (value, got[name])
    return found


def make(seed, home, stays, write=write_pack):
    """A random pack in the home and stays for it; the refusal where the pack is none."""
    rng = random.Random(seed)
    write_hospital(rng, home.path / "hospital", write_csv)
    write(rng, home.directory)
    refusal = home.build()
    if refusal:
        return refusal, []
    maker = StayMaker(rng, policy.read(home.directory / "main"))
    return "", [maker.stay(number) for number in range(stays)]
