"""What went wrong is said in the reader's language, without the inside; what was typed is offered back."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.utils import translation

from guichet.organizations import actions as organizations
from guichet.web.public import errors
from tests import page, people, seen
from tests.client import PageClient

LOGIN = {"en": "/en/log-in/", "fr": "/fr/se-connecter/"}


def body(response):
    html = response.content.decode()
    seen.note(seen.Page("/", response.status_code, html, dict(response.headers)))
    assert "Traceback" not in html
    return html


@pytest.mark.parametrize(
    ("handler", "error", "status"),
    [
        (errors.bad_request, SuspiciousOperation("inside"), 400),
        (errors.bad_request, RequestDataTooBig("inside"), 413),
        (errors.server_error, None, 500),
    ],
)
def test_plain_error_pages(language, handler, error, status):
    with translation.override(language):
        request = RequestFactory().get(f"/{language}/")
        response = handler(request, error) if error else handler(request)
    assert response.status_code == status
    assert page.faults(body(response), language=language) == []
    assert "inside" not in body(response)


@pytest.mark.parametrize("reason", ["not_signatory", "application.edit", "inside"])
def test_permission_is_explained(language, reason, db):
    request = RequestFactory().get(f"/{language}/")
    with translation.override(language):
        response = errors.forbidden(request, PermissionDenied(reason))
    assert response.status_code == 403
    assert page.faults(body(response), language=language) == []
    assert "inside" not in body(response)


def test_form_too_large(client, db, language):
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        response = client.post(LOGIN[language], {"login": "x" * 2000})
    assert response.status_code == 413


def test_request_too_large_is_refused_before_it_is_read(client, db, language):
    with override_settings(LARGEST_REQUEST=1000):
        response = client.post(LOGIN[language], {"file": SimpleUploadedFile("large.pdf", b"x" * 2000)})
    assert response.status_code == 413
    assert page.faults(body(response), language=language) == []


def test_a_length_that_is_no_number_is_refused(client, db):
    assert client.post("/en/log-in/", CONTENT_LENGTH="many").status_code == 413


def test_stale_form_gives_back_what_was_typed(db, language):
    client = PageClient(enforce_csrf_checks=True)
    typed = {"legal_name": 'Érable & fils "2"\n\nligne', "empty": "", "password": "secret words"}
    response = client.post(LOGIN[language], typed, headers={"origin": "http://testserver"})
    html = body(response)
    assert response.status_code == 403
    assert "Érable &amp; fils &quot;2&quot;" in html
    assert "secret words" not in html
    assert 'name="csrfmiddlewaretoken"' in html


@pytest.mark.parametrize("origin", ["https://elsewhere.example", None])
def test_forged_form_is_not_offered_to_press(db, language, origin):
    client = PageClient(enforce_csrf_checks=True)
    headers = {"origin": origin} if origin else {}
    response = client.post(LOGIN[language], {"legal_name": "Forged"}, headers=headers)
    assert response.status_code == 403
    assert "Forged" not in body(response)


def test_form_sent_after_the_session_ended_is_held(client, db, language):
    path = {"en": "/en/session/", "fr": "/fr/session-active/"}[language]
    response = client.post(path, {"a": "typed text"}, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert "typed text" in body(response)
    assert LOGIN[language] in body(response)


def test_files_of_a_held_form_are_named(client, db, language):
    path = {"en": "/en/session/", "fr": "/fr/session-active/"}[language]
    typed = {"a": "typed text", "b": SimpleUploadedFile("Plan d’été.pdf", b"x")}
    html = body(client.post(path, typed, headers={"origin": "http://testserver"}))
    assert "Plan d’été.pdf" in html


@pytest.mark.django_db
def test_who_was_removed_while_typing_gets_the_text_back(client, language):
    firm = people.firm("founded")
    editor = firm.colleague("editor")
    client.force_login(editor)
    organizations.remove_member(actor=firm.signatory, member=editor.memberships.get())
    path = {"en": "/en/account-profile/", "fr": "/fr/profil-du-compte/"}[language]
    response = client.post(path, {"products": "Meubles d’érable"}, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert "Meubles d’érable" in body(response)
    forged = client.post(path, {"products": "Meubles d’érable"}, headers={"origin": "https://elsewhere.example"})
    assert "Meubles" not in body(forged)
    assert client.get(path).status_code == 302


def test_too_many_tries(language, db):
    request = RequestFactory().get(f"/{language}/")
    with translation.override(language):
        html = render(request, "429.html").content.decode()
    assert page.faults(html, language=language) == []
