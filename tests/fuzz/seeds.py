#!/usr/bin/env python3
"""Seeds for the fuzz targets, from the example hospital and the command: seeds.py BUILD OUT"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "hospital"
TABLE_FILES = sorted((EXAMPLE / "packs").rglob("*.csv"))
BUILD, OUT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
HEAD_LINES = 12
SMALL_PACK = """<pack xmlns="urn:libsettle:pack:1.0" id="fuzz" version="1" name="测试" begndate="2025-01-01">
<region admdvs="9999"/><scheme insutype="310"/><scheme insutype="390"/><policy insutype="390"/></pack>
"""


def settle(*args, ok=(0,)):
    done = subprocess.run([BUILD / "bin" / "settle", *map(str, args)], capture_output=True)
    assert done.returncode in ok, (args, done.stderr.decode())
    return done.stdout


def seed(target, name, content):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def head(path, lines=HEAD_LINES):
    return "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:lines])


def csv_seeds():
    text = "".join(f"=== {f.stem}\n" + head(f) for f in sorted((EXAMPLE / "stays").glob("*.csv")))
    seed("csv", "example", text)
    seed("csv", "example-gb18030", text.encode("gb18030"))
    for folder, target in (("csv", "csv"), ("json", "json"), ("xml", "xml")):
        files = [f for f in sorted((ROOT / "adapters" / folder / "fixtures").rglob("*")) if f.is_file()]
        if target == "csv":
            seed("csv", "fixture", "".join(f"=== {f.stem}\n{f.read_text(encoding='utf-8')}" for f in files))
        for f in files if target != "csv" else ():
            seed(target, f.name, f.read_bytes())


def layout_seeds():
    for path in sorted((ROOT / "adapters").glob("*/*.adapter")):
        seed("layout", path.stem, "=== layout\n" + path.read_text(encoding="utf-8"))


def frame_seeds():
    name = b"\x81\x5e\x81\x7c\xb4\x5e".decode("gb18030")
    for n, payload in enumerate(("S01|", f"S01|1||O1|20250303101500|F100231||{name}|12.0000|1.00|12.0000|$S01|2|", "$$||^", "测试甲|𠮷|")):
        seed("frame", str(n), f"2310^H99990100001^D1^C1^20250401120000-H99990100001-0001^999901^{payload}^1^".encode("gb18030"))


def message_seeds(work):
    sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "vendors")]
    import fhir
    import hl7
    import nhsa
    import vendor
    for number, module in enumerate((hl7, nhsa, fhir)):
        stays = vendor.stays_of("H99990100001")[:3]
        for stay in stays:
            refunds = [c for c in stay.charges if c["init_feedetl_sn"]][:2]
            stay.charges = [c for c in stay.charges if c["feedetl_sn"] in {r["init_feedetl_sn"] for r in refunds}] + stay.charges[:4] + refunds
        module.write(work / module.NAME, stays)
        for path in sorted((work / module.NAME).iterdir()):
            seed("message", f"{module.NAME}-{path.name}", bytes([number]) + path.read_bytes())


def pack_seeds(work):
    policies = sorted((EXAMPLE / "packs").glob("*/policy.xml"))
    for policy in policies:
        text = policy.read_text(encoding="utf-8")
        seed("policy", policy.parent.name, text)
        seed("policy", policy.parent.name + "-filled", re.sub(r'"\$\w+"', '"1000.00"', text))
    for manifest in sorted((EXAMPLE / "packs").glob("*/pack.xml")):
        seed("manifest", manifest.parent.name, manifest.read_bytes())
    cap = (EXAMPLE / "packs/nhc-pathways/pathways/CAP.xml").read_text(encoding="utf-8")
    seed("pathway", "CAP", cap)
    seed("pathway", "head", cap.split("<examinations")[0] + '<source text="x"/></pathway>')
    for ini in sorted(EXAMPLE.glob("*.ini")):
        seed("config", ini.name, ini.read_bytes())
    for number in range(14):
        for file in TABLE_FILES:
            seed("table", f"{number}-{file.stem}", bytes([number + (0x80 if number % 2 else 0)]) + head(file).encode())
    tree = work / "tree"
    (tree / "rules").mkdir(parents=True)
    (tree / "pack.xml").write_text(SMALL_PACK, encoding="utf-8")
    shutil.copy(EXAMPLE / "packs" / "changsha-2015" / "policy.xml", tree)
    (tree / "catalogue.csv").write_text(head(EXAMPLE / "packs" / "sample-999901" / "catalogue.csv", 4), encoding="utf-8")
    (tree / "caps.csv").write_text(head(EXAMPLE / "packs" / "shaanxi-2021" / "caps.csv", 4), encoding="utf-8")
    settle("init", work / "home")
    settle("pack", "build", "-C", work / "home", tree, "-o", work / "small.pack")
    pack = (work / "small.pack").read_bytes()
    seed("pack", "small.pack", pack)
    offset, length = struct.unpack_from("<QQ", pack, len(pack) - 256 + 24)
    seed("index", "small.index", pack[offset:offset + length])


def document_seeds(work):
    settle("import", "-C", work / "home", EXAMPLE / "stays")
    for stay in ("S02", "S04"):
        settle("submit", "-C", work / "home", stay, ok=(0, 8))
        document = settle("document", "-C", work / "home", stay)
        bare = re.sub(rb"<(\w+:)?Signature.*</(\w+:)?Signature>", b"", document, flags=re.S)
        seed("document", stay, bare)
        seed("c14n", stay, document)
    seed("c14n", "namespaces",
         '<a:x xmlns:a="urn:a" xmlns="urn:d" xmlns:b="urn:b" b:k="1" k="2"><y xmlns=""><b:z a:q="&#9;&#10;&#13;&lt;"/></y>'
         '<?pi some data?><!-- c --><![CDATA[<&>]]>\r\n&gt;&#xD;𠀀</a:x>')


def number_seeds():
    for i, text in enumerate(("0", "-12.34", "99999999999999.99", "123456.789012", "2024-02-29", "1900-01-01",
                              "9999-12-31 23:59:59", "2025-03-03T09:42:00", "+1.50", "00000000000000000001.0000000")):
        seed("number", str(i), text)
    seed("number", "product", struct.pack("<qqq", 123456, 987654, 1000) + b"\x01")


with tempfile.TemporaryDirectory() as work:
    csv_seeds()
    layout_seeds()
    frame_seeds()
    message_seeds(pathlib.Path(work))
    pack_seeds(pathlib.Path(work))
    document_seeds(pathlib.Path(work))
    number_seeds()
