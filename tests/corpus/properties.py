"""What must not change a verdict: the order of the charges, how many imports bring them, the format and its encoding."""
import json
import random
import xml.etree.ElementTree

from command import write_csv

SAMPLE = 60  # stays that are imported in parts and read in other formats
SEED = 31
FILES = ("charges", "diagnoses", "operations", "identities", "accumulators", "history", "history-items", "orders",
         "approvals", "consents", "pathway", "entitlements", "deposits")
ONE = {"stays": "stay", "charges": "charge", "diagnoses": "diagnosis", "operations": "operation",
       "identities": "identity", "accumulators": "accumulator", "history": "history-stay", "history-items": "history-item",
       "orders": "order", "approvals": "approval", "consents": "consent", "pathway": "pathway-event", "entitlements": "entitlement",
       "deposits": "deposit"}


def verdict(result):
    findings = sorted((f["finding_id"], f["rule_id"], f["action"], f["vola_amt"], sorted(f["lines"]),
                       sorted(f["involved"])) for f in result["findings"])
    gaps = sorted((g["rule_id"], g["missing"], g["lines"]) for g in result["not_evaluated"])
    return findings, gaps, result["setlinfo"], result["setldetail"]


def differing(name, results, others):
    """A line for each stay whose verdict is another."""
    assert len(results) == len(others), f"{name}: {len(others)} results for {len(results)} stays"
    for one, other in zip(results, others):
        if verdict(one) != verdict(other):
            pairs = [(a, b) for a, b in zip(verdict(one), verdict(other)) if a != b]
            yield f"{name}: {one['mdtrt_id']}: {pairs[0][0]} became {pairs[0][1]}"


def shuffled(stays):
    rnd = random.Random(SEED)
    for stay in stays:
        charges = list(stay["charges"])
        rnd.shuffle(charges)
        yield {**stay, "charges": charges}


def tables_of(stays):
    """The rows of all stays by file; each file is given, be it empty."""
    tables = {"stays": [s["stay"] for s in stays]}
    for name in FILES:
        tables[name] = [row for s in stays for row in s[name]]
    return tables


def write_folder(folder, tables, encoding="utf-8"):
    folder.mkdir()
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        if rows:
            write_csv(folder / f"{name}.csv", [{key: row.get(key, "") for key in columns} for row in rows], encoding)


def write_xml(path, tables):
    root = xml.etree.ElementTree.Element("input", {"xmlns": "urn:libsettle:stay:1.0",
                                                   **{name: str(len(rows)) for name, rows in tables.items()}})
    for name, rows in tables.items():
        group = xml.etree.ElementTree.SubElement(root, name)
        for row in rows:
            xml.etree.ElementTree.SubElement(group, ONE[name], {k: str(v) for k, v in row.items()})
    path.write_bytes(xml.etree.ElementTree.tostring(root, "utf-8", xml_declaration=True))


def in_two_imports(bench, home, stays):
    """Half of the charges with the head, later the rest with all other files."""
    halves = [[], []]
    for stay in stays:
        cut = len(stay["charges"]) // 2
        halves[0].append({**{name: [] for name in FILES}, "stay": stay["stay"], "charges": stay["charges"][:cut]})
        halves[1].append({**stay, "charges": stay["charges"][cut:]})
    for number, half in enumerate(halves):
        write_folder(bench.dir / f"part-{number}", tables_of(half))
        bench.run("import", "-C", home, bench.dir / f"part-{number}", expect=0)
    return preview(bench, home, *(s["stay"]["mdtrt_id"] for s in stays))


def preview(bench, home, *what):
    done = bench.run("preview", "-C", home, "--json", "--lang", "zh", *what)
    assert done.code in (0, 1), f"preview: exit {done.code}\n{done.err}"
    return done.objects


def check(bench, home, corpus, judge, stated, results):
    """judge: results of stays, as `settle batch` gives them. Yields what differs."""
    stays = [json.loads(line) for line in (corpus / "stays.ndjson").read_text(encoding="utf-8").splitlines()]
    yield from differing("charges in another order", results, judge(shuffled(stays)))
    given = [n for n, one in enumerate(stated) if all(name in stays[n] for name in FILES)
             and one["scenario"] != "settled_before"]  # to a settled stay nothing is added
    chosen = sorted(random.Random(SEED).sample(given, SAMPLE))
    some, expected = [stays[n] for n in chosen], [results[n] for n in chosen]
    tables = tables_of(some)
    yield from differing("two imports", expected, in_two_imports(bench, home, some))
    write_folder(bench.dir / "gb18030", tables, "gb18030")
    yield from differing("CSV in GB18030", expected, preview(bench, home, bench.dir / "gb18030"))
    write_xml(bench.dir / "stays.xml", tables)
    yield from differing("XML", expected, preview(bench, home, "-a", "xml", bench.dir / "stays.xml"))
    (bench.dir / "stays.json").write_text(json.dumps(some, ensure_ascii=False), encoding="utf-8")
    yield from differing("JSON", expected, preview(bench, home, "-a", "json", bench.dir / "stays.json"))
