"""``{at_least: [left, right]}``: left is right or more."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is right or more; numbers or dates."""

    example = {"at_least": [{"answer": "revenue"}, {"number": "revenue_min"}]}

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left >= right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“at least 100,000”."""
        return gettext("at least %(value)s") % {"value": self.right_shown(ctx, language)}
