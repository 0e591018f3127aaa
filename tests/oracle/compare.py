#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random packs and stays settled twice: by `settle batch`, and by the second opinion.

compare.py BUILD FIRST-SEED PACKS STAYS-A-PACK   random policies
compare.py BUILD FIRST-SEED shipped STAYS        each policy of examples/hospital/packs
"""
import json
import pathlib
import sys
import tempfile

from covered import declared, used
from home import Home, differences, make, told
from shipped import SHIPPED, write_shipped
from shrink import shrunk


SHRUNK = 3  # packs whose difference is shrunk: more of them have the same cause


def report(home, case):
    """The smallest pack and stay that still show a difference."""
    case = shrunk(home, case)
    want, got = home.opinion([case])[0], told(home.batch([case])[0])
    print(f"  shrunk: {differences(want, got)}\n  {json.dumps(case, ensure_ascii=False)}")
    for path in sorted(home.sources()):
        print(f"  {path.parent.name}/{path.name}:\n{path.read_text(encoding='utf-8')}")
    print(f"  opinion: {want}\n  settle:  {got}")


class Comparison:
    def __init__(self, build):
        self.settle = str(pathlib.Path(build, "bin/settle").resolve())
        self.used, self.shrunk = set(), 0
        self.same = self.different = self.evaluated = self.served = 0

    def pack(self, place, seed, stays, **how):
        with tempfile.TemporaryDirectory() as temporary:
            home = Home(self.settle, pathlib.Path(temporary, "home"))
            refusal, cases = make(seed, home, stays, **how)
            self.used |= used(home.directory)
            if refusal:
                self.different += 1
                print(f"{place}: the pack is refused: {refusal}")
                return
            shown = False
            answers = zip(cases, home.opinion(cases), home.batch(cases))
            for number, (case, want, result) in enumerate(answers):
                wrong = differences(want, told(result))
                self.same += not wrong
                self.different += bool(wrong)
                self.evaluated += want["setlinfo"] is not None
                self.served += bool(want.get("setldetail"))
                if wrong and not shown:
                    shown = True
                    print(f"{place}, stay {number}: opinion, settle: {wrong}")
                    self.shrunk += 1
                    if self.shrunk <= SHRUNK:
                        report(home, case)


def main():
    c = Comparison(sys.argv[1])
    first, stays = int(sys.argv[2]), int(sys.argv[4])
    if sys.argv[3] == "shipped":
        for pack in SHIPPED:
            c.pack(f"pack {pack.name}, seed {first}", first, stays, write=write_shipped(pack))
    else:
        for seed in range(first, first + int(sys.argv[3])):
            c.pack(f"seed {seed}", seed, stays)
        for element, attribute in sorted(declared() - c.used) if int(sys.argv[3]) >= 80 else []:
            c.different += 1
            print(f"no random policy has {element} {attribute}")
    print(f"evaluated {c.evaluated}, of them served {c.served}")
    print(f"{c.same} passed, {c.different} failed")
    return c.different > 0


if __name__ == "__main__":
    sys.exit(main())
