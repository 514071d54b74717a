"""``{all: [rule, rule]}``: every rule holds."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.rules._several import Several
from guichet.questions.speech import said

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Several):
    """False as soon as one rule is false, None while one is undetermined, else true."""

    example = {"all": [{"equals": [{"answer": "for_profit"}, True]}, {"less_than": [{"answer": "employees"}, 500]}]}

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether every rule holds."""
        outcomes = self.outcomes(ctx)
        return False if False in outcomes else None if None in outcomes else True

    def condition(self, ctx: "Context", language: str) -> str:
        """All the conditions."""
        return self.joined(ctx, language, said(lambda _: gettext("and"), language))

    def explain(self, ctx: "Context", language: str) -> str:
        """The sentences of the rules that decided: those that fail, or are undetermined, or all."""
        return self.explained(ctx, language, self.evaluate(ctx))
