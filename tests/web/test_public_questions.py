"""What anybody may know before starting: the whole questionnaire of a program, and the earliest date to begin."""

import re
from datetime import datetime
from html import unescape
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from guichet.programs import actions as programs
from guichet.programs import queries
from guichet.questions.context import Context
from guichet.web.outline import Outline, blank
from tests.house.sources import ROOT

PROGRAM = "canexport-smes"


def address(name, language, program=PROGRAM):
    with translation.override(language):
        return reverse(f"public:{name}", args=[program])


def words(response):
    """What the page says, tags and repeated blanks left out."""
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"[ \n\t]+", " ", text)


def said(text):
    return re.sub(r"[ \n\t]+", " ", text).strip()


def everything(definition, language):
    """Every text of the edition that an applicant meets in a form."""
    for form in (definition.profile, definition.account_profile, definition.application):
        for section in form.sections:
            yield section.title.in_(language)
            for _path, question in form.paths():
                yield question.label.in_(language)
                yield question.hint.in_(language) if question.hint else ""
                yield question.note(language)
                yield from (check.message.in_(language) for check in question.checks)
                listing = getattr(question, "options", None)
                yield from (option.label for option in (listing(language, ()) if listing else ()))
    yield from (one.text.in_(language) for one in definition.attestations)


@pytest.mark.parametrize("package", ["programs/canexport-smes/2024-25", "tests/packages/minimal/spring-2026"])
def test_every_text_of_the_edition_is_on_the_page(client, db, language, package):
    edition = programs.publish(actor=None, folder=ROOT / package)
    page = words(client.get(address("questions", language, edition.program.key)))
    definition = queries.edition(edition.id).definition
    with translation.override(language):
        missing = {text for text in everything(definition, language) if text and said(text) not in page}
    assert missing == set()


def test_a_group_s_title_stands_with_its_questions_and_its_text_before_them(client, db, language):
    programs.publish(actor=None, folder=ROOT / "tests/packages/shared-collections/2027-28")
    page = words(client.get(address("questions", language, "shared-collections")))
    said, named, alone = {
        "en": ("Direct line We call only about your application. Direct line – Telephone", "E-mail", "Mailing address"),
        "fr": (
            "Ligne directe Nous n’appelons qu’au sujet de votre demande. Ligne directe – Téléphone",
            "Courriel",
            "Adresse postale",
        ),
    }[language]
    assert said in page
    assert f"{said.partition(' – ')[0].rpartition('. ')[2]} – {named} " in page
    assert page.count(alone) == page.count(f"{alone} – ") == 4  # a group that says nothing more has no place of its own


LISTED = {
    "en": ("Consent of the community – Application, Three partners (in certain cases)", "For each row (Partner):"),
    "fr": (
        "Consentement de la communauté – Demande, Trois partenaires (dans certains cas)",
        "Pour chaque ligne (Partenaire)\u00a0:",
    ),
}
OPTIONAL = {"en": "Plan – Application, Attachments (optional)", "fr": "Plan – Demande, Pièces jointes (facultatif)"}


def test_a_document_is_listed_with_its_section_and_its_condition(client, db, language):
    for package in ("shared-collections/2027-28", "minimal/spring-2026"):
        programs.publish(actor=None, folder=ROOT / "tests/packages" / package)
    page = words(client.get(address("questions", language, "shared-collections")))
    for told in LISTED[language]:
        assert told in page
    assert f"{OPTIONAL[language]} " in words(client.get(address("questions", language, "minimal")))


def test_limits_conditions_and_documents_are_said(client, edition, language):
    page = words(client.get(address("questions", language)))
    for sentence in {
        "en": (
            "At most 5 rows.",
            "From 0 to 1,000,000.",
            "Up to 4,000 characters.",
            "Only in this case:",
            "At least 1",
        ),
        "fr": ("Au plus 5 lignes.", "De 0 à 1\u00a0000\u00a0000.", "Seulement dans ce cas\u00a0:"),
    }[language]:
        assert sentence in page, sentence


def test_a_long_list_stands_once(client, edition, language):
    page = words(client.get(address("questions", language)))
    assert page.count({"en": "Liechtenstein", "fr": "Liechtenstein"}[language]) == 1


def test_the_program_page_leads_there(client, edition, language):
    html = client.get(address("program", language)).content.decode()
    for name in ("questions", "self_check"):
        assert f'href="{address(name, language)}"' in html


@pytest.mark.parametrize("name", ["questions", "self_check"])
def test_no_such_program(client, edition, language, name):
    assert client.get(address(name, language, "nothing")).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_questions(client, edition, django_assert_max_num_queries):
    client.get(address("questions", "en"))
    with django_assert_max_num_queries(1):
        client.get(address("questions", "en"))


def test_a_condition_is_told_without_an_answer(edition):
    definition = queries.edition(edition.id).definition
    parts = {language: Outline(definition, language).form(definition.application) for language in ("en", "fr")}
    whens = {
        language: [question.when for part in found for question in part.questions if question.when]
        for language, found in parts.items()
    }
    assert len(whens["en"]) == len(whens["fr"]) >= 3
    assert all("no answer" not in when and when.endswith("Yes") for when in whens["en"])
    assert all("aucune réponse" not in when and when.endswith("Oui") for when in whens["fr"])
    assert isinstance(blank(definition, definition.profile), Context)


# The earliest start --------------------------------------------------------------------------------------------------
SUBMITTED = {
    "en": ("2026-01-07", "January 7, 2026", "April 1, 2026"),
    "fr": ("7 janvier 2026", "7 janvier", "1er avril"),
}


def test_the_earliest_start_for_a_day_that_is_typed(client, edition, language):
    typed, submitted, start = SUBMITTED[language]
    page = words(client.get(address("program", language), {"submitted": typed}))
    assert submitted in page
    assert start in page
    sentence = {
        "en": "That is 60 business days after the day of submission, which is not counted (guide, section 8.3).",
        "fr": "Cette date tombe 60 jours ouvrables après le jour de la transmission, qui n’est pas compté (guide,"
        " section 8.3).",
    }[language]
    assert sentence in page


@pytest.mark.parametrize(
    ("typed", "start"), [("2026-02-04", "2026-05-01"), ("2026-05-29", "2026-08-25"), (" 20260107 ", "2026-04-01")]
)
def test_known_dates(client, edition, typed, start):
    html = client.get(address("program", "en"), {"submitted": typed}).content.decode()
    assert f'<time datetime="{start}">' in html


def test_the_skipped_holidays_are_named(client, edition, language):
    page = words(client.get(address("program", language), {"submitted": "2026-05-29"}))
    assert {"en": "Canada Day", "fr": "fête du Canada"}[language].casefold() in page.casefold()


@pytest.mark.parametrize("typed", ["soon", "2026-02-30", "01/02/2026", "2039-12-20", "9" * 300])
def test_a_day_that_cannot_be_counted_is_refused_beside_its_field(client, edition, language, typed):
    response = client.get(address("program", language), {"submitted": typed})
    assert response.status_code == 422
    html = response.content.decode()
    assert 'href="#id_submitted"' in html
    assert 'aria-invalid="true"' in html
    assert f'value="{typed}"' in unescape(html)


@pytest.mark.parametrize("typed", ["", "  ", "2026-01-07\x00"])
def test_nothing_typed_is_no_fault(client, edition, language, typed):
    assert client.get(address("program", language), {"submitted": typed}).status_code == 200


@pytest.mark.parametrize(
    ("opens", "closes", "received"),
    [
        (None, None, True),
        ("2026-01-08T05:00:00Z", None, False),  # opens with the next day in Ottawa
        ("2026-01-08T04:59:59Z", None, True),
        (None, "2026-01-07T05:00:00Z", False),  # closed with the day before
        (None, "2026-01-07T05:00:01Z", True),
    ],
)
def test_a_day_on_which_nothing_is_received_says_so(client, edition, monkeypatch, opens, closes, received):
    moments = {name: value and datetime.fromisoformat(value) for name, value in (("opens", opens), ("closes", closes))}
    window = SimpleNamespace(**moments)
    monkeypatch.setattr(queries, "windows", lambda edition: [window])
    page = words(client.get(address("program", "en"), {"submitted": "2026-01-07"}))
    assert ("But no application is received on that day" not in page) is received
    assert "April 1, 2026" in page


def test_today_is_the_program_s(client, edition):
    with time_machine.travel("2026-01-08T04:30:00Z"):  # still the 7th in Ottawa
        html = client.get(address("program", "en")).content.decode()
    assert '<time datetime="2026-04-01">' in html
