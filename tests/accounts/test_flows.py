"""Registering, signing in and a new password: the letters, and that no answer tells who has an account."""

import re
from pathlib import Path

import allauth
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from guichet.accounts import letters, sessions
from guichet.accounts.models import User
from guichet.audit.queries import events_of
from guichet.mail.models import Letter
from tests import people
from tests.client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_from_other_tests():
    cache.clear()


def at(name, language="en", *args):
    with translation.override(language):
        return reverse(name, args=args)


def register(client, email, *, page="en", **changed):
    said = {"name": "Nadia New", "email": email, "password1": people.PASSWORD, "language": page} | changed
    return client.post(at("account_signup", page), said)


def log_in(client, email, password=people.PASSWORD, page="en"):
    return client.post(at("account_login", page), {"login": email, "password": password})


def ask_for_code(client, email, page="en"):
    return client.post(at("account_reset_password", page), {"email": email})


def written():
    """The letters of this test: no other test writes to these addresses."""
    return Letter.objects.filter(recipient_email__endswith="@flows.example")


def letter():
    return written().get()


def code(of):
    return re.search(r"^([A-Z0-9]{2,6}-?[A-Z0-9]{2,6})$", of.text, re.MULTILINE)[1]


def seen(client, response, email):
    """What the browser shows in the end: every status and address on the way, and the page without what is unique."""
    trail = [response.status_code, response.headers.get("Location")]
    while response.status_code == 302:
        response = client.get(response.headers["Location"])
        trail += [response.status_code, response.headers.get("Location")]
    html = response.content.decode().replace(email, "ADDRESS")
    return trail, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


# Registering --------------------------------------------------------------------------------------------------------
def test_registering_sends_a_code_which_opens_the_account():
    client = PageClient()
    response = register(client, "Nadia@Flows.example", page="fr")
    assert response.status_code == 302
    user = User.objects.get(email="nadia@flows.example")
    assert (user.name, user.language, user.staff_role) == ("Nadia New", "fr", "")
    sent = letter()
    assert (sent.name, sent.recipient, sent.language, sent.in_portal) == ("confirm_address", user, "fr", False)
    assert sent.subject == "Confirmez votre adresse"
    assert "valable 15 minutes" in sent.text
    assert [event.event for event in events_of("user", user.public_id)] == ["account_registered"]
    assert "_auth_user_id" not in client.session
    response = client.post(response.headers["Location"], {"code": code(sent)})
    assert response.headers["Location"] == at("applicant:home", "fr")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert sessions.BEGAN in client.session


def test_the_letter_is_in_the_language_of_correspondence_that_was_chosen():
    register(PageClient(), "new@flows.example", page="fr", language="en")
    assert (letter().language, letter().subject) == ("en", "Confirm your address")


def test_a_wrong_code_opens_nothing():
    client = PageClient()
    response = register(client, "new@flows.example")
    response = client.post(response.headers["Location"], {"code": "XXXX-XXXX"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"language": "de"}, "language"),
        ({"email": "nobody"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "1q2w3e4r5t6y"}, "password1"),
    ],
)
def test_what_cannot_be_registered_is_shown_again_with_its_fault(wrong, field):
    response = register(PageClient(), **{"email": "new@flows.example"} | wrong)
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.filter(email__endswith="@flows.example").exists()
    assert not written().exists()


@pytest.mark.parametrize("page", ["en", "fr"])
def test_registering_a_known_address_looks_like_registering_a_new_one(page):
    people.person(email="known@flows.example", language="fr")
    client, other = PageClient(), PageClient()
    known = seen(client, register(client, "known@flows.example", page=page), "known@flows.example")
    fresh = seen(other, register(other, "fresh@flows.example", page=page), "fresh@flows.example")
    assert known == fresh
    told = Letter.objects.get(recipient_email="known@flows.example")
    assert (told.name, told.language, told.in_portal) == ("address_known", "fr", False)  # the owner's language
    assert f"http://testserver{at('account_login', 'fr')}" in told.text
    assert User.objects.filter(name="Nadia New").count() == 1


def test_a_known_address_costs_a_hash_as_a_registration_does(monkeypatch):
    hashed = []
    monkeypatch.setattr("guichet.accounts.adapter.make_password", hashed.append)
    people.person(email="known@flows.example")
    register(PageClient(), "known@flows.example")
    assert len(hashed) == 1


# Signing in ---------------------------------------------------------------------------------------------------------
def test_signing_in_by_address_in_any_case_leads_home_and_starts_the_clocks():
    user = people.person(email="sam@flows.example", password=people.PASSWORD)
    client = PageClient()
    response = log_in(client, "SAM@flows.example", page="fr")
    assert (response.status_code, response.headers["Location"]) == (302, at("applicant:home", "fr"))
    assert client.session["_auth_user_id"] == str(user.pk)
    assert sessions.BEGAN in client.session


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer():
    people.person(email="known@flows.example", password=people.PASSWORD)
    client, other = PageClient(), PageClient()
    known = seen(client, log_in(client, "known@flows.example", "another one, long"), "known@flows.example")
    fresh = seen(other, log_in(other, "fresh@flows.example", "another one, long"), "fresh@flows.example")
    assert known == fresh
    assert not written().exists()


def test_a_closed_account_does_not_sign_in():
    user = people.person(email="sam@flows.example", password=people.PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = PageClient()
    log_in(client, "sam@flows.example")
    assert "_auth_user_id" not in client.session


def test_leaving_leads_to_the_home_page_of_the_language():
    client = PageClient()
    client.force_login(people.person())
    assert client.post(at("account_logout", "fr")).headers["Location"] == at("public:home", "fr")


# A new password -----------------------------------------------------------------------------------------------------
def test_a_forgotten_password_is_replaced_with_a_code():
    user = people.person(email="sam@flows.example", language="fr", password=people.PASSWORD)
    client = PageClient()
    response = ask_for_code(client, "Sam@flows.example")
    sent = letter()
    assert (sent.name, sent.recipient, sent.language, sent.in_portal) == ("reset_code", user, "fr", False)
    response = client.post(response.headers["Location"], {"code": code(sent)})
    new = "treize bouleaux blancs 1867"
    response = client.post(response.headers["Location"], {"password1": new, "password2": new})
    assert response.status_code == 302
    changed = written().exclude(pk=sent.pk).get()
    assert (changed.name, changed.language, changed.in_portal) == ("password_changed", "fr", True)
    assert changed.subject == "Votre mot de passe a été changé"
    user.refresh_from_db()
    assert user.check_password(new)


def test_asking_for_a_code_for_an_unknown_address_looks_like_asking_for_a_known_one():
    people.person(email="known@flows.example", language="fr")
    client, other = PageClient(), PageClient()
    known = seen(client, ask_for_code(client, "known@flows.example"), "known@flows.example")
    fresh = seen(other, ask_for_code(other, "fresh@flows.example"), "fresh@flows.example")
    assert known == fresh
    told = Letter.objects.get(recipient_email="fresh@flows.example")
    assert (told.name, told.recipient, told.language) == ("address_unknown", None, "en")  # the page's language
    assert f"http://testserver{at('account_signup', 'en')}" in told.text


# Letters ------------------------------------------------------------------------------------------------------------
def test_every_mail_of_the_flows_that_are_on_has_a_letter():
    folder = Path(allauth.__file__).parent / "templates" / "account" / "email"
    known = {f"account/email/{path.name.removesuffix('_subject.txt')}" for path in folder.glob("*_subject.txt")}
    off = {"login_code", "password_reset_key", "email_confirm", "email_deleted"}  # no page of ours leads there
    assert known - {f"account/email/{name}" for name in off} == set(letters.KINDS)


def test_a_mail_without_a_letter_is_an_error():
    with pytest.raises(LookupError):
        letters.send_for_flow("account/email/new", email="a@b.ca", person=None, language="en", values={})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_changed_address_is_told_with_both(language):
    user = people.person(language=language)
    values = {"from_email": "old@flows.example", "to_email": "new@flows.example"}
    prefix = "account/email/email_changed"
    letters.send_for_flow(prefix, email="old@flows.example", person=user, language="en", values=values)
    assert letter().language == language
    assert "old@flows.example" in letter().text and "new@flows.example" in letter().text
