#!/usr/bin/env python3
"""Bad input through the command: exact exit code and place, no personal value told, everything as it was."""
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, KINDS, Stay, clean, eligible, write  # noqa: E402
from refusal import no_personal, personal_values, refuse, spoiled, state_of  # noqa: E402

TESTS = []
NS = "urn:libsettle:stay:1.0"


def test(function):
    TESTS.append(function)
    return function


def files(bench, *stays, edit=None, name=None):
    """The stays as CSV; `edit` changes the text of charges.csv (or of `name`)."""
    bench.made += 1
    folder = write(bench.dir / f"in-{bench.made}", *(stays or [clean()]))
    if edit is not None:
        file = folder / (name or "charges.csv")
        changed = edit(file.read_text(encoding="utf-8"))
        file.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
    return folder


def refuse_files(bench, folder, *says, people=None, secrets=(), code=3):
    """import, check and preview refuse it alike."""
    home = bench.home()
    for command in ("import", "check", "preview"):
        refuse(bench, home, code, command, folder, says=says, people=people or [clean()], secrets=secrets)


def accept(bench, folder, code=0):
    bench.run("preview", "-C", bench.dir / "home", folder, expect=code)


def line(text, number, change):
    lines = text.splitlines()
    lines[number - 1] = change(lines[number - 1])
    return "\n".join(lines) + "\n"


# --- names -------------------------------------------------------------------------------------------

@test
def names_of_files_and_columns_are_shown_without_what_a_terminal_obeys(bench):
    folder = files(bench, edit=lambda t: "".join(f"{x},{'x' if i else chr(27) + '[31mbad'}\n" for i, x in enumerate(t.splitlines())))
    for name in (b"\xff\xfe.bin", b"a\nsettle: forged"):
        (folder / os.fsdecode(name)).write_text("")
    for fit in (bench.run("import", "-C", bench.home(), folder, expect=0).out,
                json.dumps(bench.run("import", "--json", "-C", bench.home(), folder, expect=0).object, ensure_ascii=False)):
        for word in ("a settle: forged", "\ufffd\ufffd.bin", "charges.csv: [31mbad"):
            assert word in fit, (word, fit)
        assert "\x1b" not in fit and "\nsettle" not in fit, fit
    refuse(bench, bench.home(), 3, "import", folder / os.fsdecode(b"\xff\xfe.bin"), says=["\ufffd\ufffd.bin: "])


# --- the CSV itself ----------------------------------------------------------------------------------

@test
def broken_csv_names_the_line(bench):
    for says, edit in (
            ("charges.csv:22: ", lambda t: t + '"P01,98'),
            ("charges.csv:4: medins_list_name: ", lambda t: t.replace("静脉输液", '静"脉输液', 1)),
            ("charges.csv:4: ", lambda t: line(t, 4, lambda x: x.rsplit(",", 1)[0])),
            ("charges.csv:4: ", lambda t: line(t, 4, lambda x: x + ",x")),
            ("charges.csv:4: ", lambda t: t.replace("静脉输液", "a\0b", 1)),
            ("charges.csv:1: ", lambda t: b"")):
        refuse_files(bench, files(bench, edit=edit), says)
    accept(bench, files(bench, edit=lambda t: t.replace("静脉输液", '"静脉,""输液"""')))


@test
def wrong_encoding_names_the_line(bench):
    bad = lambda t: t.encode().replace("静脉输液".encode(), b"\xff\xfe\xff", 1)
    refuse_files(bench, files(bench, edit=bad), "charges.csv:4: ")
    name = lambda t: t.encode().replace("测试壬癸".encode(), b"\x81")
    refuse_files(bench, files(bench, edit=name, name="stays.csv"), "stays.csv:2: ")
    refuse_files(bench, files(bench, edit=lambda t: t.encode("utf-16")), "charges.csv:1: ")
    accept(bench, files(bench, edit=lambda t: t.encode("gb18030")))
    accept(bench, files(bench, edit=lambda t: b"\xef\xbb\xbf" + t.encode()))


@test
def missing_and_doubled_columns_are_named(bench):
    drop = lambda t: "\n".join(x.split(",", 2)[0] + "," + x.split(",", 2)[2] for x in t.splitlines()) + "\n"
    refuse_files(bench, files(bench, edit=drop), "charges.csv:1: feedetl_sn: ")
    refuse_files(bench, files(bench, edit=lambda t: t.replace("entry_time", "feedetl_sn", 1)),
                 "charges.csv:1: feedetl_sn: ")
    refuse_files(bench, files(bench, edit=lambda t: t.replace("psn_no", "person", 1), name="stays.csv"),
                 "stays.csv:1: psn_no: ")


@test
def columns_in_any_order_and_unknown_ones_are_read(bench):
    turn = lambda t: "\n".join(",".join(reversed(x.split(","))) for x in t.splitlines()) + "\n"
    accept(bench, files(bench, edit=turn))
    more = files(bench, edit=lambda t: line(t.replace("\n", ",\n"), 1, lambda x: x + "remark"))
    said = bench.run("import", "--json", "-C", bench.home(), more, expect=0).object
    assert said["unknown_columns"] == ["charges.csv:remark"], said


@test
def a_field_of_ten_megabytes_is_too_long(bench):
    for field, kind, place in (("spec", "charges", "charges.csv:21: spec: "), ("psn_name", "stays", "stays.csv:2: ")):
        stay, _ = spoiled(field, "王" * 3_500_000, kind)
        refuse_files(bench, files(bench, stay), place, people=[clean()], secrets=["王王"])
    stay, _ = spoiled("spec", "规" * 200, "charges")
    accept(bench, files(bench, stay))


# --- values ------------------------------------------------------------------------------------------

@test
def dates_that_do_not_exist_are_named_with_their_value(bench):
    for bad in ("2025-02-29 08:00:00", "2025-06-31 08:00:00", "2025-13-01 08:00:00", "2025-06-03 24:00:00",
                "2025-06-03 08:60:00", "03/06/2025", "20250603", "0000-01-01 00:00:00"):
        stay, _ = spoiled("fee_ocur_time", bad, "charges")
        refuse_files(bench, files(bench, stay), f'charges.csv:21: fee_ocur_time: ', f'"{bad}"')
    stay, _ = spoiled("fee_ocur_time", "2025-06-03", "charges")
    accept(bench, files(bench, stay))


@test
def numbers_that_are_none_or_out_of_range_are_named(bench):
    for field, bad in (("cnt", "1O"), ("cnt", "1e3"), ("cnt", "1.23456"), ("cnt", "9" * 20), ("cnt", "-"),
                       ("cnt", "1,000"), ("cnt", " 1"), ("cnt", "NaN"), ("pric", "1.1234567"),
                       ("det_item_fee_sumamt", "1.234"), ("det_item_fee_sumamt", "100000000000000.00")):
        stay, _ = spoiled(field, bad, "charges")
        refuse_files(bench, files(bench, stay), f"charges.csv:21: {field}: ", f'"{bad}"')
    stay, _ = spoiled("pric", "3.100000", "charges")
    accept(bench, files(bench, stay))


@test
def charges_that_add_up_to_too_much_are_bad_input(bench):
    stay, _ = spoiled("det_item_fee_sumamt", "99999999999999.99", "charges")
    refuse(bench, bench.home(), 3, "preview", files(bench, stay), says=["medfee_sumamt: "], people=[stay])


@test
def personal_values_are_never_told(bench):
    for field, bad in (("brdy", "1970-02-30"), ("psn_no", "9" * 31), ("certno", "8" * 51), ("medrcdno", "7" * 31),
                       ("psn_name", "测试壬" * 20), ("adm_bed", "b" * 31), ("mdtrt_cert_no", "C" * 51)):
        stay, secrets = spoiled(field, bad)
        refuse_files(bench, files(bench, stay), f"stays.csv:2: {field}: ", people=[stay, clean()], secrets=secrets)


@test
def findings_never_tell_personal_values(bench):
    """V26 over bad forms and V10 over the sex: what a person's stay answers tells nothing of the person."""
    stay = clean(certno="", gend="7", atddr_no="x")
    stay.charge("Y100294")
    for lang in ("zh", "en"):
        for more in ([], ["--json"]):
            run = bench.run("preview", *more, "--lang", lang, "-C", bench.dir / "home", files(bench, stay), expect=1)
            no_personal(run, personal_values([stay]))


@test
def an_empty_identity_is_named(bench):
    for field in ("mdtrt_id", "feedetl_sn", "fee_ocur_time", "medins_list_codg", "cnt", "pric", "det_item_fee_sumamt"):
        stay, _ = spoiled(field, "", "charges")
        refuse_files(bench, files(bench, stay), f"charges.csv:21: {field}: ")


# --- records and stays -------------------------------------------------------------------------------

@test
def equal_serials_are_skipped_and_counted(bench):
    twice = files(bench, edit=lambda t: t + t.splitlines()[1] + "\n")
    said = bench.run("import", "--json", "-C", bench.home(), twice, expect=0).object
    assert said["charges"] == {"read": 21, "kept": 20, "repeated": 1}, said


@test
def different_serials_are_refused_with_both_places(bench):
    other = lambda t: t + t.splitlines()[1].replace(",30.00,30.00,", ",31.00,31.00,") + "\n"
    refuse_files(bench, files(bench, edit=other), "charges.csv:22: feedetl_sn: ", "charges.csv:2")


@test
def a_charge_that_contradicts_the_ledger_is_refused(bench):
    home, stay = bench.home(), clean()
    bench.run("import", "-C", home, files(bench, stay), expect=0)
    stay.rows["charges"][4]["cnt"] = "2"
    refuse(bench, home, 3, "import", files(bench, stay), people=[stay],
           says=["charges:6: feedetl_sn: ", stay.rows["charges"][4]["feedetl_sn"], "ledger:1"])


@test
def orphans_are_named(bench):
    foreign = lambda t: t.replace("P01,", "P77,", 1)
    refuse_files(bench, files(bench, edit=foreign), "charges.csv:2: mdtrt_id: ", '"P77"')
    stray = lambda t: t.replace(clean().head["psn_no"], "99990100000000000999")
    refuse_files(bench, files(bench, edit=stray, name="accumulators.csv"), "accumulators.csv:2: psn_no: ",
                 secrets=["99990100000000000999"])


@test
def a_stay_without_charges_waits_for_them(bench):
    home, empty = bench.home(), Stay("P05")
    bench.run("import", "-C", home, files(bench, empty), expect=0)
    for command in (["preview", "P05"], ["check", "P05"], ["explain", "P05"], ["submit", "P05"]):
        refuse(bench, home, 3, *command, says=["mdtrt_id: ", '"P05"'], people=[empty])
    bench.run("import", "-C", home, files(bench, clean("P05")), expect=0)
    bench.run("submit", "-C", home, "P05", expect=8)


@test
def unknown_level_or_scheme_is_a_finding(bench):
    for field, bad in (("medins_lv", "9"), ("hosp_lv", "99"), ("insutype", "999")):
        stay = clean(**{field: bad})
        stay.accumulate()
        (result,) = bench.run("preview", "--json", "-C", bench.dir / "home", files(bench, stay), expect=1).objects
        assert [f["rule_id"] for f in result["findings"] if f["action"] == "block"] == ["V26"], result["findings"]
        assert f"stays.{field}" in result["findings"][0]["evidence"] and bad in result["findings"][0]["evidence"]


@test
def a_settled_stay_takes_nothing_more(bench):
    home, stay = bench.home(), clean()
    folder = files(bench, stay)
    bench.run("import", "-C", home, folder, expect=0)
    bench.run("submit", "-C", home, "P01", expect=8)
    before = state_of(home)
    bench.run("import", "-C", home, folder, expect=0)
    bench.run("submit", "-C", home, "P01", expect=1)
    assert state_of(home) == before
    for change in (lambda s: s.charge(DRUG), lambda s: s.head.update(psn_name="测试改")):
        late = clean()
        change(late)
        refuse(bench, home, 3, "import", files(bench, late), says=["mdtrt_id: ", '"P01"'], people=[late])


@test
def unknown_stays_are_named(bench):
    home = bench.home()
    for command in (["preview", "P99"], ["check", "P99"], ["explain", "P99"], ["submit", "P99"], ["status", "P99"],
                    ["document", "P99"]):
        refuse(bench, home, 3, *command, says=["mdtrt_id: ", '"P99"'])
    bench.run("import", "-C", home, files(bench), expect=0)
    refuse(bench, home, 3, "document", "P01", says=['"P01"'], people=[clean()])
    refuse(bench, home, 3, "explain", "P01", "123", says=["feedetl_sn: ", '"123"'], people=[clean()])
    bench.run("explain", "-C", home, "P01", clean().rows["charges"][0]["feedetl_sn"], expect=0)


@test
def unknown_files_and_empty_directories_are_named(bench):
    folder = files(bench)
    (folder / "other.csv").write_text("a\n1\n")
    accept(bench, folder)
    home = bench.home()
    refuse(bench, home, 3, "import", folder / "stays.csv", folder / "other.csv", says=["other.csv: "])
    (bench.dir / "nothing").mkdir(exist_ok=True)
    refuse(bench, home, 3, "import", bench.dir / "nothing")
    refuse(bench, home, 3, "import", bench.dir / "not-there", says=["not-there: "])
    refuse(bench, home, 2, "import", "-a", "nosuch", folder, says=['"nosuch"'])


@test
def what_is_no_file_cannot_be_opened(bench):
    for put in (lambda f: f.mkdir(), lambda f: f.symlink_to(f.name), lambda f: f.symlink_to("/nonexistent/x")):
        folder = files(bench)
        (folder / "charges.csv").unlink()
        put(folder / "charges.csv")
        refuse_files(bench, folder, "charges.csv: ")


# --- JSON and XML ------------------------------------------------------------------------------------

def batch(bench, *texts, code):
    home = bench.dir / "home"
    run = bench.run("batch", "-C", home, stdin="".join(t + "\n" for t in texts), expect=code)
    no_personal(run, personal_values([clean()]))
    return run.objects


@test
def bad_json_has_its_place_and_the_others_go_on(bench):
    good = clean().object()
    text = json.dumps(good, ensure_ascii=False)
    changed = lambda kind, at, **more: json.dumps(
        {**good, kind: [{**r, **more} if i == at else r for i, r in enumerate(good[kind])]}, ensure_ascii=False)
    name = f'"psn_name": "{good["stay"]["psn_name"]}"'
    cases = [
        (text[:300], "INPUT_JSON", ""), ("[]", "INPUT_JSON", ""), ("7", "INPUT_JSON", ""), ("{}", "INPUT_MISSING", "stay"),
        (text.replace(f"{name},", name), "INPUT_JSON", ""),
        (text.replace(name, f"{name}, {name}"), "INPUT_COLUMN_TWICE", "psn_name"),
        (text.replace(name, '"psn_name": {"a": 1}'), "INPUT_JSON", "psn_name"),
        (json.dumps({**good, "prices": []}), "INPUT_JSON", "prices"),
        (json.dumps({**good, "charges": {}}), "INPUT_JSON", ""),
        (changed("charges", 2, cnt="many"), "INPUT_NUMBER", "cnt"),
        (changed("charges", 2, cnt=None), "INPUT_MISSING", "cnt"),
        (changed("charges", 2, mdtrt_id="P99"), "INPUT_ORPHAN", "mdtrt_id"),
        ('{"stay":' + "[" * 5000 + "]" * 5000 + "}", "INPUT_JSON", "")]
    answers = batch(bench, *[c[0] for c in cases], text, code=3)
    assert len(answers) == len(cases) + 1 and answers[-1]["mdtrt_id"] == "P01"
    for (_, status, field), answer in zip(cases, answers):
        error = answer["error"]
        assert (error["name"], error["field"], error["exit_code"]) == (status, field, 3), (status, error)
    assert "charges, record 3" in answers[9]["error"]["text"], answers[9]
    file = bench.dir / "stays.json"
    file.write_text(text + "\n" + text[:300], encoding="utf-8")
    refuse(bench, bench.home(), 3, "import", "-a", "json", file, says=["stays.json:2: "], people=[clean()])


def as_xml(stay, **counts):
    ET.register_namespace("", NS)
    items = dict(zip(KINDS, ("stay", "charge", "diagnosis", "operation", "identity", "accumulator")))
    root = ET.Element(f"{{{NS}}}input", {k: str(counts.get(k, len(stay.rows[k]))) for k in items})
    for kind, item in items.items():
        group = ET.SubElement(root, f"{{{NS}}}{kind}")
        for row in stay.rows[kind]:
            ET.SubElement(group, f"{{{NS}}}{item}", {k: v for k, v in row.items() if v != ""})
            group[-1].tail = "\n"
    return ET.tostring(root, encoding="unicode")


@test
def bad_xml_has_its_place(bench):
    good, home, file = as_xml(clean()), bench.home(), bench.dir / "input.xml"
    entity = '<!DOCTYPE input [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'
    cases = [
        (as_xml(clean(), charges=21), "input.xml: charges: ", "declared 21, read 20"),
        (as_xml(clean(), charges=19), "input.xml: charges: ", "declared 19, read 20"),
        (as_xml(clean(), stays=2), "input.xml: stays: ", "declared 2, read 1"),
        (good.replace(' charges="20"', ""), "input.xml: charges: ", "declared 0, read 20"),
        (as_xml(clean(), charges=-1), "input.xml:1: charges: ", ""),
        (entity + good, "input.xml:1: ", "DTD"),
        (entity + good.replace("呼吸内科一病区", "&e;"), "input.xml:1: ", "DTD"),
        (good.replace("呼吸内科一病区", "&undefined;"), "input.xml:1: ", ""),
        (good[:2500], "input.xml:", ""), ("", "input.xml:1: ", ""), (good + "x", "input.xml:", ""),
        (good.replace("</charges>", "</charge>"), "input.xml:", ""),
        (good.replace(NS, "urn:x"), "input.xml:1: input: ", NS),
        (good.replace("</input>", "<foo/></input>"), "input.xml:", "foo"),
        (good.replace('brdy="1970-02-03"', 'brdy="1970-02-31"'), "input.xml:1: brdy: ", ""),
        (good.replace('psn_name="测试壬癸"', 'psn_name="测试壬癸" psn_name="测试壬癸"'), "input.xml:1: ", ""),
        (good.replace("<charges>", "<charges>测试壬癸"), "input.xml:", ""),
        ("<a>" * 20000 + "</a>" * 20000, "input.xml:1: ", "")]
    for text, place, detail in cases:
        file.write_text(text, encoding="utf-8")
        runs = refuse(bench, home, 3, "preview", "-a", "xml", file, says=[place, detail], people=[clean()],
                      secrets=["1970-02-31"])
        assert "root:" not in runs["en"].err
    file.write_bytes(good.encode().replace("测试壬癸".encode(), b"\xff\xfe"))
    refuse(bench, home, 3, "preview", "-a", "xml", file, says=["input.xml:1: "], people=[clean()])
    file.write_text(good, encoding="utf-8")
    bench.run("preview", "-a", "xml", "-C", home, file, expect=0)


# --- documents ---------------------------------------------------------------------------------------

def settled(bench, mdtrt_id="P01"):
    home = bench.home()
    bench.run("import", "-C", home, files(bench, clean(mdtrt_id)), expect=0)
    bench.run("submit", "-C", home, mdtrt_id, expect=8)
    return home, bench.run("document", "-C", home, mdtrt_id, expect=0).out


@test
def tampered_documents_are_refused(bench):
    home, good = settled(bench)
    file = bench.dir / "document.xml"
    cases = [
        (5, "DigestValue", good.replace("3.10", "3.20", 1)), (5, "DigestValue", good.replace("测试壬癸", "测试甲乙", 1)),
        (5, "DigestValue", good.replace('brdy="1970-02-03"', 'brdy="1970-02-33"', 1)),
        (5, "", re.sub(r"<ds:Signature.*</ds:Signature>", "", good, flags=re.S)),
        (5, "SignatureValue", re.sub(r"(<ds:SignatureValue>)....", r"\1AAAA", good)),
        (5, "SignatureMethod", good.replace("ecdsa-sha256", "ecdsa-sha1")),
        (3, "document.xml:1: ", "<!DOCTYPE a>" + good), (3, "document.xml:1: ", ""), (3, "document.xml:1: ", "hello"),
        (3, "document.xml:1: ", good[:len(good) // 2])]
    for code, place, text in cases:
        assert text != good
        file.write_text(text, encoding="utf-8")
        refuse(bench, home, code, "verify", file, says=["document.xml", place], people=[clean()],
               secrets=["测试甲乙", "1970-02-33"])
    file.write_text(good, encoding="utf-8")
    no_personal(bench.run("verify", "-C", home, file, expect=0), personal_values([clean()]))


@test
def trust_is_asked_for_and_judged(bench):
    home, good = settled(bench)
    file, homeless = bench.dir / "document.xml", bench.dir / "homeless"
    file.write_text(good, encoding="utf-8")
    homeless.mkdir()
    stranger = bench.dir / "home2" / "keys" / "ca.pem"
    refuse(bench, home, 5, "verify", "-k", stranger, file, says=["X509Certificate"], people=[clean()])
    refuse(bench, home, 5, "verify", "-k", bench.dir / "no.pem", file, says=["no.pem: "])
    refuse(bench, home, 5, "verify", "-k", home / "keys" / "signer.key", file, says=["signer.key: "])
    refuse(bench, homeless, 5, "verify", file, says=["trust: "])
    refuse(bench, home, 5, "verify", "--at", "2020-01-01 00:00:00", file, says=["X509Certificate"])
    refuse(bench, home, 5, "verify", "--at", "2099-01-01 00:00:00", file, says=["X509Certificate"])
    refuse(bench, home, 3, "verify", "--at", "2025-02-30 00:00:00", file, says=["at: "])
    refuse(bench, home, 3, "verify", bench.dir / "no.xml", says=["no.xml: "])
    ini = home / "settle.ini"
    ini.write_text(ini.read_text(encoding="utf-8").replace("trust = keys/ca.pem\n", ""), encoding="utf-8")
    refuse(bench, home, 5, "verify", file, says=["trust: "])
    bench.run("verify", "-k", home / "keys" / "ca.pem", "-C", homeless, file, expect=0)


# --- the command -------------------------------------------------------------------------------------

@test
def usage_errors_answer_2(bench):
    for args in ([], ["frobnicate"], ["init"], ["init", "a", "b"], ["import"], ["check"], ["preview"], ["explain"],
                 ["explain", "a", "b", "c"], ["submit"], ["submit", "a", "b"], ["status", "a", "b"], ["document"],
                 ["verify"], ["pack"], ["pack", "build"], ["pack", "frob", "x"], ["map"], ["map", "frob"], ["audit"],
                 ["audit", "x"], ["batch", "x"], ["preview", "--nope", "x"], ["import", "--lang", "fr", "x"],
                 ["preview", "-C"], ["init", "-s", "none", str(bench.dir / "elsewhere")]):
        run = bench.run(*args, expect=2)
        assert run.out == "" and run.err != "", args
    assert not (bench.dir / "elsewhere").exists()
    for command in ("init", "import", "check", "preview", "explain", "override", "submit", "status", "document", "verify",
                    "pack", "map", "audit", "batch"):
        assert bench.run(command, "--help", expect=0).out != ""


@test
def init_leaves_alone_what_exists(bench):
    home = bench.home()
    before = state_of(home)
    for lang in ("zh", "en"):
        run = bench.run("init", "--lang", lang, home, expect=2)
        assert home.name in run.err
    assert state_of(home) == before
    empty = bench.dir / "empty"
    empty.mkdir()
    bench.run("init", empty, expect=0)
    assert [p.name for p in bench.dir.glob("*.new-*")] == []


@test
def a_full_or_closed_output_answers_6(bench):
    home, _ = settled(bench)
    pack = next((home / "packs").glob("*.pack"))
    folder = files(bench)
    for args in (["preview", "P01"], ["preview", "--json", folder], ["document", "P01"], ["status"], ["map", "list"],
                 ["audit", "verify"], ["pack", "show", pack], ["--help"], ["--version"]):
        place = [] if args[0].startswith("--") else ["-C", home]
        words = " ".join(map(str, [bench.settle, *args, *place]))
        for to in (">/dev/full", ">&-"):
            done = subprocess.run(["sh", "-c", f"exec {words} {to}"], capture_output=True, text=True, env={"LC_ALL": "C"})
            assert done.returncode == 6, (args, to, done)
            assert "cannot write to standard output" in done.stderr, done
    bench.run("audit", "verify", "-C", home, expect=0)


@test
def the_worst_of_several_failures_is_the_exit_code(bench):
    """5 > 3 > 1 > 0 over documents and stays; 4 over 3."""
    home, good = settled(bench)
    whole, broken, forged = (bench.dir / f"{n}.xml" for n in ("whole", "broken", "forged"))
    whole.write_text(good, encoding="utf-8")
    broken.write_text("hello")
    forged.write_text(good.replace("3.10", "3.20", 1), encoding="utf-8")
    for order in ((broken, forged, whole), (forged, whole, broken), (whole, broken, forged)):
        bench.run("verify", "-C", home, *order, expect=5)
    bench.run("verify", "-C", home, whole, broken, expect=3)
    stopped = clean("P02", person=102)
    stopped.charge("F109001")
    stopped.charge("Y100287")
    elsewhere = clean("P03", person=103, mdtrtarea_admvs="610100")
    bench.run("import", "-C", home, files(bench, stopped, elsewhere, clean("P04", person=104)), expect=0)
    bench.run("preview", "-C", home, "P04", expect=0)
    bench.run("preview", "-C", home, "P02", "P04", expect=1)
    bench.run("preview", "-C", home, "P99", "P02", "P04", expect=3)
    bench.run("preview", "-C", home, "P03", "P99", "P02", expect=4)
    run = bench.run("preview", "--json", "-C", home, "P02", "P99", "P04", expect=3)
    assert [r["mdtrt_id"] for r in run.objects] == ["P02", "P04"]


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
