"""What can be changed in a C file, one change at a time, and how one program holds all changes.

The sources are laid out by clang-format: a function begins at the margin and ends with a brace there, an operator stands
between blanks. That is all that is known of C here; what does not compile is no mutant.
"""
import collections
import re

SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
         "+=": "-=", "-=": "+=", "0": "1", "1": "0"}
HIDDEN = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)
NEGATED = "!{}".format
SITES = [  # what is looked for, what stands there instead; `{0}` is an idiom, no number of a rule
    (r"(?<= )(?:<=|>=|==|!=|&&|\|\||<|>|\+|-|\+=|-=)(?=[ \n])|(?<![\w.])[01](?![\w.])(?<!\{0(?=\}))", SWAPS.get),
    (r"(?<=[( ])!(?=[\w(])", lambda old: ""),
    (r"(?:(?<=if \()|(?<=&& )|(?<=\|\| )|(?<=return ))[a-z][\w.>-]*(?:\[\w+\])?(?:\([^()\n]*\))?(?=\)\n|\) \{| &&| \|\|| \?)", NEGATED),
    (r"(?<=\n)        +(?:break|continue|return [^;\n]*);(?=\n)", lambda old: ";"),
    (r"(?<=\n) +(?:TRY\(.*\)|\*?[a-z][\w.\[\]>-]* (?:[+|-]?=) [^;\n]*|[\w.\[\]>-]+\+\+);(?=\n)", lambda old: ";"),
]
SITES = [(re.compile(pattern), other) for pattern, other in SITES]
FUNCTION = re.compile(r"^([a-z][^\n;={}#]*(?:\n +[^\n;={}]*)*\)) \{\n.*?^\}\n", re.S | re.M)
SWITCH = "STL_MUTANT"  # of the environment: the number of the mutant that a program shows, none without
PICK = ("#include <stdlib.h>\nstatic int stl_mutant;\n__attribute__((constructor)) static void stl_pick(void) {\n"
        f'    const char *number = getenv("{SWITCH}");\n    stl_mutant = number ? atoi(number) : 0;\n}}\n')


def blanked(text):
    """The text without comments, strings and directives, every other character in its place."""
    return HIDDEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


class Mutant:
    """One change of a file; `key` names it as long as its line stays as it is, `nth` among those of all lines that say so."""

    def __init__(self, name, text, begin, end, other):
        self.begin, self.end, self.other = begin, end, other
        self.line = text.count("\n", 0, begin) + 1
        self.name, self.said = f"{name}.c", text.split("\n")[self.line - 1].strip()
        self.change = f"{text[begin:end].strip()} -> {other.strip()}"
        self.nth = 1

    @property
    def key(self):
        return f"{self.name} | {self.said} | {self.nth} | {self.change}"

    def text(self, text, begin=0, end=None):
        return text[begin:self.begin] + self.other + text[self.end:end]


def mutants(name, text):
    found = [(m.start(), m.end(), other(m.group())) for site, other in SITES for m in site.finditer(blanked(text))]
    made = [Mutant(name, text, *one) for one in sorted(found)]
    seen = collections.Counter()
    for one in made:
        seen[one.said, one.change] += 1
        one.nth = seen[one.said, one.change]
    return made


class Function:
    def __init__(self, text, match):
        self.begin, self.end = match.span()
        self.head = match.group(1)
        opening = self.head.index("(", re.search(r"\w+(?=\()", self.head).start())
        self.name = re.search(r"\w+$", self.head[:opening]).group()
        self.void = re.match(r"(?:static )?void \w", self.head) is not None
        pieces = re.split(r",(?![^()]*\))", self.head[opening + 1:-1])
        self.given = [re.search(r"\(\*(\w+)\)|(\w+)(?:\[[^]]*\])?$", p) for p in pieces if p != "void"]
        self.open = text.index("{\n", match.end(1)) + 2

    @property
    def fits(self):
        return "..." not in self.head

    def arguments(self):
        return ", ".join(m.group(1) or m.group(2) for m in self.given)

    def copy(self, text, number, mutant):
        """The function as `mutant` has it, under another name."""
        head = re.sub(rf"\b{self.name}\(", f"{self.name}__{number}(", self.head, count=1)
        return ("" if head.startswith("static ") else "static ") + head + mutant.text(text, self.begin, self.end)[len(self.head):]

    def case(self, number):
        call = f"{self.name}__{number}({self.arguments()});"
        return f"case {number}: {f'{call} return;' if self.void else f'return {call}'}\n"


def switched(text, numbered):
    """One text that is the original, or the mutant whose number the environment names; ({number: lines}, those outside)."""
    functions = [f for f in (Function(text, m) for m in FUNCTION.finditer(text)) if f.fits]
    parts, lines, at, line, left = [PICK], {}, 0, PICK.count("\n") + 1, dict(numbered)

    def put(piece):
        nonlocal line
        parts.append(piece)
        line += piece.count("\n")

    for f in functions:
        inside = {n: m for n, m in left.items() if f.open <= m.begin and m.end <= f.end}
        if not inside:
            continue
        put(text[at:f.begin] + f"{f.head};\n")
        for number, mutant in inside.items():
            first = line
            put(f.copy(text, number, mutant))
            lines[number] = range(first, line)
            del left[number]
        put(text[f.begin:f.open] + "switch (stl_mutant) {\n" + "".join(f.case(n) for n in inside) + "}\n")
        at = f.open
    put(text[at:])
    return "".join(parts), lines, left
