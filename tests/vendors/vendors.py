#!/usr/bin/env python3
"""The example discharges in each vendor's own tables, read by its adapter: they are the canonical stays again, and settle to the same fen."""
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
    ("a total that is another", lambda t: t["病案主页"][0].update({"费用和": "1.00"}), 3, ["病案主页.csv:2", "费用和", "5308.30"], {}),
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
