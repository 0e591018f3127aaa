#!/usr/bin/env python3
"""The example discharges in each vendor's own tables, read by its adapter: they are the canonical stays again, and settle to the same fen."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
import bsoft  # noqa: E402
import dhc  # noqa: E402
import fhir  # noqa: E402
import hl7  # noqa: E402
import hsa_his  # noqa: E402
import neusoft  # noqa: E402
import newtouch  # noqa: E402
import nhsa  # noqa: E402
import vendor  # noqa: E402
import views  # noqa: E402
import winning  # noqa: E402
import zlhis  # noqa: E402
from command import ROOT, main  # noqa: E402

VENDORS = [zlhis, winning, neusoft, bsoft, hsa_his, newtouch, dhc, views, nhsa, hl7, fhir]
HOMES = {"H99990100001": "home", "H99990200002": "home2"}
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def each_vendor(function):
    """The test once for each vendor and each of the two hospitals."""
    for module in VENDORS:
        for institution in HOMES:
            def run(bench, module=module, institution=institution):
                function(bench, module, institution)
            run.__name__ = f"{module.NAME}: {function.__name__} ({institution})"
            TESTS.append(run)
    return function


def laid_out(bench, module, institution, change=None, encoding=None):
    """A directory of the vendor's tables, and what the insurance body knows beside them."""
    stays = vendor.stays_of(institution)
    bench.made += 1
    directory = bench.dir / f"{module.NAME}-{bench.made}"
    if hasattr(module, "write"):
        module.write(directory, stays, change)
    else:
        tables = module.tables(stays)
        if change is not None:
            change(tables)
        vendor.write_csv(directory, tables, encoding or module.ENCODING)
    persons = {stay.head["psn_no"] for stay in stays}
    known = {name: [r for r in vendor.rows(name) if r["psn_no"] in persons] for name in ("accumulators", "identities")}
    vendor.write_csv(directory, {name: lines for name, lines in known.items() if lines}, "utf-8")
    return stays, directory


def home_of(bench, module, institution, **options):
    """A home whose settings, and where it numbers things its own way whose layout, are of a site."""
    home = bench.home(HOMES[institution])
    vendor.rename_items(home, module)
    if module.SITE:
        layout = (ROOT / "adapters" / module.NAME / f"{module.NAME}.adapter").read_text(encoding="utf-8")
        for ours, theirs in module.SITE.items():
            assert layout.count(ours) == 1
            layout = layout.replace(ours, theirs)
        (home / "adapters.d").mkdir()
        (home / "adapters.d" / f"{module.NAME}.adapter").write_text(layout, encoding="utf-8")
    settings = {"insuplc_admdvs": "999901", **getattr(module, "OPTIONS", {}), **options}
    with open(home / "settle.ini", "a", encoding="utf-8") as ini:
        ini.write(f"\n[adapter {module.NAME}]\n" + "".join(f"{k} = {v}\n" for k, v in settings.items()))
    return home


@each_vendor
def reads_the_stays_as_they_are(bench, module, institution):
    stays, directory = laid_out(bench, module, institution)
    home = home_of(bench, module, institution)
    bench.run("import", "-a", module.NAME, "-C", home, directory, expect=0)
    wrong = []
    for stay in stays:
        read = vendor.read_back(home, module.mdtrt_id(stay))
        wrong += vendor.differences("charges", vendor.as_laid_out(stay, module), read["charges"], "feedetl_sn", module.LACKS)
        wrong += vendor.differences("diagnoses", stay.diagnoses, read["diagnoses"], module.KEYS["diagnoses"], module.LACKS)
        if "operations.oprn_oprt_code" not in module.LACKS:
            wrong += vendor.differences("operations", stay.operations, read["operations"], module.KEYS["operations"], module.LACKS)
        for field in ("psn_no", "certno", "psn_name", "gend", "brdy", "insutype", "psn_type", "begntime", "endtime", "dscg_way", "refl_flag",
                      "medins_lv", "hosp_lv", "insuplc_admdvs"):
            if f"stays.{field}" not in module.LACKS and read["stay"].get(field, "") != stay.head[field]:
                wrong.append(f"{stay.id}: {field} is {read['stay'].get(field)!r}, was {stay.head[field]!r}")
    assert not wrong, "\n".join(wrong[:20])


@each_vendor
def settles_to_the_same_fen(bench, module, institution):
    stays, directory = laid_out(bench, module, institution)
    home = home_of(bench, module, institution)
    canonical = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-C", bench.dir / HOMES[institution], vendor.STAYS).objects}
    read = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-a", module.NAME, "-C", home, directory).objects}
    for stay in stays:
        ours, theirs = canonical[stay.id], read[module.mdtrt_id(stay)]
        amounts = [{k: v for k, v in o["setlinfo"].items() if k != "balc"} for o in (ours, theirs)]  # the card's balance is not in the hospital system
        assert amounts[0] == amounts[1] and amounts[0]["medfee_sumamt"] > "0", stay.id
        assert sorted(l["inscp_scp_amt"] for l in theirs["lines"]) == sorted(l["inscp_scp_amt"] for l in ours["lines"]), stay.id


def refused(bench, module, change, status, where, institution="H99990100001", **options):
    _, directory = laid_out(bench, module, institution, change)
    home = home_of(bench, module, institution, **options)
    before = (home / "ledger.db").exists()
    err = bench.run("import", "-a", module.NAME, "-C", home, directory, expect=status).err
    for word in where:
        assert word in err, f"{word!r} not in {err}"
    assert (home / "ledger.db").exists() == before, "something was stored"


@test
def each_page_lists_what_its_layout_cannot_hold(bench):
    for module in VENDORS:
        page = (ROOT / "adapters" / module.NAME / "README.md").read_text(encoding="utf-8")
        told = page.split("cannot hold", 1)[1].split("\n\n")[0]
        missing = [field for field in module.LACKS if f"`{field.split('.')[1]}`" not in told]
        assert not missing, (module.NAME, missing)


def first_charge(**values):
    return lambda tables: tables["住院费用记录"][0].update(values)


REFUSALS = [
    ("a state that the layout does not know", first_charge(**{"记录状态": "7"}), 3, ["住院费用记录.csv ID=901000001:2", "记录状态", "\"7\""], {}),
    ("a row that does not count but bears money", first_charge(**{"数次": "0"}), 3, ["住院费用记录.csv ID=901000001", "实收金额", "bears an amount"], {}),
    ("an impossible date", first_charge(**{"发生时间": "2025-02-30 10:00:00"}), 3, ["ID=901000001", "发生时间", "2025-02-30"], {}),
    ("a quantity that is no number", first_charge(**{"数次": "1E2"}), 3, ["ID=901000001", "数次", "1E2"], {}),
    ("a charge of no item", first_charge(**{"收费细目id": "1"}), 3, ["ID=901000001", "收费细目id", "收费项目目录"], {}),
    ("rows of one charge that differ", lambda t: next(r for r in t["住院费用记录"] if r["价格父号"]).update({"数次": "99"}), 3,
     ["数次", "rows of one charge differ"], {}),
    ("two items of one ID", lambda t: t["收费项目目录"][1].update(ID=t["收费项目目录"][0]["ID"]), 3, ["收费项目目录.csv ID=70000:3", "several rows"], {}),
    ("a total that is another", lambda t: t["病案主页"][0].update({"费用和": "1.00"}), 3, ["病案主页.csv 病人ID=1001 主页ID=1:2", "费用和", "5308.30"], {}),
    ("a table that is missing", lambda t: t.pop("病人信息"), 3, ["病人信息", "a table is missing"], {}),
    ("a column that is missing", lambda t: [r.pop("实收金额") for r in t["住院费用记录"]], 3, ["住院费用记录", "实收金额", "a column is missing"], {}),
    ("a sex of another word", lambda t: t["病案主页"][0].update({"性别": "F"}), 3, ["性别", "not among the codes"], {}),
    ("a source of diagnoses that is unknown", lambda t: t["病人诊断记录"][0].update({"记录来源": "8"}), 3, ["记录来源", "\"8\""], {}),
    ("a date policy that is none", None, 4, ["settle.ini", "date", "soon"], {"date": "soon"}),
]

for told, change, status, where, options in REFUSALS:
    def refusal(bench, change=change, status=status, where=where, options=options):
        refused(bench, zlhis, change, status, where, **options)
    refusal.__name__ = f"zlhis: {told}"
    TESTS.append(refusal)


def line_of(lines, name, **fields):
    """Sets fields of the first segment of a name: f7="..." is its seventh."""
    at = next(i for i, line in enumerate(lines) if line.startswith(name + "|"))
    parts = lines[at].split("|")
    parts += [""] * (max(int(k[1:]) for k in fields) + 1 - len(parts))
    for key, value in fields.items():
        parts[int(key[1:])] = value
    lines[at] = "|".join(parts)


def in_message(name, **fields):
    return lambda made: line_of(made[0], name, **fields)


def in_transaction(infno, change):
    return lambda made: change(next(m for m in made if m["infno"] == infno))


def in_resource(kind, change):
    return lambda made: change(next(r for r in made if r["resourceType"] == kind))


MESSAGES = [
    ("no number of the visit", hl7, in_message("PV1", f19=""), ["S01.hl7:4: PV1-19", "no number of the visit"]),
    ("a message of another kind", hl7, in_message("MSH", f8="ADT^A08"), ["S01.hl7:1: MSH-9", '"A08"', "messages of this kind are not read"]),
    ("an outpatient", hl7, lambda made: [line_of(m, "PV1", f2="O") for m in made], ["PV1-2", '"O"', "a state that the layout does not know"]),
    ("an adjustment", hl7, in_message("FT1", f6="AJ"), ["S01.hl7", "FT1-6", '"AJ"']),
    ("no such day", hl7, in_message("FT1", f4="20250230101500"), ["FT1-4", "20250230101500", "no such date or time"]),
    ("an amount that is no number", hl7, in_message("FT1", f11="12,50&CNY"), ["S01.hl7", "12,50", "not a number"]),
    ("a NUL", hl7, in_message("FT1", f7="F1\0^x"), ["S01.hl7:5", "a NUL byte"]),
    ("a line that is no segment", hl7, lambda made: made[0].insert(3, "pv1|1"), ["S01.hl7:4", "a line that is no segment"]),
    ("a continued message", hl7, lambda made: made[0].append("DSC|1"), ["S01.hl7", "DSC", "continued messages are not read"]),
    ("a header that ends too early", hl7, lambda made: made[0].__setitem__(0, "MSH|^~\\&|HIS"), ["S01.hl7:1: MSH-10", "the header ends too early"]),
    ("a sex of another word", hl7, lambda made: [line_of(m, "PID", f8="X") for m in made], ["PID-8", '"X"', "not among the codes"]),
    ("a batch of other messages", hl7, lambda made: made.__setitem__(0, [*made[0], "BTS|7"]), ["S01.hl7", "BTS-1", "fewer or more records than declared"]),
    ("a charge that is another", hl7, lambda made: made[1].insert(4, made[0][4].replace("|CG|", "|CG|X")), ["one serial with two contents"]),
    ("another transaction", nhsa, in_transaction("1101", lambda m: m.update(infno="2305")), ["S01.json", "infno", '"2305"', "transactions of this kind are not read"]),
    ("a transaction that failed", nhsa, in_transaction("2401", lambda m: m.update(infcode=-1)), ["S01.json", "infcode", '"-1"', "the transaction failed"]),
    ("neither input nor output", nhsa, in_transaction("2402", lambda m: m.update(input="x")), ["S01.json", "input", "neither input nor output"]),
    ("a row that is no object", nhsa, in_transaction("2301", lambda m: m["input"].update(feedetail=["x"])), ["S01.json", '"feedetail"', "a row is an object"]),
    ("a total that is another", nhsa, in_transaction("2304", lambda m: m["input"]["data"].update(medfee_sumamt="1.00")), ["S01.json", "medfee_sumamt", "5308.30"]),
    ("no such instant", nhsa, in_transaction("2402", lambda m: m["input"]["dscginfo"].update(endtime="2025-03-12 25:00:00")), ["endtime", "2025-03-12 25:00:00"]),
    ("an encounter of another class", fhir, in_resource("Encounter", lambda r: r.update({"class": {"code": "AMB"}})), ["S01.json self=Encounter/s01", "class", '"AMB"']),
    ("a charge of no encounter", fhir, in_resource("ChargeItem", lambda r: r.update(context={"reference": "Encounter/none"})), ["S01.json self=ChargeItem/c", "context", "Encounter"]),
    ("a charge of unknown status", fhir, in_resource("ChargeItem", lambda r: r.update(status="unknown")), ["ChargeItem/c", "status", '"unknown"']),
    ("two covers of a person", fhir, lambda made: made.insert(1, {**made[1], "id": "other-" + made[1]["id"]}), ["S01.json:", "beneficiary: ", "several rows where one is joined"]),
    ("a cover of unknown status", fhir, in_resource("Coverage", lambda r: r.update(status="unknown")), ["S01.json:", "status: ", '"unknown"']),
    ("another currency", fhir, in_resource("ChargeItem", lambda r: r["priceOverride"].update(currency="USD")), ["ChargeItem/c", "priceOverride.currency", '"USD"']),
    ("a resource in two contents", fhir, lambda made: made.insert(1, {**made[1], "status": "draft"}), ["S01.json", "id: ", "first at S01.json"]),
    ("a number of another sender", hl7, lambda made: made.append(["|".join([*made[0][0].split("|")[:2], "LAB", *made[0][0].split("|")[3:]]), *made[0][1:]]), ["S01.hl7", "MSH-10", "another sender"]),
    ("a charge of one of two stays", nhsa, lambda made: [m["input"]["feedetail"].extend([{**m["input"]["feedetail"][0], "mdtrt_id": "S99"}, {**m["input"]["feedetail"][0], "mdtrt_id": ""}])
                                                         for m in made if m["infno"] == "2301" and isinstance(m["input"]["feedetail"], list)], ["S01.json", "mdtrt_id"]),
    ("a resource without id", fhir, in_resource("Condition", lambda r: r.update(resourceType="")), ["S01.json", "resourceType", "not a resource"]),
]

for told, module, change, where in MESSAGES:
    def refusal_of_messages(bench, module=module, change=change, where=where):
        refused(bench, module, change, 3, where)
    refusal_of_messages.__name__ = f"{module.NAME}: {told}"
    TESTS.append(refusal_of_messages)


def messages_home(bench, module):
    return home_of(bench, module, "H99990100001", insutype="310")


# What becomes of each public sample: the stays that are read, or what the refusal says.
SAMPLES = {
    "hl7v2/bar_p01_add_account.hl7": 1, "hl7v2/bar_p05_update_account.hl7": 1, "hl7v2/v2ig_6.6.1_bar_p01.hl7": 1,
    "hl7v2/v2ig_6.6.3_bar_p05_ub1.hl7": 1, "hl7v2/v2ig_6.6.4_bar_p05_dg1_drg.hl7": 1,
    "hl7v2/bar_p06_end_account.hl7": "bar_p06_end_account.hl7:4: PV1-19: ", "hl7v2/dft_p03_lfh.hl7": "dft_p03_lfh.hl7:4: PV1-19: ",
    "hl7v2/dft_p03_medplum_misplaced_fields.hl7": "dft_p03_medplum_misplaced_fields.hl7:1: PV1-19: ", "hl7v2/v2ig_6.6.2_dft_p03.hl7": "v2ig_6.6.2_dft_p03.hl7 message=641 number=1:4: pric: ",
    "fhir-r4/Encounter-f003.json": 'Encounter-f003.json self=Encounter/f003:1: class: the code is not in the dictionary: "AMB"',
    "fhir-r4/Encounter-f203.json": "Encounter-f203.json: Condition: ", "fhir-r4/ChargeItem-example.json": "ChargeItem-example.json: Encounter: ",
    "fhir-r4/Claim-960150.json": "Claim-960150.json: Encounter: ", "fhir-r4/Claim-960151.json": "Claim-960151.json: Encounter: ",
    "fhir-r4/Account-example.json": "Account-example.json: Encounter: ", "fhir-r4/Invoice-example.json": "Invoice-example.json: Encounter: ",
    "fhir-r4/Coverage-9876B1.json": "Coverage-9876B1.json: Encounter: ", "fhir-r4/ClaimResponse-R3500.json": "ClaimResponse-R3500.json: Encounter: ",
}


@test
def public_samples_are_read_or_refused_with_their_place(bench):
    folder = ROOT.parent / "shared" / "data" / "his-samples"
    if not folder.exists():
        print("skipped public samples: ../shared/data is absent")
        return
    found = {f"{f.parent.name}/{f.name}" for kind in ("hl7v2", "fhir-r4") for f in (folder / kind).glob("*.*") if f.suffix in (".hl7", ".json")}
    assert found == set(SAMPLES), found ^ set(SAMPLES)
    for name, expected in SAMPLES.items():
        module = hl7 if name.startswith("hl7") else fhir
        done = bench.run("import", "--json", "-a", module.NAME, "-C", messages_home(bench, module), folder / name, expect=0 if isinstance(expected, int) else 3)
        if isinstance(expected, int):
            assert done.object["stays"] == expected, name
        else:
            assert expected in done.err, f"{name}: {expected!r} not in {done.err}"


@test
def separators_within_gbk_names_and_escapes_are_no_separators(bench):
    stays = vendor.stays_of("H99990100001")[:1]
    names = ["\u4e97\u4e06|^&~\\x", "\u4e5b\u4e5e\u4e8d"]  # in GB18030 their second bytes are 0x7C, 0x5E and the like
    assert any(b in bytes(names[0] + names[1], "gb18030")[1::2] for b in b"|^~\\")
    charges = stays[0].charges
    for n, charge in enumerate(charges):
        charge["medins_list_name"] = names[n % 2]
    for encoding in ("utf-8", "gb18030"):
        directory = bench.dir / f"trail-{encoding}"
        directory.mkdir()
        text = "".join("\r".join(lines) + "\r" for lines in hl7.messages(stays[0]))
        (directory / "a.hl7").write_bytes(text.encode(encoding))
        home = home_of(bench, hl7, "H99990100001")
        bench.run("import", "-a", "hl7", "-C", home, directory, expect=0)
        read = vendor.read_back(home, stays[0].id)["charges"]
        assert {c["medins_list_name"] for c in read} == set(names)


CLAIM_LACKS = fhir.LACKS - {"diagnoses.adm_cond_type"} | {f"charges.{f}" for f in (
    "feedetl_sn", "entry_time", "fee_ocur_time", "drord_no", "bilg_dept_codg", "bilg_dept_name", "bilg_dr_codg", "bilg_dr_name")}


def claims(bench, change=None):
    stays = vendor.stays_of("H99990100001")
    bench.made += 1
    directory = bench.dir / f"claims-{bench.made}"
    directory.mkdir()
    for stay in stays:
        made = fhir.claim_of(stay)
        if change is not None:
            change(made)
        (directory / f"{stay.id}.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return stays, directory


@test
def a_claim_says_charges_and_diagnoses_where_nothing_else_does(bench):
    stays, directory = claims(bench)
    home = home_of(bench, fhir, "H99990100001")
    bench.run("import", "-a", "fhir", "-C", home, directory, expect=0)
    for stay in stays:
        read = vendor.read_back(home, fhir.mdtrt_id(stay))
        numbered = {f"{stay.id.lower()}-{n}": c for n, c in enumerate(stay.charges, 1)}
        assert {c["feedetl_sn"].split(".")[0] for c in read["charges"]} == set(numbered)
        for c in read["charges"]:
            was = numbered[c["feedetl_sn"].split(".")[0]]
            assert c["fee_ocur_time"][:10] == was["fee_ocur_time"][:10]
            c["feedetl_sn"] = was["feedetl_sn"] + c["feedetl_sn"].partition(".")[2]
        wrong = [*vendor.differences("charges", stay.charges, read["charges"], "feedetl_sn", CLAIM_LACKS)]
        wrong += vendor.differences("diagnoses", stay.diagnoses, read["diagnoses"], "diag_srt_no", CLAIM_LACKS)
        assert not wrong, "\n".join(wrong[:20])


def in_claim(change):
    return lambda made: change(made[-1])


CLAIM_REFUSALS = [
    ("a claim of another type", in_claim(lambda r: r.update(type={"coding": [{"code": "pharmacy"}]})), ["/type", '"pharmacy"']),
    ("a present on admission of another word", in_claim(lambda r: r["diagnosis"][0].update(onAdmission={"coding": [{"code": "maybe"}]})), ["S01.json of=Claim/s01 sequence=1", "onAdmission", '"maybe"']),
    ("a diagnosis of no encounter", in_claim(lambda r: [i.pop("encounter") for i in r["item"]]), ["encounter", "Encounter"]),
]


@test
def a_claim_that_is_not_read_is_refused_with_its_place(bench):
    for told, change, where in CLAIM_REFUSALS:
        _, directory = claims(bench, change)
        err = bench.run("import", "-a", "fhir", "-C", home_of(bench, fhir, "H99990100001"), directory, expect=3).err
        for word in where:
            assert word in err, f"{told}: {word!r} not in {err}"


@test
def what_comes_again_is_not_counted_again(bench):
    for module in (nhsa, hl7, fhir):
        stays = vendor.stays_of("H99990100001")[:1]
        directory = bench.dir / f"again-{module.NAME}"
        module.write(directory, stays)
        only = next(directory.iterdir())
        (directory / f"z{only.name}").write_bytes(only.read_bytes())
        home = home_of(bench, module, "H99990100001")
        told = bench.run("import", "--json", "-a", module.NAME, "-C", home, directory, expect=0).object
        assert told["stays"] == 1 and told["charges"]["kept"] == len(stays[0].charges), (module.NAME, told)


@test
def the_date_policy_says_which_date_counts(bench):
    stays, directory = laid_out(bench, zlhis, "H99990200002")
    for policy, field in (("occur", "fee_ocur_time"), ("post", "entry_time")):
        home = home_of(bench, zlhis, "H99990200002", date=policy)
        bench.run("import", "-a", "zlhis", "-C", home, directory, expect=0)
        read = vendor.read_back(home, zlhis.mdtrt_id(stays[0]))["charges"]
        assert {c["feedetl_sn"]: c["fee_ocur_time"] for c in read} == {c["feedetl_sn"]: c[field] for c in stays[0].charges}
        assert any(c["fee_ocur_time"] != c["entry_time"] for c in stays[0].charges)


@test
def what_was_paid_ahead_outside_of_a_stay_is_no_deposit_of_it(bench):
    def paid(tables):
        row = {"ID": "1", "记录性质": "1", "病人ID": tables["病案主页"][0]["病人ID"], "收款时间": "2025-03-03 09:50:00", "金额": "2000.00", "结算方式": "现金"}
        tables["病人预交记录"] = [{**row, "主页ID": tables["病案主页"][0]["主页ID"]}, {**row, "ID": "2", "主页ID": ""}]
    stays, directory = laid_out(bench, zlhis, "H99990100001", paid)
    home = home_of(bench, zlhis, "H99990100001")
    bench.run("import", "-a", "zlhis", "-C", home, directory, expect=0)
    assert [d["recp_no"] for d in vendor.read_back(home, zlhis.mdtrt_id(stays[0])).get("deposits", [])] == ["1"]


@test
def a_pack_whose_size_is_not_known_is_counted_in_the_smallest_unit(bench):
    """And one whose smallest unit is not known either bears none."""
    def unknown(tables):
        (first, second) = [r for r in tables["VW_BRFYMXK"] if r["idm"] != "0" and r["jlzt"] == "0"][:2]
        for row in (first, second):
            row.update(dwxs="", ypsl="16", zje="80.00", yhje="0")
        second["idm"] = "999"
        unknown.rows = [first["xh"], second["xh"]]
    _, directory = laid_out(bench, winning, "H99990100001", unknown)
    for total in directory.glob("ZY_BRJSK.*"):
        total.unlink()
    home = home_of(bench, winning, "H99990100001")
    bench.run("import", "-a", "winning", "-C", home, directory, expect=0)
    stays = [s["mdtrt_id"] for s in bench.run("status", "--json", "-C", home, expect=0).object["stays"]]
    charges = {c["feedetl_sn"]: c for s in stays for c in vendor.read_back(home, s)["charges"]}
    first, second = (charges[n] for n in unknown.rows)
    assert (first["prcunt"], second.get("prcunt", "")) == ("片", ""), (first, second)
    assert float(first["cnt"]) == float(second["cnt"]) == 16, (first, second)
    assert {first["det_item_fee_sumamt"], second["det_item_fee_sumamt"]} == {"80.00"}


@test
def a_refund_without_its_charge_is_kept_and_told(bench):
    def alone(tables):
        refund = next(r for r in tables["住院费用记录"] if r["记录状态"] == "2")
        refund["NO"] = "B9999999"
    _, directory = laid_out(bench, zlhis, "H99990100001", alone)
    home = home_of(bench, zlhis, "H99990100001")
    answers = bench.run("check", "--json", "-a", "zlhis", "-C", home, directory, expect=1).objects
    assert sum(f["rule_id"] == "R1" for o in answers for f in o["findings"]) == 1


@test
def utf_8_reads_as_gb18030_does(bench):
    answers = []
    for encoding in ("utf-8", "gb18030"):
        _, directory = laid_out(bench, zlhis, "H99990200002", encoding=encoding)
        answers.append(bench.run("preview", "--json", "-a", "zlhis", "-C", home_of(bench, zlhis, "H99990200002"), directory).objects)
    assert answers[0] == answers[1]


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
