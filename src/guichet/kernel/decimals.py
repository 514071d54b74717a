"""Exact arithmetic of decimal numbers, the same here and in the browser (``web/static/js/decimal.js``).

Sums, differences and products are exact, however long. A division gives ``PLACES`` decimals, half up; so does every
rounding: half goes away from zero, as on invoices. Never floats, and never Decimal's own context of 28 digits.
"""

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

# What a division gives. Amounts of a trillion times a share of twenty decimals are still right to the cent.
PLACES = 20
# Wide enough that nothing people or packages can write is ever rounded; only the digits that there are cost anything.
EXACT = Context(prec=100_000, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)
# Digits with a point at most: no exponents, no NaN, no digits of other scripts.
_WRITTEN = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")


def read(text: str) -> Decimal | None:
    """The number written as ``-1234.50``; None for anything else."""
    return Decimal(text) if _WRITTEN.fullmatch(text) else None


def exact(value: Any) -> Any:
    """What a package writes for a number, as it is. Raises ValueError unless it is whole, or a decimal as ``read``."""
    if isinstance(value, float | bool) or (isinstance(value, str) and read(value) is None):
        raise ValueError('write a whole number, or a decimal number between quotes ("0.50")')
    return value


Exact = Annotated[Decimal, BeforeValidator(exact)]


def add(one: Decimal, other: Decimal) -> Decimal:
    """The exact sum."""
    return EXACT.add(one, other)


def subtract(one: Decimal, other: Decimal) -> Decimal:
    """The exact difference."""
    return EXACT.subtract(one, other)


def multiply(one: Decimal, other: Decimal) -> Decimal:
    """The exact product."""
    return EXACT.multiply(one, other)


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum of all; 0 of none."""
    result = Decimal(0)
    for number in numbers:
        result = EXACT.add(result, number)
    return result


def divide(one: Decimal, other: Decimal) -> Decimal | None:
    """The quotient to ``PLACES`` decimals, half up; None by zero."""
    if not other:
        return None
    first, second = one.as_integer_ratio(), other.as_integer_ratio()
    above, below = first[0] * second[1] * 10**PLACES, first[1] * second[0]
    found = (2 * abs(above) + abs(below)) // (2 * abs(below))
    return EXACT.scaleb(Decimal(found if (above < 0) is (below < 0) else -found), -PLACES)


def half_up(number: Decimal, places: int) -> Decimal:
    """The number with at most ``places`` decimals; half goes away from zero (1.005 → 1.01)."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    return number.quantize(Decimal(1).scaleb(-places), context=EXACT)


def plain(number: Decimal) -> str:
    """Canonical text of a number: no exponent, no closing zeros, no negative zero."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
