"""Web address. Canonical value: text with its scheme ("https://example.ca/")."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

_valid = URLValidator(schemes=["http", "https"])
_LONGEST = 2000


class Definition(Question):
    """An address of the web; ``https://`` may be left out."""

    type: Literal["url"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = {**BOX, "answer": ("text", "link")}
    width: ClassVar[str] = "w-40"
    inputmode: ClassVar[str] = "url"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``example.ca``, ``www.example.ca/en``, ``HTTP://example.ca``."""
        text = line_of(raw)
        if not text:
            return None
        address = re.sub(r"^(https?)://", lambda found: f"{found[1].lower()}://", text, flags=re.IGNORECASE)
        if not address.startswith(("http://", "https://")):
            address = f"https://{address}"
        try:
            _valid(address)
        except ValidationError:
            return Unreadable(text)
        return address if len(address) <= _LONGEST else Unreadable(text)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The address to follow; none for what could not be read."""
        return {"link": value if isinstance(value, str) else ""}

    def unreadable(self) -> Text:
        """Not a web address."""
        return say(lambda language: gettext("Enter a web address, for example www.example.ca."))
