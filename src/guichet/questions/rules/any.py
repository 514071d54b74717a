"""``{any: [rule, rule]}``: at least one rule holds."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.rules._several import Several
from guichet.questions.speech import said

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Several):
    """True as soon as one rule is true, None while one is undetermined, else false."""

    example = {"any": [{"less_than": [{"answer": "employees"}, 10]}, {"answered": {"answer": "website"}}]}

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether one rule holds."""
        outcomes = self.outcomes(ctx)
        return True if True in outcomes else None if None in outcomes else False

    def condition(self, ctx: "Context", language: str) -> str:
        """The conditions, said to be alternatives."""
        return self.joined(ctx, language, said(lambda _: gettext("or"), language))

    def explain(self, ctx: "Context", language: str) -> str:
        """The sentence of the rule that holds; else all, said to be alternatives."""
        if self.evaluate(ctx):
            return self.explained(ctx, language, True)
        sentences = " ".join(child.explain(ctx, language) for child in self.children)
        return said(
            lambda _: gettext("At least one of these conditions is required. %(list)s") % {"list": sentences}, language
        )
