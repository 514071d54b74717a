"""``{number: employees_max}``: one of the edition's numbers."""

from typing import TYPE_CHECKING, Any

from guichet.kernel.near import meant
from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """A number that the edition names."""

    example = {"number": "employees_max"}

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, str):
            raise ValueError(f"{arguments!r} is not the name of a number")
        super().__init__(arguments)

    def value(self, ctx: "Context") -> Operand | None:
        """The number; None when the context was not given it."""
        return ctx.numbers.get(self.arguments)

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def label(self, ctx: "Context", language: str) -> str:
        """A number is shown by its value."""
        return ""

    def reads(self) -> frozenset[str]:
        """No question."""
        return frozenset()

    def check(self, scope: Scope) -> list[str]:
        """The edition must have the number."""
        if self.arguments in scope.numbers:
            return []
        return [f"the edition has no number {self.arguments!r}{meant(self.arguments, sorted(scope.numbers))}"]
