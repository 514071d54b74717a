"""``{if: [rule, term, term]}``: the first value where the rule holds, else the second."""

from typing import TYPE_CHECKING, Any

from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.terms._kinds import fits
from guichet.questions.terms._several import Worked, listed
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """One of two values; None while the rule is undetermined, or the chosen value blank."""

    example = {"if": [{"equals": [{"answer": "for_profit"}, True]}, {"answer": "revenue"}, 0]}

    def __init__(self, arguments: Any) -> None:
        from guichet.questions import rules  # rules are made of terms

        if not isinstance(arguments, list | tuple) or len(arguments) != 3:
            raise ValueError("if is written {if: [rule, value if it holds, value if it does not]}")
        super().__init__(arguments)
        self.rule = rules.parse(arguments[0])
        self.parts = listed(self.name, arguments[1:], "[rule, term, term]", 2)

    def value(self, ctx: "Context") -> Operand | None:
        """The value on the side that the rule says."""
        chosen = self._chosen(ctx)
        return chosen.value(ctx) if chosen else None

    def _chosen(self, ctx: "Context") -> Term | None:
        return {True: self.parts[0], False: self.parts[1], None: None}[self.rule.evaluate(ctx)]

    def reads(self) -> frozenset[str]:
        """What the rule and both values read."""
        return super().reads() | self.rule.reads()

    def one_of(self) -> tuple[Term, ...]:
        """The values."""
        return self.parts

    def kind(self, scope: Scope) -> Kind:
        """The kind of both: of the first that is more than a plain text."""
        kinds = [part.kind(scope) for part in self.parts]
        return next((kind for kind in kinds if kind != "text"), "text")

    def check(self, scope: Scope) -> list[str]:
        """The rule and both values must be sound, and the values of one kind."""
        faults = [*self.rule.check(scope), *(fault for part in self.parts for fault in part.check(scope))]
        if faults:
            return faults
        kind = self.kind(scope)
        wrong = [part.kind(scope) for part in self.parts if not fits(part, kind, scope)]
        return [f"if cannot choose between {kind} and {wrong[0]}"] if wrong else []

    def label(self, ctx: "Context", language: str) -> str:
        """As the chosen value is called, or the first that has a name."""
        chosen = self._chosen(ctx) or self.parts[0]
        return chosen.label(ctx, language) or next(filter(None, (p.label(ctx, language) for p in self.parts)), "")

    def working(self, ctx: "Context", language: str) -> str:
        """How the chosen value came about."""
        chosen = self._chosen(ctx)
        return chosen.working(ctx, language) if chosen else ""
