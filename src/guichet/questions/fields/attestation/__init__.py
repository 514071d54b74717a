"""A statement to confirm. Canonical value: true; blank when not confirmed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._openings import CHECKED
from guichet.questions.question import Question
from guichet.questions.speech import said, say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


class Definition(Question):
    """One check box; the label is the statement."""

    type: Literal["attestation"]
    kind: ClassVar[Kind] = "truth"
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = CHECKED

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Checked or not; the page sends an empty text with the box, so that an unchecked one is known too."""
        text = line_of(raw).casefold()
        if text in ("", "false", "no", "non"):
            return None
        return True if text in ("true", "on", "yes", "oui", "confirmed", "confirmé") else Unreadable(text)

    def operand(self, value: JSON) -> Operand | None:
        """True, or None."""
        return True if value is True else None

    def from_operand(self, operand: Operand) -> JSON:
        """True or blank."""
        return operand or None

    def shown(self, value: JSON, language: str) -> str:
        """Confirmed."""
        return said(lambda _: gettext("Confirmed"), language)

    def export(self, value: JSON) -> str | int | bool | None:
        """True, or nothing."""
        return True if value is True else None

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """Whether the box is checked."""
        return {"checked": unreadable_text(value) is None and bool(value)}

    def missing(self) -> Text:
        """Not confirmed."""
        return say(lambda language: gettext("Check the box to confirm this statement."))
