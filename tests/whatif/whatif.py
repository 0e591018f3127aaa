#!/usr/bin/env python3
"""What a changed policy does to stored stays, settled ones too; an old and a new scheme side by side (W9)."""
import pathlib
import shutil
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, tree_of  # noqa: E402
from planted import DRUG, clean, write  # noqa: E402

TESTS = []
PAYERS = ("hifp_pay", "hifmi_pay", "fund_pay_sumamt", "psn_part_amt", "psn_cash_pay")


def test(function):
    TESTS.append(function)
    return function


def add(bench, home, *stays):
    bench.made += 1
    bench.run("import", "-C", home, write(bench.dir / f"in-{bench.made}", *stays), expect=0)


def submit(bench, home, stay, *options):
    return bench.run("submit", "--json", "-C", home, *options, stay, expect=8).object


def dear(mdtrt_id, person, **head):
    stay = clean(mdtrt_id, person=person, **head)
    for day in range(2, 7):
        stay.charge(DRUG, f"2025-06-{day:02d} 11:00:00", pric="1814.73")
    return stay


def changed(bench, home, edit, name="new.pack"):
    """The pack of the home with another text of muni-2011, beside the old one."""
    tree = home / "changed" / "packs"
    if not tree.exists():
        shutil.copytree(home / "packs", tree, ignore=shutil.ignore_patterns("*.pack*"))
    policy = tree / "muni-2011" / "policy.xml"
    text = policy.read_text(encoding="utf-8")
    assert edit(text) != text
    policy.write_text(edit(text), encoding="utf-8")
    bench.run("pack", "build", "-o", home / name, tree / "sample-999901", expect=0)
    return home / name


def dearer(text):
    """What active employees get in the first band: 86 in place of 85 %, dearer for the fund."""
    return text.replace('value="0.85"', 'value="0.86"')


def whatif(bench, home, pack, expect=1):
    return bench.run("policy", "whatif", "--json", "--lang", "en", "-C", home, pack, expect=expect).object


def amounts(entry):
    return {a["name"]: (Decimal(a["before"]), Decimal(a["after"])) for a in entry["amounts"]}


@test
def settled_and_open_stays_are_paid_by_the_other_policy(bench):
    home = bench.home()
    add(bench, home, dear("P01", 101), dear("P02", 202))
    settled = submit(bench, home, "P01")
    pack = changed(bench, home, dearer)
    answer = whatif(bench, home, pack)
    assert answer["stays_judged"] == 2 and answer["pack"]["id"] == "sample-999901"
    one, two = answer["stays"]
    assert (one["mdtrt_id"], one["before"], one["after"]) == ("P01", "settled", "paid")
    assert (two["mdtrt_id"], two["before"], two["after"]) == ("P02", "paid", "paid")
    scope = Decimal(settled["setlinfo"]["inscp_scp_amt"])
    pays = amounts(one)
    assert pays["hifp_pay"][0] == Decimal(settled["setlinfo"]["hifp_pay"])
    assert abs(pays["hifp_pay"][1] - (scope - 1000) * Decimal("0.86")) < Decimal("0.01")
    assert pays["psn_part_amt"][1] - pays["psn_part_amt"][0] == pays["hifp_pay"][0] - pays["hifp_pay"][1]
    totals = answer["totals"]
    assert (totals["dearer"], totals["cheaper"], totals["same"], totals["left_out"]) == (0, 2, 0, 0)
    for field in ("hifp_pay", "fund_pay_sumamt", "psn_part_amt", "psn_cash_pay"):
        for side in (0, 1):
            assert amounts(totals)[field][side] == sum(amounts(s)[field][side] for s in answer["stays"]), field


@test
def the_same_policy_changes_nothing(bench):
    home = bench.home()
    add(bench, home, dear("P01", 101), dear("P02", 202))
    submit(bench, home, "P01", "--interim", "--until", "2025-06-04")
    submit(bench, home, "P01")
    pack = changed(bench, home, lambda text: text + "<!-- another text -->\n")
    answer = whatif(bench, home, pack, expect=0)
    assert answer["stays"] == [] and answer["totals"]["same"] == 2 and answer["totals"]["amounts"] == []


@test
def it_begins_with_the_accumulators_of_the_settlement_not_with_those_after_it(bench):
    """The second stay of a person continues from the first; trying the first again must not begin behind it."""
    home = bench.home()
    first, second = dear("P01", 101), dear("P02", 101)
    second.rows["accumulators"] = []
    for kind in ("charges",):
        for row in second.rows[kind]:
            row["fee_ocur_time"] = row["fee_ocur_time"].replace("2025-06", "2025-08")
    second.head.update(begntime="2025-08-02 09:00:00", endtime="2025-08-07 10:00:00", setl_time="2025-08-07 10:00:00")
    add(bench, home, first)
    submit(bench, home, "P01")
    add(bench, home, second)
    later = submit(bench, home, "P02")
    answer = whatif(bench, home, changed(bench, home, lambda text: text + "<!-- -->\n"), expect=0)
    assert answer["stays"] == [] and later["setlinfo"]["act_pay_dedc"] == "500.00"


@test
def nothing_is_stored(bench):
    home = bench.home()
    add(bench, home, dear("P01", 101), dear("P02", 202))
    submit(bench, home, "P01")
    pack = changed(bench, home, dearer)
    head = bench.run("audit", "verify", "--json", "-C", home, expect=0).object["head"]
    before = {name: data for name, data in tree_of(home).items() if "ledger" not in name}
    whatif(bench, home, pack)
    assert bench.run("audit", "verify", "--json", "-C", home, expect=0).object["head"] == head
    assert {name: data for name, data in tree_of(home).items() if "ledger" not in name} == before


@test
def what_cannot_be_compared_is_listed_with_its_reason(bench):
    home = bench.home()
    lacking = dear("P01", 101)
    lacking.rows["accumulators"] = []
    add(bench, home, lacking, dear("P02", 202, insutype="999"))
    answer = whatif(bench, home, changed(bench, home, dearer), expect=0)
    states = {s["mdtrt_id"]: s for s in answer["stays"]}
    assert states["P01"]["before"] == "not-evaluated" and "accumulator 2025 inscp_scp_amt" in states["P01"]["missing_before"]
    assert answer["totals"]["left_out"] >= 1


@test
def wrong_packs_and_words_are_refused(bench):
    home = bench.home()
    add(bench, home, dear("P01", 101))
    run = bench.run("policy", "whatif", "-C", home, home / "none.pack", expect=4)
    assert "none.pack" in run.err
    bench.run("policy", "whatif", "-C", home, home / "settle.ini", expect=4)
    bench.run("policy", "whatif", "-C", home, expect=2)
    bench.run("policy", "guess", "-C", home, expect=2)
    bench.run("policy", "whatif", "--from", "2025-01-01", "-C", home, home / "none.pack", expect=2)
    assert "yyyy-MM-dd" in bench.run("policy", "totals", "-C", home, "--from", "soon", expect=2).err
    assert "before the first" in bench.run("policy", "totals", "-C", home, "--from", "2026-12-01", "--until", "2026-11-01", expect=2).err
    (home / "ledger.db").unlink()
    for beside in ("ledger.db-wal", "ledger.db-shm"):
        (home / beside).unlink(missing_ok=True)
    bench.run("policy", "totals", "-C", home, expect=6)


# --- W9


def dual_run(bench):
    """One place, the old pack up to 2025-06-30, the new one from 2025-07-01, stays of two schemes on both sides."""
    home = bench.home()
    tree = home / "packs"
    new = tree / "sample-new"
    shutil.copytree(tree / "sample-999901", new)
    shutil.copytree(tree / "muni-2011", tree / "muni-new")
    policy = tree / "muni-new" / "policy.xml"
    policy.write_text(dearer(policy.read_text(encoding="utf-8")), encoding="utf-8")
    for folder, ident, days in ((tree / "sample-999901", "sample-999901", 'begndate="2025-01-01" enddate="2025-06-30"'),
                                (new, "sample-new", 'begndate="2025-07-01" enddate="2099-12-31"')):
        text = (folder / "pack.xml").read_text(encoding="utf-8")
        text = text.replace('begndate="2025-01-01" enddate="2099-12-31"', days).replace('id="sample-999901"', f'id="{ident}"')
        if folder == new:
            text = text.replace("../muni-2011", "../muni-new")
        (folder / "pack.xml").write_text(text, encoding="utf-8")
        bench.run("pack", "build", "-o", tree / f"{ident}.pack", folder, expect=0)
    ini = home / "settle.ini"
    lines = [f"pack = packs/{p}.pack" if line.startswith("pack ") or line.startswith("pack=") else line
             for line in ini.read_text(encoding="utf-8").splitlines() for p in
             (("sample-999901", "sample-new") if line.startswith("pack ") or line.startswith("pack=") else ("",))]
    ini.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home


def on(day, mdtrt_id, person, **head):
    """A stay of one night's care that ends that day."""
    stay = clean(mdtrt_id, person=person, **head)
    del stay.rows["charges"][:]
    stay.head.update(begntime=f"{day} 08:00:00", endtime=f"{day} 20:00:00", setl_time=f"{day} 20:00:00", med_type="14")
    stay.charge(DRUG, f"{day} 09:00:00", pric=f"{3000 + person}.17")
    return stay


@test
def W9_totals_of_old_and_new_are_never_mixed(bench):
    home = dual_run(bench)
    stays = [on("2025-06-30", "P01", 101), on("2025-07-01", "P02", 103), on("2025-06-30", "P03", 105), on("2025-07-01", "P04", 107),
             on("2025-06-30", "P05", 109, insutype="390"), on("2025-07-01", "P06", 111, insutype="390")]
    add(bench, home, *stays)
    answers = {}
    for stay in stays:
        run = bench.run("submit", "--json", "--lang", "en", "-C", home, stay.id)
        assert run.code == 8, (stay.id, run.err, [(f["rule_id"], f["evidence"]) for f in run.object["findings"]])
        answers[stay.id] = run.object
    for old, new in (("P01", "P02"), ("P03", "P04"), ("P05", "P06")):
        assert answers[old]["pack"]["id"] == "sample-999901" and answers[new]["pack"]["id"] == "sample-new"
    schemes = bench.run("policy", "totals", "--json", "-C", home, expect=0).object["schemes"]
    found = {(s["insutype"], s["pack_id"]): s for s in schemes}
    mine = {("310", "sample-999901"): ("P01", "P03"), ("310", "sample-new"): ("P02", "P04"),
            ("390", "sample-999901"): ("P05",), ("390", "sample-new"): ("P06",)}
    assert set(found) == set(mine)
    for key, ids in mine.items():
        assert found[key]["settlements"] == len(ids)
        for field in ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", "psn_cash_pay"):
            assert Decimal(found[key][field]) == sum(Decimal(answers[i]["setlinfo"][field]) for i in ids), (key, field)
        for fund in found[key]["funds"]:
            assert Decimal(fund["fund_payamt"]) == sum(
                Decimal(d["fund_payamt"]) for i in ids for d in answers[i]["setldetail"] if d["layer"] == fund["layer"])
    assert found["310", "sample-999901"]["fund_pay_sumamt"] != found["310", "sample-new"]["fund_pay_sumamt"]
    # the twin: a stay booked to the other pack would show
    wrong = Decimal(answers["P01"]["setlinfo"]["medfee_sumamt"]) + Decimal(answers["P02"]["setlinfo"]["medfee_sumamt"])
    assert Decimal(found["310", "sample-999901"]["medfee_sumamt"]) != wrong


@test
def W9_reversed_settlements_and_other_days_do_not_count(bench):
    home = dual_run(bench)
    add(bench, home, on("2025-06-30", "P01", 101), on("2025-07-01", "P02", 103))
    for stay in ("P01", "P02"):
        submit(bench, home, stay)
    bench.run("reverse", "-C", home, "P01", "--by", "A", "--role", "B", "--reason", "C", "--second", "D", expect=0)
    (one,) = bench.run("policy", "totals", "--json", "-C", home, expect=0).object["schemes"]
    assert one["pack_id"] == "sample-new" and one["settlements"] == 1
    assert bench.run("policy", "totals", "--json", "-C", home, "--until", "2000-01-01", expect=0).object["schemes"] == []
    assert "Nothing was settled." in bench.run("policy", "totals", "-C", home, "--until", "2000-01-01", expect=0).out
    assert "pack sample-new" in bench.run("policy", "totals", "-C", home, "--from", "2000-01-01", expect=0).out


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
