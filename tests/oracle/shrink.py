# SPDX-License-Identifier: Apache-2.0
"""The smallest policy and stay that still show a difference: whatever can be left out is left out."""
import copy

from home import differences, told
from policy import parse
from random_pack import PACK, POLICY, write_xml

LISTS = ("charges", "accumulators", "identities", "entitlements", "diagnoses")
CONDITION = (
    "insutype psn_type psn_idet_type med_type medins_lv hosp_lv fixmedins_code refl_flag "
    "mdtrtarea_admvs outside psn_idet_all diagnosis from until age-from age-below "
    "counts counts-payments needs-payer-before paid remainder"
).split()


def differs(home, case):
    if not case["charges"] or home.build():
        return False
    try:
        return bool(differences(home.opinion([case])[0], told(home.batch([case])[0])))
    except (SystemExit, Exception):
        return False


def smaller_stays(case):
    for name in LISTS:
        for place in range(len(case.get(name, []))):
            smaller = copy.deepcopy(case)
            gone = smaller[name].pop(place)
            if name == "charges":
                smaller[name] = [
                    c for c in smaller[name] if c["init_feedetl_sn"] != gone["feedetl_sn"]
                ]
            yield smaller


def shrink_stay(home, case):
    found = True
    while found:
        found = next((s for s in smaller_stays(case) if differs(home, s)), None)
        case = found or case
    return case


def shrink_file(home, case, path):
    root = parse(path)
    namespace = POLICY if root.tag == "policy" else PACK

    def still():
        write_xml(path, copy.deepcopy(root), namespace)
        return differs(home, case)

    for parent in list(root.iter()):
        for child in list(parent):
            place = list(parent).index(child)
            parent.remove(child)
            if not still():
                parent.insert(place, child)
    for element in root.iter():
        for name in [n for n in element.attrib if n in CONDITION]:
            value = element.attrib.pop(name)
            if not still():
                element.set(name, value)
    still()


def shrunk(home, case):
    case = shrink_stay(home, case)
    for path in sorted(home.sources(), reverse=True):
        shrink_file(home, case, path)
    return shrink_stay(home, case)
