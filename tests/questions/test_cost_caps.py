"""Caps, stacking and the yearly limit: which amount is taken, from which rows, and how it is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, Costs, compute, explain, fiscal_year

from .sample import asked, form, text

FORM = form(
    {
        "key": "budget",
        "title": text("Budget"),
        "questions": [
            asked(
                "works",
                "table",
                row_label=text("Work"),
                rows_max=50,
                columns=[
                    asked("kind", "choice", choices=[{"key": key, "label": text(key.upper())} for key in "abc"]),
                    asked("start", "date"),
                    asked("cost", "money"),
                    asked("per_diem", "money", required=False),
                    asked("days", "decimal", places=1, required=False),
                    asked("travellers", "integer", required=False),
                    asked("other", "money", required=False),
                ],
            )
        ],
    }
)
PER_DIEM = {
    "key": "per_diem",
    "title": text("Per diem", "Indemnité journalière"),
    "amount": "per_diem",
    "rate": "600",
    "units": [{"column": "travellers", "limit": 2}, {"column": "days", "limit": 30}],
}
B_AND_C = {"key": "advice", "title": text("Advice", "Conseils"), "column": "kind", "options": ["b", "c"]}


def costs(*rows: dict[str, Any], already: dict[int, int] | None = None, **definition: Any) -> Costs:
    """The costs of these rows; their share is a half."""
    return compute(defined(**definition), context(*rows, already=already))


def defined(**definition: Any) -> CostDefinition:
    return CostDefinition.model_validate({"table": "works", "amount": "cost", "share": "0.50", **definition})


def context(*rows: dict[str, Any], already: dict[int, int] | None = None) -> Context:
    values: dict[str, Any] = {}
    for number, row in enumerate(rows):
        values[f"works.{number}"] = number
        values |= {f"works.{number}.{column}": value for column, value in row.items()}
    return Context(FORM, values, already={year: Decimal(amount) for year, amount in (already or {}).items()})


def requested(found: Costs) -> list[str]:
    return [str(row.requested) for row in found.rows.values()]


def reductions(found: Costs) -> dict[str, str]:
    return {reduction.key: str(reduction.amount) for reduction in found.reductions}


def trip(per_diem: str, days: str, travellers: str = "1", cost: str = "50000.00") -> dict[str, Any]:
    return {"kind": "a", "cost": cost, "per_diem": per_diem, "days": days, "travellers": travellers}


def test_a_part_of_a_row_counts_up_to_its_rate_times_its_units():
    found = costs(trip("6000.00", "5", "2"), trip("3000.01", "5"), unit_caps=[PER_DIEM])
    assert (found.cost, found.eligible) == (100000, Decimal("99999.99"))
    assert reductions(found) == {"per_diem": "0.01"}
    assert found.reduction("per_diem").rows == ("1",)
    assert requested(found) == ["25000.00", "25000.00"]  # 24,999.995 is rounded up


@pytest.mark.parametrize(
    ("days", "travellers", "counts"),
    [("30", "2", "36000.00"), ("31", "2", "36000.00"), ("30", "3", "36000.00"), ("2.5", "1", "1500.00")],
)
def test_more_units_than_are_allowed_count_as_many_as_are_allowed(days, travellers, counts):
    found = costs(trip("40000.00", days, travellers), unit_caps=[PER_DIEM])
    assert found.cost - found.eligible == Decimal(40000) - Decimal(counts)


def test_units_of_all_rows_are_served_from_the_first():
    rows = [trip("600.00", "1"), trip("18000.00", "30"), trip("18000.00", "30")]
    found = costs(*rows, unit_caps=[PER_DIEM | {"in_all": 40}])
    assert found.reduction("per_diem").rows == ("2",)
    assert reductions(found) == {"per_diem": str(Decimal("18000.00") - 9 * 600)}


def test_units_are_used_up_by_rows_that_ask_for_something():
    nothing_asked = {"kind": "a", "cost": "10.00", "days": "30", "travellers": "1"}
    found = costs(nothing_asked, trip("18000.00", "30"), unit_caps=[PER_DIEM | {"in_all": 30}])
    assert reductions(found) == {}


def test_a_unit_that_is_not_given_counts_as_none():
    found = costs({"kind": "a", "cost": "1000.00", "per_diem": "600.00"}, unit_caps=[PER_DIEM])
    assert (found.eligible, reductions(found)) == (400, {"per_diem": "600.00"})


def test_a_cap_on_the_cost_itself():
    cap = {"key": "rent", "title": text("Rent"), "amount": "cost", "rate": "100", "units": [{"column": "days"}]}
    found = costs({"cost": "1000.00", "days": "3"}, unit_caps=[cap])
    assert (found.eligible, reductions(found)) == (300, {"rent": "700.00"})


def test_a_part_larger_than_its_row_takes_no_more_than_the_row():
    found = costs(trip("5000.00", "1", cost="1000.00"), unit_caps=[PER_DIEM])
    assert (found.eligible, reductions(found)) == (0, {"per_diem": "1000.00"})


def test_categories_count_for_an_amount_and_the_last_rows_give_way():
    rows = [{"kind": kind, "cost": cost} for kind, cost in (("b", "600.00"), ("a", "5000.00"), ("c", "600.00"))]
    found = costs(*rows, category_caps=[B_AND_C | {"limit": "1000"}])
    assert [str(row.eligible) for row in found.rows.values()] == ["600.00", "5000.00", "400.00"]
    assert reductions(found) == {"advice": "200.00"}
    assert costs(*rows, category_caps=[B_AND_C | {"limit": "1200"}]).reductions == ()


def test_categories_count_for_a_share_of_all_costs():
    rows = [{"kind": "a", "cost": "700.00"}, {"kind": "b", "cost": "300.01"}]
    found = costs(*rows, category_caps=[B_AND_C | {"share": "0.30"}])
    assert (found.reduction("advice").limit, found.reduction("advice").amount) == (Decimal("300.00"), Decimal("0.01"))


def test_categories_count_for_a_share_of_other_categories():
    rows = [{"kind": "a", "cost": "1000.00"}, {"kind": "b", "cost": "5000.00"}, {"kind": "c", "cost": "150.00"}]
    cap = {
        "key": "overhead",
        "title": text("Overhead"),
        "column": "kind",
        "options": ["c"],
        "share": "0.10",
        "of": ["a"],
    }
    assert reductions(costs(*rows, category_caps=[cap])) == {"overhead": "50.00"}
    assert reductions(costs(*rows, category_caps=[cap | {"limit": "20"}])) == {"overhead": "130.00"}


def test_caps_are_applied_one_after_the_other_to_what_is_left():
    rows = [trip("1200.00", "1", cost="1200.00"), {"kind": "b", "cost": "600.00"}]
    cap = B_AND_C | {"share": "0.50"}
    found = costs(*rows, unit_caps=[PER_DIEM], category_caps=[cap])
    assert reductions(found) == {"per_diem": "600.00"}  # half of 600 and 600, not of 1,200 and 600
    other = costs(*rows, category_caps=[cap | {"options": ["a"]}, cap | {"key": "second"}])
    assert reductions(other) == {"advice": "300.00"}  # of the 1,500 that are left, b is less than half


STACKING = {"limit": "0.75", "other": ["works.other"]}


@pytest.mark.parametrize(
    ("other", "paid", "own"),
    [("250.00", "500.00", "250.00"), ("250.01", "499.99", "250.00"), ("800.00", "0.00", "200.00")],
)
def test_the_program_pays_less_when_governments_together_pay_too_much(other, paid, own):
    found = costs({"cost": "1000.00", "other": other}, stacking=STACKING)
    assert (str(found.requested), str(found.own_share), str(found.other)) == (paid, own, other)


def test_money_of_others_counts_only_where_the_edition_limits_stacking():
    found = costs({"cost": "1000.00", "other": "900.00"})
    assert (found.other, found.requested, found.own_share) == (0, 500, 500)


def test_the_ceiling_is_taken_from_the_last_rows():
    found = costs({"cost": "60000.00"}, {"cost": "60000.00"}, ceiling=50000)
    assert requested(found) == ["30000.00", "20000.00"]
    assert reductions(found) == {"ceiling": "10000.00"}


YEARLY = {"limit": "99999", "date": "start"}


def test_fiscal_years_run_from_april_to_march():
    found = costs(
        {"cost": "100.00", "start": "2026-03-31"},
        {"cost": "200.00", "start": "2026-04-01"},
        {"cost": "400.00", "start": "2027-03-31"},
        {"cost": "800.00"},
        yearly_limit=YEARLY,
    )
    assert found.years == {2025: 50, 2026: 300}
    assert [fiscal_year(date(2026, month, 1), 4) for month in (3, 4)] == [2025, 2026]
    assert [fiscal_year(date(2026, month, 31), 1) for month in (1, 12)] == [2026, 2026]


@pytest.mark.parametrize(
    ("already", "paid"),
    [({}, "50000.00"), ({2026: 49999}, "50000.00"), ({2026: 50000}, "49999.00"), ({2026: 99999}, "0.00")],
)
def test_a_year_pays_what_earlier_applications_left_of_it(already, paid):
    found = costs({"cost": "100000.00", "start": "2026-06-01"}, yearly_limit=YEARLY, already=already)
    assert str(found.requested) == paid


def test_a_year_that_is_full_leaves_the_next_one_alone():
    rows = [{"cost": "1000.00", "start": "2026-06-01"}, {"cost": "1000.00", "start": "2027-06-01"}]
    found = costs(*rows, yearly_limit=YEARLY, already={2026: 99999})
    assert requested(found) == ["0.00", "500.00"]
    assert reductions(found) == {"yearly": "500.00"}


def test_everything_at_once_in_its_order():
    found = costs(
        trip("2000.00", "1", cost="80000.00") | {"other": "30000.00", "start": "2026-05-01"},
        {"kind": "b", "cost": "40000.00", "start": "2026-05-01"},
        unit_caps=[PER_DIEM],
        category_caps=[B_AND_C | {"limit": "20000"}],
        stacking=STACKING,
        ceiling=40000,
        yearly_limit=YEARLY,
        already={2026: 69999},
    )
    # 78,600 + 20,000 count; half is 49,300; 75 % less 30,000 is 43,950; the maximum 40,000; the year has 30,000 left.
    assert reductions(found) == {
        "per_diem": "1400.00",
        "advice": "20000.00",
        "stacking": "5350.00",
        "ceiling": "3950.00",
        "yearly": "10000.00",
    }
    assert (found.requested, found.own_share) == (30000, 60000)
    assert requested(found) == ["30000.00", "0.00"]


@pytest.mark.parametrize(
    "fault",
    [
        {"category_caps": [B_AND_C]},
        {"category_caps": [B_AND_C | {"limit": "5", "of": ["a"]}]},
        {"category_caps": [B_AND_C | {"limit": "5", "key": "ceiling"}]},
        {"category_caps": [B_AND_C | {"limit": "5"}, B_AND_C | {"limit": "6"}]},
        {"category_caps": [B_AND_C | {"limit": 0.5}]},
        {"unit_caps": [PER_DIEM | {"units": []}]},
        {"stacking": {"limit": "1.5", "other": ["works.other"]}},
        {"stacking": {"limit": "0.5", "other": []}},
    ],
)
def test_a_definition_that_says_too_little_or_too_much_is_refused(fault):
    with pytest.raises(ValidationError):
        defined(**fault)


NBSP = "\N{NO-BREAK SPACE}"


def told(key: str, *rows: dict[str, Any], already: dict[int, int] | None = None, **definition: Any) -> tuple[str, str]:
    """The explanation of one reduction, in both languages."""
    ctx = context(*rows, already=already)
    reduction = compute(defined(**definition), ctx).reduction(key)
    assert reduction is not None
    said = explain(reduction, defined(**definition), FORM, ctx.already)
    return said.en, said.fr.replace(NBSP, " ")


def test_each_reduction_is_explained_with_its_figures_in_both_languages():
    assert told("per_diem", trip("2000.00", "1", cost="2000.00"), unit_caps=[PER_DIEM | {"in_all": 90}]) == (
        "Per diem: reduced by $1,400. What counts is at most $600 × Travellers (at most 2) × Days (at most 30)."
        " All rows together, no more than 90 such units count.",
        "Indemnité journalière : réduction de 1 400 $. Maximum retenu : 600 $ × Travellers (fr) (2 au plus) × Days"
        " (fr) (30 au plus). Pour l’ensemble des lignes, 90 unités au plus sont retenues.",
    )
    row = {"kind": "b", "cost": "1000.00"}
    assert told("advice", row, category_caps=[B_AND_C | {"limit": "900"}]) == (
        "Advice: reduced by $100. These costs count for at most $900.",
        "Conseils : réduction de 100 $. Ces coûts sont retenus jusqu’à concurrence de 900 $.",
    )
    assert told("advice", row, category_caps=[B_AND_C | {"share": "0.25"}]) == (
        "Advice: reduced by $750. These costs count for at most $250 (25% of all costs).",
        "Conseils : réduction de 750 $. Ces coûts sont retenus jusqu’à concurrence de 250 $ (25 % de tous les coûts).",
    )
    both = told("advice", row, category_caps=[B_AND_C | {"share": "0.25", "of": ["b", "c"], "limit": "200"}])
    assert both == (
        "Advice: reduced by $800. These costs count for at most $200 (25% of the cost of: B; C, and no more than"
        " $200).",
        "Conseils : réduction de 800 $. Ces coûts sont retenus jusqu’à concurrence de 200 $ (25 % du coût de : B (fr);"
        " C (fr), sans dépasser 200 $).",
    )
    assert told("ceiling", row, ceiling=400) == (
        "Maximum: reduced by $100. The program pays at most $400 for a project.",
        "Maximum : réduction de 100 $. Le programme paie au plus 400 $ par projet.",
    )
    assert told("stacking", row | {"other": "300.00"}, stacking=STACKING) == (
        "Government money together: reduced by $50. All governments together pay at most 75% of the costs that count;"
        " beside the others, $450 is left to this program.",
        "Cumul de l’aide gouvernementale : réduction de 50 $. L’ensemble des gouvernements paie au plus 75 % des coûts"
        " retenus; compte tenu des autres, la part de ce programme est d’au plus 450 $.",
    )
    assert told("yearly", row | {"start": "2026-06-01"}, yearly_limit=YEARLY, already={2026: 99599}) == (
        "Yearly limit: reduced by $100. The programs of this family pay an organization at most $99,999 for each fiscal"
        " year. Already asked for, for 2026–2027: $99,599.",
        "Limite annuelle : réduction de 100 $. Les programmes de cette famille versent à un organisme au plus 99 999 $"
        " par exercice. Déjà demandé pour 2026–2027 : 99 599 $.",
    )


def test_a_budget_below_the_least_that_is_paid_cannot_be_submitted():
    def found(*rows: dict[str, Any], level: str = "submit") -> list[tuple[str, str]]:
        ctx = replace(context(*rows), cost=defined(floor="10000"))
        return [
            (problem.path, problem.text.en)
            for problem in engine.problems(ctx, level=level)
            if problem.code == "below_floor"
        ]

    short = {"kind": "a", "cost": "19999.98"}
    assert found(short) == [
        (
            "works",
            "The contribution requested is $9,999.99, and the program pays no less than $10,000 for a project."
            " Review the activities and their costs.",
        )
    ]
    assert found(short, level="section") == found(short)
    assert found({"kind": "a", "cost": "20000.00"}) == found() == found(short, level="save") == []
