"""The steps of the journey by their pages: profile, verification, account profile, contacts, start, submit, after."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.applications.queries import submission
from guichet.eligibility import queries as eligibility
from guichet.mail.models import Letter
from guichet.organizations import queries as organizations
from tests import people
from tests.web import applying
from tests.web.applying import fields

pytestmark = pytest.mark.django_db


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


def text(response):
    return re.sub(r"[ \n\t]+", " ", response.content.decode())


def typed_profile(**changed):
    """My profile as a person types it."""
    given = people.profile_answers(employees="12,5", revenue="1 234 567,89 $", **changed)
    return {path: {True: "yes", False: "no"}.get(value, value) for path, value in given.items()}


def test_a_newcomer_saves_and_sends_the_profile(client, language):
    people.edition()
    person = people.person("Nora New", language=language)
    client.force_login(person)
    url = at(language, "profile")
    sent = fields(client.get(url)) | {"legal_name": "Nora’s 🍁 Maple", "employees": "many", "action": "save"}
    response = client.post(url, sent, follow=True)
    assert "Nora’s 🍁 Maple" in text(response) and 'value="many"' in text(response)
    response = client.post(url, fields(response) | {"action": "update"}, follow=True)
    assert response.redirect_chain[-1][0] == f"{url}?check=submit"
    assert "error-summary" in text(response)
    response = client.post(url, fields(response) | typed_profile() | {"action": "update"}, follow=True)
    assert response.redirect_chain[-1][0].startswith(at(language, "verification")), text(response)
    organization = organizations.organization_of(person)
    case = eligibility.current_case(organization, people.PROGRAM)
    assert case.due_on.isoformat() in text(response)
    assert {"en": "If you find a mistake", "fr": "Si vous trouvez une erreur"}[language] in text(response)
    counted = {
        "en": r"That is 5 business days after \w+ \d{1,2}, \d{4}\.",
        "fr": r"Cette date tombe 5 jours ouvrables après le \d{1,2}(er)? \w+ \d{4}\.",
    }[language]
    assert re.search(counted, text(response)), text(response)
    assert organization.legal_name == "Érablière du Lac inc."


def test_the_person_s_part_is_saved_and_a_bad_phone_number_comes_back(client, language):
    firm = people.firm("filled", language=language)
    client.force_login(firm.signatory)
    url = at(language, "profile")
    other = "fr" if language == "en" else "en"
    sent = fields(client.get(url)) | {"person-phone": "call me", "person-title": "Boss", "operating_name": "Other name"}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert 'value="call me"' in text(response) and 'value="Other name"' in text(response)
    assert "id_person-phone" in text(response)
    sent = fields(response) | {"person-phone": "514 555-0123", "person-language": other}
    assert client.post(url, sent).status_code == 302
    firm.signatory.refresh_from_db()
    assert (firm.signatory.language, firm.signatory.title) == (other, "Boss")


def test_a_taken_business_number_says_whom_to_ask_and_nothing_more(client, language):
    taken = people.firm("sent", name="Hidden Holder")
    client.force_login(people.person("Nora New", language=language))
    url = at(language, "profile")
    number = taken.organization.business_number
    sent = fields(client.get(url)) | typed_profile(business_number=number, legal_name="Nora inc.")
    response = client.post(url, sent | {"action": "update"})
    assert response.status_code == 422
    assert 'href="#q-business_number"' in text(response) and 'id="q-business_number-error1"' in text(response)
    assert "Hidden Holder" not in text(response)
    assert 'value="Nora inc."' in text(response)


def test_a_refused_profile_names_the_criteria_and_can_be_corrected(client, language):
    firm = people.firm("met", language=language, employees="700", for_profit=False)
    client.force_login(firm.signatory)
    shown = text(client.get(at(language, "verification")))
    edition = firm.edition.definition
    for key in ("for_profit", "employees"):
        assert edition.criterion(key).title.in_(language) in shown
    home = text(client.get(at(language, "home")))
    assert ("criteria not met" if language == "en" else "critères non atteints") in home
    url = at(language, "profile")
    sent = fields(client.get(url)) | {"employees": "70", "for_profit": "yes", "action": "update"}
    assert client.post(url, sent, follow=True).redirect_chain[-1][0].startswith(at(language, "verification"))
    assert [case.state for case in eligibility.history(firm.organization, people.PROGRAM)] == ["open", "not_met"]


def test_only_the_primary_signatory_fills_in_the_account_profile(client, language):
    firm = people.firm("met", language=language)
    url = at(language, "account_profile")
    for role in ("signatory", "editor", "reader"):
        client.force_login(firm.colleague(role))
        response = client.get(url)
        assert firm.signatory.name in text(response) and "<textarea" not in text(response)
        response = client.post(url, {"products_description": "Not mine to say"})
        assert response.status_code == 409
        assert "Not mine to say" in text(response)
    client.force_login(firm.signatory)
    response = client.post(
        url, fields(client.get(url)) | {"products_description": "Sirop", "action": "transmit"}, follow=True
    )
    assert response.redirect_chain[-1][0] == f"{url}?check=submit"
    firm.answer("account_profile", **people.account_profile_answers(products_description="Tire"))
    response = client.post(url, fields(client.get(url)) | {"action": "transmit"}, follow=True)
    assert response.redirect_chain[-1][0] == at(language, "home")


def test_the_account_profile_waits_for_the_criteria(client, language):
    firm = people.firm("sent", language=language)
    firm.answer("account_profile", **people.account_profile_answers())
    client.force_login(firm.signatory)
    url = at(language, "account_profile")
    shown = client.get(url)
    assert 'value="transmit"' not in text(shown)
    response = client.post(url, fields(shown) | {"products_description": "Kept", "action": "transmit"})
    assert response.status_code == 422 and "Kept" in text(response)
    assert organizations.profile(firm.organization, people.PROGRAM, "account_profile").updated_at is None
    firm.conclude()
    assert 'value="transmit"' in text(client.get(url))


def test_inviting_changing_a_role_and_removing(client, language):
    firm = people.firm("met", language=language)
    client.force_login(firm.signatory)
    url = at(language, "contacts")
    response = client.post(url, fields(client.get(url)) | {"email": "nonsense", "role": "editor"})
    assert response.status_code == 422 and 'value="nonsense"' in text(response)
    sent = fields(response) | {"email": "new@example.com", "role": "editor", "language": language}
    assert client.post(url, sent).status_code == 302
    address = re.search(r"/(?:en|fr)/invitations/[\w-]+/", Letter.objects.latest("pk").text)[0]
    invited = people.person("Ines Invited", email="new@example.com")
    client.force_login(invited)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    member = organizations.membership(invited, firm.organization)
    client.force_login(firm.signatory)
    role = at(language, "contact_role", member.public_id)
    assert client.get(role).status_code == 200
    assert client.post(role, {"role": "emperor"}).status_code == 422
    assert client.post(role, {"role": "reader"}).status_code == 302
    assert organizations.membership(invited, firm.organization).role == "reader"
    own = organizations.membership(firm.signatory, firm.organization)
    assert client.post(at(language, "contact_remove", own.public_id)).status_code == 422
    remove = at(language, "contact_remove", member.public_id)
    assert client.get(remove).status_code == 200
    assert client.post(remove).status_code == 302
    assert organizations.membership(invited, firm.organization) is None


def test_an_invitation_is_withdrawn_and_members_cannot_manage(client, language):
    firm = people.firm("met", language=language)
    client.force_login(firm.signatory)
    url = at(language, "contacts")
    client.post(url, {"email": "new@example.com", "role": "reader", "language": "fr"})
    found = organizations.open_invitations(firm.organization)[0]
    withdraw = at(language, "invitation_withdraw", found.public_id)
    member = organizations.membership(firm.signatory, firm.organization)
    client.force_login(firm.colleague("editor"))
    assert '<form method="post" novalidate' not in text(client.get(url))
    assert client.post(url, {"email": "x@example.com", "role": "reader", "language": "fr"}).status_code == 403
    assert client.post(withdraw).status_code == 403
    assert client.post(at(language, "contact_role", member.public_id), {"role": "reader"}).status_code == 403
    client.force_login(firm.signatory)
    assert client.get(withdraw).status_code == 405
    assert client.post(withdraw).status_code == 302
    assert organizations.open_invitations(firm.organization) == []


def test_starting_twice_offers_the_draft(client, language):
    firm = people.firm("transmitted", language=language)
    client.force_login(firm.signatory)
    url = at(language, "start", "canexport", firm.edition.program_key)
    addresses = {client.post(url).headers["Location"] for _ in range(2)}
    assert len(addresses) == 1
    assert addresses.pop() in text(client.get(url))


def test_a_blocked_start_says_what_is_missing_and_who_can_do_it(client, language):
    firm = people.firm("met", language=language)
    client.force_login(firm.colleague("editor"))
    url = at(language, "start", "canexport", firm.edition.program_key)
    assert firm.signatory.name in text(client.get(url))
    assert client.post(url).status_code == 409


def test_submitting_once_and_reading_ever_after(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.completed(firm)
    client.force_login(firm.signatory)
    url = at(language, "submit", draft.public_id)
    response = client.post(url, fields(client.get(url)) | {"attestation": ["authority"]})
    assert response.status_code == 422
    assert 'href="#attestation-truth"' in text(response)
    assert 'id="attestation-authority" name="attestation" value="authority" checked' in text(response)
    sent = fields(response) | {"attestation": [one.key for one in firm.edition.definition.attestations]}
    answered = [client.post(url, sent).headers["Location"] for _ in range(2)]
    assert set(answered) == {at(language, "receipt", draft.public_id)}
    made = submission(draft)
    receipt = text(client.get(answered[0]))
    assert made.reference in receipt and made.digest in receipt
    assert Letter.objects.filter(name="submission_received").count() == 1
    for name in ("application", "review"):
        assert client.get(at(language, name, draft.public_id)).headers["Location"] == at(
            language, "file", draft.public_id
        )
    assert "Sirop d’érable au Japon" in text(client.get(at(language, "file", draft.public_id)))
    home = text(client.get(at(language, "home")))
    assert made.reference in home
    firm.answer(legal_name="Renommée depuis inc.")
    firm.update()
    receipt = text(client.get(answered[0]))
    assert "Renommée depuis inc." not in receipt and "Érablière du Lac inc." in receipt


def test_somebody_without_authority_is_told_who_can_submit(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.completed(firm)
    client.force_login(firm.colleague("editor"))
    url = at(language, "submit", draft.public_id)
    assert firm.signatory.email in text(client.get(url))
    response = client.post(url, {"attestation": [one.key for one in firm.edition.definition.attestations]})
    assert response.status_code == 422
    assert firm.signatory.name in text(response)
    assert submission(draft) is None


def test_too_early_is_refused_with_the_date_and_the_reason(client, language):
    firm = people.firm("transmitted", language=language)
    draft = applying.completed(firm, **{f"activities.{applying.ROW}.start": "2026-01-05"})
    client.force_login(firm.signatory)
    review = text(client.get(at(language, "review", draft.public_id)))
    assert f"#q-activities-{applying.ROW}-start" in review
    url = at(language, "submit", draft.public_id)
    keys = [one.key for one in firm.edition.definition.attestations]
    response = client.post(url, fields(client.get(url)) | {"attestation": keys})
    assert response.status_code == 422
    assert "60" in text(response).split('id="error-summary-title"')[1]
    assert submission(draft) is None


def test_messages_are_the_person_s_own(client, language):
    firm = people.firm("met", language=language)
    client.force_login(firm.signatory)
    shown = text(client.get(at(language, "messages")))
    letter = Letter.objects.filter(recipient=firm.signatory).latest("pk")
    assert at(language, "message", letter.public_id) in shown
    assert client.get(at(language, "message", letter.public_id)).status_code == 200
    client.force_login(people.stranger())
    assert client.get(at(language, "message", letter.public_id)).status_code == 404


@pytest.mark.parametrize(
    ("language", "title", "href"),
    [
        ("en", "Contact management and role assignment", "/en/help/canexport-smes/contact-management/"),
        ("fr", "Gestion des contacts et attribution des rôles", "/fr/aide/canexport-smes/gestion-des-contacts/"),
    ],
)
def test_contacts_lead_to_the_help_page_about_roles(client, language, title, href):
    people.edition()
    client.force_login(people.firm("founded", language=language).signatory)
    page = text(client.get(at(language, "contacts")))
    assert f'<a href="{href}">{title}</a>' in page
    assert client.get(href).status_code == 200
