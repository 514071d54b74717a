"""The officer's pages: the queue, a verification to its conclusion, search, the file; for everybody who may come by."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from guichet.applications import actions as applications
from guichet.eligibility import queries
from guichet.files.queries import files_of
from guichet.mail.models import Letter
from tests import people
from tests.web import applying
from tests.web.applying import fields

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"officer:{name}", args=args)


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def examining(client, language):
    client.force_login(people.officer(language))
    return client


def text(response):
    return re.sub(r"[ \n\t]+", " ", response.content.decode())


def test_the_queue_is_ordered_and_paged_by_key(examining, language, django_assert_max_num_queries):
    cases = [people.firm("sent", legal_name=f"Firm {number:02d} inc.").case for number in range(27)]
    url = at(language, "queue")
    first = examining.get(url)
    assert "Firm 00 inc." in text(first) and "Firm 26 inc." not in text(first)
    older = f"?after={cases[24].public_id}"
    assert older in text(first)
    assert "Firm 26 inc." in text(examining.get(url + older))
    with django_assert_max_num_queries(10):
        examining.get(url)


def test_an_empty_queue_says_so(examining, language):
    assert examining.get(at(language, "queue")).status_code == 200


def test_a_case_shows_each_criterion_with_its_answer_and_reason(examining, language):
    firm = people.firm("sent", employees="700")
    response = examining.get(at(language, "case", firm.case.public_id))
    shown = text(response)
    for criterion in firm.edition.definition.criteria:
        assert criterion.title.in_(language) in shown
    finding = next(one for one in queries.case(firm.case.public_id).findings.all() if one.criterion == "employees")
    assert finding.explanation[language] in shown
    assert "700" in shown
    assert f'datetime="{firm.case.due_on.isoformat()}"' in shown


def test_overriding_needs_a_reason_and_keeps_what_was_typed(examining, language):
    firm = people.firm("sent", employees="700")
    url = at(language, "override", firm.case.public_id, "employees")
    sent = fields(examining.get(url))
    response = examining.post(url, sent | {"outcome": "met", "reason": "  "})
    assert response.status_code == 422
    assert 'href="#id_reason"' in text(response) and 'value="met" id="id_outcome_0" checked' in text(response).replace(
        " required", ""
    ).replace('class="input w-40" ', "")
    response = examining.post(url, sent | {"outcome": "emperor", "reason": "Because"})
    assert response.status_code == 422 and "Because" in text(response)
    assert (
        examining.post(url, sent | {"outcome": "met", "reason": "Counted in full-time equivalents"}).status_code == 302
    )
    assert "Counted in full-time equivalents" in text(examining.get(at(language, "case", firm.case.public_id)))
    assert examining.get(at(language, "override", firm.case.public_id, "no_such")).status_code == 404


def test_the_letter_shown_before_is_the_letter_sent(examining, language):
    firm = people.firm("sent", language="fr", for_profit=False)
    url = at(language, "conclude", firm.case.public_id)
    before = Letter.objects.count()
    shown = text(examining.get(url))
    assert Letter.objects.count() == before
    read = re.search(r'name="read" value="(\w+)"', shown)[1]
    assert examining.post(url, {"read": read[::-1]}).status_code == 409
    assert examining.post(url, {"read": read}).headers["Location"] == at(language, "case", firm.case.public_id)
    letter = Letter.objects.latest("pk")
    assert letter.name == "criteria_not_met" and letter.subject in shown
    assert re.sub(r"[ \n\t]+", " ", letter.body).strip() in shown
    assert examining.post(url).status_code == 409
    assert examining.get(url).status_code == 200


def test_concluding_waits_for_undecided_criteria(examining, language):
    firm = people.firm("sent")
    case = queries.case(firm.case.public_id)
    case.findings.filter(criterion="revenue").update(computed="unknown")
    url = at(language, "conclude", case.public_id)
    assert at(language, "override", case.public_id, "revenue") in text(examining.get(url))
    assert examining.post(url).status_code == 409


def test_an_officer_does_not_conclude_for_their_own_organization(client, language):
    firm = people.firm("sent")
    both = firm.colleague()
    both.staff_role = "officer"
    both.save()
    client.force_login(both)
    assert client.get(at(language, "case", firm.case.public_id)).status_code == 200
    assert client.get(at(language, "conclude", firm.case.public_id)).status_code == 403
    assert client.post(at(language, "conclude", firm.case.public_id)).status_code == 403


def test_a_file_is_found_by_number_business_number_and_name(examining, language):
    firm = people.firm("transmitted", legal_name="Érablière Élan inc.")
    application = applying.submitted(firm)
    url = at(language, "search")
    typed = application.reference.lower().replace("-", " ")
    assert examining.get(url, {"q": typed}).headers["Location"] == at(language, "file_view", application.public_id)
    number = firm.organization.business_number
    for query in (number, f"{number[:5]}-{number[5:]} RC0001", "erabliere elan", "ÉRABLIÈRE É"):
        assert "Érablière Élan inc." in text(examining.get(url, {"q": query})), query
    for query in ("nothing of the kind", "%", "\x00", "'; drop table", "x" * 5000, ""):
        response = examining.get(url, {"q": query})
        assert response.status_code == 200
        assert "Érablière Élan inc." not in text(response)


def test_the_file_is_read_only_with_answers_letters_and_timeline(examining, language):
    firm = people.firm("transmitted")
    draft = applying.completed(firm)
    upload = SimpleUploadedFile("Devis.pdf", PDF)
    applications.attach_file(actor=firm.signatory, application=draft, path="attachments", upload=upload)
    application = applying.submitted(firm)
    response = examining.get(at(language, "file_view", application.public_id))
    shown = text(response)
    assert "Sirop d’érable au Japon" in shown and application.reference in shown and "Devis.pdf" in shown
    assert "<textarea" not in shown
    stored = files_of(f"sheet:{application.sheet.public_id}")[0]
    download = examining.get(at(language, "attachment", application.public_id, stored.public_id))
    assert b"".join(download.streaming_content) == PDF
    assert examining.get(at(language, "organization", firm.organization.public_id)).status_code == 200


def test_a_draft_and_what_does_not_exist_are_not_found(examining, language):
    firm = people.firm("transmitted")
    draft = applying.started(firm)
    for name in ("file_view", "case", "organization", "conclude"):
        assert examining.get(at(language, name, "A" * 22)).status_code == 404
    assert examining.get(at(language, "file_view", draft.public_id)).status_code == 404


def test_applicants_do_not_know_these_pages_and_visitors_log_in(client, language):
    firm = people.firm("sent")
    pages = [
        at(language, "queue"),
        at(language, "search"),
        at(language, "case", firm.case.public_id),
        at(language, "conclude", firm.case.public_id),
        at(language, "organization", firm.organization.public_id),
    ]
    for page in pages:
        assert client.get(page).status_code == 302
    for person in (firm.signatory, people.stranger()):
        client.force_login(person)
        for page in pages:
            assert client.get(page).status_code == 404
    client.force_login(firm.signatory)
    assert client.post(at(language, "conclude", firm.case.public_id)).status_code == 404
