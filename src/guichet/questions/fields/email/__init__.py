"""E-mail address. Canonical value: text, trimmed, the domain in small letters."""

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of

_valid = EmailValidator()


class Definition(Question):
    """One address."""

    type: Literal["email"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-30"
    inputmode: ClassVar[str] = "email"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Outer spaces, ``mailto:`` and angle brackets dropped."""
        text = line_of(raw)
        if not text:
            return None
        address = re.sub(r"^mailto:", "", text.strip("<>; "), flags=re.IGNORECASE)
        local, _, domain = address.rpartition("@")
        try:
            _valid(address)
        except ValidationError:
            return Unreadable(text)
        return f"{local}@{domain.lower()}"

    def unreadable(self) -> Text:
        """Not an address."""
        return say(lambda language: gettext("Enter an e-mail address, for example name@example.ca."))
