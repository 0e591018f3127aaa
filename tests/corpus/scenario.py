"""What a scenario is, and the list of all.

A scenario charges into a stay and returns its fault when it planted one, None when not: a tuple of rule, lines and
involved lines, or a Fault where more is to be said. Scenarios marked `alone` set the span of the stay or the person and
come first.
"""
import collections

from checks import CHECKS

Scenario = collections.namedtuple("Scenario", "rule check plant alone action rare says")
Fault = collections.namedtuple("Fault", "rule lines involved action says", defaults=((), (), None, None))
SCENARIOS = []


def scenario(rule, check=None, alone=False, action="block", rare=False, says=""):
    """check: which of the rule's checks, where it has several. says: a pattern that the evidence must fit.

    rare: where no stay fits, a clean one takes its place.
    """
    assert check in CHECKS[rule] or (check is None and len(CHECKS[rule]) == 1), f"{rule}: which of {CHECKS[rule]}?"

    def keep(function):
        SCENARIOS.append(Scenario(rule, check or CHECKS[rule][0], function, alone, action, rare, says))
        return function
    return keep


def sns(*lines):
    return [line["feedetl_sn"] for line in lines]
