"""Business number of the Canada Revenue Agency. Canonical value: "123026635" or "123026635RC0001"."""

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from django.utils.translation import gettext
from stdnum import luhn

from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of

_NUMBER = re.compile(r"(\d{9})([A-Z]{2}\d{4})?", re.ASCII)


class Definition(Question):
    """Nine digits, perhaps with a program account (two letters, four digits)."""

    type: Literal["business_number"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-20"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``12302-6635 RC0001``, ``123 026 635``."""
        text = line_of(raw)
        if not text:
            return None
        signs = re.sub(r"[\s.-]", "", text).upper()
        return signs if _NUMBER.fullmatch(signs) else Unreadable(text)

    def problems(self, value: JSON) -> list[Text]:
        """The check digit (Luhn over the nine digits); no number begins with 0."""
        digits = str(value)[:9]
        if luhn.is_valid(digits) and not digits.startswith("0"):
            return []
        return [say(lambda _: gettext("At least one digit of this business number is wrong. Check all nine."))]

    def shown(self, value: JSON, language: str) -> str:
        """``123026635 RC0001``."""
        return f"{value[:9]} {value[9:]}".strip()

    def unreadable(self) -> Text:
        """Not nine digits."""
        return say(lambda language: gettext("Enter the nine digits of the business number, for example 123026635."))
