"""Several files. Canonical value: a list of {"file": public id, "name": "…", "size": bytes, "sha256": "…"}."""

from typing import Any, Literal

from django.utils.translation import ngettext
from pydantic import Field

from guichet.kernel.bilingual import Text
from guichet.questions.fields._files import Uploaded, is_file, pretended
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, text_of


class Definition(Uploaded):
    """At most ``max_files`` files of the ``kinds``, each of at most ``max_bytes``."""

    type: Literal["files"]
    max_files: int = Field(default=10, ge=1, le=100)

    @property
    def most(self) -> int:
        """As many as the package says."""
        return self.max_files

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Pointers to stored files, as ``files`` gave them."""
        if isinstance(raw, list | tuple) and all(is_file(item) for item in raw):
            return list(raw) or None
        return Unreadable(text_of(raw)) if text_of(raw).strip() else None

    def imagined(self, given: Any) -> JSON:
        """Names are files called so; one may stand alone."""
        return [pretended(one) for one in given] if isinstance(given, list) else [pretended(given)] if given else None

    def problems(self, value: JSON) -> list[Text]:
        """Too many."""
        if len(value) <= self.max_files:
            return []
        return [say(lambda _: self._many(self.max_files))]

    def _many(self, number: int) -> str:
        return ngettext("Keep at most %(number)s file.", "Keep at most %(number)s files.", number) % {"number": number}

    def operand(self, value: JSON) -> Operand | None:
        """The ids: rules can only ask whether there are any."""
        return frozenset(item["file"] for item in value) if value else None

    def shown(self, value: JSON, language: str) -> str:
        """Names and sizes."""
        return "; ".join(self.one(item, language) for item in value)

    def export(self, value: JSON) -> str | int | bool | None:
        """The names."""
        return "; ".join(str(item["name"]) for item in value) if value else None
