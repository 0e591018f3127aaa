#!/usr/bin/env python3
"""The eight discharges through the command: findings, amounts, documents.

    golden.py BUILD [--update]      --update rewrites tests/golden/expected; its diff is the review
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import EXAMPLE, main, read_csv, write_csv  # noqa: E402

EXPECTED = HERE / "expected"
UPDATE = "--update" in sys.argv
CLEAN = {"S01", "S02", "S04", "S07"}
RULE_OF_CHECK = {"duplicate": "V5", "date-in-stay": "V14", "price-cap": "V3", "frequency": "V2",
                 "repeat-charge": "V6", "bed-days": "V4", "cycle": "V16", "sex-drug": "V10"}
STAYS = EXAMPLE / "stays"


def previews(bench, *paths, **options):
    return bench.run("preview", "--json", "-C", bench.dir / "home", *(paths or [STAYS]), **options)


def snapshot(result):
    lines = json.dumps(result.pop("lines"), ensure_ascii=False).encode()
    result["lines_sha256"] = hashlib.sha256(lines).hexdigest()
    result["pack"].pop("digest")
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def eight_discharges_are_as_reviewed(bench):
    results = previews(bench, expect=1).objects
    assert [r["mdtrt_id"] for r in results] == [f"S0{i}" for i in range(1, 9)]
    for result in results:
        file = EXPECTED / f"{result['mdtrt_id']}.json"
        text = snapshot(result)
        if UPDATE:
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text, f"{file.name} differs; golden-update shows how"


def planted_errors_are_found_and_nothing_else(bench):
    expected = {}
    for p in read_csv(HERE / "planted.csv"):
        for check in p["expected_check"].split("+"):
            if p["is_error"] == "Y":
                expected.setdefault((p["mdtrt_id"], RULE_OF_CHECK[check]), set()).add(p["feedetl_sn"])
    found = {}
    for result in previews(bench).objects:
        stops = [f for f in result["findings"] if f["action"] in ("block", "hold")]
        assert not (result["mdtrt_id"] in CLEAN and stops), (result["mdtrt_id"], stops)
        for f in result["findings"]:
            if f["action"] in ("block", "hold") or f["rule_id"] in RULE_OF_CHECK.values():
                lines = set(f["lines"]) | set(f["involved"])
                found.setdefault((result["mdtrt_id"], f["rule_id"]), set()).update(lines)
    assert found.keys() == expected.keys(), found.keys() ^ expected.keys()
    for key, lines in expected.items():
        assert lines <= found[key], (key, lines, found[key])


def correct_refunds_are_not_reported(bench):
    right = {p["feedetl_sn"] for p in read_csv(HERE / "planted.csv") if p["is_error"] == "N"}
    assert len(right) == 4
    for result in previews(bench).objects:
        for f in result["findings"]:
            assert not right & (set(f["lines"]) | set(f["involved"])), f


def sums_agree_as_decimals(bench):
    """Recomputed here from the lines, in whole fen, without the library."""
    fen = lambda text: int(text.replace(".", ""))
    charges = {c["feedetl_sn"]: c for c in read_csv(STAYS / "charges.csv")}
    for r in previews(bench).objects:
        info = {k: fen(v) for k, v in r["setlinfo"].items()}
        total = lambda key: sum(fen(line[key]) for line in r["lines"])
        assert total("det_item_fee_sumamt") == info["medfee_sumamt"]
        assert total("fulamt_ownpay_amt") == info["fulamt_ownpay_amt"]
        assert total("overlmt_amt") == info["overlmt_selfpay"]
        assert total("preselfpay_amt") == info["preselfpay_amt"]
        assert total("inscp_scp_amt") == info["inscp_scp_amt"]
        assert info["medfee_sumamt"] == info["fund_pay_sumamt"] + info["psn_part_amt"] + info["hosp_part_amt"]
        assert info["psn_part_amt"] == info["acct_pay"] + info["psn_cash_pay"]
        assert sum(fen(d["fund_payamt"]) for d in r["setldetail"]) == info["fund_pay_sumamt"]
        for line in r["lines"]:
            assert fen(line["det_item_fee_sumamt"]) == fen(charges[line["feedetl_sn"]]["det_item_fee_sumamt"])
            parts = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")
            assert fen(line["det_item_fee_sumamt"]) == sum(fen(line[p]) for p in parts), line


def one_by_one_is_as_together(bench):
    together = previews(bench).objects
    home = bench.home()
    bench.run("import", "-C", home, STAYS, expect=0)
    for result in together:
        alone = bench.run("preview", "--json", "-C", home, result["mdtrt_id"]).object
        assert alone == result, result["mdtrt_id"]


def as_objects():
    """The stays as `settle batch` takes them, made from the CSV by this script."""
    keep = lambda row: {k: v for k, v in row.items() if v != ""}
    stays = [keep(s) for s in read_csv(STAYS / "stays.csv")]
    of_stay = {k: read_csv(STAYS / f"{k}.csv") for k in ("charges", "diagnoses", "operations")}
    of_person = {k: read_csv(STAYS / f"{k}.csv") for k in ("identities", "accumulators")}
    for stay in stays:
        yield {"stay": stay,
               **{k: [keep(r) for r in rows if r["mdtrt_id"] == stay["mdtrt_id"]] for k, rows in of_stay.items()},
               **{k: [keep(r) for r in rows if r["psn_no"] == stay["psn_no"]
                      and r.get("insutype", stay["insutype"]) == stay["insutype"]]
                  for k, rows in of_person.items()}}


def batch_answers_line_by_line(bench):
    text = "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in as_objects())
    batch = bench.run("batch", "-C", bench.dir / "home", stdin=text, expect=1)
    assert batch.objects == previews(bench).objects


def batch_goes_on_after_a_bad_stay(bench):
    objects = list(as_objects())[:3]
    objects[1]["charges"][4]["cnt"] = "many"
    text = "\n\n" + "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
    batch = bench.run("batch", "-C", bench.dir / "home", stdin=text, expect=3)
    first, second, third = batch.objects
    assert (second["error"]["file"], second["error"]["line"]) == ("stdin", 4), second
    assert "standard input, line 4: cnt: " in batch.err and "json:1" not in batch.err + batch.out, batch.err
    assert (first["mdtrt_id"], third["mdtrt_id"]) == ("S01", "S03")
    assert second["error"]["name"] == "INPUT_NUMBER" and second["error"]["field"] == "cnt", second


def an_error_of_batch_is_json_whatever_stands_in_it(bench):
    stay = next(as_objects())
    stay["stay"]['a"b\\c'] = "x" * 3
    stay["stay"]["brdy"] = "1970-02-30"
    stay["charges"][0]["medins_list_codg"] = 'Q"\\' * 400
    (said,) = bench.run("batch", "-C", bench.dir / "home", stdin=json.dumps(stay) + "\n", expect=3).objects
    assert (said["error"]["line"], said["error"]["exit_code"]) == (1, 3), said


def findings_keep_their_ids_in_english(bench):
    chinese, english = previews(bench).objects, previews(bench, "--lang", "en", STAYS).objects
    ids = lambda results: [[f["finding_id"] for f in r["findings"]] for r in results]
    assert ids(chinese) == ids(english) and chinese != english


def gb18030_reads_the_same(bench):
    folder = bench.dir / "gb18030"
    folder.mkdir()
    for file in STAYS.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    assert previews(bench, folder).out == previews(bench).out


def xml_reads_the_same(bench):
    ET.register_namespace("", "urn:libsettle:stay:1.0")
    items = {"stays": "stay", "charges": "charge", "diagnoses": "diagnosis", "operations": "operation",
             "identities": "identity", "accumulators": "accumulator"}
    root = ET.Element("{urn:libsettle:stay:1.0}input")
    for stem, item in items.items():
        rows = read_csv(STAYS / f"{stem}.csv")
        root.set(stem, str(len(rows)))
        list_ = ET.SubElement(root, "{urn:libsettle:stay:1.0}" + stem)
        for row in rows:
            ET.SubElement(list_, "{urn:libsettle:stay:1.0}" + item, {k: v for k, v in row.items() if v != ""})
    file = bench.dir / "stays.xml"
    ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    assert previews(bench, "-a", "xml", file).out == previews(bench).out


def clean_stays_settle_and_verify(bench):
    home = bench.home()
    bench.run("import", "-C", home, STAYS, expect=0)
    for stay in sorted(CLEAN):
        sent = bench.run("submit", "--json", "-C", home, stay, expect=8).object
        document = home / f"{stay}.xml"
        document.write_text(bench.run("document", "-C", home, stay, expect=0).out, encoding="utf-8")
        said = bench.run("verify", "--json", "-C", home, document, expect=0).object
        assert said["msgid"] == sent["msgid"] and said["lines"] == sent["document_lines"]
        assert said["fund_pay_sumamt"] == sent["setlinfo"]["fund_pay_sumamt"]
        subprocess.run(["xmllint", "--noout", "--nonet", "--schema",
                        HERE.parents[1] / "schemas" / "settlement-1.0.xsd", document], check=True,
                       capture_output=True)
        subprocess.run(["xmlsec1", "--verify", "--trusted-pem", home / "keys" / "ca.pem", document], check=True,
                       capture_output=True)
    bench.run("audit", "verify", "-C", home, expect=0)


def stopped_stays_store_nothing(bench):
    home = bench.home()
    bench.run("import", "-C", home, STAYS, expect=0)
    before = bench.run("audit", "verify", "--json", "-C", home, expect=0).object
    for stay in ("S03", "S05", "S06", "S08"):
        assert bench.run("submit", "--json", "-C", home, stay, expect=1).object["state"] == "stopped"
        bench.run("document", "-C", home, stay, expect=3)
    assert bench.run("audit", "verify", "--json", "-C", home, expect=0).object == before


def level_two_home_judges_by_its_level(bench):
    own = bench.run("preview", "--json", "-C", bench.dir / "home2", STAYS).objects[1]
    assert own["mdtrt_id"] == "S02" and not [f for f in own["findings"] if f["action"] == "block"]
    folder = bench.dir / "unlevelled"
    folder.mkdir()
    for file in STAYS.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    stays = read_csv(folder / "stays.csv")
    for stay in stays:
        stay["medins_lv"] = stay["hosp_lv"] = ""
    write_csv(folder / "stays.csv", stays)
    lower = bench.run("preview", "--json", "-C", bench.dir / "home2", folder).objects[0]
    higher = bench.run("preview", "--json", "-C", bench.dir / "home", folder).objects[0]
    caps = lambda r: {f["rule_id"] for f in r["findings"]} & {"V3"}
    assert caps(lower) == {"V3"} and caps(higher) == set()


def accumulators_come_from_the_ledger(bench):
    """A second stay without accumulators continues after the first; without a first it is not evaluated."""
    folder = bench.dir / "second"
    folder.mkdir()
    for name in ("stays", "charges", "diagnoses"):
        rows = [r for r in read_csv(STAYS / f"{name}.csv") if r["mdtrt_id"] == "S01"]
        for row in rows:
            row["mdtrt_id"] = "T01"
            if name == "stays":
                row["begntime"], row["endtime"] = "2025-03-13 08:00:00", "2025-03-22 10:20:00"
                row["setl_time"] = row["endtime"]
            if name == "charges":
                row["feedetl_sn"] = str(int(row["feedetl_sn"]) + 5000)
                for field in ("fee_ocur_time", "entry_time"):
                    day = int(row[field][8:10]) + 10
                    row[field] = f"{row[field][:8]}{day:02d}{row[field][10:]}"
        write_csv(folder / f"{name}.csv", rows)
    home = bench.home()
    alone = bench.run("preview", "--json", "-C", home, folder, expect=1).object
    assert alone["setlinfo"] is None and "ACC" in {f["rule_id"] for f in alone["findings"]}
    bench.run("import", "-C", home, STAYS, expect=0)
    bench.run("submit", "-C", home, "S01", expect=8)
    after = bench.run("preview", "--json", "-C", home, folder).object
    assert after["setlinfo"]["act_pay_dedc"] == "500.00", after["setlinfo"]  # B4: half of 1000
    values = {a["kind"]: a["value"] for a in after["accumulators"]}
    assert values["inscp_scp_amt"] == "10055.60" and values["ipt_cnt"] == "2.00", values


def a_stay_grows_by_imports(bench):
    """Charges as they happen, then discharge data that change head, diagnosis and accumulators."""
    tables = {k: read_csv(STAYS / f"{k}.csv") for k in ("stays", "charges", "diagnoses", "accumulators")}
    home = bench.home()
    only = lambda rows: [dict(r) for r in rows if r.get("mdtrt_id", "S01") == "S01"
                         and r.get("psn_no", tables["stays"][0]["psn_no"]) == tables["stays"][0]["psn_no"]]
    for step in (1, 2, 3):
        folder = bench.dir / f"day{step}"
        folder.mkdir()
        stays, charges, diagnoses, accumulators = (only(tables[k]) for k in tables)
        if step < 3:
            stays[0]["endtime"] = stays[0]["setl_time"] = ""
            diagnoses[0]["diag_code"] = "J15.900"
            accumulators[0]["value"] = "1.00"
        write_csv(folder / "stays.csv", stays)
        write_csv(folder / "charges.csv", charges[: 100 * step])
        write_csv(folder / "diagnoses.csv", diagnoses)
        write_csv(folder / "accumulators.csv", accumulators)
        (folder / "operations.csv").write_text((STAYS / "operations.csv").read_text("utf-8").splitlines()[0] + "\n")
        report = bench.run("import", "--json", "-C", home, folder, expect=0).object
        assert report["charges"] == {"read": min(100 * step, 295), "kept": 95 if step == 3 else 100,
                                     "repeated": 100 * (step - 1)}, report
        state = bench.run("status", "--json", "-C", home, "S01", expect=0).object["stays"][0]
        assert (state["charges"], state["imports"]) == (min(100 * step, 295), step), state
    bench.run("import", "--json", "-C", home, folder, expect=0)
    assert bench.run("status", "--json", "-C", home, "S01").object["stays"][0]["imports"] == 3
    grown = bench.run("preview", "--json", "-C", home, "S01").object
    assert grown == previews(bench).objects[0]


if __name__ == "__main__":
    main([eight_discharges_are_as_reviewed, planted_errors_are_found_and_nothing_else,
          correct_refunds_are_not_reported, sums_agree_as_decimals, one_by_one_is_as_together,
          batch_answers_line_by_line, batch_goes_on_after_a_bad_stay,
          an_error_of_batch_is_json_whatever_stands_in_it,
          findings_keep_their_ids_in_english, gb18030_reads_the_same, xml_reads_the_same,
          clean_stays_settle_and_verify, stopped_stays_store_nothing, level_two_home_judges_by_its_level,
          accumulators_come_from_the_ledger, a_stay_grows_by_imports],
         sys.argv[1])
