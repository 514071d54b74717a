"""Percentage. Canonical value: text ("12.5" for 12.5 %)."""

from decimal import Decimal
from typing import ClassVar, Literal

from django.utils.translation import gettext, ngettext
from pydantic import Field

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.kernel.decimals import Exact
from guichet.questions.fields._numbers import Number, decimal_comma, plain, read_number
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of


class Definition(Number):
    """A percentage, between 0 and 100 unless ``min`` and ``max`` say otherwise."""

    type: Literal["percent"]
    width: ClassVar[str] = "w-8"
    sign: ClassVar[str] = "%"
    min: Exact | None = Decimal(0)
    max: Exact | None = Decimal(100)
    places: int = Field(default=2, ge=0, le=10)

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``12,5 %``, ``12.5``."""
        text = line_of(raw)
        if not text:
            return None
        number = read_number(text, decimal_comma=decimal_comma(language))
        if number is None or len(plain(number).partition(".")[2]) > self.places:
            return Unreadable(text)
        return plain(number)

    def shown(self, value: JSON, language: str) -> str:
        """``12,5 %``."""
        return formats.percent(Decimal(value), language)

    def typed(self, value: JSON, language: str) -> str:
        """Without the sign, which stands beside the box."""
        return self.display(value, language).removesuffix("%").rstrip()

    def figure(self, number: Decimal, language: str) -> str:
        """With the sign."""
        return formats.percent(number, language)

    def unreadable(self) -> Text:
        """Not a percentage."""

        def sentence(language: str) -> str:
            if not self.places:
                return gettext("Enter a whole percentage, without decimals.")
            pattern = ngettext(
                "Enter a percentage with at most %(places)s decimal.",
                "Enter a percentage with at most %(places)s decimals.",
                self.places,
            )
            return pattern % {"places": self.places}

        return say(sentence)
