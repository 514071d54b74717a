"""One of several options. Canonical value: the option's key."""

from typing import TYPE_CHECKING, Any, Literal

from guichet.questions.fields._listed import Listed
from guichet.questions.values import JSON

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

# More options than this are shown as a list to open rather than as buttons.
_BUTTONS = 7


class Definition(Listed):
    """Radio buttons, or a list to open when there are many options or ``style`` says so."""

    type: Literal["choice"]
    style: Literal["buttons", "list"] | None = None

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The options, and whether they are a list to open."""
        style = self.style or ("buttons" if len(self.choices) <= _BUTTONS else "list")
        return {**super().bound(value, language, binder), "as_list": style == "list"}
