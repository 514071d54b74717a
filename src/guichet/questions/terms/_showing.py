"""How figures are written in a sentence."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.kernel import formats
from guichet.kernel.decimals import half_up
from guichet.questions.expressions import Term
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context

# Decimals of a figure that nothing says how to write.
_FINEST = 6


def show(ctx: "Context", language: str, value: Operand, *terms: Term) -> str:
    """``value`` as the first of the terms that knows how shows it; plainly when none does."""
    for term in terms:
        shower = term.shower(ctx)
        if shower is not None:
            return shower(value, language)
    if isinstance(value, Decimal):
        return formats.decimal(half_up(value, _FINEST), language)
    if isinstance(value, date):
        return formats.date(value, language)
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def called(ctx: "Context", language: str, term: Term, *likes: Term) -> str:
    """What a sentence calls a term: its label, or its value when it is a plain one, written as ``likes`` are."""
    label = term.label(ctx, language)
    if label:
        return label
    value = term.value(ctx)
    return show(ctx, language, value, term, *likes) if value is not None else ""
