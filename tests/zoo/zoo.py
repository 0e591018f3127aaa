#!/usr/bin/env python3
"""Adapter modules: the template works, those that misbehave are refused by name, the program that judges adapters sees what they do.

    zoo.py BUILD
"""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import ROOT, main  # noqa: E402

CC = os.environ.get("CC", "gcc")
TEMPLATE = ROOT / "adapters" / "template"
EXAMPLE = TEMPLATE / "example.tab"
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def compile_module(path, source, *flags, include=ROOT / "libsettle" / "include"):
    path.parent.mkdir(exist_ok=True)
    subprocess.run([CC, "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-fPIC", "-fvisibility=hidden", "-shared", f"-I{include}",
                    *flags, "-o", path, source], check=True)
    return path


def animal(bench, name):
    path = bench.dir / "zoo" / f"{name.lower().replace('_', '-')}.so"
    return path if path.exists() else compile_module(path, HERE / "zoo.c", f"-DANIMAL={name}", f'-DNAME="{path.stem}"')


def template(bench):
    path = bench.dir / "zoo" / "template.so"
    return path if path.exists() else compile_module(path, TEMPLATE / "template.c")


def refused(bench, module, code, words, *inputs):
    home = bench.home()
    before = (home / "ledger.db").read_bytes()
    err = bench.run("import", "-a", module, "-C", home, *(inputs or (EXAMPLE,)), expect=code).err
    for word in words:
        assert word in err, f"{word!r} not in {err}"
    assert (home / "ledger.db").read_bytes() == before, "something was stored"


# What each is refused for, with the place that the message names.
CAGES = [
    ("MAGIC", 4, ["magic.so: magic", "not the table of an adapter"]),
    ("SIZE_SHORT", 4, ["size-short.so: struct_size", "no size that a table of its version has"]),
    ("SIZE_LONG", 4, ["size-long.so: struct_size", "longer than the version it names"]),
    ("SIZE_HUGE", 4, ["size-huge.so: struct_size", "4294967295"]),
    ("MAJOR", 4, ["major.so: abi_major", '"2.0"', "this library has the interface 1"]),
    ("NO_READ", 4, ["no-read.so: read", "it neither reads nor drives"]),
    ("NO_NAME", 4, ["no-name.so: name", "name, version or title is missing"]),
    ("NULL_TABLE", 4, ["null-table.so: settle_adapter", "it answers no table"]),
    ("DRIVER_SHORT", 4, ["driver-short.so: driver", "no size that a table of its version has"]),
    ("DRIVER_SLOT", 4, ["driver-slot.so: driver", "a call is missing"]),
    ("SILENT", 4, ["silent: read", '"INPUT_CSV"', "it failed and did not say why"]),
    ("SWALLOWS", 3, ["zoo:7: begntime", "no such date or time"]),
    ("WRONG_STATUS", 4, ["wrong-status: refuse", "a status that an adapter cannot have"]),
    ("WRONG_KIND", 4, ["wrong-kind: emit", "no such kind of record"]),
    ("NO_CELLS", 4, ["no-cells: emit", "no fields, or more than 512"]),
    ("BAD_PLACE", 3, ["settle: zoo settle:  [31mforged:5: mdtrt_id"]),
    ("NOT_UTF8", 3, ["zoo:5: mdtrt_id", "not in the encoding", "not UTF-8"]),
    ("TWO_CONTENTS", 3, ["zoo:3", "one serial with two contents"]),
    ("TOO_FEW", 3, ["zoo", "fewer or more records than declared"]),
]
for name, code, words in CAGES:
    def caged(bench, name=name, code=code, words=words):
        refused(bench, animal(bench, name), code, words)
    caged.__name__ = f"refuses {name.lower()}"
    TESTS.append(caged)


@test
def the_template_reads_its_example(bench):
    home = bench.home()
    told = bench.run("import", "--json", "-a", template(bench), "-C", home, EXAMPLE, expect=0).object
    assert told["stays"] == 1 and told["charges"]["kept"] == 2, told
    lines = bench.run("preview", "--json", "-C", home, "T1").object
    assert lines["mdtrt_id"] == "T1"


@test
def the_template_refuses_with_file_line_and_field(bench):
    whole = EXAMPLE.read_text(encoding="utf-8")
    for told, text, words in [
        ("a date", whole.replace("20250303101500", "20250230101500"), ["x.tab:2: fee_ocur_time", "20250230101500"]),
        ("a number", whole.replace("\t3\t33.00", "\t0\t33.00"), ["x.tab:2: cnt", "out of range"]),
        ("a count", whole.replace("END\t2", "END\t3"), ["x.tab", "fewer or more records than declared"]),
        ("no end", whole.replace("END\t2\n", ""), ["x.tab:3: END", "the file ends too early"]),
        ("a word", whole.replace("CHARGE\tT1\t2", "FEE\tT1\t2"), ["x.tab:3", '"FEE"', "STAY, CHARGE or END"]),
    ]:
        path = bench.dir / "x.tab"
        path.write_text(text, encoding="utf-8")
        assert text != whole, told
        refused(bench, template(bench), 3, words, path)


@test
def only_its_own_files_of_a_directory_are_its_input(bench):
    directory = bench.dir / "mixed"
    directory.mkdir()
    shutil.copy(EXAMPLE, directory / "a.tab")
    (directory / "readme.txt").write_text("x")
    told = bench.run("import", "--json", "-a", template(bench), "-C", bench.home(), directory, expect=0).object
    assert told["files_passed_over"] == ["readme.txt"] and told["charges"]["read"] == 2
    (directory / "a.tab").unlink()
    refused(bench, template(bench), 3, ["no file with a known name"], directory)


@test
def a_module_is_found_by_the_name_that_settle_ini_gives_it(bench):
    home = bench.home()
    shutil.copy(template(bench), home / "template.so")
    ini = (home / "settle.ini").read_text()
    (home / "settle.ini").write_text(ini + f"[adapter template]\nmodule = {home}/template.so\n")
    bench.run("import", "-a", "template", "-C", home, EXAMPLE, expect=0)
    listed = {a["name"]: a for a in bench.run("adapter", "list", "--json", "-C", home).object["adapters"]}
    assert listed["template"]["version"] == "1.0" and listed["template"]["title"] == "lines divided by tabs"
    (home / "settle.ini").write_text(ini + "[adapter template]\nmodule = template.so\n")
    assert "not an absolute path" in bench.run("import", "-a", "template", "-C", home, EXAMPLE, expect=4).err
    (home / "settle.ini").write_text(ini + f"[adapter template]\nmodule = {animal(bench, 'OTHER_NAME')}\n")
    err = bench.run("import", "-a", "template", "-C", home, EXAMPLE, expect=4).err
    assert 'name: the adapter does not fit this library: "another"' in err and "its name is not that of the file" in err, err


@test
def what_others_may_write_is_not_loaded(bench):
    path = bench.dir / "open" / "template.so"
    path.parent.mkdir()
    shutil.copy(template(bench), path)
    for changed, mode in ((path, 0o666), (path.parent, 0o777)):
        before = changed.stat().st_mode
        changed.chmod(mode)
        refused(bench, path, 4, [str(changed), "others than its owner can write it, or its directory"])
        changed.chmod(before)
    if os.geteuid() == 0:
        os.chown(path, 12345, -1)
        refused(bench, path, 4, ["template.so", "it belongs to another user"])
        os.chown(path, 0, -1)
    bench.run("import", "-a", path, "-C", bench.home(), EXAMPLE, expect=0)


@test
def no_link_and_no_directory_above_lets_others_put_a_module_in_place(bench):
    real = bench.dir / "above" / "deep" / "open" / "template.so"
    link = bench.dir / "links" / "template.so"
    real.parent.mkdir(parents=True)
    link.parent.mkdir()
    shutil.copy(template(bench), real)
    link.symlink_to(real)
    for open_one, mode, said in ((real.parent, 0o777, True), (real.parent, 0o1777, True), (real.parent, 0o775, True), (real.parent.parent, 0o777, True),
                                 (bench.dir / "above", 0o777, True), (real, 0o666, True), (bench.dir / "above", 0o1777, False),
                                 (bench.dir / "above", 0o775, False), (link.parent, 0o777, False)):
        before = open_one.stat().st_mode
        open_one.chmod(mode)
        if said:
            refused(bench, link, 4, [f"{open_one}: ", "others than its owner can write it, or its directory"])
        else:
            bench.run("import", "-a", link, "-C", bench.home(), EXAMPLE, expect=0)
        open_one.chmod(before)
    if os.geteuid() == 0:
        os.chown(bench.dir / "above", 12345, -1)
        refused(bench, real, 4, ["above: ", "it belongs to another user"])
    link.unlink()
    link.symlink_to(bench.dir / "nowhere.so")
    refused(bench, link, 4, ["links/template.so", "No such file"])


def is_open(bench, path, home, *command):
    """Refused while everyone may write it, taken otherwise."""
    ran = ["import", "-C", home, *command]
    for mode, code in ((0o666, 4), (0o777, 4), (0o664, 0)) if path.is_file() else ((0o777, 4), (0o1777, 0), (0o775, 0)):
        before = path.stat().st_mode
        path.chmod(mode)
        err = bench.run(*ran, expect=code).err
        assert code == 0 or (f"{path}" in err and "everyone may write to it" in err), err
        path.chmod(before)


@test
def a_settle_ini_that_everyone_may_write_names_no_module(bench):
    home = bench.home()
    with open(home / "settle.ini", "a") as ini:
        ini.write(f"[adapter template]\nmodule = {template(bench)}\n")
    for path in (home / "settle.ini", home):
        is_open(bench, path, home, "-a", "template", EXAMPLE)
    for mode in (0o666, 0o644):
        (home / "settle.ini").chmod(mode)
        listed = {a["name"]: a for a in bench.run("adapter", "list", "--json", "-C", home, expect=0).object["adapters"]}
        assert ("settle.ini: " in listed["template"].get("error", "")) == (mode == 0o666), listed
        assert ("version" in listed["template"]) == (mode == 0o644), listed
    (home / "settle.ini").chmod(0o666)
    bench.run("import", "-a", template(bench), "-C", home, EXAMPLE, expect=0)  # named by whoever runs it
    with open(home / "settle.ini", "a") as ini:
        ini.write(f"[odbc his]\nconnection = x\ndriver = {animal(bench, 'DRIVES')}\nschema = new\n")
    ran = ["import", "-a", "views", "-C", home, "odbc:his", "--stay=S1"]
    assert f"{home}/settle.ini: " in bench.run(*ran, expect=4).err
    (home / "settle.ini").chmod(0o644)
    assert "a column is missing" in bench.run(*ran, expect=3).err


@test
def a_layout_that_everyone_may_write_is_not_read(bench):
    home = bench.home()
    layout = home / "adapters.d" / "two.adapter"
    layout.parent.mkdir()
    text = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    layout.write_text(text[text.index("<adapter xmlns"):text.index("</adapter>")].replace('"simple"', '"two"') + "</adapter>\n", encoding="utf-8")
    with open(home / "settle.ini", "a") as ini:
        ini.write("[adapter two]\nfixmedins_code = H99990100001\n")
    tables = bench.dir / "two"
    tables.mkdir()
    (tables / "VISIT.csv").write_text("ID,PERSON,KIND,BEGUN,ENDED\nT9,P9,310,2025-03-01,2025-03-09\n")
    (tables / "FEE.csv").write_text("ID,VISIT_ID,STATE,OF_ID,ITEM,QTY,PACKS,PRICE,TOTAL,DONE_AT,POSTED_AT\n"
                                    "1,T9,1,,F100007,1,1,2.50,2.50,2025-03-02,2025-03-02\n")
    for path in (layout, layout.parent):
        is_open(bench, path, home, "-a", "two", tables)


@test
def what_is_no_module_is_not_loaded(bench):
    text = bench.dir / "zoo" / "text.so"
    text.parent.mkdir(exist_ok=True)
    text.write_text("not an object")
    refused(bench, text, 4, ["text.so", "the adapter cannot be loaded"])
    refused(bench, bench.dir / "zoo" / "none.so", 4, ["none.so", "No such file"])
    refused(bench, bench.dir / "zoo", 4, ["not a regular file"])
    plain = compile_module(bench.dir / "zoo" / "plain.so", HERE / "plain.c")
    refused(bench, plain, 4, ["plain.so: settle_adapter", "it has no such symbol"])
    refused(bench, "nosuch", 2, ["adapter", '"nosuch"'])


@test
def a_newer_table_is_read_as_far_as_it_is_known(bench):
    bench.run("import", "-a", animal(bench, "NEWER"), "-C", bench.home(), EXAMPLE, expect=0)


@test
def a_row_that_comes_twice_is_counted_once(bench):
    told = bench.run("import", "--json", "-a", animal(bench, "TWICE"), "-C", bench.home(), EXAMPLE, expect=0).object
    assert told["charges"] == {"read": 2, "kept": 1, "repeated": 1}


@test
def a_name_that_is_no_text_is_told_as_text(bench):
    told = bench.run("import", "--json", "-a", animal(bench, "BAD_NAMES"), "-C", bench.home(), EXAMPLE, expect=0).object
    assert told["files_passed_over"] == ["\ufffd\ufffd "], told


@test
def a_module_of_the_first_interface_keeps_loading(bench):
    for version in sorted((ROOT / "tests" / "abi" / "adapter").iterdir()):
        path = compile_module(bench.dir / f"frozen-{version.name}" / "template.so", TEMPLATE / "template.c", include=version)
        bench.run("import", "-a", path, "-C", bench.home(), EXAMPLE, expect=0)


@test
def a_driver_is_held_to_what_was_asked(bench):
    layout = (ROOT / "adapters" / "views" / "views.adapter").read_text(encoding="utf-8")
    for schema, words in (("", ["V_JSQD_SETLINFO", "several schemas"]), ("new", ["column is missing"])):
        home = bench.home()
        (home / "adapters.d").mkdir()
        (home / "adapters.d" / "views.adapter").write_text(layout, encoding="utf-8")
        with open(home / "settle.ini", "a") as ini:
            ini.write(f"[odbc his]\nconnection = x\ndriver = {animal(bench, 'DRIVES')}\n" + (f"schema = {schema}\n" if schema else ""))
        err = bench.run("import", "-a", "views", "-C", home, "odbc:his", "--stay=S1", expect=3).err
        assert all(word in err for word in words), err


def judged(bench, module, code, *args):
    check = str(pathlib.Path(bench.settle).parent / "settle-adapter-check")
    return bench.run("-t", "2", *args, module, EXAMPLE, expect=code, settle=check).out


@test
def the_judge_finds_the_template_good(bench):
    out = judged(bench, template(bench), 0)
    assert "7 good, 0 bad" in out and "BAD" not in out and "lacks diagnoses" in out, out


@test
def the_judge_names_what_is_wrong(bench):
    for name, line in [("CRASHES", "BAD  loads and reads the input: the process died of signal 6"),
                       ("HANGS", "BAD  loads and reads the input: it does not end"),
                       ("FORGETS", "BAD  an input that is empty is refused: it was read as if it were whole"),
                       ("MAGIC", "BAD  loads and reads the input: "),
                       ("COUNTS_UP", "BAD  reads in several threads at once: threads that read at once did not read the same")]:
        out = judged(bench, animal(bench, name), 1)
        assert line in out, f"{name}: {line!r} not in\n{out}"


@test
def the_judge_takes_adapters_of_every_kind(bench):
    check = str(pathlib.Path(bench.settle).parent / "settle-adapter-check")
    stays = ROOT / "examples" / "hospital" / "stays"
    out = bench.run("csv", stays / "charges.csv", stays / "stays.csv", expect=0, settle=check).out
    assert "0 bad" in out
    assert bench.run(settle=check, expect=2).err


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
