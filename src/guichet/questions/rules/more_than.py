"""``{more_than: [left, right]}``: left is more than right."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is more than right; numbers or dates."""

    example = {"more_than": [{"answer": "employees"}, 0]}

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left > right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“more than 0”."""
        return gettext("more than %(value)s") % {"value": self.right_shown(ctx, language)}
