"""Two dates, from and to. Canonical value: {"start": "2026-04-01", "end": "2027-03-31"}."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.kernel.bilingual import FRENCH, Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._dates import read_date
from guichet.questions.fields._openings import BETWEEN
from guichet.questions.question import Question
from guichet.questions.speech import said, say
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable, line_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

# Between the two dates in a text; a dash would be lost in ISO dates.
_BETWEEN = {"en": " to ", "fr": " au "}


class Definition(Question):
    """A period; both days belong to it. Its boxes are called ``<path>-start`` and ``<path>-end``."""

    type: Literal["date_range"]
    kind: ClassVar[Kind] = "any"
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BETWEEN
    width: ClassVar[str] = "w-12"

    def read(self, post: Post, name: str) -> Raw | None:
        """Both boxes, if either was sent."""
        boxes = [f"{name}-start", f"{name}-end"]
        if not any(box in post for box in boxes):
            return None
        return [(post.getlist(box) or [""])[-1] for box in boxes]

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Two dates; or one text with « to » or « au » between them."""
        boxes = self._boxes(raw)
        if not any(boxes):
            return None
        found = [read_date(box) for box in boxes]
        if None in found:
            return Unreadable("\n".join(boxes).rstrip("\n"))
        return dict(zip(("start", "end"), (formats.short_date(day) for day in found if day), strict=True))

    @staticmethod
    def _boxes(raw: Raw) -> list[str]:
        if isinstance(raw, dict):
            raw = [raw.get("start"), raw.get("end")]
        if isinstance(raw, list | tuple):
            return [line_of(box) for box in (*raw, "", "")[:2]]
        text = line_of(raw)
        for between in _BETWEEN.values():
            first, found, second = text.partition(between)
            if found:
                return [first.removeprefix("du ").strip(), second.strip()]
        return [text, ""]

    def problems(self, value: JSON) -> list[Text]:
        """The end before the start."""
        if value["start"] <= value["end"]:
            return []
        return [say(lambda _: gettext("The period ends before it starts. Correct one of the two dates."))]

    def operand(self, value: JSON) -> Operand | None:
        """Its text: rules can only ask whether it is answered."""
        return None if self.blank(value) else f"{value['start']}/{value['end']}"

    def shown(self, value: JSON, language: str) -> str:
        """``April 1, 2026 to March 31, 2027``; ``du 1er avril 2026 au 31 mars 2027``."""
        start, end = (formats.date(dt.date.fromisoformat(value[side]), language) for side in ("start", "end"))
        return f"{'du ' if language == FRENCH else ''}{start}{_BETWEEN[language]}{end}"

    def export(self, value: JSON) -> str | int | bool | None:
        """ISO interval."""
        return None if self.blank(value) else f"{value['start']}/{value['end']}"

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The two boxes, as typed."""
        typed = unreadable_text(value)
        if typed is not None:
            first, _, second = typed.partition("\n")
        else:
            first, second = (value["start"], value["end"]) if value else ("", "")
        return {"start": first, "end": second}

    def note(self, language: str) -> str:
        """The format."""
        return said(lambda _: gettext("Year-month-day (YYYY-MM-DD), for example 2026-04-01."), language)

    def unreadable(self) -> Text:
        """One of the dates is missing or does not exist."""
        return say(lambda language: gettext("Enter both dates, as year-month-day: for example 2026-04-01."))
