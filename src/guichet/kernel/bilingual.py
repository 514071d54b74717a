"""Text that exists in both languages or not at all (Official Languages Act: equal, at the same time)."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

ENGLISH = "en"
FRENCH = "fr"
LANGUAGES = (ENGLISH, FRENCH)

# Where French has a space that a line never ends at: before a colon that ends a group of words, before the signs of a
# figure, inside quotation marks. Few keyboards write it.
_UNBROKEN = re.compile(r" (?=:(?:\s|$)|»)|(?<=«) |(?<=[\d}]) (?=[%$])")


def spaced(french: str) -> str:
    """``french`` with no-break spaces where its typography wants them and a plain space was typed."""
    return _UNBROKEN.sub("\N{NO-BREAK SPACE}", french)


_Written = Annotated[str, StringConstraints(min_length=1)]


class Text(BaseModel):
    """One text in both languages. An empty half is a missing translation, and refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: _Written
    fr: Annotated[_Written, AfterValidator(spaced)]

    def in_(self, language: str) -> str:
        """The text in ``language`` ("en" or "fr"). Raises ValueError for another language."""
        return self.fr if known(language) == FRENCH else self.en


def known(language: str) -> str:
    """``language`` itself. Raises ValueError unless it is one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    return language


def other(language: str) -> str:
    """The language that ``language`` is not. Raises ValueError for an unknown one."""
    return ENGLISH if known(language) == FRENCH else FRENCH
