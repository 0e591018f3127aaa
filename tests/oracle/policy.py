# SPDX-License-Identifier: Apache-2.0
"""The policies that a pack puts together, with the values of their params in place (docs/policy.md)."""
import xml.etree.ElementTree as ElementTree

DEFAULTS = {
    "base": {"with-prepayment": "no", "with-deductible": "yes", "with-over-limit": "no"},
    "counts-as": {"below-deductible": "no", "crosses-year": "no"},
    "layer": {"needs-payer-before": "no", "paid": "at-discharge"},
    "account": {"when": "last", "mutual-aid": "no"},
    "method": {"patient-on": "cost"},
    "ceiling": {"per": "year"},
    "rounding": {"remainder": "patient"},
}


def parse(path):
    root = ElementTree.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


class Source:
    """One policy.xml with the schemes that it is taken for (None: all)."""

    def __init__(self, path, schemes, settings):
        self.root, self.schemes = parse(path), schemes
        params = {p.get("name"): p.get("value") for p in self.root.findall("param")}
        params.update(settings)
        for element in self.root.iter():
            for name, default in DEFAULTS.get(element.tag, {}).items():
                element.attrib.setdefault(name, default)
            for name, value in element.attrib.items():
                if value.startswith("{") and value.endswith("}"):
                    element.set(name, params[value[1:-1]])

    def serves(self, scheme):
        return self.schemes is None or scheme in self.schemes


class Policy:
    """What all sources of a pack say together: of year to account the first that says it, of the rest all."""

    def __init__(self, sources):
        self.sources = sources
        self.year_begins = self._of("year", "begins", "01-01")
        self.rule_date = self._of("rule-date", "is", "discharge")
        self.mode = self._of("rounding", "mode", "half-up")
        self.remainder = self._of("rounding", "remainder", "patient")
        self.precedence = self._of("precedence", "psn_idet_type", "").split()
        self.account = self._of("account", "pays", "nothing")
        self.account_when = self._of("account", "when", "last")
        self.mutual_aid = self._of("account", "mutual-aid", "no") == "yes"
        self.payers = self._all("payer")
        lines = self._all("line")
        self.prepay = lines[0].findall("class-b-prepay") if lines else []
        self.items = lines[0].findall("item") if lines else []
        self.newborn = lines[0].findall("newborn") if lines else []
        self.methods = self._all("method")
        self.later = self._all("later")
        self.withhold = self._all("withhold")

    def _all(self, path):
        return [element for source in self.sources for element in source.root.findall(path)]

    def _of(self, tag, attribute, default):
        found = self._all(tag)
        return found[0].get(attribute) if found else default

    def layers(self, scheme):
        """All layers, each with whether its source pays the scheme."""
        return [
            (source.serves(scheme), layer)
            for source in self.sources
            for layer in source.root.findall("layer")
        ]


def settings_of(element):
    return {p.get("name"): p.get("value") for p in element.findall("param")}


def schemes_of(element):
    text = element.get("insutype")
    return None if text is None else text.split()


def narrowed(one, other):
    return one if other is None else other if one is None else [s for s in one if s in other]


def sources(directory):
    """Own policy first, then those of the includes in their order."""
    pack = parse(directory / "pack.xml")
    found = []
    own = pack.find("policy")
    if (directory / "policy.xml").exists():
        own = ElementTree.Element("policy") if own is None else own
        found.append((directory / "policy.xml", schemes_of(own), settings_of(own)))
    for include in pack.findall("include"):
        taken = include.find("policy")
        if taken is None:
            continue
        for path, schemes, settings in sources(directory / include.get("path")):
            found.append(
                (
                    path,
                    narrowed(schemes, schemes_of(taken)),
                    {**settings, **settings_of(taken)},
                )
            )
    return found


def read(directory):
    return Policy([Source(*found) for found in sources(directory)])
