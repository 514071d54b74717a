"""What happens to a person's own account. Registration, sign-in and reset are allauth's flows (``adapter.py``)."""

from django.db import transaction

from guichet.accounts.models import User


@transaction.atomic
def update_person(*, actor: User, name: str, title: str, phone: str, language: str) -> User:
    """Change what the person says about themselves: the person's part of *My profile*.

    ``phone`` is read forgivingly and kept tidy ("514-555-0123", "+33 1 23 45 67 89"). Returns the changed user.
    Raises NameMissing, TooLong, LanguageUnknown or PhoneUnreadable (each with its ``field``).
    """
    raise NotImplementedError
