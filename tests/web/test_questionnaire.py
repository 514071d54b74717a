"""The questionnaire as a PDF file: everything that the page says, under its own name, made once and kept."""

import io
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from guichet.files import pdf
from guichet.kernel import formats
from guichet.programs import actions as programs
from guichet.programs import queries
from guichet.web.public import questionnaire
from tests.house.sources import ROOT
from tests.web.test_public_questions import LISTED, everything

NAMES = {"en": "canexport-smes-2024-25-questions.pdf", "fr": "canexport-smes-2024-25-questionnaire.pdf"}


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    """Nothing made by another test is found."""
    settings.MADE_ROOT = tmp_path / "made"
    questionnaire._file.cache_clear()


def address(name, language, program="canexport-smes"):
    with translation.override(language):
        return reverse(f"public:{name}", args=[program])


def close(words):
    """Without blanks and kinds of hyphens: a line may break anywhere, and a no-break hyphen is drawn as the other."""
    return re.sub(r"\s", "", re.sub("[\u2010\u2011]", "-", words))


def fetched(client, language, program="canexport-smes"):
    response = client.get(address("questions_pdf", language, program))
    assert response.status_code == 200
    return response, PdfReader(io.BytesIO(response.content))


@pytest.mark.parametrize("package", ["programs/canexport-smes/2024-25", "tests/packages/minimal/spring-2026"])
def test_every_text_of_the_edition_is_in_the_file(client, db, language, package):
    edition = programs.publish(actor=None, folder=ROOT / package)
    _response, reader = fetched(client, language, edition.program.key)
    assert reader.root_object["/Lang"] == f"{language}-CA"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    pages = [page.extract_text().splitlines() for page in reader.pages]
    whole = close(" ".join(line for lines in pages for line in lines[1:-1]))
    definition = queries.edition(edition.id).definition
    assert definition.title.in_(language) in reader.metadata.title
    with translation.override(language):
        missing = {text for text in everything(definition, language) if close(text) not in whole}
    assert missing == set()
    assert close(edition.hash) in whole


def test_a_group_s_title_stands_with_its_questions_and_its_text_before_them(client, db, language):
    programs.publish(actor=None, folder=ROOT / "tests/packages/shared-collections/2027-28")
    _response, reader = fetched(client, language, "shared-collections")
    whole = close(" ".join(page.extract_text() for page in reader.pages))
    lines = {
        "en": ["Direct line", "We call only about your application.", "Direct line – Telephone"],
        "fr": ["Ligne directe", "Nous n’appelons qu’au sujet de votre demande.", "Ligne directe – Téléphone"],
    }[language]
    places = [whole.find(close(line)) for line in lines]
    assert -1 not in places
    assert places == sorted(places)
    for told in LISTED[language]:
        assert close(told) in whole


def test_it_has_a_name_and_a_type_and_is_kept_by_no_mistake_as_a_page(client, edition, language):
    response, _reader = fetched(client, language)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{NAMES[language]}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Language"] == language
    assert set(response.cookies) == {"guichet_language"}


@pytest.mark.parametrize("name", ["program", "questions"])
def test_the_link_says_type_and_size(client, edition, language, name):
    response, _reader = fetched(client, language)
    html = client.get(address(name, language)).content.decode()
    size = formats.file_size(len(response.content), language)
    words = {"en": f"Download the questions (PDF, {size})", "fr": f"Télécharger le questionnaire (PDF, {size})"}[
        language
    ]
    assert f'<a href="{address("questions_pdf", language)}" type="application/pdf">{words}</a>' in html


def test_it_is_made_once_for_all_who_ask(client, edition, monkeypatch, django_assert_num_queries):
    made = []
    make = pdf.make
    monkeypatch.setattr(pdf, "make", lambda document: made.append(document.language) or make(document))
    for language in ("en", "fr"):
        fetched(client, language)
    for language in ("en", "fr"):
        with django_assert_num_queries(1):
            fetched(client, language)
    assert made == ["en", "fr"]
    questionnaire._file.cache_clear()  # another process
    fetched(client, "en")
    assert made == ["en", "fr"]


def test_another_day_changes_nothing_in_it(client, edition):
    with time_machine.travel("2026-01-08T17:00:00Z"):
        first = fetched(client, "en")[0].content
    with time_machine.travel("2026-03-09T17:00:00Z"):
        assert fetched(client, "en")[0].content == first


def test_there_is_none_of_a_program_that_is_not_there(client, edition, language):
    assert client.get(address("questions_pdf", language, "nothing")).status_code == 404
