"""Numbers as people type them, in both languages."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.translation import gettext
from pydantic import model_validator

from guichet.kernel import formats
from guichet.kernel.bilingual import FRENCH, Text
from guichet.kernel.decimals import Exact, half_up
from guichet.kernel.decimals import plain as plain
from guichet.questions.expressions import Kind
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, line_of

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

# More digits than any amount; beyond it is a slip of the keyboard.
_DIGITS = 24
_WORDS = re.compile(r"(\$|¢|%|\b(?:ca|cad|can|dollars?)\b)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_GROUPED = re.compile(r"\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:([.,])(\d*))?", re.ASCII)
_PLAIN = re.compile(r"(\d*)(?:([.,])(\d*))?", re.ASCII)


def read_number(raw: Any, *, decimal_comma: bool = False) -> Decimal | None:
    """``1 234,56 $``, ``$1,234.56``, ``1234.5``, ``(12)``, ``−3 %`` as a Decimal; None when it is no number.

    A comma before exactly three digits is ambiguous (``1,234``): a decimal sign only with ``decimal_comma``.
    """
    text = _SPACES.sub(" ", _WORDS.sub(" ", line_of(raw))).strip().replace("−", "-")
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    if text[:1] in ("-", "+"):
        negative, text = negative or text[0] == "-", text[1:].strip()
    digits = _ungroup(text, decimal_comma=decimal_comma)
    if digits is None or len(digits) > _DIGITS:
        return None
    number = Decimal(digits)
    return -number if negative and number else number


def _ungroup(text: str, *, decimal_comma: bool) -> str | None:
    """The digits with a point as decimal sign; None when the signs stand where they cannot."""
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[1] != grouped[2] and not _is_decimal(text, grouped[1], grouped[2], decimal_comma):
        whole = text[: grouped.start(2)] if grouped[2] else text
        return f"{re.sub('[^0-9]', '', whole)}.{grouped[3] or '0'}"
    plain = _PLAIN.fullmatch(text)
    if plain and (plain[1] or plain[3]):
        return f"{plain[1] or '0'}.{plain[3] or '0'}"
    return None


def _is_decimal(text: str, group: str, decimal: str | None, decimal_comma: bool) -> bool:
    """Whether the only sign, before exactly three digits, is a decimal sign: a point always, a comma when asked."""
    if decimal or text.count(group) > 1:
        return False
    return group == "." or (group == "," and decimal_comma)


class Number(Question):
    """A number between ``min`` and ``max``."""

    kind: ClassVar[Kind] = "number"
    width: ClassVar[str] = "w-12"
    inputmode: ClassVar[str] = "decimal"
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    # The sign beside the box: before it in English for dollars, else after it.
    sign: ClassVar[str] = ""
    # Decimals with which a figure is shown that was worked out; the browser's live.js does the same.
    finest: ClassVar[int] = 6

    min: Exact | None = None
    max: Exact | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is more than max")
        return self

    def problems(self, value: JSON) -> list[Text]:
        """Outside its bounds."""
        number = Decimal(value)
        low = self.min is not None and number < self.min
        high = self.max is not None and number > self.max
        return [self.bounds()] if low or high else []

    def operand(self, value: JSON) -> Operand | None:
        """The number."""
        return None if self.blank(value) else Decimal(value)

    def from_operand(self, operand: Operand) -> JSON:
        """The canonical text."""
        return plain(operand) if isinstance(operand, Decimal) else str(operand)

    def show(self, operand: Operand, language: str) -> str:
        """A figure that was worked out may have decimals that an answer cannot have: at most ``finest``, half up."""
        if not isinstance(operand, Decimal):
            return super().show(operand, language)
        return self.figure(half_up(operand, self.finest), language)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The sign, and on which side it stands."""
        return {"sign": self.sign, "before": self.sign == "$" and language != FRENCH}

    def figure(self, number: Decimal, language: str) -> str:
        """How a bound is written in a sentence."""
        return formats.decimal(number, language)

    def bounds(self) -> Text:
        """“Enter a number between 0 and 499.”"""
        return say(lambda language: self.asked_for() % self.figures(language))

    def figures(self, language: str) -> dict[str, str]:
        """The bounds that there are, as sentences write them."""
        bounds = {"low": self.min, "high": self.max}
        return {side: self.figure(bound, language) for side, bound in bounds.items() if bound is not None}

    def asked_for(self) -> str:
        """The sentence that asks for a value inside the bounds, called under a language."""
        if self.min is None:
            return gettext("Enter a number of %(high)s or less.")
        if self.max is None:
            return gettext("Enter a number of %(low)s or more.")
        return gettext("Enter a number between %(low)s and %(high)s.")


def decimal_comma(language: str) -> bool:
    """Whether a lone comma is a decimal sign."""
    return language == FRENCH
