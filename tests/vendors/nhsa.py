"""Messages of the national interface as a hospital sends them: numbers as texts or numbers, rows as objects or arrays."""
import json
from decimal import Decimal

NAME, ENCODING, SITE = "nhsa", "utf-8", {}
KEYS = {"diagnoses": "diag_srt_no", "operations": "oprn_oprt_code"}
# What the messages have no place for, as adapters/nhsa/README.md says.
LACKS = {"charges.entry_time", "charges.medins_list_name", "charges.spec", "charges.prcunt", "charges.exec_time", "charges.nwb_flag", "diagnoses.adm_cond_type", "operations.oprn_srt_no"}
HEAD = ["psn_no", "insutype", "begntime", "mdtrt_cert_type", "med_type", "medrcdno", "adm_dept_codg", "adm_dept_name", "adm_bed", "atddr_no",
        "dscg_maindiag_code", "dscg_maindiag_name", "psn_type", "psn_name", "psn_cert_type"]
FEE = ["feedetl_sn", "init_feedetl_sn", "mdtrt_id", "drord_no", "fee_ocur_time", "medins_list_codg", "cnt", "pric", "det_item_fee_sumamt", "bilg_dept_codg",
       "bilg_dept_name", "bilg_dr_codg", "bilg_dr_name", "dscg_tkdrug_flag"]


def mdtrt_id(stay):
    return stay.id


class Number(float):
    """Written as the digits it has."""

    def __new__(cls, text):
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __repr__(self):
        return self.text


def fee(charge, head, as_number):
    row = {field: charge.get(field, "") for field in FEE}
    row.update(psn_no=head["psn_no"], med_type=head["med_type"], med_list_codg="")
    if as_number:
        row.update({f: Number(row[f]) for f in ("cnt", "pric", "det_item_fee_sumamt")})
    return row


def messages(stay, tagged):
    head = stay.head
    count = iter(range(1, 10000))

    def message(infno, node, **more):
        return {"infno": infno, "msgid": f"{head['fixmedins_code']}20250301{int(stay.id[1:]):06}{next(count):04}", "insuplc_admdvs": head["insuplc_admdvs"],
                "fixmedins_code": head["fixmedins_code"], "fixmedins_name": head["fixmedins_name"], "input": node, **more}

    yield message("1101", {"data": {"mdtrt_cert_no": "-"}},
                  output={"baseinfo": {f: head[f] for f in ("psn_no", "psn_cert_type", "certno", "psn_name", "gend", "brdy")}})
    admission = {f: head[f] for f in HEAD}
    admission.update(chfpdr_name=head["atddr_name"], ipt_no=head["medrcdno"])
    yield message("2401", {"mdtrtinfo": admission, "diseinfo": [{"psn_no": head["psn_no"], "diag_type": "1", "maindiag_flag": "1", "diag_srt_no": "1",
                                                                "diag_code": "R50.900", "diag_name": "发热"}]}, output={"result": {"mdtrt_id": stay.id}}, infcode=0)
    wrong = {**fee(stay.charges[0], head, False), "feedetl_sn": "900000000", "cnt": "9", "det_item_fee_sumamt": "9.00", "pric": "1"}
    yield message("2301", {"feedetail": wrong})  # one row, not an array; then taken back
    yield message("2302", {"data": [{"feedetl_sn": "900000000", "mdtrt_id": stay.id, "psn_no": head["psn_no"]}]})
    for begin in range(0, len(stay.charges), 100):
        yield message("2301", {"feedetail": [fee(c, head, tagged) for c in stay.charges[begin:begin + 100]]})
    yield message("2402", {"dscginfo": {"mdtrt_id": stay.id, "psn_no": head["psn_no"], "insutype": head["insutype"], "endtime": head["endtime"],
                                        "dscg_way": head["dscg_way"]},
                           "diseinfo": [{"mdtrt_id": stay.id, **{f: d[f] for f in ("diag_type", "maindiag_flag", "diag_srt_no", "diag_code", "diag_name")}}
                                        for d in stay.diagnoses]})
    total = sum(Decimal(c["det_item_fee_sumamt"]) for c in stay.charges)
    yield message("2304", {"data": {"psn_no": head["psn_no"], "mdtrt_id": stay.id, "insutype": head["insutype"], "acct_used_flag": head["acct_used_flag"],
                                    "medfee_sumamt": Number(str(total)) if tagged else str(total)}})
    if stay.operations:
        rows = [{f: o[f] for f in ("oprn_oprt_code", "oprn_oprt_name", "oprn_oprt_date")} | {"oprn_oprt_type": "1" if o["main_oprn_flag"] == "1" else "2"}
                for o in stay.operations]
        yield message("4101", {"setlinfo": {"mdtrt_id": stay.id}, "oprninfo": rows if len(rows) > 1 else rows[0]})


def write(directory, stays, change=None):
    directory.mkdir(parents=True, exist_ok=True)
    for n, stay in enumerate(stays):
        made = list(messages(stay, n % 2 == 0))
        if change is not None:
            change(made)
        lines = [json.dumps(m, ensure_ascii=False) for m in made]
        if n % 3 == 0:
            (directory / f"{stay.id}.json").write_text("[" + ",\n".join(lines) + "]\n", encoding="utf-8")
        else:
            (directory / f"{stay.id}.ndjson").write_bytes(("\n".join(lines) + "\n").encode("gb18030" if n % 3 == 1 else "utf-8"))
