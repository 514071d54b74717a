"""Rules about one term, which explain themselves in one sentence: what was found, and what is asked."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.expressions import Operator, Scope, Term
from guichet.questions.speech import before_answer, said
from guichet.questions.terms._showing import show

__all__ = ["Simple", "show", "with_working"]

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Simple(Operator):
    """A rule about the term ``left``."""

    left: Term

    @abstractmethod
    def wanted(self, ctx: "Context", language: str) -> str:
        """What is asked, after a colon: “less than 500”. Called under that language."""

    def explain(self, ctx: "Context", language: str) -> str:
        """“Employees: 612. Required: less than 500.”"""
        return self.sentence(ctx, language, lambda: gettext("%(label)s %(found)s. Required: %(wanted)s."))

    def explain_contrary(self, ctx: "Context", language: str) -> str:
        """“Legal form: Sole proprietorship. Excluded: Sole proprietorship.”"""
        return self.sentence(ctx, language, lambda: gettext("%(label)s %(found)s. Excluded: %(wanted)s."))

    def condition(self, ctx: "Context", language: str) -> str:
        """“Employees: less than 500”."""
        return self.sentence(ctx, language, lambda: "%(label)s %(wanted)s")

    def condition_contrary(self, ctx: "Context", language: str) -> str:
        """“Legal form: anything but Sole proprietorship”."""
        return self.sentence(ctx, language, lambda: gettext("%(label)s anything but %(wanted)s"))

    def sentence(self, ctx: "Context", language: str, pattern: Callable[[], str]) -> str:
        """The pattern filled in with label, value and demand."""

        def filled(_: str) -> str:
            label = before_answer(self.named(ctx, language) or gettext("Value"), language)
            found = self.found(ctx, language) or gettext("no answer")
            return pattern() % {"label": label, "found": found, "wanted": self.wanted(ctx, language)}

        return said(filled, language)

    def named(self, ctx: "Context", language: str) -> str:
        """What it is about, before the colon: the label of its term."""
        return self.left.label(ctx, language)

    def found(self, ctx: "Context", language: str) -> str:
        """What was answered, with how it came about; empty for nothing."""
        value = self.left.value(ctx)
        return "" if value is None else with_working(ctx, language, show(ctx, language, value, self.left), self.left)

    def reads(self) -> frozenset[str]:
        """What its term reads."""
        return self.left.reads()

    def check(self, scope: Scope) -> list[str]:
        """What is wrong with its term."""
        return self.left.check(scope)


def with_working(ctx: "Context", language: str, shown: str, term: Term) -> str:
    """A figure with how it came about, where it was worked out: “26 (12 + 14)”."""
    working = term.working(ctx, language)
    return f"{shown} ({working})" if working and working != shown else shown
