"""Decimal number. Canonical value: text ("12.5")."""

from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext, ngettext
from pydantic import Field

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.questions.fields._numbers import Number, decimal_comma, plain, read_number
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of


class Definition(Number):
    """A number with at most ``places`` decimals."""

    type: Literal["decimal"]
    places: int = Field(default=6, ge=0, le=10)

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``1 234,5``, ``1,234.5``; a lone comma before three digits as the language has it."""
        text = line_of(raw)
        if not text:
            return None
        number = read_number(text, decimal_comma=decimal_comma(language))
        return Unreadable(text) if number is None else plain(number)

    def problems(self, value: JSON) -> list[Text]:
        """Outside its bounds, or too many decimals."""
        decimals = len(str(value).partition(".")[2])
        found = super().problems(value)
        return found if decimals <= self.places else [*found, self._too_fine()]

    def _too_fine(self) -> Text:
        def sentence(language: str) -> str:
            if not self.places:
                return gettext("Round the number to a whole one, without decimals.")
            sentence = ngettext(
                "Round the number to %(places)s decimal.", "Round the number to %(places)s decimals.", self.places
            )
            return sentence % {"places": self.places}

        return say(sentence)

    def shown(self, value: JSON, language: str) -> str:
        """``1 234,5``."""
        return formats.decimal(Decimal(value), language)

    def unreadable(self) -> Text:
        """Not a number."""
        return say(lambda language: gettext("Enter a number, for example 12.5."))
