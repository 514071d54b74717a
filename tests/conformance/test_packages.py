"""Every package, those of the tests too, is sound and well written; what ships says what its program's sources say."""

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conformance.typography import NBSP, faults, texts
from tests.programs.packages import SHIPPED, every, shipped

from guichet.kernel.bilingual import spaced
from guichet.kernel.markup import to_html
from guichet.programs.comparing import run
from guichet.programs.loading import Loaded, load
from guichet.questions.context import Context

IDS = [f"{folder.parent.name}/{folder.name}" for folder in every()]


@pytest.fixture(params=every(), ids=IDS, scope="module")
def package(request) -> Loaded:
    return load(request.param)


@pytest.fixture(scope="module")
def canexport() -> Loaded:
    return load(SHIPPED / "canexport-smes" / "2024-25")


def test_some_package_ships():
    assert shipped()


def test_every_text_is_written_as_its_language_is_written_in_canada(package):
    found = [
        f"{way} ({language}): {fault}"
        for document in (package.document, package.program_document)
        for way, language, text in texts(document)
        for fault in faults(spaced(text) if language == "fr" else text, language)
        if not way.endswith("slug") and ".url" not in f".{way}"
    ]
    assert not found, "\n".join(found)


def test_no_text_is_left_in_the_other_language(package):
    """A sentence that is the same in both languages was not translated; a word or two may be (“Destination”)."""
    pairs: dict[str, dict[str, str]] = {}
    for way, language, text in texts(package.document):
        pairs.setdefault(way, {})[language] = text
    same = [way for way, pair in pairs.items() if pair["en"] == pair["fr"] and len(pair["en"].split()) > 2]
    assert not [way for way in same if ".url" not in f".{way}"]


def test_both_languages_of_a_markdown_text_have_the_same_shape(package):
    """The same headings, list items, table cells and links on both sides."""
    pairs: dict[str, dict[str, str]] = {}
    for way, language, text in texts(package.document):
        pairs.setdefault(way, {})[language] = text
    shape = {
        way: [
            [to_html(text).count(tag) for tag in ("<h2", "<h3", "<li", "<td", "<a ", "<strong", "<em")]
            for text in pair.values()
        ]
        for way, pair in pairs.items()
    }
    assert not [way for way, (first, second) in shape.items() if first != second]


@pytest.mark.parametrize("folder", every(), ids=IDS)
def test_the_golden_cases_of_every_package_come_out_as_they_say(folder):
    count, differences, _repeated = run(load(folder).definition, folder)
    assert count, "a package has golden cases"
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize("folder", shipped(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_both_languages_of_every_package_are_declared_in_step(folder):
    assert (folder / "translations.lock.yaml").is_file(), "./guichet program translated"


@pytest.mark.parametrize("folder", every(), ids=IDS)
def test_what_stands_beside_an_edition_is_no_part_of_it(folder, tmp_path):
    """Cases and declared translations may change after publication: the frozen hash does not."""
    other = tmp_path / folder.parent.name / folder.name
    shutil.copytree(folder.parent, other.parent)
    shutil.rmtree(other / "cases")
    (other / "translations.lock.yaml").unlink(missing_ok=True)
    assert load(other).hash == load(folder).hash


# -- CanExport SMEs, the edition of the published instructions ---------------------------------------------------------


@pytest.mark.parametrize(
    ("submitted", "earliest"),
    [("2026-01-07", "2026-04-01"), ("2026-02-04", "2026-05-01"), ("2026-05-29", "2026-08-25")],
)
def test_the_three_known_dates_of_the_lead_time(canexport, submitted, earliest):
    edition = canexport.definition
    count = edition.business_days.add(dt.date.fromisoformat(submitted), edition.lead_time.days)
    assert count.date.isoformat() == earliest


def test_the_holidays_of_the_federal_public_service_in_both_languages(canexport):
    days = canexport.definition.business_days
    names = {
        "2026-01-01": "Jour de l’An",
        "2026-04-03": "Vendredi saint",
        "2026-04-06": "Lundi de Pâques",
        "2026-05-18": "Fête de Victoria",
        "2026-07-01": "Fête du Canada",
        "2026-08-03": "Premier lundi d’août",
        "2026-09-07": "Fête du Travail",
        "2026-09-30": "Journée nationale de la vérité et de la réconciliation",
        "2026-10-12": "Action de grâces",
        "2026-11-11": "Jour du Souvenir",
        "2026-12-25": "Noël",
    }
    assert {date: days.holiday(dt.date.fromisoformat(date)).fr for date in names} == names
    moved = days.holiday(dt.date(2026, 12, 28))
    assert moved.fr.startswith("Lendemain de Noël")
    assert moved.en.startswith("Boxing Day")


SOUND = {
    "legal_name": "Érablière du Nord inc.",
    "business_number": "123026635",
    "business_number_active": True,
    "legal_form": "incorporated",
    "for_profit": True,
    "established_in_canada": True,
    "employees": "12.5",
    "revenue": "1250000.00",
}


def outcomes(loaded: Loaded, **answers: object) -> dict[str, bool | None]:
    """{criterion: outcome} of a sound profile with these answers instead."""
    edition = loaded.definition
    context = Context(edition.profile, {**SOUND, **answers}, numbers=edition.numbers)
    return {criterion.key: criterion.rule.evaluate(context) for criterion in edition.criteria}


def test_a_sound_profile_meets_every_criterion(canexport):
    assert outcomes(canexport) == {
        "established_in_canada": True,
        "for_profit": True,
        "legal_form": True,
        "business_number": True,
        "employees": True,
        "revenue": True,
    }


@pytest.mark.parametrize(
    ("answers", "criterion", "outcome"),
    [
        ({"established_in_canada": False}, "established_in_canada", False),
        ({"for_profit": False}, "for_profit", False),
        ({"legal_form": "llp"}, "legal_form", True),
        ({"legal_form": "cooperative"}, "legal_form", False),
        ({"legal_form": "sole_proprietorship"}, "legal_form", False),
        ({"legal_form": "limited_partnership"}, "legal_form", False),
        ({"business_number_active": False}, "business_number", False),
        ({"employees": "499.99"}, "employees", True),
        ({"employees": "500"}, "employees", False),
        ({"employees": "0"}, "employees", True),
        ({"employees": None}, "employees", None),
        ({"revenue": "99999.99"}, "revenue", False),
        ({"revenue": "100000.00"}, "revenue", True),
        ({"revenue": "100000000.00"}, "revenue", True),
        ({"revenue": "100000000.01"}, "revenue", False),
    ],
)
def test_each_criterion_at_its_edge(canexport, answers, criterion, outcome):
    found = outcomes(canexport, **answers)
    assert found[criterion] is outcome
    assert all(value is True for key, value in found.items() if key != criterion), "nothing else changes"


def copy_with(folder: Path, before: str, after: str) -> Path:
    """The package with one thing changed in edition.yaml."""
    target = folder / "canexport-smes"
    shutil.copytree(SHIPPED / "canexport-smes", target)
    edition = target / "2024-25" / "edition.yaml"
    text = edition.read_text(encoding="utf-8")
    assert before in text
    edition.write_text(text.replace(before, after, 1), encoding="utf-8")
    return edition.parent


def test_thresholds_come_from_the_data_in_rules_and_in_texts_alike(tmp_path):
    other = load(copy_with(tmp_path, "employees_below: 500", "employees_below: 250"))
    assert outcomes(other, employees="300")["employees"] is False
    criterion = other.definition.criterion("employees")
    assert criterion.title.fr == f"Moins de 250{NBSP}employés"
    assert "250 employees" in criterion.meaning.en
    assert "500" not in str([text for _way, _language, text in texts(other.document["criteria"])])


def test_the_arithmetic_of_the_edition(canexport):
    edition = canexport.definition
    assert (edition.cost.share, edition.cost.ceiling, edition.cost.floor) == (Decimal("0.50"), Decimal(50000), None)
    assert edition.application.question("target_markets").rows_max == 5
    assert edition.service_standards == {"profile_examination": 5}
    assert edition.lead_time.days == 60


def test_the_labels_that_the_published_instructions_quote(canexport):
    edition = canexport.definition
    assert edition.program.name.fr == "CanExport PME"
    assert edition.page.figure("new_applicants").title.fr == "Nouveaux demandeurs"
    assert edition.page.figure("new_applicants").tab.fr == "S’inscrire"
    assert edition.page.figure("past_applicants").title.fr == "Bénéficiaires antérieurs"
    assert edition.page.figure("past_applicants").tab.fr == "Se connecter"
    assert edition.help_page("roles").title.fr == "Gestion des contacts et attribution des rôles"
    assert edition.help_page("roles").title.en == "Contact management and role assignment"
    steps = " ".join(step.text.fr for figure in edition.page.figures for step in figure.steps)
    for label in (
        "Mon profil",
        "Mettre à jour",
        f"«{NBSP}Vérification de la création du compte{NBSP}: Critères atteints{NBSP}»",
        "Mes demandes > CanExport > Nouvelle application > PME",
        f"60{NBSP}jours ouvrables",
        f" 5{NBSP}jours ouvrables",
    ):
        assert label in steps
    assert [category.key for category in edition.categories] == list("abcdefgh")
    assert set(edition.guide.sections) == {"2.1", *(f"5.{number}" for number in range(1, 9)), "8.3"}
