"""The pathways of the example packs, read from their files, and stays that keep to one."""
import pathlib
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
FOLDERS = (HERE.parents[1] / "examples/hospital/packs/nhc-pathways/pathways", HERE / "local" / "pathways")
NAMESPACE = "{urn:libsettle:pathway:1.0}"


class Pathway:
    def __init__(self, root):
        self.id = root.get("id")
        self.begndate, self.enddate = root.get("begndate"), root.get("enddate")
        self.criteria = [(e.get("position") or "operation", [(c.get("from"), c.get("to") or c.get("from"))
                          for c in e.iter(NAMESPACE + "code")]) for e in root.find(NAMESPACE + "entry")
                         if e.tag in (NAMESPACE + "diagnosis", NAMESPACE + "operation")]
        self.stay = self.interval(root, "stay")
        self.operation_day = self.interval(root, "operation-day")
        self.cost = self.interval(root, "cost")
        examinations = root.find(NAMESPACE + "examinations")
        self.complete = () if examinations is None else tuple((examinations.get("complete") or "").split())
        self.exams = [] if examinations is None else [
            {"need": e.tag[len(NAMESPACE):], "name": e.get("name"), "match": e.get("match"), "unless": e.get("unless"),
             "codes": [i.get("pric_list_codg") for i in e.iter(NAMESPACE + "item")]} for e in examinations]
        self.drugs = [dict(e.attrib) for e in root.iter(NAMESPACE + "drug")]

    @staticmethod
    def interval(root, name):
        """(min, max, whether it was read in full), or None."""
        found = root.find(NAMESPACE + name)
        return None if found is None else (int(found.get("min")), int(found.get("max")), found.get("read") != "part")

    def find_codes(self, icd10, icd9):
        """Of each criterion the codes of the dictionaries that it holds."""
        self.codes = [[code for code in (icd9 if position == "operation" else icd10)
                       if any(has_code(code, *bounds) for bounds in wanted)] for position, wanted in self.criteria]

    def required(self):
        return [e for e in self.exams if e["need"] == "required"]

    def fits(self, stay):
        return all(any(has_code(code, *codes) for codes in wanted for code in codes_of(stay, position))
                   for position, wanted in self.criteria)


def has_code(code, first, last):
    return code[:len(first)] >= first and code[:len(last)] <= last


def codes_of(stay, position):
    return {"principal": [stay.diagnosis], "other": stay.further, "any": [stay.diagnosis, *stay.further],
            "operation": [o["oprn_oprt_code"] for o in stay.operations]}[position]


def of_the_packs():
    """The thirteen, and that of the corpus."""
    return [Pathway(xml.etree.ElementTree.parse(path).getroot()) for folder in FOLDERS
            for path in sorted(folder.glob("*.xml"))]


def entered(stay, pathway, **fields):
    row = {"mdtrt_id": stay.id, "pathway_id": pathway.id, "entry_time": f"{stay.begin}", **fields}
    stay.extra["pathway"] = stay.extra.get("pathway", []) + [row]
