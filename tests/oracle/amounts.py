# SPDX-License-Identifier: Apache-2.0
"""Money as whole fen, ratios and products as fractions: nothing here is ever a float."""
from fractions import Fraction


def fen(text):
    value = Fraction(text) * 100
    assert value.denominator == 1, text
    return int(value)


def yuan(value):
    sign, value = ("-", -value) if value < 0 else ("", value)
    return f"{sign}{value // 100}.{value % 100:02d}"


def rounded(value, mode):
    """A fraction to a whole number; every mode treats plus and minus alike."""
    size = abs(Fraction(value))
    low, rest = divmod(size.numerator, size.denominator)
    half = Fraction(rest, size.denominator) - Fraction(1, 2)
    more = {
        "half-up": half >= 0,
        "half-down": half > 0,
        "half-even": half > 0 or (half == 0 and low % 2 == 1),
        "up": rest > 0,
        "down": False,
    }[mode]
    return (low + more) * (-1 if value < 0 else 1)


def rounded_ratio(value):
    return Fraction(rounded(value * 10000, "half-up"), 10000)
