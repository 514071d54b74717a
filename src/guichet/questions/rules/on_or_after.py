"""``{on_or_after: [left, right]}``: left is the date right, or a later one."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is the date right, or a later one."""

    example = {"on_or_after": [{"minimum": "activities.start"}, {"earliest_start": True}]}
    kinds = ("date",)

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left >= right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“April 1, 2026 or later”."""
        return gettext("%(value)s or later") % {"value": self.right_shown(ctx, language)}
