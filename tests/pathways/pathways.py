#!/usr/bin/env python3
"""Clinical pathways through the command: the example's discharges, each on its pathway.

coverage.csv (facts of the data set, found without the library) says for each examination of a pathway
whether the discharge has it, by which codes, and whether its length of stay is within the standard.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import EXAMPLE, main, read_csv, write_csv  # noqa: E402
from planted import ITEMS, later  # noqa: E402

NS = "{urn:libsettle:pathway:1.0}"
FILES = EXAMPLE / "packs" / "nhc-pathways" / "pathways"
COVERAGE = [row for row in read_csv(HERE / "coverage.csv") if row["kind"] == "required"]
PATHWAY_OF = {row["mdtrt_id"]: row["pathway"] for row in COVERAGE}
KINDS = ("stays", "charges", "diagnoses", "operations", "identities", "accumulators")
MASTER = {kind: read_csv(EXAMPLE / "stays" / f"{kind}.csv") for kind in KINDS}


def discharge(mdtrt_id, number=0):
    """Its rows, under another id and other serials where `number` is not 0."""
    name = f"{mdtrt_id}N{number:03d}" if number else mdtrt_id
    psn_no = next(s["psn_no"] for s in MASTER["stays"] if s["mdtrt_id"] == mdtrt_id)
    rows = {kind: [dict(r) for r in MASTER[kind] if r.get("mdtrt_id", mdtrt_id) == mdtrt_id and
                   r.get("psn_no", psn_no) == psn_no] for kind in KINDS}
    for kind in ("stays", "charges", "diagnoses", "operations"):
        for row in rows[kind]:
            row["mdtrt_id"] = name
            for serial in ("feedetl_sn", "init_feedetl_sn"):
                if number and row.get(serial):
                    row[serial] = f"{number}{row[serial]}"
    rows["pathway"] = []
    return rows


def enter(rows, pathway, variation="", reason="", by="", entry=None):
    stay = rows["stays"][0]
    rows["pathway"].append({"mdtrt_id": stay["mdtrt_id"], "pathway_id": pathway, "entry_time": entry or stay["begntime"],
                            "variation": variation, "reason": reason, "by": by})
    return rows


def checked(bench, *stays, home=None):
    """The results by mdtrt_id."""
    bench.made += 1
    folder = bench.dir / f"in-{bench.made}"
    folder.mkdir()
    for kind in (*KINDS, "pathway"):
        rows = [row for stay in stays for row in stay[kind]]
        if kind == "accumulators":
            rows = list({tuple(r.values()): r for r in rows}.values())
        if rows:
            write_csv(folder / f"{kind}.csv", rows)
    run = bench.run("check", "--json", "-C", home or bench.dir / "home", folder)
    assert run.code in (0, 1), run.err
    return {r["mdtrt_id"]: r for r in run.objects}


def found(result, rule):
    return [f for f in result["findings"] if f["rule_id"] == rule]


def one(bench, rows, rule, action, *says, home=None):
    """The stay breaks the rule once, with this action, in these words."""
    (result,) = checked(bench, rows, home=home).values()
    (finding,) = found(result, rule)
    assert finding["action"] == action, finding
    for text in says:
        assert text in finding["evidence"], finding["evidence"]
    return finding


def silent(bench, rows, *rules, home=None):
    (result,) = checked(bench, rows, home=home).values()
    assert not [f for f in result["findings"] if f["rule_id"] in rules], result["findings"]


def missing(result):
    return set(re.findall(r"([^、：（]+(?:\(腹部\))?)（缺 ", "".join(f["evidence"] for f in found(result, "P2"))))


def discharges_lack_what_the_coverage_says(bench):
    results = checked(bench, *(enter(discharge(s), p) for s, p in PATHWAY_OF.items()))
    assert len(results) == 8
    for mdtrt_id, result in results.items():
        rows = [row for row in COVERAGE if row["mdtrt_id"] == mdtrt_id]
        assert missing(result) == {row["term"] for row in rows if row["covered"] != "Y"}, (mdtrt_id, missing(result))
        assert bool(found(result, "P5")) == (rows[0]["los_ok"] == "N"), mdtrt_id
        for rule in ("P1", "P4", "P6", "P7", "W14"):
            assert not found(result, rule), result["findings"]
        assert not [g for g in result["not_evaluated"] if g["rule_id"].startswith("P")], result["not_evaluated"]


def discharges_are_led_to_their_pathways(bench):
    results = checked(bench, *(discharge(s) for s in PATHWAY_OF))
    for mdtrt_id, result in results.items():
        assert [g["rule_id"] for g in result["not_evaluated"] if g["rule_id"].startswith("P")] == ["P1"], mdtrt_id
        assert {f["action"] for f in result["findings"] if f["rule_id"].startswith("P")} <= {"hint"}
        assert missing(result) == ({"冠状动脉造影"} if mdtrt_id == "S05" else set())
    given = checked(bench, *(discharge(s) for s in PATHWAY_OF if s != "S01"), enter(discharge("S01"), "CAP"))
    for mdtrt_id, pathway in PATHWAY_OF.items():
        names = [re.search(r"路径 (\S+?)（", f["evidence"])[1] for f in found(given[mdtrt_id], "P1")]
        assert names == ([] if mdtrt_id == "S01" else [pathway]), (mdtrt_id, names)


def any_required_examination_left_out_is_found(bench):
    wanted, stays = {}, []
    for number, row in enumerate((r for r in COVERAGE if r["covered"] == "Y"), 1):
        rows = enter(discharge(row["mdtrt_id"], number), row["pathway"])
        codes = set(row["codes_found"].split())
        rows["charges"] = [c for c in rows["charges"] if ITEMS[c["medins_list_codg"]]["pric_list_codg"] not in codes]
        wanted[rows["stays"][0]["mdtrt_id"]] = (row, codes)
        stays.append(rows)
    for mdtrt_id, result in checked(bench, *stays).items():
        row, codes = wanted[mdtrt_id]
        exams = {e.get("name"): {i.get("pric_list_codg") for i in e}
                 for e in ET.parse(FILES / f"{row['pathway']}.xml").iter(f"{NS}required")}
        others = missing(result) - {row["term"]} - ({"冠状动脉造影"} if row["mdtrt_id"] == "S05" else set())
        assert row["term"] in missing(result), (row, missing(result))
        assert all(exams[name] & codes for name in others), (row, others)
    assert len(wanted) >= 110


def entry_without_indication_warns(bench):
    one(bench, enter(discharge("S01"), "COPD"), "P1", "warn", "没有主要诊断属于 J44.000、J44.100", "J15.902")
    silent(bench, enter(discharge("S01"), "CAP"), "P1")


def examination_outside_is_a_hint_with_its_lines(bench):
    rows = enter(discharge("S01"), "CAP")
    before = one(bench, rows, "P3", "hint")["lines"]
    item = ITEMS["F100658"]
    rows["charges"].append(dict(rows["charges"][-1], feedetl_sn="901999999", drord_no="O999999",
                                fee_ocur_time="2025-03-05 09:00:00", medins_list_codg="F100658",
                                medins_list_name=item["medins_list_name"], spec="", cnt="1", prcunt=item["prcunt"],
                                pric="60.00", det_item_fee_sumamt="60.00"))
    assert one(bench, rows, "P3", "hint")["lines"] == [*before, "901999999"]
    enter(rows, "CAP", "变异", "合并糖尿病", "D990101")
    silent(bench, rows, "P3")


def late_antibacterials_warn(bench):
    mapping = {r["medins_list_codg"]: r["med_list_codg"] for r in read_csv(EXAMPLE / "hospital" / "mapping.csv")}
    rows = enter(discharge("S01"), "CAP")
    limit = later(rows["stays"][0]["begntime"], hours=8)
    early = [c for c in rows["charges"] if mapping[c["medins_list_codg"]].startswith("XJ01") and c["fee_ocur_time"] <= limit]
    assert early
    rows["charges"] = [c for c in rows["charges"] if c not in early]
    one(bench, rows, "P4", "warn", "抗菌药物（XJ01）", "后 8 小时")


def shorter_stay_warns(bench):
    one(bench, enter(discharge("S02"), "CATARACT-PHACO"), "P5", "warn", "住院 3 天", "6-6 天")


def operation_day_is_inclusive(bench):
    for date, day in (("2025-04-09", 3), ("2025-04-10", 4)):
        rows = enter(discharge("S02"), "CATARACT-PHACO")
        for operation in rows["operations"]:
            operation["oprn_oprt_date"] = date
        if day == 3:
            silent(bench, rows, "P6")
        else:
            one(bench, rows, "P6", "warn", "入院第 4 天", "第 2-3 天")


def variation_with_reason_and_person_explains(bench):
    one(bench, enter(discharge("S05"), "CABG"), "P2", "warn", "冠状动脉造影")
    one(bench, enter(discharge("S05"), "CABG", "变异", "院外已行造影", "D990701"), "P2", "hint", "已记录变异：院外已行造影")
    one(bench, enter(discharge("S05"), "CABG", "变异", "院外已行造影"), "P2", "warn")
    silent(bench, enter(enter(discharge("S05"), "CABG"), "CABG", "退出", "病情加重", "D990701"), "P1", "P2")


def home_with_pathway(bench, edit):
    home = bench.home()
    file = home / "packs" / "nhc-pathways" / "pathways" / "CAP.xml"
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    return home, bench.run("pack", "build", home / "packs" / "sample-999901")


def reference_cost_is_inclusive(bench):
    total = "5308.30"
    for most, broken in (("5308.30", False), ("5308.29", True)):
        home, built = home_with_pathway(
            bench, lambda xml, most=most: xml.replace("<examinations", f'<cost min="1000" max="{most}"/>\n  <examinations', 1))
        assert built.code == 0, built.err
        rows = enter(discharge("S01"), "CAP")
        if broken:
            finding = one(bench, rows, "P7", "warn", f"总费用 {total} 元", "1000.00-5308.29 元", home=home)
            assert finding["vola_amt"] == "0.01"
        else:
            silent(bench, rows, "P7", home=home)


def bad_pathway_is_refused_at_its_place(bench):
    _, built = home_with_pathway(bench, lambda xml: xml.replace('match="any"', 'match="one"', 1))
    assert built.code == 4, (built.code, built.err)
    text = (FILES / "CAP.xml").read_text(encoding="utf-8").split('match="any"', 1)[0]
    assert f"nhc-pathways/pathways/CAP.xml:{text.count(chr(10)) + 1}" in built.err, built.err
    assert "required" in built.err, built.err


def front_page_is_complete_before_payment_by_disease(bench):
    rows = discharge("S03")
    rows["stays"][0]["med_type"] = "2102"
    silent(bench, rows, "W14")
    rows["operations"][0]["main_oprn_flag"] = "0"
    one(bench, rows, "W14", "hold", "主要手术操作 0 条")
    rows["stays"][0]["med_type"] = "2101"
    silent(bench, rows, "W14")


main([
    discharges_lack_what_the_coverage_says,
    discharges_are_led_to_their_pathways,
    any_required_examination_left_out_is_found,
    entry_without_indication_warns,
    examination_outside_is_a_hint_with_its_lines,
    late_antibacterials_warn,
    shorter_stay_warns,
    operation_day_is_inclusive,
    variation_with_reason_and_person_explains,
    reference_cost_is_inclusive,
    bad_pathway_is_refused_at_its_place,
    front_page_is_complete_before_payment_by_disease,
], sys.argv[1])
