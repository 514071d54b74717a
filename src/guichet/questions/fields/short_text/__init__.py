"""One line of text. Canonical value: text."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.fields._texts import too_long
from guichet.questions.question import Question
from guichet.questions.values import JSON, Raw, Unreadable, length, line_of


class Definition(Question):
    """One line of at most ``max_length`` characters."""

    type: Literal["short_text"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-40"
    max_length: int = Field(default=200, ge=1, le=1000)

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Line ends as spaces, outer spaces dropped."""
        return line_of(raw) or None

    def problems(self, value: JSON) -> list[Text]:
        """Longer than its limit: kept in a draft, and said."""
        count = length(value)
        return [too_long(count, self.max_length)] if count > self.max_length else []
