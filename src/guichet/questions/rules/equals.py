"""``{equals: [left, right]}``: left and right are the same."""

from typing import TYPE_CHECKING, Any

from guichet.questions.rules._comparison import EQUAL, Comparison

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Comparison):
    """True when both sides are the same; numbers, dates, texts, options, yes or no."""

    example = {"equals": [{"answer": "legal_form"}, "incorporated"]}
    kinds = EQUAL

    def holds(self, left: Any, right: Any) -> bool:
        """The comparison."""
        return bool(left == right)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“Incorporated company”."""
        return self.right_shown(ctx, language)
