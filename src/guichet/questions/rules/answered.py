"""``{answered: {answer: website}}``: something has been answered."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Scope
from guichet.questions.rules._simple import Simple
from guichet.questions.terms import parse

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Simple):
    """True when the term has a value, false when it has none; never undetermined."""

    example = {"answered": {"answer": "website"}}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.left = parse(arguments)

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether there is a value."""
        return self.left.value(ctx) is not None

    def wanted(self, ctx: "Context", language: str) -> str:
        """“an answer”."""
        return gettext("an answer")

    def check(self, scope: Scope) -> list[str]:
        """It must ask about an answer."""
        return super().check(scope) if self.left.reads() else ["answered needs a term that reads an answer"]
