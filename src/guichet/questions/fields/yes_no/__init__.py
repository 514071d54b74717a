"""Yes or no. Canonical value: true or false."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._choosing import Picking, Shape
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

_SHORT = {
    "y": "yes",
    "o": "yes",
    "true": "yes",
    "vrai": "yes",
    "1": "yes",
    "n": "no",
    "false": "no",
    "faux": "no",
    "0": "no",
}


@lru_cache
def _labels() -> dict[str, Text]:
    return {"yes": say(lambda _: gettext("Yes")), "no": say(lambda _: gettext("No"))}


class Definition(Picking):
    """Two radio buttons."""

    type: Literal["yes_no"]
    kind: ClassVar[Kind] = "truth"

    def labels(self) -> Mapping[str, Text]:
        """Yes and no."""
        return _labels()

    def shape(self, number: int) -> Shape:
        """Two buttons."""
        return "buttons"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``oui``, ``yes``, ``o``, ``y``, true."""
        text = line_of(raw).rstrip(".")
        if not text:
            return None
        key = self.pick(_SHORT.get(text.casefold(), text))
        return Unreadable(text) if key is None else key == "yes"

    def problems(self, value: JSON) -> list[Text]:
        """None: both values are possible."""
        return []

    def operand(self, value: JSON) -> Operand | None:
        """True or false."""
        return None if self.blank(value) else bool(value)

    def from_operand(self, operand: Operand) -> JSON:
        """True or false."""
        return operand

    def operand_faults(self, operand: Operand) -> list[str]:
        """Only true and false can be equal to it."""
        return [] if isinstance(operand, bool) else [f"{self.key!r} is true or false, never {operand!r}"]

    def shown(self, value: JSON, language: str) -> str:
        """Yes, Oui."""
        return super().shown("yes" if value else "no", language)

    def typed(self, value: JSON, language: str) -> Any:
        """The key."""
        typed = unreadable_text(value)
        return typed if typed is not None else {True: "yes", False: "no"}.get(value, "")

    def export(self, value: JSON) -> str | int | bool | None:
        """True or false."""
        return None if self.blank(value) else bool(value)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The two options."""
        return super().bound(self.typed(value, language), language, binder)

    def missing(self) -> Text:
        """Neither."""
        return say(lambda language: gettext("Select yes or no."))

    def unreadable(self) -> Text:
        """Neither."""
        return self.missing()
