"""Every page of the applicant, for everybody who may come by, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.programs.actions import publish
from tests import people
from tests.applications.scene import PACKAGE as MINIMAL
from tests.web import applying
from tests.web.applying import fields

pytestmark = pytest.mark.django_db

ANYBODY = ("home", "profile", "messages")
MEMBERS = ("verification", "account_profile", "contacts", "applications")
SECTIONS = ("project", "markets", "activities", "attachments")


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.mark.parametrize("stage", people.STAGES)
def test_pages_of_every_stage_are_well_made(client, language, stage):
    people.edition()
    firm = people.firm(stage, language=language)
    client.force_login(firm.signatory)
    for name in ANYBODY + MEMBERS:
        response = client.get(at(language, name))
        assert response.status_code == 200, name


def test_somebody_new_finds_their_pages(client, language):
    people.edition()
    client.force_login(people.person("Nora New", language=language))
    for name in ANYBODY:
        assert client.get(at(language, name)).status_code == 200
    for name in MEMBERS:
        assert client.get(at(language, name)).headers["Location"] == at(language, "profile")


def test_pages_before_an_application_are_well_made(client, language):
    firm = people.firm("transmitted", language=language)
    family = "canexport"
    pages = (
        at(language, "family", family),
        at(language, "new", family),
        at(language, "start", family, firm.edition.program_key),
    )
    for person in (firm.signatory, firm.colleague("editor"), firm.colleague("reader")):
        client.force_login(person)
        for page in pages:
            assert client.get(page).status_code == 200
    assert client.get(at(language, "family", "nothing")).status_code == 404
    assert client.get(at(language, "start", family, "nothing")).status_code == 404


@pytest.mark.parametrize("role", ["signatory", "editor", "reader"])
@pytest.mark.parametrize("made", ["started", "completed", "submitted"])
def test_pages_of_an_application_are_well_made(client, language, role, made):
    firm = people.firm("transmitted", language=language)
    application = getattr(applying, made)(firm)
    client.force_login(firm.signatory if role == "signatory" else firm.colleague(role))
    for name in ("application", "review", "submit", "receipt", "file"):
        response = client.get(at(language, name, application.public_id), follow=True)
        assert response.status_code == 200, name
    for section in SECTIONS:
        response = client.get(at(language, "section", application.public_id, section), follow=True)
        assert response.status_code == 200, section
        for check in ("save", "section", "submit", "nonsense"):
            page = at(language, "section", application.public_id, section) + f"?check={check}"
            assert client.get(page, follow=True).status_code == 200
    marked = b"Not submitted yet" if language == "en" else b"Pas encore transmise"
    response = client.get(at(language, "application", application.public_id), follow=True)
    assert (marked in response.content) == (made != "submitted")


def test_a_stranger_and_a_forged_address_find_nothing(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.started(firm)
    client.force_login(people.stranger())
    for name in ("application", "review", "submit", "receipt", "file"):
        assert client.get(at(language, name, draft.public_id)).status_code == 404
        assert client.get(at(language, name, "A" * 22)).status_code == 404
    section = at(language, "section", draft.public_id, "project")
    assert client.get(section).status_code == 404
    assert client.post(section, {"project_title": "Mine now"}).status_code == 404
    assert client.post(at(language, "submit", draft.public_id), {}).status_code == 404
    assert client.get(at(language, "attachment", draft.public_id, "B" * 22)).status_code == 404
    assert client.get(at(language, "message", "C" * 22)).status_code == 404
    assert client.get(at(language, "contact_role", "D" * 22)).status_code == 404
    assert client.get(at(language, "invitation_accept", "no-such-token")).status_code == 404
    client.force_login(firm.signatory)
    assert client.get(at(language, "section", draft.public_id, "nothing")).status_code == 404


def test_somebody_not_signed_in_is_sent_to_log_in(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.started(firm)
    for page in (
        at(language, "home"),
        at(language, "account_profile"),
        at(language, "section", draft.public_id, "project"),
        at(language, "receipt", draft.public_id),
    ):
        response = client.get(page)
        assert response.status_code == 302
        assert "next=" in response.headers["Location"]


def test_an_officer_has_pages_of_their_own(client, language):
    firm = people.firm("transmitted", language=language)
    client.force_login(people.officer(language))
    assert client.get(at(language, "home")).status_code == 302
    assert client.get(at(language, "profile")).status_code == 302
    draft = applying.started(firm)
    assert client.get(at(language, "application", draft.public_id)).status_code in (302, 404)


def test_titles_begin_with_the_heading(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.started(firm)
    client.force_login(firm.signatory)
    page = at(language, "section", draft.public_id, "project")
    heading = "Project" if language == "en" else "Projet"
    assert f"<title>{heading} – " in client.get(page).content.decode()
    error = "Error: " if language == "en" else "Erreur\u00a0: "
    assert f"<title>{error}{heading} – " in client.get(page + "?check=section").content.decode()


def test_a_second_program_has_pages_of_its_own(client, language):
    firm = people.firm("transmitted", language=language)
    other = publish(actor=None, folder=MINIMAL)
    assert other.program_id != firm.edition.id
    client.force_login(firm.signatory)
    home = client.get(at(language, "home")).content.decode()
    assert f"{at(language, 'profile')}?program=minimal" in home
    for name in ("profile", "verification", "account_profile"):
        response = client.get(at(language, name) + "?program=minimal")
        assert response.status_code == 200
        assert client.get(at(language, name) + "?program=nothing").status_code == 404
    sent = fields(client.get(at(language, "profile") + "?program=minimal"))
    response = client.post(at(language, "profile") + "?program=minimal", sent | {"legal_name": "Other"}, follow=True)
    assert 'value="Other"' in response.content.decode()
    assert 'value="Other"' not in client.get(at(language, "profile")).content.decode()


@pytest.mark.parametrize("stage", ["filled", "met", "transmitted"])
def test_home_says_who_acts_next(client, language, stage):
    firm = people.firm(stage, language=language)
    client.force_login(firm.colleague("reader"))
    other = {"en": "Who acts next:", "fr": "En attente de\u00a0:"}[language]
    assert f"{other} <strong>{firm.signatory.name}" in client.get(at(language, "home")).content.decode()
    client.force_login(firm.signatory)
    you = {"en": "<strong>It is your turn to act.</strong>", "fr": "<strong>À vous d’agir.</strong>"}[language]
    assert you in client.get(at(language, "home")).content.decode()
