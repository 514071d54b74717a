"""Date. Canonical value: "2026-04-01"."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from django.utils.translation import gettext
from pydantic import model_validator

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._dates import read_date
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import said, say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of


class Definition(Question):
    """A date between ``min`` and ``max``, typed in one box: no trap between the two countries' orders of figures."""

    type: Literal["date"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    kind: ClassVar[Kind] = "date"
    width: ClassVar[str] = "w-12"
    min: dt.date = dt.date(1900, 1, 1)
    max: dt.date = dt.date(2199, 12, 31)

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is after max")
        return self

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``2026-04-01``, ``1er avril 2026``, ``April 1, 2026``."""
        text = line_of(raw)
        if not text:
            return None
        found = read_date(text)
        return Unreadable(text) if found is None else formats.short_date(found)

    def problems(self, value: JSON) -> list[Text]:
        """Outside its bounds."""
        if self.min <= dt.date.fromisoformat(value) <= self.max:
            return []

        def sentence(language: str) -> str:
            bounds = {"first": formats.date(self.min, language), "last": formats.date(self.max, language)}
            return gettext("Enter a date from %(first)s to %(last)s.") % bounds

        return [say(sentence)]

    def operand(self, value: JSON) -> Operand | None:
        """The date."""
        return None if self.blank(value) else dt.date.fromisoformat(value)

    def from_operand(self, operand: Operand) -> JSON:
        """ISO text."""
        return operand.isoformat() if isinstance(operand, dt.date) else str(operand)

    def shown(self, value: JSON, language: str) -> str:
        """``1er avril 2026``."""
        return formats.date(dt.date.fromisoformat(value), language)

    def typed(self, value: JSON, language: str) -> str:
        """``2026-04-01``."""
        return self.display(value, language) if not isinstance(value, str) else value

    def note(self, language: str) -> str:
        """The format."""
        return said(lambda _: gettext("Year-month-day (YYYY-MM-DD), for example 2026-04-01."), language)

    def unreadable(self) -> Text:
        """Not a date that exists."""
        return say(lambda language: gettext("Enter a date that exists, as year-month-day: for example 2026-04-01."))
