"""Text that exists in both languages or not at all (Official Languages Act: equal, at the same time)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ENGLISH = "en"
FRENCH = "fr"
LANGUAGES = (ENGLISH, FRENCH)

_Written = Annotated[str, StringConstraints(min_length=1)]


class Text(BaseModel):
    """One text in both languages. An empty half is a missing translation, and refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: _Written
    fr: _Written

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
