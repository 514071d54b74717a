"""Officers see any published edition as applicants do, and change nothing."""

import re
import shutil
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.programs import actions, queries
from tests import people
from tests.house.sources import ROOT
from tests.house.test_access_matrix import state_of_tables

pytestmark = pytest.mark.django_db
PACKAGES = ("programs/canexport-smes/2024-25", "tests/packages/minimal/spring-2026")


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"officer:{name}", args=args)


def words(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"[ \n\t]+", " ", text)


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def officer(client, language):
    client.force_login(people.officer(language))
    return client


@pytest.fixture
def published(db):
    """Two programs of different shapes."""
    return [queries.edition(actions.publish(actor=None, folder=ROOT / package).id) for package in PACKAGES]


def test_the_menu_leads_to_every_edition(officer, published, language):
    queue = officer.get(at(language, "queue")).content.decode()
    assert f'href="{at(language, "editions")}">{ {"en": "Programs", "fr": "Programmes"}[language] }</a>' in queue
    listed = officer.get(at(language, "editions")).content.decode()
    for edition in published:
        assert at(language, "edition", edition.program_key, edition.key) in listed


def test_an_edition_lists_what_it_holds(officer, published, language):
    for edition in published:
        page = words(officer.get(at(language, "edition", edition.program_key, edition.key)))
        definition = edition.definition
        forms = (definition.profile, definition.account_profile, definition.application)
        for section in (section for form in forms for section in form.sections):
            assert section.title.in_(language) in page
        for criterion in definition.criteria:
            assert criterion.title.in_(language) in page
            assert criterion.meaning.in_(language) in page
        for statement in definition.attestations:
            assert statement.text.in_(language) in page
        for name in ("criteria_met", "criteria_not_met", "submission_received", *definition.letters):
            assert name in page


def test_windows_and_figures_stand_on_the_page_of_the_edition(officer, db, language):
    """Whoever forgot to change one for next year finds it here (docs/programs.md)."""
    row = actions.publish(actor=None, folder=ROOT / "programs" / "canexport-smes" / "2026-27")
    edition = queries.edition(row.id)
    page = words(officer.get(at(language, "edition", edition.program_key, edition.key)))
    told = {
        "en": (
            "Window of 2026 opens: February 4, 2026, 12:00 p.m. (EST); closes: August 31, 2026, 12:00 p.m. (EDT)",
            "To examine My profile 7 business days",
            "To decide on an application 60 business days",
            "Between submission and the first activity 60 business days",
            "Share of the costs that the program pays 50%",
            "Least that it pays for a project $10,000",
            "Most that it pays for a project $50,000",
            "Most for one organization in a fiscal year $99,999",
            "Most that all governments pay together 75%",
            "Cap Per diem",
            "revenue_minimum 300,000",
            "new_market_share_below 0.1",
        ),
        "fr": (
            "Période de 2026 ouverture\u00a0: 4 février 2026, 12\u00a0h (HNE)",
            "clôture\u00a0: 31 août 2026, 12\u00a0h (HAE)",
            "Examen de Mon profil 7 jours ouvrables",
            "Maximum payé pour un projet 50\u00a0000\u00a0$",
            "revenue_minimum 300\u00a0000",
            "new_market_share_below 0,1",
        ),
    }
    assert [line for line in told[language] if line not in page] == []
    drawn = officer.get(at(language, "preview", edition.program_key, edition.key, "application", "activities"))
    within = {
        "en": "Inside it, asked in certain cases only: Travellers – Category",
        "fr": "À l’intérieur, posées dans certains cas seulement\u00a0: Voyageurs – Catégorie",
    }
    assert within[language] in words(drawn)


WORDED = """letters:
  criteria_met:
    en: |
      Subject: Welcome among the seedlings

      Dear {name}, plant away.
    fr: |
      Objet\u00a0: Bienvenue parmi les semis

      Bonjour {name}, à vos bêches.
"""


def test_a_letter_in_the_edition_s_own_words_comes_first(officer, tmp_path, language):
    folder = shutil.copytree(ROOT / "tests/packages/minimal", tmp_path / "minimal") / "spring-2026"
    (folder / "letters.yaml").write_text(WORDED, encoding="utf-8")
    edition = queries.edition(actions.publish(actor=None, folder=folder).id)
    page = words(officer.get(at(language, "edition", edition.program_key, edition.key)))
    own, portal, subject = {
        "en": ("Worded by this edition.", "In the portal’s own words.", "Welcome among the seedlings"),
        "fr": ("Texte propre à cette édition.", "Texte du portail.", "Bienvenue parmi les semis"),
    }[language]
    assert page.count(own) == 1
    assert page.index(subject) < page.index(own) < page.index(portal)
    greeting = {"en": "Dear Camille Tremblay, plant away.", "fr": "Bonjour Camille Tremblay, à vos bêches."}
    assert greeting[language] in page


def test_letters_read_as_they_are_received(officer, db, language):
    """Names and days are samples; figures, links and counted days are the edition's."""
    row = actions.publish(actor=None, folder=ROOT / "programs" / "canexport-smes" / "2026-27")
    edition = queries.edition(row.id)
    page = words(officer.get(at(language, "edition", edition.program_key, edition.key)))
    told = {
        "en": (
            "Profile received: Northern Maple Inc.",
            "answers you by e-mail by February 13, 2026 . That is 7 business days",
            "CXS-2026-00001-",
            "writes to you with its decision by",
            "To correct it:",
            "You can submit your application until August 31, 2026, 12:00 p.m. (EDT)",
        ),
        "fr": (
            "Profil reçu\u00a0: Érablière du Nord inc.",
            "vous répond par courriel au plus tard le 13 février 2026 . Soit 7 jours ouvrables, à compter du",
            "CXS-2026-00001-",
            "vous communiquera sa décision au plus tard le",
            "Pour corriger\u00a0:",
            "Vous pouvez transmettre votre demande jusqu’au 31 août 2026, 12\u00a0h (HAE)",
        ),
    }
    assert [line for line in told[language] if line not in page] == []
    letters = page[page.index({"en": "are samples.", "fr": "sont des exemples."}[language]) :]
    assert "{" not in letters


def test_every_section_is_drawn_as_applicants_fill_it_in(officer, published, language):
    before = state_of_tables()
    for edition in published:
        definition = edition.definition
        forms = {
            "profile": definition.profile,
            "account-profile": definition.account_profile,
            "application": definition.application,
        }
        for key, section in ((key, section) for key, form in forms.items() for section in form.sections):
            response = officer.get(at(language, "preview", edition.program_key, edition.key, key, section.key))
            html = response.content.decode()
            assert '<fieldset class="preview" disabled>' in html
            page = words(response)
            for question in section.questions:
                assert f'id="q-{question.key}' in html, question.key
                assert question.label.in_(language) in page
    assert state_of_tables() == before


def test_a_question_of_certain_cases_says_which(officer, published, language):
    edition = published[0]
    (section, question) = next(
        (section, question)
        for section in edition.definition.application.sections
        for question in section.questions
        if question.visible
    )
    html = officer.get(at(language, "preview", edition.program_key, edition.key, "application", section.key))
    asked = {"en": "Asked only in this case:", "fr": "Question posée seulement dans ce cas\u00a0:"}[language]
    page = words(html)
    assert asked in page
    (read,) = question.visible.reads()
    assert edition.definition.application.question(read).label.in_(language) in page


def test_the_other_language_is_the_same_preview(officer, published, language):
    edition, other = published[0], "fr" if language == "en" else "en"
    key = edition.definition.application.sections[0].key
    args = (edition.program_key, edition.key, "application", key)
    assert f'href="{at(other, "preview", *args)}"' in officer.get(at(language, "preview", *args)).content.decode()


def test_what_does_not_exist_is_not_found(officer, published, language):
    program, key = published[0].program_key, published[0].key
    section = published[0].definition.profile.sections[0].key
    for args in (
        ("edition", program, "1999"),
        ("edition", "nothing", key),
        ("preview", program, key, "nothing", section),
        ("preview", program, key, "profile", "nothing"),
        ("preview", program, "1999", "profile", section),
    ):
        assert officer.get(at(language, *args)).status_code == 404


def test_nothing_can_be_sent(officer, published, language):
    edition = published[0]
    section = edition.definition.profile.sections[0].key
    path = at(language, "preview", edition.program_key, edition.key, "profile", section)
    assert officer.post(path, {"legal_name": "x"}).status_code == 405
    main = re.search("<main.*</main>", officer.get(path).content.decode(), re.DOTALL)[0]
    assert "<form" not in main


def test_the_queries_do_not_grow_with_the_edition(officer, published, language, django_assert_max_num_queries):
    edition = published[0]
    addresses = [
        at(language, "editions"),
        at(language, "edition", edition.program_key, edition.key),
        at(language, "preview", edition.program_key, edition.key, "application", "activities"),
    ]
    for path in addresses:
        officer.get(path)
        with django_assert_max_num_queries(4):
            officer.get(path)
