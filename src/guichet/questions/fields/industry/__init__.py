"""Industry. Canonical value: a NAICS Canada code ("541", "31-33", "311410")."""

import re
from typing import Annotated, ClassVar, Literal, TypeAlias

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.fields._coded import Coded
from guichet.questions.question import NotEmpty
from guichet.questions.speech import said, say

Level: TypeAlias = Literal["sector", "subsector", "industry_group", "industry", "national_industry"]
# How many digits the codes of each level have.
_DIGITS: dict[Level, int] = {
    "sector": 2,
    "subsector": 3,
    "industry_group": 4,
    "industry": 5,
    "national_industry": 6,
}


class Definition(Coded):
    """A class of one of the ``accepted`` levels of NAICS, by code or by title."""

    type: Literal["industry"]
    list_name: ClassVar[str] = "naics"
    written: ClassVar[re.Pattern[str]] = re.compile(r"\d\d-\d\d(?!\d)|\d+(?![\w-])", re.ASCII)
    width: ClassVar[str] = "w-60"
    accepted: Annotated[tuple[Level, ...], NotEmpty] = ("sector", "subsector")

    def levels(self) -> frozenset[int]:
        """The digits of the accepted levels."""
        return frozenset(_DIGITS[name] for name in self.accepted)

    def note(self, language: str) -> str:
        """How it is found, and how fine it must be."""
        digits = sorted(self.levels())

        def sentence(language: str) -> str:
            if len(digits) == 1:
                return gettext("Type a NAICS code of %(most)s digits, or words of its title.")
            return gettext("Type a NAICS code of %(fewest)s to %(most)s digits, or words of its title.")

        return said(sentence, language) % {"fewest": digits[0], "most": digits[-1]}

    def unreadable(self) -> Text:
        """Not a code of the list."""
        return say(lambda language: gettext("Select an industry of the list, by its NAICS code or its title."))
