#!/usr/bin/env python3
"""Stays of another kind, end to end: a newborn on its mother's bill, a transfer with the deductible carried on, a stay that
crosses the insurance year and is settled in parts."""
import json
import pathlib
import sys
from decimal import Decimal
from xml.sax.saxutils import quoteattr

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main  # noqa: E402
from planted import DRUG, Stay, clean, eligible, write  # noqa: E402

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def changed(bench, home, *changes, pack="muni-2011", file="policy.xml"):
    """The home with its policy changed and its pack built anew."""
    path = home / "packs" / pack / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    bench.run("pack", "build", home / "packs" / "sample-999901", expect=0)
    return home


def add(bench, home, *stays):
    bench.made += 1
    bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", *stays), expect=0)


def command(bench, home, name, stay, *options, expect):
    run = bench.run(name, "--json", "--lang", "en", "-C", home, *options, stay)
    assert run.code == expect, (run.code, run.err, run.out and [(f["rule_id"], f["action"], f["evidence"]) for f in run.object["findings"]])
    return run.object


def submit(bench, home, stay, *options, expect=8):
    return command(bench, home, "submit", stay, *options, expect=expect)


def gap(answer):
    """Why the payment is not evaluated."""
    (finding,) = [f for f in answer["findings"] if f["rule_id"] == "ACC"]
    assert answer["setlinfo"] is None and finding["action"] == "hold"
    return finding["evidence"]


# --- newborn

SILENT = ('    <newborn paid="{newborn}" basis="design: no text states it"/>\n', "")
HERS = ('name="newborn" value="self-funded"', 'name="newborn" value="as-mother"')


def with_newborn(flag="1"):
    stay = clean(gend="2")
    serial = stay.charge(DRUG, "2025-06-03 11:00:00", pric="5000.00")
    for row in stay.rows["charges"]:
        row["nwb_flag"] = flag if row["feedetl_sn"] == serial else "0"
    return stay, serial


def newborn(bench, *changes, flag="1"):
    home = changed(bench, bench.home(), *changes)
    stay, serial = with_newborn(flag)
    add(bench, home, stay)
    return home, serial


def parts(answer, serial):
    (line,) = [row for row in answer["lines"] if row["feedetl_sn"] == serial]
    return line["fulamt_ownpay_amt"], line["inscp_scp_amt"]


@test
def a_newborns_charge_is_paid_as_the_policy_says(bench):
    for changes, split in (((), ("5000.00", "0.00")), ((HERS,), ("0.00", "5000.00"))):
        home, serial = newborn(bench, *changes)
        answer = submit(bench, home, "P01")
        assert parts(answer, serial) == split
        xml = bench.run("document", "-C", home, "P01", expect=0).out
        assert xml.count('nwb_flag="1"') == 1
        (home / "paid.xml").write_text(xml, encoding="utf-8")
        bench.run("verify", "-C", home, home / "paid.xml", expect=0)


@test
def a_policy_that_says_nothing_of_newborns_pays_nothing(bench):
    home, _ = newborn(bench, SILENT)
    answer = submit(bench, home, "P01", expect=1)
    assert "policy element line/newborn" in gap(answer)
    home, serial = newborn(bench, SILENT, flag="0")
    assert parts(submit(bench, home, "P01"), serial) == ("0.00", "5000.00")


@test
def the_charge_of_a_newborn_is_explained(bench):
    home, serial = newborn(bench)
    said = "for the newborn: all self-funded"
    assert said in bench.run("explain", "--lang", "en", "-C", home, "P01", serial, expect=0).out
    home, serial = newborn(bench, HERS)
    assert said not in bench.run("explain", "--lang", "en", "-C", home, "P01", serial, expect=0).out


@test
def the_flag_comes_with_json_too(bench):
    home = bench.home()
    stay, serial = with_newborn()
    run = bench.run("batch", "-C", home, stdin=json.dumps(stay.object(), ensure_ascii=False) + "\n")
    assert parts(run.object, serial) == ("5000.00", "0.00")


@test
def the_flag_comes_with_xml_too(bench):
    stay, serial = with_newborn()
    names = {"stays": "stay", "charges": "charge", "diagnoses": "diagnosis", "accumulators": "accumulator"}
    counts = " ".join(f'{kind}="{len(stay.rows[kind])}"' for kind in names)
    groups = "".join(
        f"<{kind}>" + "".join(f"<{name} {' '.join(f'{k}={quoteattr(v)}' for k, v in row.items())}/>" for row in stay.rows[kind])
        + f"</{kind}>" for kind, name in names.items())
    home = bench.home()
    (home / "stay.xml").write_text(f'<input xmlns="urn:libsettle:stay:1.0" {counts}>{groups}</input>', encoding="utf-8")
    bench.run("import", "-C", home, "--adapter", "xml", home / "stay.xml", expect=0)
    assert parts(submit(bench, home, "P01"), serial) == ("5000.00", "0.00")


@test
def a_flag_that_is_neither_0_nor_1_is_not_paid(bench):
    home, _ = newborn(bench, HERS, flag="Y")
    assert "charge field nwb_flag (0 or 1)" in gap(submit(bench, home, "P01", expect=1))


# --- transfer

CHAIN = (
    ('<repeat from-stay="2" ratio="0.5" counted-by="ipt_cnt" basis="B4"/>',
     '<credit refl_flag="1" counted-by="dedc_chain" basis="J4"/>'),
    ('<deductible per="stay" counts="act_pay_dedc">', '<deductible per="stay" counts="dedc_chain">'),
    ('name="region" value="-"', 'name="region" value="9999"'),
)


def transferred(bench, name, stay_id, level, begins, accumulators, refl_flag="1"):
    """A stay at a hospital with that level and these accumulators, submitted there."""
    home = changed(bench, bench.home(name), *CHAIN)
    lv, hosp = level
    stay = Stay(stay_id, medins_lv=lv, hosp_lv=hosp, refl_flag=refl_flag, begntime=f"2025-{begins}-02 09:00:00",
                endtime=f"2025-{begins}-07 10:00:00", setl_time=f"2025-{begins}-07 10:00:00")
    stay.charge(DRUG, f"2025-{begins}-03 08:00:00", pric="9000.00")
    stay.rows["accumulators"] = [{"psn_no": stay.head["psn_no"], "insutype": "310", **row} for row in accumulators]
    bench.made += 1
    return bench.run("preview", "--json", "--lang", "en", "-C", home, write(bench.dir / f"in-{bench.made}", stay)).object


def at_the_first(bench):
    stay = Stay()
    stay.accumulate()
    rows = [{k: row[k] for k in ("year", "kind", "value")} for row in stay.rows["accumulators"]]
    rows.append({"year": "2025", "kind": "dedc_chain", "value": "0.00"})
    return transferred(bench, "home2", "P01", ("2", "05"), "03", rows, "0")


def handed_on(answer):
    return [{"year": row["year"], "kind": row["kind"], "value": row["value"]} for row in answer["accumulators"]]


@test
def the_second_hospital_credits_what_the_first_took(bench):
    first = at_the_first(bench)
    assert first["setlinfo"]["act_pay_dedc"] == "500.00"
    second = transferred(bench, "home", "P02", ("3", "02"), "04", handed_on(first))
    assert second["setlinfo"]["act_pay_dedc"] == "500.00"  # 1000.00 of its level less 500.00
    third = transferred(bench, "home2", "P03", ("2", "05"), "05", handed_on(second))
    assert third["setlinfo"]["act_pay_dedc"] == "0.00"  # 500.00 of its level, 1000.00 were borne: nothing comes back
    assert Decimal(third["setlinfo"]["psn_part_amt"]) >= 0


@test
def a_chain_that_is_not_compliant_credits_nothing(bench):
    second = transferred(bench, "home", "P02", ("3", "02"), "04", handed_on(at_the_first(bench)), "0")
    assert second["setlinfo"]["act_pay_dedc"] == "1000.00"


@test
def a_referral_whose_chain_is_not_known_is_not_paid(bench):
    known = [row for row in handed_on(at_the_first(bench)) if row["kind"] != "dedc_chain"]
    assert "dedc_chain" in gap(transferred(bench, "home", "P02", ("3", "02"), "04", known))


@test
def the_ledger_hands_on_what_its_own_stays_bore(bench):
    home = changed(bench, bench.home(), *CHAIN)
    first, second = eligible("9000.00", "P01"), eligible("9000.00", "P02", refl_flag="1")
    first.rows["accumulators"].append({**first.rows["accumulators"][0], "kind": "dedc_chain", "value": "400.00"})
    second.rows["accumulators"] = []
    for field in ("begntime", "endtime", "setl_time"):
        second.head[field] = second.head[field].replace("2025-06", "2025-09")
    for row in second.rows["charges"]:
        row["fee_ocur_time"] = row["entry_time"] = row["fee_ocur_time"].replace("2025-06", "2025-09")
    add(bench, home, first)
    one = submit(bench, home, "P01")
    assert one["setlinfo"]["act_pay_dedc"] == "1000.00"  # not referred: nothing is credited
    add(bench, home, second)
    two = bench.run("preview", "--json", "--lang", "en", "-C", home, "P02").object
    assert two["setlinfo"]["act_pay_dedc"] == "0.00"
    assert {"kind": "dedc_chain", "value": "1400.00"}.items() <= next(a for a in two["accumulators"] if a["kind"] == "dedc_chain").items()


# --- the insurance year

def crossing(discharge, *years):
    """From 2025-12-28 on; the second stay of 2025, the first of 2026."""
    stay = Stay(begntime="2025-12-28 09:00:00", endtime=f"{discharge} 10:00:00", setl_time=f"{discharge} 10:00:00")
    for at, pric in (("2025-12-29", "4000.00"), ("2025-12-30", "3000.00"), (discharge, "6000.00")):
        stay.charge(DRUG, f"{at} 08:00:00", pric=pric)
    stay.accumulate(ipt_cnt="1")
    rows = stay.rows["accumulators"]
    of_2026 = [{**row, "year": "2026", "value": "0" if row["kind"] == "ipt_cnt" else "0.00"} for row in rows]
    stay.rows["accumulators"] = [row for row in rows + of_2026 if row["year"] in years]
    return stay


@test
def a_stay_settled_in_part_before_the_new_year_belongs_to_that_of_its_discharge(bench):
    home = bench.home()
    add(bench, home, crossing("2026-01-03", "2025", "2026"))
    whole = command(bench, home, "preview", "P01", expect=0)
    part = submit(bench, home, "P01", "--interim", "--until", "2025-12-31")
    last = submit(bench, home, "P01")
    assert part["setlinfo"]["act_pay_dedc"] == "500.00"  # half of it: the second stay of 2025
    assert last["setlinfo"]["act_pay_dedc"] == "500.00"  # the first of 2026 bears 1000.00, of which 500.00 were borne
    for field in ("act_pay_dedc", "hifp_pay", "fund_pay_sumamt", "psn_part_amt"):
        assert Decimal(part["setlinfo"][field]) + Decimal(last["setlinfo"][field]) == Decimal(whole["setlinfo"][field]), field
    assert whole["setlinfo"]["act_pay_dedc"] == "1000.00" and whole["setlinfo"]["hifp_pay"] == "10200.00"
    assert {row["year"] for row in last["accumulators"]} == {"2026"}


@test
def one_that_ends_before_the_new_year_belongs_to_the_old(bench):
    home = bench.home()
    add(bench, home, crossing("2025-12-31", "2025", "2026"))
    answer = submit(bench, home, "P01")
    assert answer["setlinfo"]["act_pay_dedc"] == "500.00" and answer["setlinfo"]["hifp_pay"] == "10625.00"
    assert {row["year"] for row in answer["accumulators"]} == {"2025"}


@test
def without_the_values_of_the_new_year_the_end_is_not_settled(bench):
    home = bench.home()
    add(bench, home, crossing("2026-01-03", "2025"))
    submit(bench, home, "P01", "--interim", "--until", "2025-12-31")
    assert "2026" in gap(submit(bench, home, "P01", expect=1))


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
