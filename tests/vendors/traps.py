#!/usr/bin/env python3
"""Two stays in which every trap that a vendor's tables can hold stands at once are read as they are; what is wrong is refused or found.

    traps.py BUILD [--update]        every test of the vendors: vendors.py's and these
"""
import pathlib
import re
import sqlite3
import sys
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
import vendor  # noqa: E402
import vendors  # noqa: E402
from command import ROOT, main, read_csv, write_csv  # noqa: E402
from trap_cells import CUT, CUT_CODES, TRAPS  # noqa: E402
from trap_wrong import STATES, WRONG, first  # noqa: E402

BAR, UNKNOWN = "\\|", "unknown state, amount of a row that does not count"
TESTS, HOME, UPDATE = [], "H99990100001", "--update" in sys.argv
MARK = "<!-- What tests/vendors/traps.py ran; written by it. -->\n\n"
# What exec_time is where a layout takes it from the column that is its business date too.
EXECUTED = {"winning": lambda c: c["fee_ocur_time"], "neusoft": lambda c: c["fee_ocur_time"] if c["exec_time"] else ""}
SPEC_OF_DRUGS, UNITS_OF_DRUGS = {"bsoft", "neusoft"}, {"片", "剂", "盒"}
LAID = {}  # the traps that were laid and read: {vendor: {trap}}, and what was refused or found


def test(function):
    TESTS.append(function)
    return function


def each_layout(function):
    for module in vendors.VENDORS:
        def run(bench, module=module):
            function(bench, module)
        run.__name__ = f"{module.NAME}: {function.__name__}"
        TESTS.append(run)
    return function


def trap_stays(module):
    """The two stays; the number that people see of each is the key of the other. A baby that is a stay of its own is not on the mother's bill."""
    stays = [vendor.Stay(head, HERE / "trap") for head in vendor.rows("stays", HERE / "trap")]
    for stay, other in zip(stays, reversed(stays)):
        stay.head["medrcdno"] = module.mdtrt_id(other)
    for stay in stays:
        if "charges.nwb_flag" in module.LACKS:
            stay.charges = [c for c in stay.charges if not vendor.is_of_the_baby(c)]
    return stays


def written(bench, module, stays, change=None):
    """The vendor's tables or messages in a directory, after change(made), which sees of messages those of the first stay."""
    bench.made += 1
    directory = bench.dir / f"trap-{module.NAME}-{bench.made}"
    if hasattr(module, "write"):
        seen = []

        def first_only(made):
            if not seen and change is not None:
                change(made)
            seen.append(made)
        module.write(directory, stays, first_only)
        return directory
    tables = module.tables(stays)
    if change is not None:
        change(tables)
    vendor.write_csv(directory, tables, module.ENCODING)
    return directory


def lay_all(module, stays):
    def change(made):
        for trap, cells in TRAPS.items():
            if not callable(cells[module.NAME]):
                continue
            assert cells[module.NAME](made, stays) > 0, f"{trap}: nothing in the tables bears it"
            LAID.setdefault(module.NAME, set()).add(trap)
    return change


def policies(module):
    text = (ROOT / "adapters" / module.NAME / f"{module.NAME}.adapter").read_text(encoding="utf-8")
    found = re.search(r'<option name="date" default="\w+" values="([^"]+)"', text)
    return found[1].split() if found else [None]


def expected(module, stay, policy):
    """The charges as they are read: by the policy the date of the service is another."""
    for charge in vendor.as_laid_out(stay, module):
        done = EXECUTED.get(module.NAME, lambda c: c["exec_time"])(charge)
        when = {"post": charge["entry_time"], "execute": done}.get(policy) or charge["fee_ocur_time"]
        spec = charge["spec"] if module.NAME not in SPEC_OF_DRUGS or charge["prcunt"] in UNITS_OF_DRUGS else ""
        yield {**charge, "exec_time": done, "fee_ocur_time": when, "spec": spec}


def lacks_of(module):
    """What has no link is led to its charge all the same; a layout that has the specification of drugs alone has that."""
    return module.LACKS - {"charges.init_feedetl_sn"} - ({"charges.spec"} if module.NAME in SPEC_OF_DRUGS else set())


def compare(home, module, stays, policy):
    wrong = []
    for stay in stays:
        read = vendor.read_back(home, module.mdtrt_id(stay))
        wrong += vendor.differences("charges", list(expected(module, stay, policy)), read["charges"], "feedetl_sn", lacks_of(module))
        wrong += vendor.differences("diagnoses", stay.diagnoses, read["diagnoses"], module.KEYS["diagnoses"], module.LACKS)
        if "operations.oprn_oprt_code" not in module.LACKS:
            wrong += vendor.differences("operations", stay.operations, read.get("operations", []), module.KEYS["operations"], module.LACKS)
        wrong += [f"{stay.id}: {f} is {read['stay'].get(f)!r}, was {stay.head[f]!r}"
                  for f in ("psn_no", "psn_name", "certno", "medrcdno", "begntime", "endtime") if read["stay"].get(f, "") != stay.head[f]]
    assert not wrong, "\n".join(wrong[:20])


@each_layout
def stays_full_of_traps_are_read_as_they_are(bench, module):
    for policy in policies(module):
        stays = trap_stays(module)
        directory = written(bench, module, stays, lay_all(module, stays))
        home = vendors.home_of(bench, module, HOME, **({"date": policy} if policy else {}))
        told = bench.run("import", "--json", "-a", module.NAME, "-C", home, directory, expect=0).object
        assert (told["stays"], told["charges"]["read"]) == (len(stays), sum(len(s.charges) for s in stays)), told
        compare(home, module, stays, policy)


def stored(home):
    with sqlite3.connect(home / "ledger.db") as ledger:
        return ledger.execute("SELECT count(*) FROM stay_part").fetchone()


@each_layout
def what_is_wrong_is_refused_with_its_place_and_nothing_is_stored(bench, module):
    home = vendors.home_of(bench, module, HOME)
    before = stored(home)
    for wrong, cells in WRONG.items():
        cell = cells[module.NAME]
        if isinstance(cell, str):
            continue
        change, after, words = cell
        directory = written(bench, module, trap_stays(module), change)
        if after is not None:
            after(directory)
        err = bench.run("import", "-a", module.NAME, "-C", home, directory, expect=3).err
        missing = [w for w in words if w not in err]
        assert not missing, f"{wrong}: {missing} not in {err}"
        assert stored(home) == before, f"{wrong}: something was stored"
        LAID.setdefault(module.NAME, set()).add(wrong)


def states_of(module):
    """The columns by which a layout keeps rows: with their words, and those whose rows must not bear an amount."""
    layout = ElementTree.parse(ROOT / "adapters" / module.NAME / f"{module.NAME}.adapter").getroot()
    for parent in layout:
        for state in parent.findall("{*}state"):
            yield parent.get("from"), state.get("column"), state.get("keep").split() + (state.get("drop") or "").split(), state.get("worth")


def wrong_states(module):
    """(change, words) of each: what a state says that no layout knows, a row that does not count but bears an amount."""
    if hasattr(module, "write"):
        yield from [STATES[module.NAME]] if module.NAME in STATES else []
        return
    tables = module.tables(trap_stays(module))
    for table, column, words, worth in states_of(module):
        if table in tables and not {"set", "zero", "date"} & set(words):
            yield first(table, column, "~7"), [f"{table}.csv", f"{column}: ", '"~7" (a state that the layout does not know)']
        elif table in tables and worth:
            yield first(table, column, "0"), [f"{table}.csv", f"{worth}: ", "a row that does not count bears an amount"]


@each_layout
def unknown_states_and_amounts_that_do_not_count_are_refused(bench, module):
    home = vendors.home_of(bench, module, HOME)
    for change, words in wrong_states(module):
        directory = written(bench, module, trap_stays(module), change)
        err = bench.run("import", "-a", module.NAME, "-C", home, directory, expect=3).err
        assert all(word in err for word in words), (words, err)
        LAID.setdefault(module.NAME, set()).add(UNKNOWN)


NEGATIVE = "negative remainder after netting"


@each_layout
def more_taken_back_than_charged_is_found(bench, module):
    """The second partial refund takes back nine of three: told with the serial, and that many lines as were read."""
    stays = trap_stays(module)
    refund = next(c for c in stays[0].charges if c["feedetl_sn"] == "991000003")
    refund.update(cnt="-9", det_item_fee_sumamt="-108.00")
    home = vendors.home_of(bench, module, HOME)
    directory = written(bench, module, stays)
    bench.run("import", "-a", module.NAME, "-C", home, directory, expect=0)
    answers = {o["mdtrt_id"]: o for o in bench.run("check", "--json", "-a", module.NAME, "-C", home, directory, expect=1).objects}
    found = [f for f in answers[module.mdtrt_id(stays[0])]["findings"] if f["rule_id"] == "R1"]
    serial = next(c["feedetl_sn"] for c in vendor.as_laid_out(stays[0], module) if c["cnt"] == "-9")
    lines = {line for f in found for line in f["lines"]}
    read = vendor.read_back(home, module.mdtrt_id(stays[0]))["charges"]
    assert len(found) == 1 and any(line.split(".")[0] == serial.split(".")[0] for line in lines), (found, serial)
    assert sum(vendor.number(c["cnt"]) for c in read) == sum(vendor.number(c["cnt"]) for c in stays[0].charges)
    LAID.setdefault(module.NAME, set()).add(NEGATIVE)
    none = [f for o in answers.values() if o["mdtrt_id"] != module.mdtrt_id(stays[0]) for f in o["findings"] if f["rule_id"] == "R1"]
    assert not none, none


@test
def codes_that_a_column_of_20_characters_cut_are_suspect(bench):
    """What the vendor's mapping holds is checked: told are those that the catalogue has not and with which codes of it begin, no other."""
    for module in vendors.VENDORS:
        if TRAPS[CUT_CODES][module.NAME] != CUT:
            continue
        home = vendors.home_of(bench, module, HOME)
        file = home / "hospital" / "mapping.csv"
        whole = read_csv(file)
        answers = {}
        for width in (20, 23, 32):
            write_csv(file, [{**r, "med_list_codg": r["med_list_codg"][:width]} for r in whole])
            done = bench.run("map", "check", "-C", home, "--at", "2026-01-01", "--json", expect=1 if width == 20 else None)
            answers[width] = {r["medins_list_codg"]: r["candidates"] for r in done.object["codes_cut"]}
        long_ones = {r["medins_list_codg"]: r["med_list_codg"] for r in whole if len(r["med_list_codg"]) > 20}
        exact = {r["medins_list_codg"] for r in whole if len(r["med_list_codg"]) == 20}
        assert set(answers[20]) == set(long_ones) and not set(answers[20]) & exact, (module.NAME, set(answers[20]) ^ set(long_ones))
        assert all(long_ones[item] in candidates for item, candidates in answers[20].items())
        assert long_ones and not answers[23] and not answers[32], answers
        LAID.setdefault(module.NAME, set()).add(CUT_CODES)


def page_of_what_ran():
    """The matrix as docs/traps.md has it, and why a layout has no such trap."""
    names = [module.NAME for module in vendors.VENDORS]
    rows = [f"| | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    reasons = []
    for trap, cells in {**TRAPS, **WRONG, UNKNOWN: {name: "its rows have no state" for name in ("views", "nhsa")}, NEGATIVE: {}}.items():
        rows.append(f"| {trap.replace('|', BAR)} | {' | '.join('x' if trap in LAID.get(name, ()) else '-' for name in names)} |")
        why = {}
        for name in names:
            if trap not in LAID.get(name, ()):
                why.setdefault(cells[name], []).append(name)
        reasons += [f"- {trap}, {', '.join(of)}: {reason}." for reason, of in why.items()]
    return "\n".join(rows) + "\n\n" + "\n".join(reasons) + "\n"


@test
def the_page_says_what_ran(bench):
    page = ROOT / "docs" / "traps.md"
    head, mark, _ = page.read_text(encoding="utf-8").partition(MARK)
    if UPDATE:
        page.write_text(head + mark + page_of_what_ran(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == head + MARK + page_of_what_ran(), "docs/traps.md says something else: traps.py BUILD --update"


if __name__ == "__main__":
    main(vendors.TESTS + TESTS, sys.argv[1])
