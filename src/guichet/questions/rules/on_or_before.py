"""``{on_or_before: [left, right]}``: left is the date right, or an earlier one."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is the date right, or an earlier one."""

    example = {"on_or_before": [{"maximum": "activities.start"}, "2027-03-31"]}
    kinds = ("date",)

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left <= right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“April 1, 2026 or earlier”."""
        return gettext("%(value)s or earlier") % {"value": self.right_shown(ctx, language)}
