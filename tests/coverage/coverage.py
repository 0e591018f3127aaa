#!/usr/bin/env python3
"""Line coverage by room from gcov's figures: coverage.py BUILD [--missing ROOM...]

Fails when a room of NEEDED has less than LEAST percent of its lines run.
"""
import collections
import json
import pathlib
import subprocess
import sys

LEAST = 90
NEEDED = ("rules", "benefit", "sign")
BATCH = 40


def reports(objects):
    """gcov's JSON, one text a line, for the .gcda files of a build."""
    for i in range(0, len(objects), BATCH):
        out = subprocess.run(["gcov", "--json-format", "--stdout", *map(str, objects[i:i + BATCH])], check=True,
                             capture_output=True, text=True).stdout
        for line in out.splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def room_of(file):
    parts = pathlib.PurePosixPath(file).parts
    if parts[0] == "libsettle" and file.endswith(".c"):
        return parts[1]
    return parts[0] if parts[0] == "adapters" else "cli" if parts[:2] == ("plugin", "cli") else None


def run_lines(build):
    """{file: {line: times run}} of our own sources."""
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    for report in reports(sorted(build.glob("obj/**/*.gcda"))):
        for file in report["files"]:
            if room_of(file["file"]):
                for line in file["lines"]:
                    lines[file["file"]][line["line_number"]] += line["count"]
    return lines


def main():
    build, missing = pathlib.Path(sys.argv[1]), sys.argv[3:] if "--missing" in sys.argv else []
    rooms = collections.defaultdict(lambda: [0, 0])
    for file, counts in sorted(run_lines(build).items()):
        room = room_of(file)
        rooms[room][0] += len(counts)
        rooms[room][1] += sum(count > 0 for count in counts.values())
        if room in missing:
            print(f"{file}: {' '.join(str(n) for n, count in sorted(counts.items()) if count == 0)}")
    bad = [room for room in NEEDED if room not in rooms]
    print(f"{'room':10} {'lines':>7} {'run':>7} {'%':>7}")
    for room, (total, run) in sorted(rooms.items()):
        share = 100 * run / total
        needed = f"  at least {LEAST}" if room in NEEDED else ""
        print(f"{room:10} {total:7} {run:7} {share:7.1f}{needed}")
        if room in NEEDED and share < LEAST:
            bad.append(room)
    if bad:
        print(f"below {LEAST} %: {' '.join(bad)}")
    return 1 if bad else 0


sys.exit(main())
