"""What rules share that compare two terms."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Kind, Scope
from guichet.questions.rules._simple import Simple, show, with_working
from guichet.questions.terms import Term, parse
from guichet.questions.terms._kinds import figure, fits, known_kind, read_as
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context

# What can be equal or not.
EQUAL: tuple[Kind, ...] = ("number", "date", "text", "truth")


class Comparison(Simple):
    """A rule over a pair of terms of the same kind: ``{at_most: [left, right]}``."""

    kinds: tuple[Kind, ...] = ("number", "date")

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, list | tuple) or len(arguments) != 2:
            raise ValueError(f"{self.name} compares two terms: [left, right]")
        super().__init__(arguments)
        self.left, self.right = (parse(argument) for argument in arguments)

    @abstractmethod
    def holds(self, left: Any, right: Any) -> bool:
        """Whether two aligned values satisfy the rule."""

    def evaluate(self, ctx: "Context") -> bool | None:
        """The comparison; None while a side is blank, or when the sides cannot be compared."""
        left, right = align(self.left.value(ctx), self.right.value(ctx))
        if isinstance(left, str) and "text" not in self.kinds:
            left, right = figure(left), figure(right)
        if left is None or right is None or type(left) is not type(right):
            return None
        return self.holds(left, right)

    def right_shown(self, ctx: "Context", language: str) -> str:
        """The right side as a sentence writes it: its value, shown as the left side's question shows values."""
        value, _ = align(self.right.value(ctx), self.left.value(ctx))
        if value is None:
            return self.right.label(ctx, language) or gettext("unknown value")
        return with_working(ctx, language, show(ctx, language, value, self.right, self.left), self.right)

    def reads(self) -> frozenset[str]:
        """What both sides read."""
        return self.left.reads() | self.right.reads()

    def check(self, scope: Scope) -> list[str]:
        """Both sides must exist, and be of one kind that the rule can compare."""
        faults = [*self.left.check(scope), *self.right.check(scope)]
        return (
            faults
            or compared(self.name, self.kinds, self.left, (self.right,), scope)
            or compared(self.name, self.kinds, self.right, (self.left,), scope)
        )


def compared(name: str, kinds: Sequence[Kind], term: Term, others: Sequence[Term], scope: Scope) -> list[str]:
    """What is wrong with comparing a term with others: they are of different kinds, or of one that cannot be
    compared; an option is named that the question of the term does not have."""
    known = known_kind((term, *others), kinds, scope)
    for other in others:
        if {(each.kind(scope), bool(each.reads())) for each in (term, other)} == {("truth", True), ("text", False)}:
            return ["a yes/no is compared with true or false, without quotes"]
        if not all(fits(each, known, scope) for each in (term, other)):
            return [f"{name} cannot compare {term.kind(scope)} with {other.kind(scope)}"]
    if known not in kinds:
        return [f"{name} cannot compare {'such answers' if known == 'any' else f'{known}s'}"]
    question = term.asked(scope)
    plain = [each.arguments for each in others if isinstance(each.arguments, str) and not each.reads()]
    return [fault for written in plain for fault in question.operand_faults(written)] if question else []


def same(left: Operand, right: Operand | None) -> bool:
    """Whether two values are equal, text beside a number or a date being read as one."""
    first, second = align(left, right)
    return first is not None and first == second


def align(left: Operand | None, right: Operand | None) -> tuple[Operand | None, Operand | None]:
    """Both sides in the same kind: text beside a number or a date is read as one; None when it cannot be."""
    if isinstance(left, str) and isinstance(right, Decimal | date):
        return read_as(left, _kind(right)), right
    if isinstance(right, str) and isinstance(left, Decimal | date):
        return left, read_as(right, _kind(left))
    return left, right


def _kind(operand: Decimal | date) -> Kind:
    return "number" if isinstance(operand, Decimal) else "date"
