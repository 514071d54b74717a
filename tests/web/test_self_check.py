"""Am I eligible? The criteria without an account; nothing is kept."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from guichet.eligibility import queries as eligibility
from guichet.programs import queries as programs
from guichet.questions.definitions import Form
from guichet.web.public.self_check import questions_of, sections_of
from tests import people
from tests.house.test_access_matrix import state_of_tables

pytestmark = pytest.mark.django_db

MEETS = {
    "established_in_canada": "yes",
    "for_profit": "yes",
    "legal_form": "incorporated",
    "business_number": "123026635",
    "business_number_active": "yes",
    "employees": "12,5",
    "revenue": "1 234 567,89 $",
}
TAGS = {
    "en": {"Met": "met", "Not met": "not_met", "Cannot say yet": "unknown"},
    "fr": {"Atteint": "met", "Non atteint": "not_met", "Impossible à dire pour l’instant": "unknown"},
}


def address(language, program="canexport-smes"):
    with translation.override(language):
        return reverse("public:self_check", args=[program])


def outcomes(response, language):
    """{criterion: outcome} of the page."""
    html = unescape(response.content.decode())
    found = re.findall(r'id="criterion-(\w+)">.*?<span class="tag[^>]*>([^<]+)</span>', html, re.DOTALL)
    return {key: TAGS[language][tag] for key, tag in found}


@pytest.fixture
def published(edition):
    return programs.edition(edition.id)


def test_it_asks_just_what_the_criteria_read(client, published, language):
    html = client.get(address(language)).content.decode()
    asked = {name.partition(".")[0] for name in re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_.]+)"', html)}
    assert asked - {"csrfmiddlewaretoken", "written_in", "action"} == set(MEETS)


def test_somebody_who_meets_everything(client, published, language):
    response = client.post(address(language), {**MEETS, "written_in": "fr"})
    assert response.status_code == 200
    assert set(outcomes(response, language).values()) == {"met"}
    assert len(outcomes(response, language)) == len(published.definition.criteria)


def test_it_says_what_the_examination_says(client, published, language):
    firm = people.firm("sent", employees="612", for_profit=False)
    found = {one.criterion.key: str(one.outcome) for one in eligibility.compute(published, firm.case.snapshot)}
    typed = {**MEETS, "employees": "612", "for_profit": "no"}
    response = client.post(address(language), typed)
    assert outcomes(response, language) == found
    page = unescape(response.content.decode())
    for key in ("employees", "for_profit"):
        criterion = published.definition.criterion(key)
        assert criterion.correct.in_(language) in page
        assert criterion.meaning.in_(language) in page
    assert "612" in page


def test_what_is_not_answered_is_not_decided(client, published, language):
    response = client.post(address(language), {"written_in": language})
    assert response.status_code == 200
    assert set(outcomes(response, language).values()) == {"unknown"}
    number = client.post(address(language), {**MEETS, "business_number": ""})
    assert outcomes(number, language)["business_number"] == "unknown"
    assert outcomes(number, language)["employees"] == "met"


@pytest.mark.parametrize(
    ("path", "typed"),
    [("employees", "a dozen"), ("business_number", "123026636"), ("revenue", "12,34,5"), ("employees", "-3")],
)
def test_a_faulty_answer_is_shown_back_with_its_fault_beside_it(client, published, language, path, typed):
    response = client.post(address(language), {**MEETS, path: typed})
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert f'href="#q-{path}"' in html
    assert f'id="q-{path}-error1"' in html
    assert re.search(rf'name="{path}"[^>]*value="{re.escape(typed)}"', html)
    assert outcomes(response, language)[path] == "unknown"
    for other in set(MEETS) - {path, "legal_form", "established_in_canada", "for_profit", "business_number_active"}:
        assert re.search(rf'name="{other}"[^>]*value="[^"]+"', html), other


def test_answers_go_with_the_reader_into_the_other_language(client, published):
    """1,234 typed on the English page is a thousand on the French one too."""
    response = client.post(address("fr"), {**MEETS, "employees": "1,234", "written_in": "en", "action": "check"})
    assert re.search(r'name="employees"[^>]*value="1\u00a0234"', unescape(response.content.decode()))
    assert client.post(address("fr"), {**MEETS, "written_in": "xx"}).status_code == 200


def test_the_other_language_shows_results_only_where_there_were_some(client, published, language):
    before = client.post(address(language), {**MEETS, "action": "language"})
    assert outcomes(before, language) == {}
    assert 'name="told"' not in before.content.decode()
    checked = client.post(address(language), {**MEETS, "action": "check"})
    assert 'name="told"' in checked.content.decode()
    assert outcomes(client.post(address(language), {**MEETS, "action": "language", "told": "1"}), language)


def test_nothing_is_kept(client, published, language):
    cache.clear()
    before = state_of_tables()
    for typed in ({}, MEETS, {**MEETS, "employees": "?"}, {"add": "x", "remove": "y"}):
        client.post(address(language), typed)
    client.get(address(language))
    assert state_of_tables() == before
    assert not Session.objects.exists()
    assert "guichet" not in client.cookies


def test_the_queries_are_one_whatever_was_typed(client, published, django_assert_num_queries):
    client.get(address("en"))
    for typed in ({}, MEETS):
        with django_assert_num_queries(1):
            client.post(address("en"), typed)


@pytest.mark.parametrize("typed", [{"employees": "9" * 200_000}, {"legal_form": "\x00"}, {"employees": ["1", "2"]}])
def test_odd_posts(client, published, typed):
    assert client.post(address("en"), typed).status_code in (200, 422)


def test_a_forged_post_is_refused(published):
    assert Client(enforce_csrf_checks=True).post(address("en"), MEETS).status_code == 403


# Forms of other shapes ------------------------------------------------------------------------------------------------
def text(english):
    return {"en": english, "fr": english}


FORM = {
    "sections": [
        {
            "key": "one",
            "title": text("One"),
            "visible": {"equals": [{"answer": "kind"}, "b"]},
            "questions": [
                {"key": "sites", "type": "integer", "label": text("Sites")},
                {"key": "proof", "type": "file", "label": text("Proof")},
                {"key": "unread", "type": "integer", "label": text("Unread")},
            ],
        },
        {
            "key": "two",
            "title": text("Two"),
            "questions": [
                {
                    "key": "kind",
                    "type": "choice",
                    "label": text("Kind"),
                    "choices": [{"key": "a", "label": text("A")}, {"key": "b", "label": text("B")}],
                },
                {"key": "double", "type": "calculated", "label": text("Double"), "value": {"sum": "sales.amount"}},
                {
                    "key": "sales",
                    "type": "table",
                    "label": text("Sales"),
                    "row_label": text("Sale"),
                    "columns": [{"key": "amount", "type": "money", "label": text("Amount")}],
                },
            ],
        },
    ]
}


def test_questions_behind_questions_are_asked_too():
    form = Form.model_validate(FORM)
    assert questions_of(form, ["sites"]) == {"sites", "kind"}
    assert questions_of(form, ["sales.amount"]) == {"sales"}
    assert questions_of(form, ["double"]) == {"double", "sales"}
    kept = sections_of(form, questions_of(form, ["proof", "double"]))
    assert [[question.key for question in section.questions] for section in kept] == [["kind", "double", "sales"]]
