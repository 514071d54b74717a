"""Goods by the Harmonized System. Canonical value: the digits of the code ("090121", "0901210000")."""

import re
from typing import Annotated, ClassVar, Literal, TypeAlias

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions import lists
from guichet.questions.fields._coded import Coded
from guichet.questions.question import NotEmpty
from guichet.questions.speech import either, said, say

# Chapter, heading, subheading (international); Canadian export code; Canadian tariff code.
Digits: TypeAlias = Literal[2, 4, 6, 8, 10]


class Definition(Coded):
    """A code of one of these numbers of ``digits``: 6 are international, Canada goes on to 8 and 10."""

    type: Literal["hs_code"]
    list_name: ClassVar[str] = "hs"
    written: ClassVar[re.Pattern[str]] = re.compile(r"\d(?:[\s.-]{0,2}\d)*(?!\w)", re.ASCII)
    width: ClassVar[str] = "w-40"
    digits: Annotated[tuple[Digits, ...], NotEmpty] = (6, 8, 10)

    def levels(self) -> frozenset[int]:
        """The numbers of digits."""
        return frozenset(self.digits)

    def tidy(self, code: str) -> str:
        """``0901.21`` and ``09 01 21`` are 090121."""
        return re.sub(r"[\s.-]", "", code)

    def note(self, language: str) -> str:
        """The numbers of digits, with an example."""
        fewest, most = min(self.digits), max(self.digits)

        def sentence(language: str) -> str:
            if fewest == most:
                return gettext("A code of %(most)s digits, for example %(example)s.")
            return gettext("A code of %(fewest)s to %(most)s digits, for example %(example)s.")

        example = lists.written(self.list_name, "0901210000"[: 6 if 6 in self.digits else fewest])
        return said(sentence, language) % {"fewest": fewest, "most": most, "example": example}

    def unreadable(self) -> Text:
        """Not a code, or of no chapter."""

        def sentence(language: str) -> str:
            digits = either([str(number) for number in sorted(self.digits)], language)
            return gettext("Enter a code of the Harmonized System that exists, with %(digits)s digits.") % {
                "digits": digits
            }

        return say(sentence)
