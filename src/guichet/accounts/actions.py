"""What happens to a person's own account. Registration, sign-in and reset are flows of ``adapter.py``."""

import re

import phonenumbers
from django.db import transaction

from guichet.accounts.errors import LanguageUnknown, NameMissing, PhoneUnreadable, TooLong
from guichet.accounts.models import LONGEST_LINE, User
from guichet.audit import actions as audit
from guichet.kernel.bilingual import LANGUAGES

HOME_REGION = "CA"
NORTH_AMERICA = 1
_EXTENSION = re.compile(r"\s*\b(?:poste|p\.)\s*(?=\d)", re.IGNORECASE)  # the word French uses for "ext."


@transaction.atomic
def update_person(*, actor: User, name: str, title: str, phone: str, language: str) -> User:
    """Change what the person says about themselves: the person's part of *My profile*.

    ``phone`` is read forgivingly and kept tidy ("514-555-0123 x4", "+33 1 23 45 67 89"); blank is allowed.
    Returns the changed user. Raises NameMissing, TooLong, LanguageUnknown, PhoneUnreadable, each with its ``field``.
    """
    if language not in LANGUAGES:
        raise LanguageUnknown(field="language")
    changed = {
        "name": _line(name, "name"),
        "title": _line(title, "title"),
        "phone": tidy_phone(phone),
        "language": language,
    }
    if not changed["name"]:
        raise NameMissing(field="name")
    before = {field: getattr(actor, field) for field in changed}
    fields = sorted(field for field, value in changed.items() if before[field] != value)
    if not fields:
        return actor
    for field in fields:
        setattr(actor, field, changed[field])
    actor.save(update_fields=fields)
    audit.record(actor=actor, event="person_updated", subject_type="user", subject_id=actor.public_id, fields=fields)
    return actor


def tidy_phone(typed: str) -> str:
    """The number as Canada writes it, or with its country code from elsewhere; "" for a blank.

    Raises PhoneUnreadable.
    """
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(_EXTENSION.sub(" x", typed), HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise PhoneUnreadable(field="phone") from error
    if not phonenumbers.is_possible_number(number):
        raise PhoneUnreadable(field="phone")
    if number.country_code != NORTH_AMERICA:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = phonenumbers.national_significant_number(number)
    extension = f" x{number.extension}" if number.extension else ""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}{extension}"


def _line(typed: str, field: str) -> str:
    """One line, spaces tidied. Raises TooLong for more than the column holds."""
    line = " ".join(typed.replace("\x00", "").split())
    if len(line) > LONGEST_LINE:
        raise TooLong(field=field, limit=LONGEST_LINE)
    return line
