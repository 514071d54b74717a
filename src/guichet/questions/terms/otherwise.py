"""``{otherwise: [{answer: other_funding}, 0]}``: the first of several terms that has a value."""

from typing import TYPE_CHECKING, Any

from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.terms._kinds import fits
from guichet.questions.terms._several import Worked, listed
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The first value that there is; None when there is none."""

    example = {"otherwise": [{"answer": "revenue"}, 0]}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[term, value]")

    def value(self, ctx: "Context") -> Operand | None:
        """The first value."""
        return next((value for part in self.parts if (value := part.value(ctx)) is not None), None)

    def one_of(self) -> tuple[Term, ...]:
        """The values."""
        return self.parts

    def kind(self, scope: Scope) -> Kind:
        """The kind of the first."""
        return self.parts[0].kind(scope)

    def check(self, scope: Scope) -> list[str]:
        """All must exist and be of one kind."""
        faults = [fault for part in self.parts for fault in part.check(scope)]
        if faults:
            return faults
        kind = self.kind(scope)
        wrong = [part.kind(scope) for part in self.parts if not fits(part, kind, scope)]
        return [f"otherwise cannot take {wrong[0]} in the place of {kind}"] if wrong else []

    def label(self, ctx: "Context", language: str) -> str:
        """As the first is called."""
        return self.parts[0].label(ctx, language)

    def working(self, ctx: "Context", language: str) -> str:
        """How the one that has a value came about."""
        part = next((part for part in self.parts if part.value(ctx) is not None), None)
        return part.working(ctx, language) if part else ""
