"""Whole number. Canonical value: int."""

from decimal import Decimal
from typing import ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.kernel.decimals import Exact
from guichet.questions.fields._numbers import Number, read_number
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of

# What JSON numbers hold exactly in every program that reads them.
_SAFE = 10**15


class Definition(Number):
    """A whole number, zero or more unless ``min`` says otherwise."""

    type: Literal["integer"]
    inputmode: ClassVar[str] = "numeric"
    min: Exact | None = Decimal(0)

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``1 234``, ``1,234``, ``12.0``."""
        text = line_of(raw)
        if not text:
            return None
        number = read_number(text)
        if number is None or number != number.to_integral_value() or abs(number) > _SAFE:
            return Unreadable(text)
        return int(number)

    def from_operand(self, operand: Operand) -> JSON:
        """An int."""
        return int(operand) if isinstance(operand, Decimal) else str(operand)

    def shown(self, value: JSON, language: str) -> str:
        """``1 234``."""
        return formats.integer(value, language)

    def export(self, value: JSON) -> str | int | bool | None:
        """The number."""
        return None if self.blank(value) else int(value)

    def unreadable(self) -> Text:
        """Not a whole number."""
        return say(lambda language: gettext("Enter a whole number, in digits only."))
