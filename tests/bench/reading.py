#!/usr/bin/env python3
"""Stays as a hospital's files hold them, made of the example's S01: reading.py DIRECTORY LINES [STAYS [scattered]]
One stay of so many lines as CSV, national JSON and HL7; or so many stays as CSV, the rows of each together or scattered."""
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "vendors")]
import hl7  # noqa: E402
import nhsa  # noqa: E402
import vendor  # noqa: E402


def stay_of(n_lines):
    """The days of S01 over and over, each time with serials of its own; a refund with the charge it takes back."""
    (stay,) = [s for s in vendor.stays_of("H99990100001") if s.id == "S01"]
    period, made, times = stay.charges, [], 0
    while len(made) < n_lines:
        times += 1
        for charge in period[:n_lines - len(made)]:
            new = {field: f"{times:03}{charge[field]}" if charge[field] else "" for field in ("feedetl_sn", "init_feedetl_sn")}
            made.append({**charge, **new, "drord_no": f"{charge['drord_no']}-{times}"})
    known = {c["feedetl_sn"] for c in made}
    stay.charges = [c for c in made if c["init_feedetl_sn"] in known | {""}]
    assert len(stay.charges) == n_lines
    return stay


def main(directory, n_lines):
    stay = stay_of(n_lines)
    vendor.write_csv(directory / "csv", {"stays": [stay.head], "charges": stay.charges, "diagnoses": stay.diagnoses,
                                         **({"operations": stay.operations} if stay.operations else {})}, "utf-8")
    nhsa.write(directory / "nhsa", [stay])
    hl7.write(directory / "hl7", [stay])


def many(directory, n_lines, n_stays, scattered):
    stay = stay_of(n_lines)
    directory.mkdir()
    for name, rows in (("stays", [stay.head]), ("charges", stay.charges), ("diagnoses", stay.diagnoses)):
        with open(directory / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            mine = [{"mdtrt_id": f"M{number:06}", **({"psn_no": f"P{number:06}"} if name == "stays" else {})} for number in range(n_stays)]
            if scattered:
                out.writerows({**row, **m} for row in rows for m in mine)
            else:
                out.writerows({**row, **m} for m in mine for row in rows)


if len(sys.argv) > 3:
    many(pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), len(sys.argv) > 4)
else:
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
