"""One of several options. Canonical value: the option's key."""

from typing import Literal

from guichet.questions.fields._choosing import LONG, Shape
from guichet.questions.fields._listed import Listed

# More options than this are a list to open rather than buttons.
_BUTTONS = 7


class Definition(Listed):
    """Radio buttons, a list to open or a box that searches: as ``style`` says, or by the number of options."""

    type: Literal["choice"]
    style: Shape | None = None

    def shape(self, number: int) -> Shape:
        """As ``style`` says, or by the number of options: 7, 25, more."""
        if self.style is not None:
            return self.style
        return "buttons" if number <= _BUTTONS else "list" if number <= LONG else "search"
