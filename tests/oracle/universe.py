# SPDX-License-Identifier: Apache-2.0
"""The small world of the random cases: few codes, so that conditions and rows meet often."""
AREAS = ["999901", "999902", "9903", "990401"]
IDENTITIES = ["2301", "2302", "2303", "2304"]
DIAGNOSES = ["K80.101", "K35.900", "C34.900", "J15.902", "F20.000"]
GROUPS = ["AB12", "AC34", "BD56"]
DEPARTMENTS = ["A03.01", "A10", "B02"]
LISTS = ["X.one", "X.two", "X.three"]
LIST_TYPES = ["101", "102", "201", "301"]
CODES = [f"00{n % 4}1{n:02d}000010000" for n in range(1, 15)]
PRICE_CODES = [f"1201{n:05d}" for n in range(1, 15)]
ITEMS = [f"F{n:06d}" for n in range(1, 19)]


def day(rng):
    return f"{rng.choice([2025, 2025, 2026])}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def fen_text(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def ratio_text(rng, top, low=0):
    value = rng.randint(low, top)
    if rng.random() < 0.6:
        value = min(top, max(low, round(value, -2)))
    if value == 10000:
        return "1"
    return f"0.{value:04d}" if value else "0"
