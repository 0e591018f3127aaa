#!/usr/bin/env python3
"""An unfit home through the command: configuration, packs, mapping, keys, ledger, disk."""
import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from command import main, tree_of  # noqa: E402
from planted import clean, write  # noqa: E402
from refusal import ledger_rows, no_personal, personal_values, refuse, state_of  # noqa: E402

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def stay_files(bench, stay=None):
    bench.made += 1
    return write(bench.dir / f"in-{bench.made}", stay or clean())


def home_with(bench, name, edit):
    home = bench.home()
    file = home / name
    changed = edit(file.read_text(encoding="utf-8"))
    file.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
    return home


def imported(bench, *stays):
    home = bench.home()
    for stay in stays or [clean()]:
        bench.run("import", "-C", home, stay_files(bench, stay), expect=0)
    return home


def usable(bench, home):
    bench.run("preview", "-C", home, stay_files(bench), expect=0)


# --- settle.ini --------------------------------------------------------------------------------------

@test
def settings_are_refused_by_line_and_option(bench):
    folder = stay_files(bench)
    replace = lambda old, new: lambda t: t.replace(old, new, 1)
    for says, edit in (
            ("settle.ini:5: medins_level: ", replace("medins_lv = 3", "medins_level = 3")),
            ("settle.ini:16: key: ", replace("[sign]", "[signs]")),
            ("settle.ini: fixmedins_code: ", replace("fixmedins_code = H99990100001\n", "")),
            ("settle.ini: fixmedins_code: ", replace("fixmedins_code = H99990100001", "fixmedins_code =")),
            ("settle.ini:22: busy_ms: ", replace("busy_ms = 5000", "busy_ms = soon")),
            ("settle.ini:22: busy_ms: ", replace("busy_ms = 5000", "busy_ms = -1")),
            ("settle.ini:22: busy_ms: ", replace("busy_ms = 5000", "busy_ms = 99999999999")),
            ("settle.ini:8: utc_offset: ", replace("+08:00", "8")),
            ("settle.ini:6: medins_lv: ", replace("medins_lv = 3", "medins_lv = 3\nmedins_lv = 2")),
            ("settle.ini:15: ", replace("[sign]", "[sign]\nnonsense")),
            ("none.pack: ", replace("sample-999901-2026.1.pack", "none.pack"))):
        refuse(bench, home_with(bench, "settle.ini", edit), 4, "preview", folder, says=[says], people=[clean()])
    missing = home_with(bench, "settle.ini", replace("x", "x"))
    (missing / "settle.ini").unlink()
    refuse(bench, missing, 4, "preview", folder, says=["settle.ini: "])
    (missing / "settle.ini").mkdir()
    runs = refuse(bench, missing, 4, "preview", folder, says=["settle.ini: "])
    assert "directory" in runs["en"].err and "目录" in runs["zh"].err, runs
    usable(bench, home_with(bench, "settle.ini", lambda t: "; a comment\n" + t))


@test
def a_home_without_key_previews_but_does_not_settle(bench):
    home = home_with(bench, "settle.ini", lambda t: t.replace("key = keys/signer.key\n", ""))
    bench.run("import", "-C", home, stay_files(bench), expect=0)
    refuse(bench, home, 4, "submit", "P01", says=["settle.ini: key: "], people=[clean()])
    bench.run("preview", "-C", home, "P01", expect=0)


# --- packs -------------------------------------------------------------------------------------------

def pack_of(home):
    return home / "packs" / "sample-999901-2026.1.pack"


@test
def damaged_packs_refuse_to_serve(bench):
    folder, home = stay_files(bench), bench.home()
    pack = pack_of(home)
    good = pack.read_bytes()
    flipped = lambda at: good[:at] + bytes([good[at] ^ 1]) + good[at + 1:]
    for bytes_ in (good[:len(good) // 2], good[:-1], good + b"x", b"", os.urandom(100000), flipped(10),
                   flipped(len(good) - 20)):
        pack.write_bytes(bytes_)
        refuse(bench, home, 4, "preview", folder, says=[f"{pack.name}: "], people=[clean()])
        refuse(bench, home, 4, "pack", "check", pack, says=[f"{pack.name}: "])
    pack.write_bytes(good)
    usable(bench, home)


@test
def a_changed_byte_of_the_rows_is_found_by_pack_check(bench):
    home = bench.home()
    pack = pack_of(home)
    good = pack.read_bytes()
    for at in (len(good) // 4, len(good) // 2, len(good) - 200000):
        pack.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1:])
        refuse(bench, home, 4, "pack", "check", pack, says=[f"{pack.name}: "])
    pack.write_bytes(good)
    bench.run("pack", "check", pack, expect=0)


@test
def a_pack_without_its_record_waits_for_pack_check(bench):
    folder, home = stay_files(bench), bench.home()
    record = pathlib.Path(f"{pack_of(home)}.digest")
    for spoil in (record.unlink, lambda: record.write_text("zz")):
        spoil()
        refuse(bench, home, 4, "preview", folder, says=[f"{record.name}: "])
        bench.run("pack", "check", pack_of(home), expect=0)
        usable(bench, home)


def rebuilt(bench, name, old, new):
    """A home whose pack source was changed and built again."""
    home = home_with(bench, f"packs/sample-999901/{name}", lambda t: t.replace(old, new, 1))
    bench.run("pack", "build", home / "packs" / "sample-999901", expect=0)
    return home


@test
def packs_of_other_places_and_times_do_not_serve(bench):
    folder = stay_files(bench)
    for old, new in (('admdvs="999901"', 'admdvs="430100"'), ('enddate="2099-12-31"', 'enddate="2025-06-06"'),
                     ('begndate="2025-01-01"', 'begndate="2025-06-08"'), ('insutype="*"', 'insutype="390"')):
        home = rebuilt(bench, "pack.xml", old, new)
        refuse(bench, home, 4, "preview", folder, says=["insutype: ", '"310"'], people=[clean()])
    usable(bench, rebuilt(bench, "pack.xml", 'enddate="2099-12-31"', 'enddate="2025-06-07"'))
    far = stay_files(bench, clean(mdtrtarea_admvs="610100"))
    refuse(bench, bench.home(), 4, "preview", far, says=["insutype: "], people=[clean()])


@test
def two_packs_for_one_stay_are_refused(bench):
    home = rebuilt(bench, "pack.xml", 'version="2026.1"', 'version="2026.2"')
    ini = home / "settle.ini"
    one = ini.read_text(encoding="utf-8")
    line = "pack = packs/sample-999901-2026.1.pack\n"
    ini.write_text(one.replace(line, line + line.replace("2026.1", "2026.2")), encoding="utf-8")
    refuse(bench, home, 4, "preview", stay_files(bench), says=["insutype: ", "sample-999901"], people=[clean()])
    ini.write_text(one.replace("2026.1", "2026.2"), encoding="utf-8")
    usable(bench, home)


@test
def pack_sources_are_refused_by_file_line_and_column(bench):
    for name, old, new, says in (
            ("catalogue.csv", "0.1000", "1.5000", "catalogue.csv:2: selfpay_prop"),
            ("catalogue.csv", "2025-01-01", "2025-02-30", "catalogue.csv:2: begndate"),
            ("rules/beds.csv", "med_list_codg", "code", "beds.csv:1"),
            ("pack.xml", 'id="sample-999901"', 'id="Sample"', "pack.xml"),
            ("pack.xml", "../shaanxi-2021", "../nowhere", "nowhere")):
        home = home_with(bench, f"packs/sample-999901/{name}", lambda t: t.replace(old, new, 1))
        refuse(bench, home, 4, "pack", "build", home / "packs" / "sample-999901", says=[says])
        usable(bench, home)
    home = bench.home()
    (home / "packs" / "sample-999901" / "cap.csv").write_text("x\n")
    refuse(bench, home, 4, "pack", "build", home / "packs" / "sample-999901", says=["cap.csv"])


# --- the hospital's tables ---------------------------------------------------------------------------

@test
def tables_that_cannot_be_read_are_named(bench):
    folder = stay_files(bench)
    for name, says, edit in (
            ("mapping.csv", "mapping.csv:1: factor_num: ", lambda t: t.replace("factor_num", "factor", 1)),
            ("mapping.csv", "mapping.csv:2: factor_num: ", lambda t: t.replace(",1,1,02,", ",x,1,02,", 1)),
            ("mapping.csv", "mapping.csv:2: begndate: ", lambda t: t.replace("2025-01-01", "2025-02-30", 1)),
            ("mapping.csv", "mapping.csv:2: ", lambda t: t.encode().replace("床位费".encode(), b"\xff\xff", 1)),
            ("mapping.csv", "mapping.csv:", lambda t: t + '"x'), ("mapping.csv", "mapping.csv:1: ", lambda t: b""),
            ("items.csv", "items.csv:1: prcunt: ", lambda t: t.replace("prcunt", "unit", 1)),
            ("items.csv", "items.csv:366: medins_list_codg: ", lambda t: t + t.splitlines()[1] + "\n")):
        home = home_with(bench, f"hospital/{name}", edit)
        refuse(bench, home, 4, "preview", folder, says=[says], people=[clean()])
        refuse(bench, home, 4, "map", "check", says=[says])
    home = bench.home()
    (home / "hospital" / "mapping.csv").unlink()
    refuse(bench, home, 4, "preview", folder, says=["mapping.csv: "])


@test
def an_implausible_factor_is_a_finding(bench):
    for factor in (",1,0,02,", ",-1,1,02,"):
        home = home_with(bench, "hospital/mapping.csv", lambda t: t.replace(",1,1,02,", factor, 1))
        (result,) = bench.run("preview", "--json", "-C", home, stay_files(bench), expect=1).objects
        assert {f["rule_id"] for f in result["findings"]} >= {"V2"}
        bench.run("map", "check", "-C", home, expect=1)


@test
def a_damaged_cache_is_made_again(bench):
    home = bench.home()
    for junk in (b"", b"junk", os.urandom(50000)):
        (home / "cache" / "mapping.idx").write_bytes(junk)
        usable(bench, home)


# --- keys and certificates ---------------------------------------------------------------------------

def openssl(*args):
    subprocess.run(["openssl", *map(str, args)], check=True, capture_output=True)


@test
def unfit_keys_do_not_sign(bench):
    home, other = imported(bench), bench.dir / "home2" / "keys"
    key, chain = home / "keys" / "signer.key", home / "keys" / "signer.pem"
    good = {f: f.read_bytes() for f in (key, chain)}
    for says, spoil in (
            ("signer.key: ", lambda: key.chmod(0o644)), ("signer.key: ", lambda: key.chmod(0o640)),
            ("signer.key: ", key.unlink), ("signer.key: ", lambda: key.write_bytes(b"junk")),
            ("signer.key: ", lambda: key.write_bytes(good[key][:80])),
            ("signer.key: ", lambda: openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", key)),
            ("signer.key: ", lambda: openssl("genrsa", "-out", key, "1024")),
            ("signer.key: ", lambda: openssl("ec", "-in", key, "-aes128", "-passout", "pass:x", "-out", key)),
            ("signer.pem: ", lambda: shutil.copy(other / "signer.key", key)),
            ("signer.pem: ", lambda: shutil.copy(other / "signer.pem", chain)),
            ("signer.pem: ", lambda: chain.write_bytes(b"junk")), ("signer.pem: ", chain.unlink)):
        spoil()
        refuse(bench, home, 5, "submit", "P01", says=[says], people=[clean()])
        bench.run("preview", "-C", home, "P01", expect=0)
        for file, content in good.items():
            file.unlink(missing_ok=True)
            file.write_bytes(content)
            file.chmod(0o600)
    bench.run("submit", "-C", home, "P01", expect=8)


def certify(folder, key, begin, end):
    """A chain of a fresh authority for `key`, valid from begin to end (YYYYMMDDHHMMSSZ)."""
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("01\n")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=c\n[c]\ndatabase={folder}/index.txt\nserial={folder}/serial\nnew_certs_dir={folder}\n"
        "default_md=sha256\npolicy=p\nunique_subject=no\nx509_extensions=e\n[p]\ncommonName=supplied\n"
        "[e]\nkeyUsage=digitalSignature,nonRepudiation\nbasicConstraints=CA:FALSE\n"
        "[req]\ndistinguished_name=d\nx509_extensions=a\n[d]\n[a]\nbasicConstraints=critical,CA:TRUE\n"
        "keyUsage=keyCertSign\n")
    config = folder / "ca.cnf"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            folder / "ca.key", "-out", folder / "ca.pem", "-subj", "/CN=Test CA", "-days", "3650", "-config", config)
    openssl("req", "-new", "-key", key, "-subj", "/CN=H99990100001", "-out", folder / "own.csr", "-config", config)
    openssl("ca", "-batch", "-config", config, "-keyfile", folder / "ca.key", "-cert", folder / "ca.pem", "-in",
            folder / "own.csr", "-out", folder / "own.pem", "-startdate", begin, "-enddate", end, "-notext")
    return (folder / "own.pem").read_bytes() + (folder / "ca.pem").read_bytes()


@test
def a_certificate_out_of_its_time_does_not_sign(bench):
    home, made = imported(bench), bench.dir / "authority"
    made.mkdir()
    chain, anchors = home / "keys" / "signer.pem", home / "keys" / "ca.pem"

    def issue(begin, end):
        chain.write_bytes(certify(made, home / "keys" / "signer.key", begin, end))
        anchors.write_bytes((made / "ca.pem").read_bytes())

    for begin, end in (("20200101000000Z", "20210101000000Z"), ("20900101000000Z", "20910101000000Z")):
        issue(begin, end)
        refuse(bench, home, 5, "submit", "P01", people=[clean()], says=["signer"])
    issue("20200101000000Z", "20910101000000Z")
    bench.run("submit", "-C", home, "P01", expect=8)


# --- the ledger --------------------------------------------------------------------------------------

def sql(home, *statements):
    with contextlib.closing(sqlite3.connect(home / "ledger.db")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def without_log(home):
    """All of the ledger in its one file."""
    with contextlib.closing(sqlite3.connect(home / "ledger.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for part in ("-wal", "-shm"):
        pathlib.Path(f"{home}/ledger.db{part}").unlink(missing_ok=True)
    return home / "ledger.db"


@test
def a_ledger_that_others_may_read_is_refused(bench):
    home, folder = imported(bench), stay_files(bench)
    for mode in (0o644, 0o660, 0o604):
        (home / "ledger.db").chmod(mode)
        for command in (["preview", "P01"], ["submit", "P01"], ["status"], ["audit", "verify"], ["import", folder]):
            refuse(bench, home, 6, *command, says=["ledger.db: "], people=[clean()])
    (home / "ledger.db").chmod(0o600)
    bench.run("submit", "-C", home, "P01", expect=8)


@test
def what_is_no_ledger_is_refused(bench):
    home, folder = imported(bench), stay_files(bench)
    file = without_log(home)
    good = file.read_bytes()

    def other_database():
        file.unlink()
        sql(home, "CREATE TABLE a(b)")
    for spoil in (lambda: file.write_bytes(os.urandom(65536)), lambda: file.write_bytes(good[:len(good) // 2]),
                  lambda: sql(home, "PRAGMA user_version=99"), other_database):
        spoil()
        file.chmod(0o600)
        for command in (["preview", "P01"], ["submit", "P01"], ["status"], ["audit", "verify"], ["import", folder]):
            refuse(bench, home, 6, *command, says=["ledger.db: "], people=[clean()])
        for part in ("-wal", "-shm"):
            pathlib.Path(f"{file}{part}").unlink(missing_ok=True)
        file.write_bytes(good)
    bench.run("submit", "-C", home, "P01", expect=8)


@test
def a_ledger_that_is_gone_is_not_replaced_by_an_empty_one(bench):
    home = imported(bench)
    without_log(home).unlink()
    for command in (["submit", "P01"], ["status"], ["audit", "verify"], ["document", "P01"]):
        refuse(bench, home, 6, *command, says=["ledger.db: "])
    assert not (home / "ledger.db").exists()
    usable(bench, home)
    assert not (home / "ledger.db").exists()


@test
def a_locked_ledger_is_told_and_left_alone(bench):
    home, folder = imported(bench), stay_files(bench, clean("P02", person=102))
    ini = home / "settle.ini"
    ini.write_text(ini.read_text(encoding="utf-8").replace("busy_ms = 5000", "busy_ms = 100"), encoding="utf-8")
    with contextlib.closing(sqlite3.connect(home / "ledger.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        for command in (["submit", "P01"], ["import", folder]):
            refuse(bench, home, 6, *command, says=["ledger.db: "], people=[clean()])
        bench.run("preview", "-C", home, "P01", expect=0)
        bench.run("status", "-C", home, expect=0)
        bench.run("audit", "verify", "-C", home, expect=0)
        db.execute("ROLLBACK")
    bench.run("submit", "-C", home, "P01", expect=8)


@test
def a_tampered_ledger_is_found_by_its_record(bench):
    for record, statement in (
            (1, "UPDATE audit SET opter='X' WHERE no=1"), (2, "UPDATE audit SET role='X' WHERE no=2"),
            (2, "UPDATE audit SET detail='X' WHERE no=2"), (1, "DELETE FROM audit WHERE no=1"),
            (2, "DELETE FROM audit WHERE no=2"), (2, "UPDATE audit_head SET records=1"),
            (2, "UPDATE submission SET document=CAST(replace(document,'3.10','3.20') AS BLOB)"),
            (2, "UPDATE submission SET fund_pay_sumamt=fund_pay_sumamt+1"),
            (2, "UPDATE submission SET psn_no='9'"), (2, "UPDATE submission SET line_keys=x''"),
            (2, "DELETE FROM submission"), (1, "UPDATE stay_part SET json=replace(json,'3.10','3.20')"),
            (1, "DELETE FROM stay_part")):
        home = imported(bench)
        bench.run("submit", "-C", home, "P01", expect=8)
        bench.run("audit", "verify", "-C", home, expect=0)
        sql(home, statement)
        refuse(bench, home, 6, "audit", "verify", says=[f"ledger.db:{record}: audit: "], people=[clean()])


@test
def a_stay_changed_in_the_ledger_is_not_settled(bench):
    home = imported(bench)
    sql(home, "UPDATE stay_part SET json=replace(json,'3.10','3.20')")
    for command in ("preview", "submit", "explain"):
        refuse(bench, home, 6, command, "P01", says=["ledger.db"], people=[clean()])


@test
def another_uid_reads_and_writes_nothing(bench):
    if os.geteuid() != 0:
        return print("SKIPPED: another uid needs root")
    home, folder = imported(bench), stay_files(bench)
    bench.dir.chmod(0o755)
    before = state_of(home)
    nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", bench.settle]
    for command in (["preview", "P01"], ["status"], ["submit", "P01"], ["import", folder], ["audit", "verify"]):
        done = subprocess.run([*nobody, *map(str, command), "-C", home], capture_output=True, text=True,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
        assert done.returncode == 6 and "ledger.db: " in done.stderr, (command, done)
        no_personal_text(done)
    done = subprocess.run([*nobody, "init", bench.dir / "of-nobody"], capture_output=True, text=True)
    assert done.returncode == 6 and "of-nobody" in done.stderr, done
    assert state_of(home) == before and not (bench.dir / "of-nobody").exists()


@test
def a_home_is_made_where_one_can_be(bench):
    file = bench.dir / "a-file"
    file.write_text("x", encoding="utf-8")
    full = bench.dir / "full"
    full.mkdir()
    (full / "x").write_text("x", encoding="utf-8")
    for path, code, says in (("n" * 300, 2, "too long"), ("n" * 255, 2, "too long"), ("n/" * 3000, 2, "too long"), ("", 2, "home: "),
                             (file, 2, "exists already"), (full, 2, "exists already"), (file / "x", 6, "Not a directory"),
                             (bench.dir / "none" / "x", 6, "No such file or directory")):
        target = path if path == "" else bench.dir / path
        said = bench.run("init", target, expect=code)
        assert says in said.err, (str(path)[:20], said.err[-200:])
    assert file.read_text(encoding="utf-8") == "x" and [f.name for f in full.iterdir()] == ["x"]
    (bench.dir / "empty").mkdir()
    bench.run("init", bench.dir / "empty", expect=0)
    bench.run("init", bench.dir / ("m" * 200), expect=0)
    assert not list(bench.dir.glob("*.new-*"))


# --- the disk ----------------------------------------------------------------------------------------

MOUNTS = os.geteuid() == 0 and subprocess.run(
    ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True).returncode == 0


def in_mounts(script, *words):
    """Runs a shell script in a mount namespace of its own; its words are $1, $2, ..."""
    return subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", *map(str, words)], capture_output=True, text=True,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"})


@test
def a_read_only_disk_is_told_and_left_alone(bench):
    if not MOUNTS:
        return print("SKIPPED: a read-only disk needs mounts of one's own (root)")
    home, folder = imported(bench), stay_files(bench, clean("P02", person=102))
    read_only = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    for log in (True, False):
        if not log:
            without_log(home)
        before = tree_of(home)
        for command in (["submit", "P01"], ["import", folder]):
            done = in_mounts(read_only, home, bench.settle, *command, "-C", home)
            assert done.returncode == 6 and "ledger.db: " in done.stderr, (command, done)
            assert "read-only" in done.stderr.lower(), done.stderr
            no_personal_text(done)
        if log:  # SQLite cannot read beside other processes without one
            done = in_mounts(read_only, home, bench.settle, "preview", "-C", home, "P01")
            assert done.returncode == 0, done
        assert tree_of(home) == before
    bench.run("submit", "-C", home, "P01", expect=8)


def no_personal_text(done):
    for value in personal_values([clean(), clean("P02", person=102)]):
        assert value not in done.stdout and value not in done.stderr, value


FULL = """
mount -t tmpfs -o size=$2 none "$3" || exit 99
cp -a "$1/." "$3" || exit 98
dd if=/dev/zero of="$3/fill" bs=4096 2>/dev/null
home=$3 out=$4
shift 4
"$@"
code=$?
rm -f "$home/fill"
cp -a "$home/." "$out" || exit 97
exit $code
"""


def on_full_disk(bench, home, *command):
    """The command against a copy of `home` on a disk that is full (DISK in its words); what is there afterwards."""
    bench.made += 1
    disk, after = bench.dir / f"disk-{bench.made}", bench.dir / f"after-{bench.made}"
    disk.mkdir()
    after.mkdir()
    done = in_mounts(FULL, home, "48m", disk, after, bench.settle,
                     *[str(word).replace("DISK", str(disk)) for word in command], "-C", disk)
    return done, after


@test
def a_full_disk_is_told_and_nothing_half_written(bench):
    if not MOUNTS:
        return print("SKIPPED: a full disk needs mounts of one's own (root)")
    home, folder = imported(bench), stay_files(bench, clean("P02", person=102))
    without_log(home)
    rows = ledger_rows(home / "ledger.db")
    for command in (["submit", "P01"], ["import", folder]):
        done, after = on_full_disk(bench, home, *command)
        assert done.returncode == 6 and "ledger.db: " in done.stderr, (command, done)
        assert "full" in done.stderr, done.stderr
        no_personal_text(done)
        assert ledger_rows(after / "ledger.db") == rows
        bench.run("audit", "verify", "-C", after, expect=0)
        bench.run("submit", "-C", after, "P01", expect=8)
    done, after = on_full_disk(bench, home, "preview", "P01")
    assert done.returncode == 0, done


@test
def a_home_or_pack_that_does_not_fit_leaves_nothing(bench):
    if not MOUNTS:
        return print("SKIPPED: a full disk needs mounts of one's own (root)")
    for size in ("1m", "4m", "12m"):
        disk = bench.dir / f"small-{size}"
        disk.mkdir()
        done = in_mounts('mount -t tmpfs -o size=$2 none "$1"; "$3" init "$1/h"; code=$?; ls -A "$1"; exit $code',
                         disk, size, bench.settle)
        if size == "1m" or done.returncode != 0:
            assert done.returncode == 6 and done.stdout == "", (size, done)
    home = bench.home()
    done, after = on_full_disk(bench, home, "pack", "build", "DISK/packs/sample-999901")
    assert done.returncode == 6, done
    assert tree_of(after / "packs") == tree_of(home / "packs")


if __name__ == "__main__":
    main(TESTS, sys.argv[1])
