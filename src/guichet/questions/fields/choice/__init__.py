"""One of several options. Canonical value: the option's key."""

from typing import Literal

from guichet.questions.fields._listed import Listed

# More options than this are shown as a list to open rather than as buttons.
_BUTTONS = 7


class Definition(Listed):
    """Radio buttons, or a list to open when there are many options or ``style`` says so."""

    type: Literal["choice"]
    style: Literal["buttons", "list"] | None = None

    def as_list(self) -> bool:
        """As ``style`` says, or by the number of options."""
        return self.style == "list" if self.style else len(self.choices) > _BUTTONS
