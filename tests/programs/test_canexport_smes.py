"""CanExport SMEs 2024-25: a complete file is complete, and each rule of the application says no where it must."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from guichet.programs.definitions import EditionDefinition
from guichet.programs.loading import load
from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.costs import compute
from tests.programs.packages import SHIPPED

EARLIEST = dt.date(2026, 4, 1)

PROFILE: dict[str, Any] = {
    "legal_name": "Érablière du Nord inc.",
    "business_number": "123026635",
    "business_number_active": True,
    "legal_form": "incorporated",
    "for_profit": True,
    "established_in_canada": True,
    "employees": "12.5",
    "revenue": "1250000.00",
    "revenue_period": "last_tax_year",
    "revenue_period_end": "2025-12-31",
    "street": "12, rue de l’Érable",
    "city": "Québec",
    "province": "QC",
    "postal_code": "G1R 4S9",
    "industry": "311",
}
ACCOUNT: dict[str, Any] = {
    "activities_description": "Sirop d’érable depuis 1962.",
    "products_description": "Sirop, sucre et beurre d’érable.",
    "canadian_content": "Tout est fait à Québec.",
    "owners.owner001": 0,
    "owners.owner001.name": "Marie Tremblay",
    "owners.owner001.country": "CA",
    "owners.owner001.share": "100",
    "has_affiliates": False,
    "sales_year_end": "2025-12-31",
    "total_sales": "1250000.00",
    "sales.country1": 0,
    "sales.country1.country": "CA",
    "sales.country1.amount": "1200000.00",
    "has_government_funding": False,
    "signatory_position": "Présidente",
    "signatory_basis": "officer",
    "signatory_confirmation": True,
}
APPLICATION: dict[str, Any] = {
    "project_title": "L’érable en Allemagne",
    "project_summary": "Deux foires et une étude de marché.",
    "products": "Sirop d’érable.",
    "total_sales": "1250000.00",
    "target_markets.market01": 0,
    "target_markets.market01.country": "DE",
    "target_markets.market01.sales": "20000.00",
    "target_markets.market01.potential": "Forte demande.",
    "capacity": "Deux personnes à temps plein.",
    "ip_strategy": "Marque déposée en Europe.",
    "activities.activity1": 0,
    "activities.activity1.category": "b",
    "activities.activity1.market": "DE",
    "activities.activity1.destination": "FR",
    "activities.activity1.start": "2026-04-01",
    "activities.activity1.end": "2026-04-03",
    "activities.activity1.cost": "12345.67",
    "activities.activity1.description": "Kiosque à la foire de Paris.",
    "benefit_jobs": "Trois emplois.",
    "has_relationships": False,
    "prepared_by_consultant": False,
    "has_other_funding": False,
}


@pytest.fixture(scope="module")
def edition() -> EditionDefinition:
    return load(SHIPPED / "canexport-smes" / "2024-25").definition


def application(edition: EditionDefinition, **changes: Any) -> Context:
    """The complete application with some answers changed ("activity1.cost" is spelled activity1__cost)."""
    values = dict(APPLICATION)
    for key, value in changes.items():
        path = key.replace("__", ".")
        values[next((known for known in values if known.endswith(f".{path}")), path)] = value
    profile = Context(edition.profile, PROFILE, numbers=edition.numbers)
    return Context(
        edition.application, values, numbers=edition.numbers, profile=profile, dates={"earliest_start": EARLIEST}
    )


def messages(ctx: Context) -> list[tuple[str, str]]:
    return [(problem.path, problem.text.fr) for problem in engine.problems(ctx, level="submit")]


@pytest.mark.parametrize(("form", "values"), [("profile", PROFILE), ("account_profile", ACCOUNT)])
def test_a_profile_can_be_filled_in_completely(edition, form, values):
    ctx = Context(getattr(edition, form), values, numbers=edition.numbers)
    assert messages(ctx) == []


def test_an_application_can_be_filled_in_completely(edition):
    assert messages(application(edition)) == []


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"activity1__start": "2026-03-31"}, "activities.activity1.start", "commence trop tôt"),
        ({"activity1__end": "2026-03-31"}, "activities.activity1.end", "avant de commencer"),
        ({"activity1__cost": "0.00"}, "activities.activity1.cost", "supérieur à zéro"),
        ({"activity1__market": "MX"}, "activities.activity1.market", "parmi vos marchés cibles"),
        ({"activities.activity1.other_funding": "12345.68"}, "activities.activity1.other_funding", "dépasse le coût"),
        ({"market01__country": "CA"}, "target_markets.market01.country", "l’extérieur du Canada"),
        ({"market01__sales": "125000.00"}, "target_markets.market01.sales", "n’est pas nouveau"),
        ({"benefit_jobs": None}, "benefit_agreements", "au moins une retombée"),
        ({"has_relationships": True}, "relationships", ""),
        ({"prepared_by_consultant": True}, "consultant_name", ""),
        ({"capacity": None}, "capacity", ""),
        ({"capacity": "x" * 4001}, "capacity", "4"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(edition, changes, path, words):
    found = messages(application(edition, **changes))
    assert any(place == path and words in text for place, text in found), found


@pytest.mark.parametrize(
    ("sales", "total", "new"),
    [
        ("99999.99", "1250000.00", True),  # less than 100,000
        ("100000.00", "1250000.00", True),  # less than 10 % of all sales
        ("124999.99", "1250000.00", True),
        ("125000.00", "1250000.00", False),
        ("100000.00", "1000000.00", False),
        ("50000.00", "60000.00", True),
    ],
)
def test_a_new_market_is_small_in_dollars_or_in_share(edition, sales, total, new):
    found = [path for path, _ in messages(application(edition, market01__sales=sales, total_sales=total))]
    assert ("target_markets.market01.sales" in found) is not new


def test_at_most_five_target_markets(edition):
    values = {}
    for number, country in enumerate(["FR", "MX", "JP", "KR", "BR"], start=2):
        values |= {
            f"target_markets.market0{number}": number,
            f"target_markets.market0{number}.country": country,
            f"target_markets.market0{number}.sales": "0.00",
            f"target_markets.market0{number}.potential": "…",
        }
    assert "target_markets" in [path for path, _ in messages(application(edition, **values))]
    fewer = {path: value for path, value in values.items() if "market06" not in path}
    assert messages(application(edition, **fewer)) == []


def test_the_program_pays_half_up_to_its_ceiling(edition):
    costs = compute(edition.cost, application(edition))
    assert (costs.cost, costs.requested, costs.own_share) == (
        Decimal("12345.67"),
        Decimal("6172.84"),
        Decimal("6172.83"),
    )
    assert not costs.above_ceiling
    large = compute(edition.cost, application(edition, activity1__cost="150000.00"))
    assert (large.requested, large.own_share, large.above_ceiling) == (Decimal(50000), Decimal(100000), True)


def test_the_contribution_of_a_row_agrees_with_the_arithmetic_of_the_edition(edition):
    ctx = application(edition)
    row = compute(edition.cost, ctx).rows["activity1"]
    question = edition.application.question("activities.contribution")
    assert question.display(ctx.value("activities.activity1.contribution"), "fr") == "6 172,84 $".replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    assert row.contribution == Decimal("6172.84")


def test_a_criterion_explains_itself_with_the_figures(edition):
    ctx = Context(edition.profile, PROFILE | {"employees": "612", "legal_form": "cooperative"}, numbers=edition.numbers)
    assert "612" in edition.criterion("employees").rule.explain(ctx, "fr")
    assert "500" in edition.criterion("employees").rule.explain(ctx, "fr")
    assert "Coopérative" in edition.criterion("legal_form").rule.explain(ctx, "fr")
    assert "Cooperative" in edition.criterion("legal_form").rule.explain(ctx, "en")
