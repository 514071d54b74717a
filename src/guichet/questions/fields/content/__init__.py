"""Text between questions: an explanation or a notice. It has no answer."""

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from guichet.kernel.bilingual import Text
from guichet.kernel.markup import to_html
from guichet.questions.expressions import Kind
from guichet.questions.question import Question
from guichet.questions.values import JSON, Raw, Unreadable

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


class Definition(Question):
    """``text`` in Markdown under the label as heading; with ``tone``, as a notice."""

    type: Literal["content"]
    kind: ClassVar[Kind] = "rows"
    in_rows: ClassVar[bool] = False
    stored: ClassVar[bool] = False
    textual: ClassVar[bool] = False
    answers: ClassVar[bool] = False
    asked: ClassVar[bool] = False
    text: Text
    tone: Literal["info", "warning"] | None = None
    required: Literal[False] = False

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """It has no answer."""
        return None

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The text as HTML."""
        return {"html": to_html(self.text.in_(language)), "tone": self.tone or ""}
