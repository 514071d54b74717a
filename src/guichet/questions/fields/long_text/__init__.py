"""Text of several lines. Canonical value: text, line ends as one line feed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext
from pydantic import Field

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.fields._texts import too_long
from guichet.questions.question import Question
from guichet.questions.speech import said
from guichet.questions.values import JSON, Raw, Unreadable, length, text_of

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

# Characters on a line of the box, for its height.
_LINE = 90


class Definition(Question):
    """A text of at most ``max_length`` characters, a line end counted as one."""

    type: Literal["long_text"]
    joins: ClassVar[bool] = True
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-60"
    brief: ClassVar[bool] = False
    max_length: int = Field(default=4000, ge=1, le=50_000)

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Spaces and empty lines at the end dropped; what stands before is the author's."""
        text = text_of(raw).rstrip()
        return text.lstrip("\n") or None

    def problems(self, value: JSON) -> list[Text]:
        """Longer than its limit: kept in a draft, and said."""
        count = length(value)
        return [too_long(count, self.max_length)] if count > self.max_length else []

    def note(self, language: str) -> str:
        """The limit."""
        limit = formats.integer(self.max_length, language)
        return said(lambda _: gettext("Up to %(limit)s characters.") % {"limit": limit}, language)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The height of the box, from the limit."""
        return {"rows": min(10, max(4, self.max_length // _LINE // 3))}
