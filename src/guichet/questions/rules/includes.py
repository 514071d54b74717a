"""``{includes: [term, option]}``: a multiple choice includes an option."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Scope
from guichet.questions.rules._simple import Simple, show
from guichet.questions.terms import parse

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Simple):
    """True when the option is among those chosen; None while nothing is chosen."""

    example = {"includes": [{"answer": "languages"}, "french"]}

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, list | tuple) or len(arguments) != 2 or not isinstance(arguments[1], str):
            raise ValueError("includes takes a term and the key of an option: [term, option]")
        super().__init__(arguments)
        self.left = parse(arguments[0])
        self.option = str(arguments[1])

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether the option is among those chosen."""
        value = self.left.value(ctx)
        return self.option in value if isinstance(value, frozenset) else None

    def wanted(self, ctx: "Context", language: str) -> str:
        """“including French”."""
        return gettext("including %(value)s") % {"value": show(ctx, language, frozenset({self.option}), self.left)}

    def check(self, scope: Scope) -> list[str]:
        """The term must be a multiple choice that has the option."""
        faults = super().check(scope)
        if faults:
            return faults
        if self.left.kind(scope) != "keys":
            return ["includes needs a multiple choice"]
        question = self.left.asked(scope)
        return question.operand_faults(frozenset({self.option})) if question else []
