"""What rules share that compare two terms."""

from abc import abstractmethod
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Kind, Scope
from guichet.questions.rules._simple import Simple, show, with_working
from guichet.questions.terms import parse
from guichet.questions.terms._kinds import fits, read_as
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


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
        if faults:
            return faults
        kinds = self.left.kind(scope), self.right.kind(scope)
        known: Kind = next((kind for kind in kinds if kind != "text"), "text")
        for term, kind in zip((self.left, self.right), kinds, strict=True):
            if kind not in (known, "any") and not fits(term, known, scope):
                return [f"{self.name} cannot compare {kinds[0]} with {kinds[1]}"]
        if known not in self.kinds and known != "any":
            return [f"{self.name} cannot compare {known}s"]
        return self._option_faults(scope)

    def _option_faults(self, scope: Scope) -> list[str]:
        question = self.left.asked(scope)
        if question is None or self.right.reads() or not isinstance(self.right.arguments, str):
            return []
        return question.operand_faults(self.right.arguments)


def align(left: Operand | None, right: Operand | None) -> tuple[Operand | None, Operand | None]:
    """Both sides in the same kind: text beside a number or a date is read as one; None when it cannot be."""
    if isinstance(left, str) and isinstance(right, Decimal | date):
        return read_as(left, _kind(right)), right
    if isinstance(right, str) and isinstance(left, Decimal | date):
        return left, read_as(right, _kind(left))
    return left, right


def _kind(operand: Decimal | date) -> Kind:
    return "number" if isinstance(operand, Decimal) else "date"
