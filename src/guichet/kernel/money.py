"""Amounts of money: Decimals, rounded half up to the cent, never floats."""

from decimal import ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
# Wide enough for any amount a person can type into a field; the default of 28 digits is not.
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


def half_up(amount: Decimal) -> Decimal:
    """``amount`` to the cent; half a cent goes away from zero (1.005 → 1.01), as invoices do."""
    return amount.quantize(CENT, context=_WIDE)


def share(amount: Decimal, fraction: Decimal) -> Decimal:
    """``fraction`` (0.5 for half) of ``amount``, to the cent."""
    return half_up(_WIDE.multiply(amount, fraction))
