"""``{at_most: [left, right]}``: left is right or less."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is right or less; numbers or dates."""

    example = {"at_most": [{"sum": "activities.cost"}, 100000]}

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left <= right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“at most 100,000”."""
        return gettext("at most %(value)s") % {"value": self.right_shown(ctx, language)}
