"""One file. Canonical value: {"file": public id, "name": "…", "size": bytes, "sha256": "…"}."""

from typing import Any, Literal

from guichet.questions.fields._files import Uploaded, is_file, pretended
from guichet.questions.values import JSON, Operand, Raw, Unreadable, text_of


class Definition(Uploaded):
    """One file of the ``kinds``, of at most ``max_bytes``."""

    type: Literal["file"]

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """A pointer to a stored file, as ``files`` gave it."""
        if is_file(raw):
            return raw
        return Unreadable(text_of(raw)) if text_of(raw).strip() else None

    def imagined(self, given: Any) -> JSON:
        """A name is a file called so."""
        return pretended(given)

    def operand(self, value: JSON) -> Operand | None:
        """Its id: rules can only ask whether it is there."""
        return str(value["file"]) if is_file(value) else None

    def shown(self, value: JSON, language: str) -> str:
        """Name and size."""
        return self.one(value, language)

    def export(self, value: JSON) -> str | int | bool | None:
        """The name."""
        return str(value["name"]) if is_file(value) else None
