"""``{product: ["0.10", {answer: revenue}]}``: numbers multiplied, a share of an amount for example."""

from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, Any

from guichet.questions.expressions import Kind, Scope, Shower, Term
from guichet.questions.terms import parse
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """The product; None while a factor is blank. Not rounded: what shows it rounds."""

    example = {"product": ["0.10", {"answer": "revenue"}]}

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, list | tuple) or len(arguments) < 2:
            raise ValueError("product takes two numbers or more: [number, number]")
        super().__init__(arguments)
        self.factors = tuple(parse(argument) for argument in arguments)

    def value(self, ctx: "Context") -> Operand | None:
        """The product of the factors."""
        values = [self._number(factor.value(ctx)) for factor in self.factors]
        numbers = [value for value in values if value is not None]
        return prod(numbers, start=Decimal(1)) if len(numbers) == len(values) else None

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def shower(self, ctx: "Context") -> Shower | None:
        """As the last factor that is a question is shown: a share of an amount is an amount."""
        showers = [factor.shower(ctx) for factor in self.factors]
        return next((shower for shower in reversed(showers) if shower), None)

    def label(self, ctx: "Context", language: str) -> str:
        """A product is shown by its value."""
        return ""

    def reads(self) -> frozenset[str]:
        """What the factors read."""
        return frozenset().union(*(factor.reads() for factor in self.factors))

    def check(self, scope: Scope) -> list[str]:
        """Every factor must exist and be a number."""
        faults = [fault for factor in self.factors for fault in factor.check(scope)]
        if faults:
            return faults
        wrong = [factor for factor in self.factors if not self._is_number(factor, scope)]
        return ["product can only multiply numbers"] if wrong else []

    @staticmethod
    def _is_number(factor: Term, scope: Scope) -> bool:
        written = None if factor.reads() else factor.arguments
        return factor.kind(scope) == "number" or Definition._number(written) is not None

    @staticmethod
    def _number(value: Any) -> Decimal | None:
        """A decimal, also from the text of a plain value ("0.10")."""
        if isinstance(value, Decimal):
            return value
        try:
            return Decimal(value) if isinstance(value, str) else None
        except ArithmeticError:
            return None
