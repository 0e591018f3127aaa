#!/usr/bin/env python3
"""Stays read from live databases with the vendors' own tables, through unixODBC, are the canonical ones and settle to the same fen.

    live.py BUILD [--update]
"""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "vendors"), str(HERE)]
import bsoft  # noqa: E402
import dhc  # noqa: E402
import hsa_his  # noqa: E402
import neusoft  # noqa: E402
import newtouch  # noqa: E402
import servers  # noqa: E402
import traps  # noqa: E402
import vendor  # noqa: E402
import vendors  # noqa: E402
import views  # noqa: E402
import winning  # noqa: E402
import zlhis  # noqa: E402
from command import main  # noqa: E402

UPDATE = "--update" in sys.argv
# Which system runs on which engine here; Oracle, SQL Server and IRIS are golden statements alone.
ENGINES = {servers.MariaDb: [hsa_his], servers.Postgres: [zlhis], servers.Sqlite: [winning, neusoft, bsoft, newtouch, dhc, views, zlhis]}
GOLDEN = [zlhis, neusoft, bsoft, winning, newtouch, dhc, hsa_his]
TESTS, RUNNING = [], {}


def test(function):
    TESTS.append(function)
    return function


def engine(bench, kind):
    if kind not in RUNNING:
        RUNNING[kind] = kind(bench.dir / kind.__name__.lower())
        if kind is servers.Sqlite:
            RUNNING[kind].directory.mkdir()
    return RUNNING[kind]


def site(bench, kind, module, institution="H99990100001", change=None, stays=None, **odbc):
    """A home that knows the database as `his`, the stays in it, and what lies beside it."""
    stays = stays or vendor.stays_of(institution)
    tables = module.tables(stays)
    if change is not None:
        change(tables)
    bench.made += 1
    connection, options = engine(bench, kind).make(f"db{bench.made}", tables)
    home = vendors.home_of(bench, module, institution)
    options = {"connection": connection, **options, **odbc}
    if "password" in options:
        (home / "password").write_text(options.pop("password") + "\n")
        (home / "password").chmod(0o600)
        options["password_file"] = "password"
    with open(home / "settle.ini", "a", encoding="utf-8") as ini:
        ini.write("\n[odbc his]\n" + "".join(f"{k} = {v}\n" for k, v in options.items() if v))
    beside = home / "beside"
    persons = {stay.head["psn_no"] for stay in stays}
    known = {name: [r for r in vendor.rows(name) if r["psn_no"] in persons] for name in ("accumulators", "identities")}
    vendor.write_csv(beside, {name: lines for name, lines in known.items() if lines}, "utf-8")
    return stays, home, beside


def asked(module, stays):
    return [f"--stay={module.mdtrt_id(stay)}" for stay in stays]


def each(function):
    for kind, modules in ENGINES.items():
        for module in modules:
            def run(bench, kind=kind, module=module):
                function(bench, kind, module)
            run.__name__ = f"{module.NAME} on {kind.__name__}: {function.__name__}"
            TESTS.append(run)
    return function


@each
def reads_the_stays_as_they_are_and_settles_to_the_same_fen(bench, kind, module):
    for institution in vendors.HOMES:
        stays, home, beside = site(bench, kind, module, institution)
        canonical = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-C", bench.dir / vendors.HOMES[institution], vendor.STAYS).objects}
        read = {o["mdtrt_id"]: o for o in bench.run("preview", "--json", "-a", module.NAME, "-C", home, "odbc:his", beside, *asked(module, stays)).objects}
        assert len(read) == len(stays)
        for stay in stays:
            amounts = [{k: v for k, v in o["setlinfo"].items() if k != "balc"} for o in (canonical[stay.id], read[module.mdtrt_id(stay)])]
            assert amounts[0] == amounts[1] and amounts[0]["medfee_sumamt"] > "0", stay.id
        bench.run("import", "-a", module.NAME, "-C", home, "odbc:his", beside, *asked(module, stays), expect=0)
        wrong = []
        for stay in stays:
            kept = vendor.read_back(home, module.mdtrt_id(stay))
            wrong += vendor.differences("charges", vendor.as_laid_out(stay, module), kept["charges"], "feedetl_sn", module.LACKS)
            wrong += vendor.differences("diagnoses", stay.diagnoses, kept["diagnoses"], module.KEYS["diagnoses"], module.LACKS)
        assert not wrong, "\n".join(wrong[:20])


@each
def stays_full_of_traps_are_read_as_they_are(bench, kind, module):
    stays = traps.trap_stays(module)
    _, home, _ = site(bench, kind, module, change=traps.lay_all(module, stays), stays=stays)
    told = bench.run("import", "--json", "-a", module.NAME, "-C", home, "odbc:his", *asked(module, stays), expect=0).object
    assert (told["stays"], told["charges"]["read"]) == (len(stays), sum(len(s.charges) for s in stays)), told
    traps.compare(home, module, stays, None)


@each
def one_stay_is_asked_and_no_other(bench, kind, module):
    stays, home, beside = site(bench, kind, module)
    read = bench.run("import", "--json", "-a", module.NAME, "-C", home, "odbc:his", beside, *asked(module, stays[:1]), expect=0).object
    assert read["stays"] == 1 and read["charges"]["read"] == len(stays[0].charges), read


def refused(bench, kind, module, code, words, change=None, stays=None, **odbc):
    known, home, beside = site(bench, kind, module, change=change, **odbc)
    keys = asked(module, known) if stays is None else [f"--stay={s}" for s in stays]
    before = (home / "ledger.db").read_bytes()
    err = bench.run("import", "-a", module.NAME, "-C", home, "odbc:his", beside, *keys, expect=code).err
    for word in words:
        assert word in err, f"{word!r} not in {err}"
    assert (home / "ledger.db").read_bytes() == before, "something was stored"
    return err


REFUSALS = [
    ("a table that is missing", servers.MariaDb, hsa_his, 3, ["inpt_cost", "a table is missing"], {"change": lambda t: t.pop("inpt_cost")}),
    ("a column that is missing", servers.Postgres, zlhis, 3, ["住院费用记录", "实收金额", "a column is missing"],
     {"change": lambda t: [r.pop("实收金额") for r in t["住院费用记录"]]}),
    ("a character set that is none", servers.Sqlite, views, 4, ["settle.ini", "charset", "UTF-8 or GB18030"], {"charset": "latin1"}),
    ("no connection", servers.Sqlite, views, 4, ["settle.ini", "connection", "odbc his"], {"connection": ""}),
    ("a driver that unixODBC does not know", servers.Sqlite, views, 3, ['odbc:his: the database cannot be read: "01000 ', "unixODBC does not find the driver"], {"connection": "Driver=nothing"}),
    ("a name that unixODBC does not know", servers.Sqlite, views, 3, ['odbc:his: the database cannot be read: "IM002 ', "unixODBC does not find the driver"], {"connection": "DSN=nothing"}),
    ("a driver that is not there", servers.Sqlite, views, 4, ["nodriver.so"], {"driver": "/nowhere/nodriver.so"}),
    ("a module that drives no database", servers.Sqlite, views, 4, ["driver", "not installed"], {"driver": "nothing"}),
    ("a database that does not answer", servers.Sqlite, views, 3, ["odbc:his: the database cannot be read", '"08', "no connection"], {"connection": "Driver={PostgreSQL ANSI};Servername=127.0.0.1;Port=1"}),
    ("no stay named", servers.Sqlite, views, 2, ["odbc:his", "asked for stays by their keys"], {"stays": []}),
    ("a stay that is not there", servers.Sqlite, views, 3, ["S99", "no such stay"], {"stays": ["S99"]}),
    ("a key that is a statement", servers.Sqlite, views, 3, ["no such stay"], {"stays": ["x' OR '1'='1"]}),
    ("a state that the layout does not know", servers.MariaDb, hsa_his, 3, ["inpt_cost id=", "status_code", "\"7\""],
     {"change": lambda t: t["inpt_cost"][0].update(status_code="7")}),
]


for told, kind, module, code, words, how in REFUSALS:
    def refusal(bench, kind=kind, module=module, code=code, words=words, how=how):
        refused(bench, kind, module, code, words, **how)
    refusal.__name__ = told
    TESTS.append(refusal)


@test
def gbk_bytes_told_to_be_utf_8_are_refused_with_table_and_column(bench):
    err = refused(bench, servers.Postgres, hsa_his, 3, ["inpt_visit", "name", "not in the encoding", "set charset in [odbc]"], charset="UTF-8")
    assert "测试" not in err


@test
def what_the_database_says_of_a_value_is_not_repeated(bench):
    stays, home, beside = site(bench, servers.Postgres, views)
    name = re.search(r"Database=(\w+)", (home / "settle.ini").read_text())[1]
    RUNNING[servers.Postgres].sql('ALTER TABLE "V_JSQD_SETLINFO" ALTER "MDTRT_ID" TYPE bigint USING 1', name)
    err = bench.run("import", "-a", "views", "-C", home, "odbc:his", beside, "--stay=99990119900101999X", expect=3).err
    assert "99990119900101999X" not in err, err
    for word in ("odbc:his: V_JSQD_SETLINFO: ", '"22P02 ', "a value does not fit the type of its column"):
        assert word in err, err


@test
def a_password_is_read_from_its_file_and_never_told(bench):
    stays, home, beside = site(bench, servers.MariaDb, hsa_his)
    (home / "password").write_text("not-the-password\n")
    err = bench.run("import", "-a", "hsa-his", "-C", home, "odbc:his", *asked(hsa_his, stays), expect=3).err
    assert '"28000 1045"' in err and "user or password is not accepted" in err and "not-the-password" not in err, err
    (home / "password").chmod(0o644)
    err = bench.run("import", "-a", "hsa-his", "-C", home, "odbc:his", *asked(hsa_his, stays), expect=4).err
    assert "password_file" in err and "chmod 600" in err, err


@test
def the_schema_of_settle_ini_is_the_one_that_is_read(bench):
    stays, home, beside = site(bench, servers.Postgres, views)
    server = RUNNING[servers.Postgres]
    name = re.search(r"Database=(\w+)", (home / "settle.ini").read_text())[1]
    assert server.sql('CREATE SCHEMA old; CREATE TABLE old."V_JSQD_SETLINFO" ("MDTRT_ID" text); GRANT USAGE ON SCHEMA old TO reader;'
                      "GRANT SELECT ON ALL TABLES IN SCHEMA old TO reader;", name) is not None
    ini = (home / "settle.ini").read_text()
    for schema, code in (("public", 0), ("old", 3)):
        (home / "settle.ini").write_text(ini + f"schema = {schema}\n")
        err = bench.run("import", "-a", "views", "-C", home, "odbc:his", beside, *asked(views, stays), expect=code).err
        assert code == 0 or ("V_JSQD_SETLINFO" in err and "a column is missing" in err), err


@test
def nothing_is_written_and_all_is_one_moment(bench):
    for kind, module, begin in ((servers.MariaDb, hsa_his, "CONSISTENT SNAPSHOT, READ ONLY"), (servers.Postgres, zlhis, "REPEATABLE READ READ ONLY")):
        stays, home, beside = site(bench, kind, module)
        before = len(RUNNING[kind].statements())
        bench.run("import", "-a", module.NAME, "-C", home, "odbc:his", beside, *asked(module, stays), expect=0)
        ran = RUNNING[kind].statements()[before:]
        assert begin in ran and "SELECT" in ran
        assert not re.search(r"\b(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER)\b", ran), ran[:2000]
        assert ran.index(begin) < ran.index("ORDER BY")


@test
def a_file_counts_before_the_table_of_the_database(bench):
    stays, home, beside = site(bench, servers.Sqlite, views)
    tables = views.tables(stays)
    for row in tables["V_4201_FEEDETAIL"]:
        row["SPEC"] = "改"
    vendor.write_csv(beside, {"V_4201_FEEDETAIL": tables["V_4201_FEEDETAIL"]}, "utf-8")
    bench.run("import", "-a", "views", "-C", home, "odbc:his", beside, *asked(views, stays), expect=0)
    assert {c["spec"] for c in vendor.read_back(home, stays[0].id)["charges"]} == {"改"}


@test
def a_probe_says_what_is_there(bench):
    stays, home, beside = site(bench, servers.MariaDb, hsa_his)
    found = bench.run("adapter", "probe", "--json", "-a", "hsa-his", "-C", home, "odbc:his", beside, *asked(hsa_his, stays), expect=0).object
    assert found["product"] == "MariaDB" and found["read"] == {"sound": True, "stays": len(stays), "charges": sum(len(s.charges) for s in stays)}
    cost = next(t for t in found["tables"] if t["name"] == "inpt_cost")
    assert cost["there"] and cost["rows"] == found["read"]["charges"] + 1 and cost["statement"].startswith("SELECT `")
    state = next(c for c in cost["columns"] if c["name"] == "status_code")
    assert {w["word"] for w in state["words"]} == {"0", "1", "2"} and all(w["known"] for w in state["words"])
    told = json.dumps(found, ensure_ascii=False)
    assert not any(s.head[field] in told for s in stays for field in ("psn_name", "certno", "psn_no")), "a probe tells nothing of persons"


@test
def a_probe_says_what_lacks(bench):
    def spoil(tables):
        tables["inpt_cost"][0]["status_code"] = "7"
        tables["inpt_cost"][1]["cost_time"] = "2025-02-30 10:00:00"
        for row in tables["inpt_cost"]:
            row.pop("doctor_name")
        del tables["inpt_diagnose"]
    stays, home, beside = site(bench, servers.Sqlite, hsa_his, change=spoil)
    command = ["adapter", "probe", "-a", "hsa-his", "-C", home, "odbc:his", beside, *asked(hsa_his, stays)]
    said = bench.run(*command, expect=1).out
    for line in ("inpt_diagnose: the table is missing", 'inpt_cost: status_code has "7" in 1 rows, which the layout does not know',
                 "inpt_cost: cost_time holds no date in 1 rows", "inpt_cost: column doctor_name is missing", "Reading fails: "):
        assert line in said, f"{line!r} not in\n{said}"
    assert bench.run(*command, "--json", expect=1).object["read"]["sound"] is False
    files = bench.dir / "probe-files"
    vendor.write_csv(files, zlhis.tables(vendor.stays_of("H99990100001")), "gb18030")
    said = bench.run("adapter", "probe", "-a", "zlhis", "-C", vendors.home_of(bench, zlhis, "H99990100001"), files, expect=0).out
    assert "住院费用记录.csv GB18030" in said and "Read: 7 stays" in said


@test
def statements_for_engines_that_are_not_run_here_are_what_they_were(bench):
    for module in GOLDEN:
        said = bench.run("adapter", "probe", "--json", "-a", module.NAME, "-C", bench.dir / "home", expect=0).object
        text = f"-- {said['title']}: {said['dialect']}\n" + "".join(f"{t['statement']};\n" for t in said["tables"])
        golden = HERE / "statements" / f"{module.NAME}.sql"
        if UPDATE:
            golden.write_text(text, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == text, module.NAME
        assert all(t["statement"].count("?") <= 1 for t in said["tables"])


@test
def the_list_names_what_is_at_hand_and_what_is_wrong_with_it(bench):
    home = bench.home()
    (home / "adapters.d").mkdir()
    (home / "adapters.d" / "broken.adapter").write_text("<adapter>")
    listed = {a["name"]: a for a in bench.run("adapter", "list", "--json", "-C", home, expect=0).object["adapters"]}
    assert listed["csv"]["kind"] == "builtin" and listed["zlhis"]["kind"] == "layout" and listed["odbc"]["kind"] == "module"
    assert "broken.adapter" in listed["broken"]["error"] and "error" not in listed["zlhis"]


if __name__ == "__main__":
    try:
        main(TESTS, sys.argv[1])
    finally:
        for server in RUNNING.values():
            server.stop()
