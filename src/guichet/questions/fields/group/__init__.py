"""Several questions under one legend. It has no answer of its own; its questions keep their own paths.

In a row of a table they are columns like the others: ``activities.<row>.street``, whatever group it stands in.
"""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict

from guichet.kernel.bilingual import Text
from guichet.kernel.markup import to_html
from guichet.questions.definitions import GroupedQuestion
from guichet.questions.expressions import Kind
from guichet.questions.question import NotEmpty, Question
from guichet.questions.values import JSON, Raw, Unreadable

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


class Definition(Question):
    """``questions`` that belong together: shown, hidden and checked together by the group's own rules."""

    # The types of the questions are found once every folder is imported, this one included.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: Literal["group"]
    kind: ClassVar[Kind] = "rows"
    in_groups: ClassVar[bool] = False
    stored: ClassVar[bool] = False
    textual: ClassVar[bool] = False
    answers: ClassVar[bool] = False
    asked: ClassVar[bool] = False
    questions: Annotated[tuple[GroupedQuestion, ...], NotEmpty]
    text: Text | None = None
    required: Literal[False] = False

    def inside(self) -> tuple[Question, ...]:
        """The questions."""
        return self.questions

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """It has no answer."""
        return None

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The questions that are shown, and the text as HTML."""
        return {"questions": binder.inside(self), "html": to_html(self.text.in_(language)) if self.text else ""}
