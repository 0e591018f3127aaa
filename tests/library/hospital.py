"""A hospital that charges what the national libraries speak of: the example home with an item for each code."""
import planted
from command import EXAMPLE, read_csv, write_csv

PACKS = EXAMPLE / "packs"
UNPRICED = "9.99"


def rules(name):
    return read_csv(PACKS / "nhsa-2026" / "rules" / f"{name}.csv")


CAPS = {(r["pric_list_codg"], r["medins_lv"]): r for r in read_csv(PACKS / "shaanxi-2021" / "caps.csv")}


class Hospital:
    def __init__(self):
        self.items, self.mapping, self.codes = {}, [], {}

    def item(self, code, unit="次", name="", price_code=""):
        """The hospital's item for a catalogue code in a unit; the code and item are known from then on."""
        key = code, unit, price_code
        if key not in self.items:
            own = f"L{len(self.items) + 1:06d}"
            self.items[key] = {"medins_list_codg": own, "medins_list_name": name or "项目", "spec": "", "prcunt": unit,
                               "item_kind": "service" if code[:2] == "00" else "drug", "pric_list_codg": price_code}
            self.mapping.append({
                "map_id": f"L{len(self.mapping) + 1}", "medins_list_codg": own, "medins_list_name": name or "项目",
                "list_type": "", "med_list_codg": code, "med_list_name": name, "code_source": "test", "prcunt": unit,
                "med_list_unit": unit, "factor_num": "1", "factor_den": "1", "chrgitm_lv": "01",
                "begndate": "", "enddate": "", "status": "active", "remark": ""})
            self.codes[code] = {
                "med_list_codg": code, "med_list_name": name, "list_type": "201" if code[:2] == "00" else "101",
                "med_list_unit": unit, "chrgitm_lv": "01", "selfpay_prop": "0", "lmt_used_flag": "0", "begndate": "",
                "enddate": "", "source": "test"}
            planted.ITEMS[own] = {**self.items[key], "pric_tertiary_site": UNPRICED}
        return self.items[key]["medins_list_codg"]

    def move_in(self, bench):
        """A home with these items; work-injury insurance is 410, and 1109 a visit over the internet."""
        home = bench.home()
        write_csv(home / "hospital" / "items.csv", list(self.items.values()))
        write_csv(home / "hospital" / "mapping.csv", self.mapping)
        sample = home / "packs" / "sample-999901"
        write_csv(sample / "catalogue.csv", list(self.codes.values()))
        lists = [r for r in read_csv(sample / "rules" / "lists.csv") if r["list"] != "V12.work-injury"]
        more = {"value": "", "name": "", "begndate": "", "enddate": "", "source": "test"}
        lists += [{"list": "V12.work-injury", "item": "410", **more},
                  {"list": "visit", "item": "1109", **more, "value": "internet"}]
        write_csv(sample / "rules" / "lists.csv", lists)
        bench.run("pack", "build", "-C", home, sample, expect=0)
        return home
