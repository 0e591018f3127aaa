#!/usr/bin/env python3
"""The string-call plugin as hospital systems load it: from C, Python, Java and Node.

    legacy.py BUILD
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "vendors")]
import vendor  # noqa: E402
from command import main, read_csv  # noqa: E402

CC = os.environ.get("CC", "gcc")
JNA = pathlib.Path("/usr/share/java/jna.jar")
TESTS = []
STAY = vendor.stays_of("H99990100001")[0]
OPTER = "D1"


def test(function):
    TESTS.append(function)
    return function


class Host:
    """A program that has the plugin loaded; calls go in as lines and answers come out."""

    def __init__(self, bench, home, kind="c", room=None):
        plugin = pathlib.Path(bench.settle).resolve().parents[1] / "lib" / "settle" / "settle_legacy.so"
        command = [*COMMANDS[kind](bench), str(plugin), *([str(room)] if room else [])]
        environment = {**os.environ, "SETTLE_HOME": str(home), "LD_LIBRARY_PATH": str(plugin.parents[1])}
        if kind == "node":
            environment["NODE_PATH"] = str(bench.dir / "node" / "node_modules")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
        self.serial = 0

    def line(self, line, answers=1):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        got = []
        for _ in range(answers):
            said = self.process.stdout.readline()
            assert said, f"the host died: {self.process.wait()}"
            code, out, err = (said.split() + ["-", "-"])[:3]
            got.append((int(code), bytes.fromhex("" if out == "-" else out), bytes.fromhex("" if err == "-" else err)))
        return got[0] if answers == 1 else got

    def init(self):
        code, _, err = self.line("I")
        return code, err.decode("gb18030")

    def raw(self, call, frame):
        code, out, _ = self.line(f"{call} {frame.hex()}")
        return code, out

    def call(self, number, payload="", serial=None, opter=OPTER, cycle=None, letter="B", expect=0):
        """The parts of the answer: payload rows of fields, message."""
        self.serial += 1
        self.last = serial or f"20250401120000-H99990100001-{self.serial:04}"
        frame = "^".join([number, "H99990100001", opter, self.cycle if cycle is None else cycle, self.last, "999901", payload, "1", ""])
        code, out = self.raw(letter, frame.encode("gb18030"))
        text = out.decode("gb18030")
        assert code == expect or (expect is None and code < 0), f"{number}: {code} {text}"
        parts = text.split("^")
        assert parts[0] == str(code), text
        return [row.split("|") for row in parts[1].split("$")], parts[2]

    def sign_in(self):
        self.cycle = ""
        rows, _ = self.call("9100", OPTER + "|")
        self.cycle = rows[0][0]

    def national(self, infno, node, msgid=None, expect=0, room=200000, **more):
        self.serial += 1
        self.last = msgid or f"H99990100001202504011200{self.serial:06}"
        request = {"infno": infno, "msgid": self.last, "opter": OPTER, "input": node, **more}
        code, out, err = self.line(f"J {room} {json.dumps(request, ensure_ascii=False).encode().hex()}")
        assert code == expect or (expect is None and code < 0), f"{infno}: {code} {out.decode()} {err.decode()}"
        return json.loads(out) if out else err.decode()

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


def c_host(bench):
    path = bench.dir / "host"
    if not path.exists():
        subprocess.run([CC, "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-o", path, HERE / "host.c", "-ldl", "-lpthread"], check=True)
    return [str(path)]


def java_host(bench):
    classes = bench.dir / "java"
    if not classes.exists():
        subprocess.run(["javac", "-cp", JNA, "-d", classes, HERE / "Host.java"], check=True)
    return ["java", "-cp", f"{classes}:{JNA}", "Host"]


def node_host(bench):
    modules = bench.dir / "node"
    if not modules.exists():
        modules.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, modules)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=modules, check=True, capture_output=True)
    return ["node", str(HERE / "host.js")]


COMMANDS = {"c": c_host, "python": lambda bench: [sys.executable, str(HERE / "host.py")], "java": java_host, "node": node_host}


def home_of(bench, **options):
    home = bench.home()
    with open(home / "settle.ini", "a", encoding="utf-8") as ini:
        ini.write("[legacy]\n" + "".join(f"{k} = {v}\n" for k, v in options.items()))
    return home


def started(bench, kind="c", home=None, **options):
    host = Host(bench, home or home_of(bench, **options), kind)
    code, err = host.init()
    assert code == 0, err
    host.sign_in()
    return host


def wide(text):
    return text.replace("^", "＾").replace("|", "｜").replace("$", "＄")


def admission(stay, key=None):
    h = stay.head
    diagnosis = stay.diagnoses[0]
    return "|".join([key or stay.id, h["insutype"], h["psn_no"], h["psn_type"], h["psn_cert_type"], h["certno"], h["mdtrt_cert_type"], h["psn_name"], h["gend"], h["brdy"], h["med_type"], h["begntime"],
                     h["adm_dept_codg"], h["adm_dept_name"], h["atddr_no"], h["atddr_name"], h["medrcdno"], h["adm_bed"], h["insuplc_admdvs"],
                     diagnosis["diag_code"], diagnosis["diag_name"], ""])


def charge(stay, c, key=None, name=None, refunds=""):
    return "|".join([key or stay.id, "1", "", c["drord_no"], c["fee_ocur_time"].translate(str.maketrans("", "", "-: ")), c["medins_list_codg"], "",
                     wide(name or c["medins_list_name"]), c["pric"], c["cnt"], c["det_item_fee_sumamt"], "", c["spec"], c["prcunt"], c["bilg_dr_codg"],
                     c["bilg_dr_name"], c["bilg_dept_codg"], c["bilg_dept_name"], OPTER, stay.head["psn_no"], refunds])


def some_charges(stay, n=5):
    return [c for c in stay.charges if not c["init_feedetl_sn"] and c["medins_list_codg"] == "F100231"][:n]


def admitted(host, **more):
    """The stay, and what the insurance body told of the person's year."""
    host.call("2210", admission(STAY), **more)
    host.call("2220", "$".join(f"{STAY.id}|{a['insutype']}|{a['year']}|{a['kind']}|{a['value']}|" for a in vendor.rows("accumulators") if a["psn_no"] == STAY.head["psn_no"]))


def discharge(stay, key=None):
    return f"{key or stay.id}|{stay.head['endtime']}|1|0|{stay.head['dscg_maindiag_code']}|{stay.head['dscg_maindiag_name']}|"


def whole_stay(host, name=None):
    """Admission to settlement of some charges; the parts of the answer of 2420."""
    admitted(host)
    rows, _ = host.call("2310", "$".join(charge(STAY, c, name=name) for c in some_charges(STAY)))
    assert len(rows) == 5 and all(Decimal(r[0]) > 0 for r in rows), rows
    trial, _ = host.call("2410", discharge(STAY))
    settled, _ = host.call("2420", discharge(STAY))
    assert trial[0][:8] == settled[0][:8]
    amounts = [Decimal(a) for a in settled[0][:8]]
    assert amounts[0] == sum(amounts[1:]) == sum(Decimal(r[0]) for r in rows), settled
    return settled[0], rows


def ledger_of(bench, home, stay=STAY):
    return bench.run("status", "--json", "-C", home, stay.id).object["stays"][0]


for kind in COMMANDS:
    def a_host_settles_a_stay(bench, kind=kind):
        if kind == "java" and not JNA.exists() or kind == "node" and shutil.which("npm") is None:
            print(f"skipped a host in {kind}: not installed")
            return
        home = home_of(bench, second="测试丙")
        host = started(bench, kind, home)
        settled, rows = whole_stay(host)
        stored = ledger_of(bench, home)
        assert stored["state"] == "queued" and stored["medfee_sumamt"] == settled[0] and stored["msgid"] == settled[8], stored
        person, _ = host.call("2100", STAY.id + "|", letter="Q")
        assert person[0][0] == STAY.head["psn_no"] and person[0][2] == STAY.head["psn_name"]
        totals, _ = host.call("1100", "||", letter="Q")
        assert totals[0][0] == settled[0] and totals[0][4] == "1"
        host.call("2430", STAY.id + "||测试撤销|")
        assert ledger_of(bench, home)["state"] == "open"
        host.call("2320", f"{STAY.id}|{rows[0][9]}|")
        host.call("2320", f"{STAY.id}|0000|")
        host.call("1999", host.last + "|", letter="T")
        host.call("9110", "")
        _, message = host.call("2100", STAY.id + "|", expect=None)
        assert "业务周期号" in message
        host.end()
        bench.run("audit", "verify", "-C", home, expect=0)
    a_host_settles_a_stay.__name__ = f"a host in {kind} settles a stay and takes it back"
    TESTS.append(a_host_settles_a_stay)


@test
def trail_bytes_of_names_divide_nothing(bench):
    host = started(bench)
    name = b"\x81\x5e\x81\x7c\xb4\x5e".decode("gb18030") + "^|$静脉"
    host.call("2210", admission(STAY))
    rows, _ = host.call("2310", charge(STAY, some_charges(STAY)[0], name=name))
    assert len(rows) == 1
    host.end()


@test
def what_is_repeated_is_answered_again_and_done_once(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    payload = "$".join(charge(STAY, c) for c in some_charges(STAY))
    first, _ = host.call("2310", payload, serial="20250401130000-H99990100001-0001")
    again, _ = host.call("2310", payload, serial="20250401130000-H99990100001-0001")
    assert first == again and ledger_of(bench, home)["charges"] == 5
    _, message = host.call("2310", charge(STAY, some_charges(STAY)[0]), serial="20250401130000-H99990100001-0001", expect=-3012)
    assert "流水号" in message
    settled, _ = host.call("2420", discharge(STAY), serial="20250401130000-H99990100001-0002")
    host.kill()
    host = started(bench, home=home)
    again, _ = host.call("2420", discharge(STAY), serial="20250401130000-H99990100001-0002")
    assert settled == again and ledger_of(bench, home)["settlements"] == 1
    host.end()


@test
def a_kill_leaves_all_or_nothing(bench):
    """Killed at some moment of a settlement, the repeat settles exactly once, whatever had been done."""
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    host.call("2310", "$".join(charge(STAY, c) for c in some_charges(STAY)))
    host.end()
    done = 0
    delays = [0, 0, 0.001, 0.002, 0.004, 0.006, 0.008, 0.012, 0.016, 0.024, 0.5]
    for n, delay in enumerate(delays):
        copy = bench.dir / f"killed-{n}"
        shutil.copytree(home, copy)
        host = started(bench, home=copy)
        frame = "^".join(["2420", "H99990100001", OPTER, host.cycle, "20250401130000-H99990100001-0009", "999901", discharge(STAY), "1", ""])
        host.process.stdin.write(f"B {frame.encode('gb18030').hex()}\n")
        host.process.stdin.flush()
        time.sleep(delay)
        host.kill()
        before = ledger_of(bench, copy)["state"]
        done += before == "queued"
        host = started(bench, home=copy)
        rows, _ = host.call("2420", discharge(STAY), serial="20250401130000-H99990100001-0009")
        stored = ledger_of(bench, copy)
        assert stored["settlements"] == 1 and stored["msgid"] == rows[0][8]
        host.end()
        bench.run("audit", "verify", "-C", copy, expect=0)
    assert 0 < done < len(delays), f"{done} of {len(delays)} had been settled when they were killed"


@test
def a_reversal_takes_back_what_its_serial_did_or_will_do(bench):
    home = home_of(bench, second="测试丙")
    host = started(bench, home=home)
    admitted(host, serial="20250401130000-H99990100001-0001")
    host.call("2310", charge(STAY, some_charges(STAY)[0]), serial="20250401130000-H99990100001-0002")
    host.call("2420", discharge(STAY), serial="20250401130000-H99990100001-0003")
    _, message = host.call("2421", "2310|20250401130000-H99990100001-0002|", expect=-3022)
    host.call("2421", "2420|20250401130000-H99990100001-0003|")
    assert ledger_of(bench, home)["state"] == "open"
    host.call("2421", "2310|20250401130000-H99990100001-0002|")
    assert ledger_of(bench, home)["charges"] == 0
    host.call("2421", "2210|20250401130000-H99990100001-0001|")
    bench.run("status", "-C", home, STAY.id, expect=3)
    host.call("2421", "2210|20250401130000-H99990100001-0077|")
    _, message = host.call("2210", admission(STAY), serial="20250401130000-H99990100001-0077", expect=-3027)
    assert "撤销" in message
    host.end()


def settles(host, serial):
    """2420 under a serial; the setl_id."""
    return host.call("2420", discharge(STAY), serial=serial)[0][0][8]


@test
def a_reversal_takes_back_no_later_settlement(bench):
    home = home_of(bench, second="测试丙")
    host = started(bench, home=home)
    one, two, three = (f"20250401130000-H99990100001-000{n}" for n in (1, 2, 3))
    admitted(host)
    host.call("2310", charge(STAY, some_charges(STAY)[0]))
    settles(host, one)
    for same in ("D1", "d1", "Ｄ１", " D1 "):
        host.call("2430", f"{STAY.id}|{same}|", expect=-3027)
    host.call("2430", STAY.id + "|")
    _, message = host.call("2420", discharge(STAY), serial=one, expect=-3027)
    assert one in message and "已撤销" in message
    second = settles(host, two)
    host.call("2421", f"2420|{one}|")
    assert ledger_of(bench, home)["msgid"] == second and ledger_of(bench, home)["state"] == "queued"
    listed = [r[0] for r in host.call("1999", "", letter="Q")[0]]
    assert two in listed and one not in listed, listed
    _, message = host.call("1999", one + "|", letter="T", expect=-3027)
    bench.run("reverse", "-C", home, STAY.id, "--by", "测试丁", "--role", "科长", "--second", "测试戊", "--reason", "测试", expect=0)
    _, message = host.call("2420", discharge(STAY), serial=two, expect=-3027)
    assert "已撤销" in message
    third = settles(host, three)
    host.call("2421", f"2420|{two}|")
    assert ledger_of(bench, home)["msgid"] == third and ledger_of(bench, home)["state"] == "queued"
    _, message = host.call("2421", f"2310|{three}|", expect=-3027)
    assert "2304" in message and "2301" in message
    host.call("2421", f"7777|{three}|", expect=-2003)
    host.call("2421", f"2420|{three}|")
    host.call("2421", f"2420|{three}|")
    assert ledger_of(bench, home)["state"] == "open"
    host.end()


@test
def a_reversal_takes_back_no_later_admission_or_discharge(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    host.call("2210", admission(STAY), serial="A1")
    host.call("2240", STAY.id + "|")
    host.call("2210", admission(STAY), serial="A2")
    host.call("2421", "2210|A1|")
    assert ledger_of(bench, home)["charges"] == 0
    host.call("2210", admission(STAY), serial="A1", expect=-3027)

    def discharges(key, day):
        host.national("2402", {"dscginfo": {"ipt_no": STAY.id, "endtime": f"2025-03-{day} 10:00:00", "dscg_way": "1"}}, msgid=key)

    def told_last():
        with contextlib.closing(sqlite3.connect(home / "ledger.db")) as ledger:
            (text,) = ledger.execute("SELECT json FROM stay_part ORDER BY rowid DESC LIMIT 1").fetchone()
        return json.loads(text)["stay"]["endtime"]

    discharges("D1", 12)
    discharges("D2", 13)
    host.national("2601", {"data": {"omsgid": "D1", "oinfno": "2402"}})
    assert told_last() == "2025-03-13 10:00:00"
    discharges("D3", 14)
    host.national("2601", {"data": {"omsgid": "D3", "oinfno": "2402"}})
    assert told_last() == ""
    host.national("2601", {"data": {"omsgid": "D2", "oinfno": "2402"}})
    discharges("D4", 15)
    host.national("2405", {"data": {"mdtrt_id": STAY.id}})
    assert told_last() == ""
    refused = host.national("2402", {"dscginfo": {"ipt_no": STAY.id, "endtime": "2025-03-15 10:00:00", "dscg_way": "1"}}, msgid="D4", expect=-3027)
    assert "D4" in refused["err_msg"]
    host.call("2421", "2210|A2|")
    bench.run("status", "-C", home, STAY.id, expect=3)
    host.end()


@test
def a_reversal_of_charges_leaves_those_that_another_upload_has(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    rows = [{"mdtrt_id": STAY.id, **{f: c[f] for f in ("feedetl_sn", "fee_ocur_time", "medins_list_codg", "medins_list_name", "cnt", "pric", "det_item_fee_sumamt")}} for c in some_charges(STAY, 4)]
    host.national("2301", {"feedetail": rows[:2]}, msgid="U1")
    host.national("2301", {"feedetail": rows[:3]}, msgid="U2")
    host.national("2601", {"data": {"omsgid": "U2", "oinfno": "2301"}})
    assert ledger_of(bench, home)["charges"] == 2
    host.national("2301", {"feedetail": rows[:2]}, msgid="U3")
    host.national("2601", {"data": {"omsgid": "U1", "oinfno": "2301"}})
    assert ledger_of(bench, home)["charges"] == 2
    host.national("2302", {"data": [{"mdtrt_id": STAY.id, "feedetl_sn": rows[0]["feedetl_sn"]}]})
    host.national("2301", {"feedetail": [rows[0]]}, msgid="U4")
    host.national("2601", {"data": {"omsgid": "U3", "oinfno": "2301"}})
    assert ledger_of(bench, home)["charges"] == 1
    host.national("2601", {"data": {"omsgid": "U4", "oinfno": "2301"}})
    assert ledger_of(bench, home)["charges"] == 0
    host.end()


@test
def digits_that_are_no_date_stay_what_they_are(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    number = "20250303000001"
    rows, _ = host.call("2210", admission(STAY, number), serial=number)
    assert rows[0][0] == number
    rows, _ = host.call("2310", charge(STAY, some_charges(STAY)[0], key=number), serial="20250402130000")
    assert rows[0][9] == "K20250402130000001", rows
    host.call("2421", "2310|20250402130000|")
    assert bench.run("status", "--json", "-C", home, number).object["stays"][0]["charges"] == 0
    host.call("1100", "20250401|20250430000000|", letter="Q")
    host.end()


@test
def no_two_trades_give_one_serial(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    keys = ["20250402140000-H99990100001-0001", "20250402140000-H99990100002-0001", "202504021400000001", "x" * 60 + "1", "y" + "x" * 59 + "1", "x" * 26]
    serials = {host.call("2310", charge(STAY, some_charges(STAY)[0]), serial=key)[0][0][9] for key in keys}
    assert len(serials) == len(keys) == ledger_of(bench, home)["charges"] and max(map(len, serials)) <= 30, serials
    assert "202504021400000001001" in serials
    _, message = host.call("2310", "$".join([charge(STAY, some_charges(STAY)[0])] * 1000), expect=-3011)
    assert "999" in message
    host.end()


@test
def what_is_of_another_stay_or_person_is_refused(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    wrong = charge(STAY, some_charges(STAY)[0]).replace(f"|{STAY.head['psn_no']}|", "|P0|")
    for number, payload, word in (("2220", f"{STAY.id}|310|2025|act_pay_dedc|0.00|$S77|310|2025|act_pay_dedc|9000.00|", "第 2 行"),
                                  ("1600", f"{STAY.id}|F100231|V21|1|测试丙|$S77|F100231|V21|2|测试丙|", "第 2 行"), ("2310", wrong, "psn_no")):
        _, message = host.call(number, payload, expect=-3013)
        assert word in message, message
    assert ledger_of(bench, home)["charges"] == 0
    host.call("2310", charge(STAY, some_charges(STAY)[0]))
    total = some_charges(STAY)[0]["det_item_fee_sumamt"]
    base = {"mdtrt_id": STAY.id, "endtime": STAY.head["endtime"], "dscg_way": "1", "dscg_maindiag_code": STAY.head["dscg_maindiag_code"],
            "dscg_maindiag_name": STAY.head["dscg_maindiag_name"]}
    for more, code, word in (({"psn_no": "P0"}, -3013, "psn_no"), ({"medfee_sumamt": "9.99"}, -3020, "9.99"), ({"medfee_sumamt": "9x"}, -3006, "medfee_sumamt")):
        refused = host.national("2304", {"data": {**base, **more}}, expect=code)
        assert word in refused["err_msg"], refused
    assert ledger_of(bench, home)["state"] == "open"
    host.national("2304", {"data": {**base, "psn_no": STAY.head["psn_no"], "medfee_sumamt": total}})
    for node, code in (({"fixmedins_setl_cnt": "77"}, "1"), ({"fixmedins_setl_cnt": "1", "medfee_sumamt": total}, "0")):
        assert host.national("3201", {"data": node})["output"]["stmtinfo"]["stmt_rslt"] == code
    host.national("3201", {"data": {"acct_pay": "abc"}}, expect=-3006)
    host.end()


@test
def an_approval_is_stored(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    host.call("1600", f"{STAY.id}|F100231|特殊用药|A77|测试丙|2025-03-01|2025-03-31|测试|")
    host.national("1600", {"data": [{"mdtrt_id": STAY.id, "medins_list_codg": "F100231", "kind": "特殊用药", "appr_no": "A78", "by": "测试丙", "time": "2025-03-05 08:00:00"}]})
    host.call("1600", f"{STAY.id}|F100231|特殊用药|", expect=-3010)
    host.end()


@test
def a_sign_in_ends_by_signing_out_alone(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    host.call("1999", host.cycle + "|", letter="T")
    host.call("2210", admission(STAY))
    trade = host.last
    host.call("9110", trade + "|", expect=-2004)
    assert trade in [r[0] for r in host.call("1999", "", letter="Q")[0]]
    host.call("9100", "D2|", opter="D2", cycle="")
    others = host.last
    host.call("9110", others + "|", expect=-2004)
    host.call("2100", STAY.id + "|", opter="D2", cycle=others)
    host.call("9110", "")
    host.call("2100", STAY.id + "|", expect=-2004)
    host.end()


@test
def keys_of_the_plugin_are_not_the_callers(bench):
    host = started(bench)
    admitted(host)
    host.call("2310", charge(STAY, some_charges(STAY)[0]))
    host.call("9100", "D1|", serial="-trial-", expect=-2003)
    host.call("2421", "2420|-trial-|", expect=-2003)
    host.call("2410", discharge(STAY))
    host.end()


@test
def options_that_are_wrong_stop_the_start(bench):
    for name, value in (("max_bytes", "500"), ("max_bytes", "4k"), ("max_bytes", "1,024"), ("max_bytes", "99999999999"), ("swap_2410_2420", "yes")):
        host = Host(bench, home_of(bench, **{name: value}))
        code, err = host.init()
        assert code == -4002 and name in err, (name, value, code, err)
        host.end()
    for value in ("0", "1"):
        host = Host(bench, home_of(bench, swap_2410_2420=value, max_bytes="512"))
        assert host.init()[0] == 0
        host.end()


@test
def json_that_a_parser_would_choke_on_is_refused(bench):
    host = started(bench)
    for text, word in (('{"a":' + "[" * 100000 + "]" * 100000 + "}", "嵌套"), ('{"infno":"1200","msgid":"K\\u0000A","input":{}}', "u0000"), ("[]", "JSON"), ("{", "JSON")):
        code, out, err = host.line(f"J 1000 {text.encode().hex()}")
        assert code == -3018 and not out and word in err.decode(), (code, out, err)
    deep = {"infno": "1200", "msgid": "K", "opter": OPTER, "input": {"data": {"mdtrt_id": "S99", "text": "[[{" * 99 + '\\u0000"'}}}
    code, _, _ = host.line(f"J 1000 {json.dumps(deep).encode().hex()}")
    assert code == -3019
    failed = host.national("1200", {"data": {"mdtrt_id": "S99"}}, room=10, expect=-3019)
    assert "没有这次就诊" in failed
    host.end()


@test
def trades_in_doubt_are_listed_until_they_are_confirmed(bench):
    host = started(bench)
    host.call("2210", admission(STAY))
    doubtful = host.last
    rows, _ = host.call("1999", "", letter="Q")
    assert [r[0] for r in rows] == [doubtful] and rows[0][1] == "2401" and rows[0][3] == OPTER
    host.call("1999", doubtful + "|", letter="T")
    rows, _ = host.call("1999", "", letter="Q")
    assert rows == [[""]]
    host.call("1999", "no such|", letter="T", expect=-3035)
    host.end()


@test
def a_longer_answer_is_fetched_in_pieces_and_nothing_is_written_past_the_maximum(bench):
    home = home_of(bench, max_bytes="600")
    host = Host(bench, home, "c", room=600)
    assert host.init()[0] == 0
    host.sign_in()
    rows, message = host.call("1300", "", expect=-3011)
    token, length = rows[0][0], int(rows[0][1])
    assert "9910" in message and length > 600
    whole = b""
    while len(whole) < length:
        frame = f"9910^H99990100001^{OPTER}^{host.cycle}^x^999901^{token}|{len(whole)}|^1^".encode("gb18030")
        code, piece = host.raw("Q", frame)
        assert code == 0 and 0 < len(piece) < 600
        whole += piece
    assert len(whole) == length and whole.startswith(b"0^") and whole.endswith(b"^^")
    mapped = whole.decode("gb18030").split("^")[1].split("$")
    assert any(row.startswith("F100231|") for row in mapped), mapped[:2]
    host.call("9910", f"{int(token) + 5}|0|", expect=-3035)
    host.call("9910", f"{token}|{length + 1}|", expect=-3035)
    for n in range(0, 40):  # refusals of every length stay within the room
        host.call("2210", admission(STAY, "长" * n)[:-1] + "|多" * 30 + "|", expect=None)
    host.end()


@test
def what_is_called_out_of_order_or_wrongly_is_answered(bench):
    home = home_of(bench)
    host = Host(bench, home)
    host.cycle = ""
    _, message = host.call("2100", "1|", expect=-2004)
    assert "INIT" in message
    code, _, err = host.line("J 1000 " + b"{}".hex())
    assert code == -2004 and "INIT" in err.decode()
    assert host.init()[0] == 0 and host.init()[0] == 0
    _, message = host.call("2100", "1|", expect=-2004)
    assert "签到" in message
    host.sign_in()
    cases = [("2100", "S99|", -3019, "没有这次就诊"), ("2210", "x|", -3010, "第 2 项"), ("7777", "", -2003, "业务编号"), ("2320", f"{STAY.id}|1|", -3019, "没有这次就诊"),
             ("2420", "S99|", -3019, "就诊"), ("2430", "S99||", None, ""), ("2310", "S99|" * 30, -3003, "多于"), ("2421", "2420|", -3010, "omsgid")]
    for number, payload, code, word in cases:
        _, message = host.call(number, payload, expect=code)
        assert word in message, (number, message)
    for frame, code in ((b"", -3031), (b"2100^", -3031), (b"^" * 20, -3031), (b"\xb2", -3002), (b"2100^^^^^^\xff\xff^1^", -3002)):
        got, out = host.raw("B", frame)
        assert got == code and out.startswith(str(code).encode() + b"^"), (frame, got, out)
    host.call("2210", admission(STAY))
    host.call("2210", admission(STAY), expect=-2005)
    host.call("2240", STAY.id + "|")
    host.call("2240", STAY.id + "|", expect=-3019)
    other = Host(bench, home)
    assert other.init()[0] == 0
    _, message = other.call("2100", STAY.id + "|", opter="D2", cycle=host.cycle, expect=-2004)
    assert "他人" in message
    other.end()
    host.end()
    broken = home_of(bench)
    (broken / "settle.ini").write_text("[nothing]\n")
    host = Host(bench, broken)
    code, err = host.init()
    assert code < -1 and "settle.ini" in err
    host.end()


@test
def a_stay_that_findings_stop_is_refused_with_what_stops_it(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    admitted(host)
    dear = dict(some_charges(STAY)[0])
    dear.update(pric="999.00", det_item_fee_sumamt="999.00")
    host.call("2310", charge(STAY, dear))
    _, message = host.call("2410", discharge(STAY), expect=-3024)
    assert "不能结算" in message and "元" in message
    _, message = host.call("2420", discharge(STAY), expect=-3024)
    assert ledger_of(bench, home)["state"] == "open"
    host.end()


@test
def threads_call_at_once(bench):
    host = started(bench)
    host.call("2210", admission(STAY))
    for payload, number in ((STAY.id + "|", "2100"), (charge(STAY, some_charges(STAY)[0]), "2310")):
        frame = "^".join([number, "H99990100001", OPTER, host.cycle, "20250401150000-H99990100001-0001", "999901", payload, "1", ""]).encode("gb18030")
        answers = host.line(f"X {frame.hex()}", answers=8)
        assert {code for code, _, _ in answers} == {0} and len({out for _, out, _ in answers}) == 1, answers
    host.end()


@test
def the_national_form_does_the_same(bench):
    home = home_of(bench, second="测试丙")
    host = started(bench, home=home)
    h = STAY.head
    info = {f: h[f] for f in ("psn_no", "insutype", "psn_type", "psn_name", "certno", "gend", "brdy", "med_type", "begntime", "adm_dept_codg", "adm_dept_name", "psn_cert_type", "mdtrt_cert_type", "dscg_maindiag_code", "dscg_maindiag_name",
                              "atddr_no", "medrcdno", "adm_bed", "insuplc_admdvs")}
    admitted = host.national("2401", {"mdtrtinfo": {**info, "chfpdr_name": h["atddr_name"], "ipt_no": STAY.id}, "diseinfo": [{"diag_type": "1", "maindiag_flag": "1", "diag_srt_no": "1", "diag_code": "J15.902", "diag_name": "肺炎"}]})
    assert admitted["infcode"] == 0 and admitted["output"]["result"]["mdtrt_id"] == STAY.id
    host.national("2220", {"data": [{"mdtrt_id": STAY.id, **{f: a[f] for f in ("insutype", "year", "kind", "value")}} for a in vendor.rows("accumulators")
                                    if a["psn_no"] == h["psn_no"]]})
    rows = [{**{f: c[f] for f in ("feedetl_sn", "drord_no", "bilg_dept_name", "bilg_dr_name", "fee_ocur_time", "medins_list_codg", "medins_list_name", "bilg_dept_codg", "bilg_dr_codg")},
             "cnt": float(c["cnt"]), "pric": c["pric"], "det_item_fee_sumamt": c["det_item_fee_sumamt"], "mdtrt_id": STAY.id} for c in some_charges(STAY)]
    paid = host.national("2301", {"feedetail": rows})["output"]["result"]
    assert [r["feedetl_sn"] for r in paid] == [r["feedetl_sn"] for r in rows]
    host.national("2402", {"dscginfo": {"mdtrt_id": STAY.id, "endtime": h["endtime"], "dscg_way": "1"}, "diseinfo": [{"diag_type": "1", "maindiag_flag": "1", "diag_srt_no": "1", "diag_code": "J15.902", "diag_name": "肺炎"}]})
    trial = host.national("2303", {"data": {"mdtrt_id": STAY.id}})["output"]["setlinfo"]
    settled = host.national("2304", {"data": {"mdtrt_id": STAY.id, "acct_used_flag": "0"}})
    info = settled["output"]["setlinfo"]
    assert {k: v for k, v in trial.items() if k not in ("setl_id", "medins_setl_id")} == {k: v for k, v in info.items() if k not in ("setl_id", "medins_setl_id")}
    again = host.national("2304", {"data": {"mdtrt_id": STAY.id, "acct_used_flag": "0"}}, msgid=host.last)
    assert again == settled
    short = host.national("2304", {"data": {"mdtrt_id": STAY.id, "acct_used_flag": "0"}}, msgid=host.last, room=50, expect=-3011)
    assert "bytes are needed" in short
    totals = host.national("3201", {"data": {"insutype": h["insutype"], "medfee_sumamt": info["medfee_sumamt"], "fund_pay_sumamt": info["fund_pay_sumamt"]}})["output"]["stmtinfo"]
    assert totals["stmt_rslt"] == "0"
    assert host.national("3201", {"data": {"medfee_sumamt": "1.00"}})["output"]["stmtinfo"]["stmt_rslt"] == "1"
    assert host.national("3201", {"data": {"psn_cash_pay": "12345678901234567890.12"}})["output"]["stmtinfo"]["stmt_rslt"] == "1"
    host.national("2305", {"data": {"mdtrt_id": STAY.id}})
    host.national("2405", {"data": {"mdtrt_id": STAY.id}})
    refused = host.national("9999", {}, expect=-2003)
    assert refused["infcode"] == -1 and "9999" in refused["err_msg"]
    host.national("2301", {"feedetail": [{**rows[0], "mdtrt_id": "S99"}]}, expect=-3019)
    host.end()


@test
def mappings_are_uploaded_once_and_told_with_their_state(bench):
    home = home_of(bench)
    host = started(bench, home=home)
    payload = ("F100007|A类四人间床位费|诊疗项目|001204000110000|日|2026-01-01||名称带眧闱|日|1|1|$F100042|住院诊查费|诊疗项目|001102000050000|日|$N1|未对照|诊疗项目||次|")
    rows, _ = host.call("3110", payload, serial="20260401130000-H99990100001-0001")
    assert rows == [["1", "3", "1", "1", "1", ""]], rows  # one proposed, one holds already, one without a code
    again, _ = host.call("3110", payload, serial="20260401130000-H99990100001-0001")
    assert again == rows, again
    host.call("3110", payload.split("$")[0], serial="20260401130000-H99990100001-0001", expect=-3012)
    ((item, code, number, state, lacks, by, _, decided, *_),), _ = host.call("3120", "F100007|")
    assert (item, code, number, state, lacks, by, decided) == ("F100007", "001204000110000", "R1", "suggested", "", OPTER, ""), item
    bench.run("map", "approve", "-C", home, "--batch", 1, "--opter", "OP2", "--reason", "核过", expect=0)
    ((*_, state, _, _, _, decided, _, reason, begin, end, _),), _ = host.call("3120", "F100007|")
    assert (state, decided, reason, begin, end) == ("approved", "OP2", "核过", "2026-01-01", ""), state
    assert host.call("3120", "F999999|")[0] == [[""]]
    host.end()
    (row,) = [r for r in read_csv(home / "hospital" / "mapping.csv") if r["map_id"] == "R1"]
    assert row["remark"].startswith("名称带眧闱；R1：") and row["code_source"] == "3301", row


@test
def a_mapping_that_cannot_be_is_refused_whole(bench):
    host = started(bench)
    good = "F100007|A类四人间床位费|诊疗项目|001204000110000|日|2026-01-01|"
    for payload, code, says in ((good + "$|无编码|诊疗项目|001204000110000|", -3010, ":2: medins_list_codg"), (good + "$F1|x|y|z|日|2026-02-30|", -3008, ":2: begndate"),
                                (good + "|||0|1|", -3007, ":1: factor_num"), (good + "$F1|x|", -3010, "第 2 行缺少第 3 项"), ("", -3010, "对照"),
                                (good + "|||1|1|9|", -3003, "多于")):
        _, message = host.call("3110", payload, expect=code)
        assert says in message, (payload, message)
    _, message = host.call("3120", "|", expect=-3010)
    assert "fixmedins_hilist_id" in message, message
    assert host.call("3120", "F100007|")[0] == [[""]]
    node = {"fixmedins_hilist_id": "F100007", "fixmedins_hilist_name": "床", "list_type": "201", "med_list_codg": "001204000110000", "begndate": "2026-01-01",
            "enddate": "2026-12-31", "factor_num": 1, "factor_den": 1}
    assert host.national("3301", {"data": node})["output"]["result"]["proposed"] == 1
    assert host.national("3120", {"data": {"fixmedins_hilist_id": "F100007"}})["output"]["data"][0]["enddate"] == "2026-12-31"
    host.end()


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
