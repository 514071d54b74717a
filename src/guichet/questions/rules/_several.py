"""What rules share that join other rules."""

from typing import TYPE_CHECKING, Any

from guichet.questions import rules
from guichet.questions.expressions import Operator, Scope

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Several(Operator):
    """A rule over a list of rules."""

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, list | tuple) or not arguments:
            raise ValueError(f"{self.name} takes a list of rules")
        super().__init__(arguments)
        self.children = tuple(rules.parse(argument) for argument in arguments)

    def outcomes(self, ctx: "Context") -> list[bool | None]:
        """What each rule says."""
        return [child.evaluate(ctx) for child in self.children]

    def explained(self, ctx: "Context", language: str, outcome: bool | None) -> str:
        """The sentences of the rules that have this outcome; of all when none has."""
        chosen = [child for child in self.children if child.evaluate(ctx) is outcome] or list(self.children)
        return " ".join(child.explain(ctx, language) for child in chosen)

    def joined(self, ctx: "Context", language: str, word: str) -> str:
        """The conditions of the rules with a word between them: “Employees: less than 10, or Website: an answer”."""
        return f", {word} ".join(child.condition(ctx, language) for child in self.children)

    def reads(self) -> frozenset[str]:
        """What any of the rules reads."""
        return frozenset().union(*(child.reads() for child in self.children))

    def check(self, scope: Scope) -> list[str]:
        """What is wrong with any of the rules."""
        return [fault for child in self.children for fault in child.check(scope)]
