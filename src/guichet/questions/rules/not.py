"""``{not: rule}``: the rule does not hold."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions import rules
from guichet.questions.expressions import Operator, Scope
from guichet.questions.rules._simple import Simple
from guichet.questions.speech import said

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Operator):
    """The contrary; undetermined as long as the rule is."""

    example = {"not": {"equals": [{"answer": "legal_form"}, "proprietorship"]}}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.child = rules.parse(arguments)

    def evaluate(self, ctx: "Context") -> bool | None:
        """The contrary of the rule."""
        outcome = self.child.evaluate(ctx)
        return None if outcome is None else not outcome

    def explain(self, ctx: "Context", language: str) -> str:
        """What was found, and what is excluded."""
        if isinstance(self.child, Simple):
            return self.child.explain_contrary(ctx, language)
        sentence = self.child.explain(ctx, language)
        return said(
            lambda _: gettext("These conditions must not be met together. %(list)s") % {"list": sentence}, language
        )

    def condition(self, ctx: "Context", language: str) -> str:
        """What is excluded."""
        if isinstance(self.child, Simple):
            return self.child.condition_contrary(ctx, language)
        inner = self.child.condition(ctx, language)
        return said(lambda _: gettext("not all of this together (%(conditions)s)") % {"conditions": inner}, language)

    def reads(self) -> frozenset[str]:
        """What the rule reads."""
        return self.child.reads()

    def check(self, scope: Scope) -> list[str]:
        """What is wrong with the rule."""
        return self.child.check(scope)
