"""Amounts of money: Decimals, rounded half up to the cent, never floats."""

from decimal import Decimal

from guichet.kernel.decimals import EXACT, multiply

CENT = Decimal("0.01")


def half_up(amount: Decimal) -> Decimal:
    """``amount`` to the cent; half a cent goes away from zero (1.005 → 1.01), as invoices do."""
    return amount.quantize(CENT, context=EXACT)


def share(amount: Decimal, fraction: Decimal) -> Decimal:
    """``fraction`` (0.5 for half) of ``amount``, to the cent."""
    return half_up(multiply(amount, fraction))
