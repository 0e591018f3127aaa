#!/usr/bin/env python3
"""The example discharges in each vendor's own tables, read by its adapter: they are the canonical stays again, and settle to the same fen."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
import vendor  # noqa: E402
import zlhis  # noqa: E402
from command import main  # noqa: E402

VENDORS = [zlhis]
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
    tables = module.tables(stays)
    if change is not None:
        change(tables)
    bench.made += 1
    directory = bench.dir / f"{module.NAME}-{bench.made}"
    vendor.write_csv(directory, tables, encoding or module.ENCODING)
    persons = {stay.head["psn_no"] for stay in stays}
    known = {name: [r for r in vendor.rows(name) if r["psn_no"] in persons] for name in ("accumulators", "identities")}
    vendor.write_csv(directory, {name: lines for name, lines in known.items() if lines}, "utf-8")
    return stays, directory


def home_of(bench, module, institution, **options):
    home = bench.home(HOMES[institution])
    settings = {"insuplc_admdvs": "999901", **options}
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
        wrong += vendor.differences("charges", stay.charges, read["charges"], "feedetl_sn", module.LACKS)
        wrong += vendor.differences("diagnoses", stay.diagnoses, read["diagnoses"], "diag_srt_no", module.LACKS)
        wrong += vendor.differences("operations", stay.operations, read["operations"], "oprn_srt_no", module.LACKS)
        for field in ("psn_no", "certno", "psn_name", "gend", "brdy", "insutype", "psn_type", "begntime", "endtime", "dscg_way", "refl_flag",
                      "medins_lv", "hosp_lv", "insuplc_admdvs"):
            if read["stay"].get(field, "") != stay.head[field]:
                wrong.append(f"{stay.id}: {field} is {read['stay'].get(field)!r}, was {stay.head[field]!r}")
    assert not wrong, "\n".join(wrong[:20])


@each_vendor
def settles_to_the_same_fen(bench, module, institution):
    stays, directory = laid_out(bench, module, institution)
    home = home_of(bench, module, institution)
    canonical = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-C", home, vendor.STAYS).objects}
    read = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-a", module.NAME, "-C", home, directory).objects}
    for stay in stays:
        ours, theirs = canonical[stay.id], read[module.mdtrt_id(stay)]
        assert ours["setlinfo"] is not None and theirs["setlinfo"] == ours["setlinfo"], (stay.id, theirs["not_evaluated"])
        assert [l["inscp_scp_amt"] for l in theirs["lines"]] == [l["inscp_scp_amt"] for l in ours["lines"]], stay.id


def refused(bench, module, change, status, where, institution="H99990100001", **options):
    _, directory = laid_out(bench, module, institution, change)
    home = home_of(bench, module, institution, **options)
    before = (home / "ledger.db").exists()
    err = bench.run("import", "-a", module.NAME, "-C", home, directory, expect=status).err
    for word in where:
        assert word in err, f"{word!r} not in {err}"
    assert (home / "ledger.db").exists() == before, "something was stored"


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
