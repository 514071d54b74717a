"""``{less_than: [left, right]}``: left is less than right."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.rules._comparison import Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when left is less than right; numbers or dates."""

    example = {"less_than": [{"answer": "employees"}, {"number": "employees_max"}]}

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left < right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“less than 500”."""
        return gettext("less than %(value)s") % {"value": self.right_shown(ctx, language)}
