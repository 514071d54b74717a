"""What a person says about themselves, and who they are."""

import pytest
from django.db import IntegrityError, transaction

from guichet.accounts.actions import update_person
from guichet.accounts.errors import LanguageUnknown, NameMissing, PhoneUnreadable, TooLong
from guichet.accounts.models import User
from guichet.accounts.queries import user_by_email
from guichet.audit.queries import events_of
from tests import people

pytestmark = pytest.mark.django_db

SAID = {"name": "Zoë Ngô 🍁", "title": "Présidente", "phone": "514 555-0123", "language": "fr"}


def test_a_person_changes_what_they_say_about_themselves():
    user = people.person()
    update_person(actor=user, **SAID | {"name": "  Zoë \n Ngô 🍁 "})
    kept = User.objects.get(pk=user.pk)
    assert (kept.name, kept.title, kept.phone, kept.language) == ("Zoë Ngô 🍁", "Présidente", "514-555-0123", "fr")
    event = events_of("user", user.public_id)[-1]
    assert (event.event, event.data) == ("person_updated", {"fields": ["language", "name", "phone", "title"]})


def test_saying_the_same_again_records_nothing():
    user = people.person()
    for _ in range(2):
        update_person(actor=user, **SAID)
    assert len(events_of("user", user.public_id)) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("(613) 555.0123", "613-555-0123"),
        ("1-800-555-0123", "800-555-0123"),
        ("613 555 0123 ext. 45", "613-555-0123 x45"),
        ("418 555-0199 poste 22", "418-555-0199 x22"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
    ],
)
def test_phone_numbers_are_read_forgivingly_and_kept_tidy(typed, kept):
    user = people.person()
    assert update_person(actor=user, **SAID | {"phone": typed}).phone == kept


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        ({"name": " \n "}, NameMissing, "name"),
        ({"name": "x" * 121}, TooLong, "name"),
        ({"title": "x" * 121}, TooLong, "title"),
        ({"phone": "twelve"}, PhoneUnreadable, "phone"),
        ({"phone": "555"}, PhoneUnreadable, "phone"),
        ({"phone": "5" * 10_000}, PhoneUnreadable, "phone"),
        ({"language": "de"}, LanguageUnknown, "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(wrong, refusal, field):
    user = people.person()
    with pytest.raises(refusal) as refused:
        update_person(actor=user, **SAID | wrong)
    assert refused.value.field == field
    kept = User.objects.get(pk=user.pk)
    assert (kept.name, kept.title, kept.phone, kept.language) == ("Sam Stone", "", "", "en")
    assert events_of("user", user.public_id) == []


def test_an_address_has_one_account_whatever_its_letter_case():
    people.person(email="eloise@example.com")
    assert User.objects.get_by_natural_key("ELOISE@example.com") == user_by_email(" Eloise@Example.com ")
    assert User.objects.create_user("NEW@Example.com", None, name="New").email == "new@example.com"
    for address in ("eloise@example.com", "Eloise@example.com"):  # taken; and never stored in capitals
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=address, name="Copy")


def test_a_closed_account_is_not_found_by_address():
    user = people.person(email="gone@example.com")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert user_by_email("gone@example.com") is None


@pytest.mark.parametrize("wrong", [{"language": "de"}, {"staff_role": "king"}])
def test_the_database_refuses_unknown_words(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="x@example.com", name="X", **wrong)
