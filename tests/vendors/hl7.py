"""HL7 v2: a DFT^P03 for some charges each, a BAR^P05 when the stay ends; names hold the separators themselves."""
NAME, ENCODING, SITE = "hl7", "utf-8", {}
KEYS = {"diagnoses": "diag_srt_no", "operations": "oprn_srt_no"}
# What the messages have no place for, as adapters/hl7/README.md says.
LACKS = {"charges.spec", "charges.dscg_tkdrug_flag", "charges.prcunt", "charges.exec_time", "charges.nwb_flag", "diagnoses.diag_type", "stays.mdtrt_cert_type"}
SEXES = {"1": "M", "2": "F"}
PRESENT = {"1": "Y", "4": "N"}
BATCH = 40


def mdtrt_id(stay):
    return stay.id


def serials(stay):
    """A credit repeats the number of what it takes back: its own serial is made of the message and its place in it."""
    for n, charge in enumerate(stay.charges):
        place = f"{charge['init_feedetl_sn']}-{stay.id}{n // BATCH:04}-{n % BATCH + 1}"
        yield charge["feedetl_sn"], place if charge["init_feedetl_sn"] else charge["feedetl_sn"]


NAMES = {}


def serial(charge):
    return NAMES.get(charge["feedetl_sn"], charge["feedetl_sn"])


def escaped(text):
    for mark, code in (("\\", "\\E\\"), ("|", "\\F\\"), ("^", "\\S\\"), ("~", "\\R\\"), ("&", "\\T\\")):
        text = text.replace(mark, code)
    return text


def stamp(text):
    return text.translate(str.maketrans("", "", "-: "))


def segment(name, **fields):
    at = {int(k[1:]): v for k, v in fields.items()}
    return "|".join([name, *(at.get(n, "") for n in range(1, max(at) + 1))])


def header(stay, n, kind):
    return segment("MSH", _1="^~\\&", _2="HIS", _3="H1", _6=stamp(stay.head["endtime"]), _8=kind, _9=f"{stay.id}{n:04}", _10="P", _11="2.5", _17="UNICODE UTF-8")


def person(stay, end):
    head = stay.head
    yield segment("PID", _1="1", _3=f"{head['medrcdno']}^^^H1^MR~{head['certno']}^^^CN^NI~{head['psn_no']}^^^YB^HC", _5=f"{escaped(head['psn_name'][0])}^{escaped(head['psn_name'][1:])}",
                  _7=stamp(head["brdy"]), _8=SEXES[head["gend"]])
    yield segment("PV1", _1="1", _2="I", _3=f"{head['wardno']}^^{head['adm_bed']}", _7=f"{head['atddr_no']}^{escaped(head['atddr_name'])}", _10=head["adm_dept_codg"],
                  _18=head["psn_type"], _19=stay.id, _36=head["dscg_way"] if end else "", _44=stamp(head["begntime"]), _45=stamp(head["endtime"]) if end else "")


def charge_row(charge, n):
    back = bool(charge["init_feedetl_sn"])
    amount = charge["det_item_fee_sumamt"].lstrip("-") if back else charge["det_item_fee_sumamt"]
    return segment("FT1", _1=str(n % BATCH + 1), _2=charge["init_feedetl_sn"] or charge["feedetl_sn"], _4=stamp(charge["fee_ocur_time"]) + "+0800",
                   _5=stamp(charge["entry_time"]), _6="CD" if back else "CG", _7=f"{charge['medins_list_codg']}^{escaped(charge['medins_list_name'])}^LOCAL",
                   _10=charge["cnt"].lstrip("-"), _11=f"{amount}&CNY", _12=f"{charge['pric']}&CNY", _13=f"{charge['bilg_dept_codg']}^{escaped(charge['bilg_dept_name'])}",
                   _21=f"{charge['bilg_dr_codg']}^{escaped(charge['bilg_dr_name'])}", _23=charge["drord_no"])


def messages(stay):
    for begin in range(0, len(stay.charges), BATCH):
        n = begin // BATCH
        lines = [header(stay, n, "DFT^P03^DFT_P03"), "EVN||20250301", *person(stay, False)]
        lines += [charge_row(c, begin + k) for k, c in enumerate(stay.charges[begin:begin + BATCH])]
        if n == 0:
            lines.append(segment("DG1", _1="1", _3="R50.900^发热^ICD10", _6="A"))
        yield lines
    lines = [header(stay, 9000, "BAR^P05^BAR_P05"), "EVN||20250301", *person(stay, True)]
    lines += [segment("DG1", _1=d["diag_srt_no"], _3=f"{d['diag_code']}^{escaped(d['diag_name'])}^ICD10", _6="F", _15="1" if d["maindiag_flag"] == "1" else "2",
                      _26=PRESENT.get(d["adm_cond_type"], "")) for d in stay.diagnoses]
    lines += [segment("PR1", _1=o["oprn_srt_no"], _3=f"{o['oprn_oprt_code']}^{escaped(o['oprn_oprt_name'])}^ICD9", _5=stamp(o["oprn_oprt_date"]),
                      _14="1" if o["main_oprn_flag"] == "1" else "2") for o in stay.operations]
    lines.append(segment("IN1", _1="1", _2=stay.head["insutype"], _3="YB", _15=stay.head["insutype"]))
    yield lines


def write(directory, stays, change=None):
    directory.mkdir(parents=True, exist_ok=True)
    for n, stay in enumerate(stays):
        NAMES.update(serials(stay))
        made = list(messages(stay))
        if change is not None:
            change(made)
        texts = ["\r".join(lines) + "\r" for lines in made]
        if n % 3 == 0:  # as they stand on the wire
            text = "".join(f"\x0b{t}\x1c\r" for t in texts)
        elif n % 3 == 1:  # a batch
            text = f"BHS|^~\\&|HIS\r{''.join(texts)}BTS|{len(texts)}\r"
        else:
            text = "".join(t.replace("\r", "\r\n") for t in texts)
        (directory / f"{stay.id}.hl7").write_bytes(text.encode("gb18030" if n % 2 else "utf-8"))
