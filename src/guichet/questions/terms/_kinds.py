"""What kind of value a term has, a plain text of a package included, which is read as what stands beside it."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.kernel import decimals
from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_as(text: str, kind: Kind) -> Operand | None:
    """A text as a number ("0.50") or a date ("2026-04-01"); None when it is none."""
    if kind == "number":
        return decimals.read(text)
    if kind != "date" or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_day(text: str) -> bool:
    """Whether it is written as a date is, were it in the calendar or not."""
    return _DAY.fullmatch(text) is not None


def fits(term: Term, kind: Kind, scope: Scope) -> bool:
    """Whether the term has values of that kind, or is a plain text, or one of several, that can be read as one."""
    if term.kind(scope) == kind:
        return True
    if term.one_of():
        return all(fits(each, kind, scope) for each in term.one_of())
    written = None if term.reads() else term.arguments
    return isinstance(written, str) and read_as(written, kind) is not None


def known_kind(terms: Sequence[Term], kinds: Sequence[Kind], scope: Scope) -> Kind:
    """The kind that the terms have together: that of the first that is no text, else the first of ``kinds`` that all
    of the texts can be read as."""
    certain: list[Kind] = [kind for term in terms if (kind := term.kind(scope)) != "text"]
    return next(iter([*certain, *(kind for kind in kinds if all(fits(term, kind, scope) for term in terms))]), "text")


def figure(value: Operand | None) -> Operand | None:
    """A number or a date, a plain text that is written as one included; None for anything else."""
    if isinstance(value, str):
        found = read_as(value, "number")
        return read_as(value, "date") if found is None else found
    return value if isinstance(value, Decimal | date) else None


def number(term: Term, ctx: "Context") -> Decimal | None:
    """The term's value as a number; None when it is blank or none."""
    value = term.value(ctx)
    value = read_as(value, "number") if isinstance(value, str) else value
    return value if isinstance(value, Decimal) else None


def day(term: Term, ctx: "Context") -> date | None:
    """The term's value as a date; None when it is blank or none."""
    value = term.value(ctx)
    value = read_as(value, "date") if isinstance(value, str) else value
    return value if isinstance(value, date) else None
