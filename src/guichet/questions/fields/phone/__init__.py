"""Telephone number. Canonical value: "+18195550123", with ";ext=22" for an extension (RFC 3966)."""

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

import phonenumbers
from django.utils.translation import gettext

from guichet.kernel.bilingual import FRENCH, Text
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of

_EXTENSION = re.compile(r"[\s,;]*(?:\bpostes?|\bext(?:ension)?|\bx|(?<=\d)x|#)[\s.:=]*(?=\d)", re.IGNORECASE)
_LONGEST = 60


class Definition(Question):
    """A number of Canada or the United States as one dials it there, or of any country with +."""

    type: Literal["phone"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-20"
    inputmode: ClassVar[str] = "tel"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``819 555-0123 poste 22``, ``(819) 555-0123 ext. 22``, ``+33 1 23 45 67 89``."""
        text = line_of(raw)
        if not text:
            return None
        if len(text) > _LONGEST:
            return Unreadable(text)
        try:
            # The library does not know "poste".
            number = phonenumbers.parse(_EXTENSION.sub(" ext ", text), "CA")
        except phonenumbers.NumberParseException:
            return Unreadable(text)
        if not phonenumbers.is_possible_number(number):
            return Unreadable(text)
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension

    def shown(self, value: JSON, language: str) -> str:
        """``819-555-0123, poste 22``; with + for other countries."""
        number, _, extension = str(value).partition(";ext=")
        if number.startswith("+1") and len(number) == 12:
            shown = f"{number[2:5]}-{number[5:8]}-{number[8:]}"
        else:
            parsed = phonenumbers.parse(number)
            shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        if not extension:
            return shown
        return f"{shown}, poste {extension}" if language == FRENCH else f"{shown} ext. {extension}"

    def unreadable(self) -> Text:
        """Not a telephone number."""
        return say(lambda language: gettext("Enter a telephone number with its area code, for example 819-555-0123."))
