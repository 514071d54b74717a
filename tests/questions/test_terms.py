"""What can be worked out from answers: over rows, by category, by fiscal year, between dates; and how it is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guichet.questions import rules, terms
from guichet.questions.context import Context
from guichet.questions.expressions import Scope

from .sample import CALENDAR, asked, form, text

NBSP = "\u00a0"
FORM = form(
    {
        "key": "only",
        "title": text("Only"),
        "questions": [
            asked("salaries", "money"),
            asked("rent", "money", required=False),
            asked("people", "integer"),
            asked("from", "date"),
            asked("has_trips", "yes_no"),
            asked(
                "trips",
                "table",
                row_label=text("Trip"),
                visible={"equals": [{"answer": "has_trips"}, True]},
                columns=[
                    {
                        **asked("category", "choice"),
                        "choices": [
                            {"key": "travel", "label": text("Travel", "Voyages")},
                            {"key": "meals", "label": text("Meals", "Repas")},
                            {"key": "rest", "label": text("Rest", "Reste")},
                        ],
                    },
                    asked("start", "date"),
                    asked("days", "integer"),
                    asked("rate", "money"),
                    asked("cost", "money"),
                ],
            ),
        ],
    }
)
ANSWERS = {
    "salaries": "12.00",
    "rent": "14.00",
    "people": 7,
    "from": "2026-03-31",
    "has_trips": True,
    **{f"trips.r{n}": n for n in range(4)},
    "trips.r0.category": "travel",
    "trips.r0.start": "2026-03-31",
    "trips.r0.days": 3,
    "trips.r0.rate": "120.50",
    "trips.r0.cost": "3000.00",
    "trips.r1.category": "meals",
    "trips.r1.start": "2026-04-01",
    "trips.r1.days": 10,
    "trips.r1.rate": "0.01",
    "trips.r1.cost": "1000.00",
    "trips.r2.category": "rest",
    "trips.r2.start": "2027-03-31",
    "trips.r2.cost": "6000.00",
}
NUMBERS = {"cap": Decimal("0.30"), "zero": Decimal(0)}
TRAVEL = {"one_of": [{"row": "category"}, ["travel", "meals"]]}


def context(**changes: Any) -> Context:
    dates = {"today": date(2026, 1, 7)}
    return Context(FORM, {**ANSWERS, **changes}, numbers=NUMBERS, dates=dates, calendar=CALENDAR)


def some(of: Any, where: Any = None) -> dict[str, Any]:
    return {"of": of, "over": "trips"} | ({"where": where} if where else {})


def in_year(year: int) -> dict[str, Any]:
    return {"equals": [{"fiscal_year": {"row": "start"}}, year]}


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ({"sum": [{"answer": "salaries"}, {"answer": "rent"}, "0.5"]}, "26.5"),
        ({"difference": [{"answer": "salaries"}, {"answer": "rent"}]}, "-2"),
        ({"quotient": [{"answer": "rent"}, {"answer": "people"}]}, "2"),
        ({"quotient": [{"answer": "salaries"}, {"answer": "people"}]}, "1.71428571428571428571"),
        ({"quotient": [{"answer": "salaries"}, {"number": "zero"}]}, None),
        ({"round": [{"quotient": [{"answer": "salaries"}, {"answer": "people"}]}, 2]}, "1.71"),
        ({"round": ["1.005", 2]}, "1.01"),
        ({"round": ["2.5", 0]}, "3"),
        ({"share": [{"answer": "salaries"}, {"sum": [{"answer": "salaries"}, 12]}]}, "0.5"),
        ({"minimum": [{"answer": "salaries"}, {"answer": "rent"}]}, "12"),
        ({"maximum": [{"answer": "salaries"}, {"answer": "rent"}]}, "14"),
        ({"sum": some({"product": [{"row": "days"}, {"row": "rate"}]})}, "361.6"),
        ({"sum": some({"row": "cost"}, TRAVEL)}, "4000"),
        ({"sum": some({"row": "cost"}, in_year(2025))}, "3000"),
        ({"sum": some({"row": "cost"}, in_year(2026))}, "7000"),
        ({"sum": some({"row": "cost"}, in_year(2027))}, "0"),
        ({"count": {"over": "trips", "where": TRAVEL}}, "2"),
        ({"count": {"over": "trips"}}, "3"),
        ({"count": "trips"}, "3"),
        ({"maximum": some({"row": "cost"}, TRAVEL)}, "3000"),
        ({"minimum": some({"product": [{"row": "days"}, {"row": "rate"}]})}, "0.1"),
        ({"minimum": some({"row": "cost"}, {"more_than": [{"row": "cost"}, 9999]})}, None),
        ({"share": [{"sum": some({"row": "cost"}, TRAVEL)}, {"sum": "trips.cost"}]}, "0.4"),
        ({"days": [{"answer": "from"}, "2026-04-30"]}, "30"),
        ({"days": ["2026-04-30", {"answer": "from"}]}, "-30"),
        ({"days_after": [{"answer": "from"}, 1]}, date(2026, 4, 1)),
        ({"days_after": [{"answer": "from"}, -31]}, date(2026, 2, 28)),
        ({"days_after": [{"answer": "from"}, "1.5"]}, None),
        # The holiday of the calendar is 18 May 2026, a Monday.
        ({"business_days": ["2026-05-15", "2026-05-19"]}, "1"),
        ({"business_days": ["2026-05-19", "2026-05-15"]}, "-1"),
        ({"business_days": ["2026-05-15", "2026-05-15"]}, "0"),
        ({"business_days": ["2026-05-15", "2031-01-01"]}, None),
        ({"business_days_after": ["2026-05-15", 1]}, date(2026, 5, 19)),
        ({"business_days_after": ["2026-05-15", 5000]}, None),
        ({"business_days_after": [{"today": True}, 60]}, date(2026, 4, 1)),
        ({"fiscal_year": {"answer": "from"}}, "2025"),
        ({"fiscal_year": {"today": True}}, "2025"),
        ({"today": True}, date(2026, 1, 7)),
        ({"if": [{"equals": [{"answer": "has_trips"}, True]}, {"answer": "rent"}, 0]}, "14"),
        ({"if": [{"equals": [{"answer": "has_trips"}, False]}, {"answer": "rent"}, 0]}, "0"),
        ({"otherwise": [{"answer": "rent"}, 0]}, "14"),
    ],
)
def test_values(term, value):
    found = terms.parse(term).value(context())
    assert found == (Decimal(value) if isinstance(value, str) else value)
    assert terms.parse(term).check(Scope(FORM, frozenset(NUMBERS))) == []


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ({"sum": [{"answer": "salaries"}, {"answer": "rent"}]}, "12"),  # blanks are left out of a sum
        ({"difference": [{"answer": "salaries"}, {"answer": "rent"}]}, None),
        ({"difference": [{"answer": "salaries"}, {"otherwise": [{"answer": "rent"}, 0]}]}, "12"),
        ({"product": [{"answer": "salaries"}, {"answer": "rent"}]}, None),
        ({"if": [{"more_than": [{"answer": "rent"}, 1]}, 1, 2]}, None),
        # A hidden table has no rows.
        ({"count": "trips"}, "0"),
        ({"sum": some({"row": "cost"})}, None),
        ({"sum": "trips.cost"}, None),
    ],
)
def test_blank_and_hidden_answers(term, value):
    found = terms.parse(term).value(context(rent=None, has_trips=False))
    assert found == (Decimal(value) if value else None)


def test_the_fiscal_year_begins_when_the_edition_says():
    calendar_year = Context(FORM, ANSWERS, year_begins=1)
    assert terms.parse({"fiscal_year": {"answer": "from"}}).value(calendar_year) == 2026


def test_what_is_read_over_rows_are_the_table_and_its_columns():
    term = terms.parse({"sum": some({"product": [{"row": "days"}, {"row": "rate"}]}, TRAVEL)})
    assert term.reads() == {"trips", "trips.days", "trips.rate", "trips.category"}


WHOLE = {"at_most": [{"share": [{"sum": some({"row": "cost"}, TRAVEL)}, {"sum": "trips.cost"}]}, {"number": "cap"}]}


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        (
            {"at_least": [{"sum": [{"answer": "salaries"}, {"answer": "rent"}]}, 60]},
            "Salaries + Rent: $26 ($12 + $14). Required: at least $60.",
            f"Salaries (fr) + Rent (fr){NBSP}: 26{NBSP}$ (12{NBSP}$ + 14{NBSP}$). Exigence{NBSP}: au moins 60{NBSP}$.",
        ),
        (
            WHOLE,
            "Share of “Cost (Category: one of these: Travel, Meals)” in “Cost”: 40% ($4,000 of $10,000). "
            "Required: at most 30%.",
            f"Part de «{NBSP}Cost (fr) (Category (fr){NBSP}: l’une de ces réponses{NBSP}: Voyages, Repas){NBSP}» dans "
            f"«{NBSP}Cost (fr){NBSP}»{NBSP}: 40{NBSP}% (4{NBSP}000{NBSP}$ sur 10{NBSP}000{NBSP}$). "
            f"Exigence{NBSP}: au plus 30{NBSP}%.",
        ),
        (
            {"at_most": [{"answer": "rent"}, {"product": ["0.3", {"answer": "salaries"}]}]},
            "Rent: $14. Required: at most $3.60 (0.3 × $12).",
            f"Rent (fr){NBSP}: 14{NBSP}$. Exigence{NBSP}: au plus 3,60{NBSP}$ (0,3 × 12{NBSP}$).",
        ),
        (
            {"at_most": [{"days": [{"answer": "from"}, "2026-05-15"]}, 30]},
            "From → May 15, 2026: 45 days (March 31, 2026 → May 15, 2026). Required: at most 30 days.",
            f"From (fr) → 15 mai 2026{NBSP}: 45 jours (31 mars 2026 → 15 mai 2026). Exigence{NBSP}: au plus 30 jours.",
        ),
        (
            {"on_or_before": [{"answer": "from"}, {"today": True}]},
            "From: March 31, 2026. Required: January 7, 2026 (today) or earlier.",
            f"From (fr){NBSP}: 31 mars 2026. Exigence{NBSP}: 7 janvier 2026 (aujourd’hui) ou plus tôt.",
        ),
        (
            {"on_or_after": [{"answer": "from"}, {"business_days_after": [{"today": True}, 60]}]},
            "From: March 31, 2026. Required: April 1, 2026 (January 7, 2026 + 60 business days) or later.",
            f"From (fr){NBSP}: 31 mars 2026. "
            f"Exigence{NBSP}: 1er avril 2026 (7 janvier 2026 + 60 jours ouvrables) ou plus tard.",
        ),
        (
            {"equals": [{"fiscal_year": {"answer": "from"}}, 2026]},
            "Fiscal year (From): 2025-2026. Required: 2026-2027.",
            f"Exercice (From (fr)){NBSP}: 2025-2026. Exigence{NBSP}: 2026-2027.",
        ),
        (
            {"at_most": [{"count": {"over": "trips", "where": {"equals": [{"row": "category"}, "travel"]}}}, 0]},
            "Trips (number of rows) (Category: Travel): 1. Required: at most 0.",
            f"Trips (fr) (nombre de lignes) (Category (fr){NBSP}: Voyages){NBSP}: 1. Exigence{NBSP}: au plus 0.",
        ),
    ],
)
def test_explanations_add_up_before_the_reader_s_eyes(rule, english, french):
    rule = rules.parse(rule)
    assert rule.evaluate(context()) is False
    assert (rule.explain(context(), "en"), rule.explain(context(), "fr")) == (english, french)


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ({"sum": {"of": {"row": "cost"}, "over": "nowhere"}}, "there is no table 'nowhere'"),
        ({"sum": {"of": {"row": "nothing"}, "over": "trips"}}, "the table 'trips' has no column 'nothing'"),
        ({"sum": {"of": {"row": "start"}, "over": "trips"}}, "sum cannot use date"),
        ({"sum": some({"row": "cost"}, {"equals": [{"row": "cost"}, "x"]})}, "equals cannot compare number with text"),
        ({"sum": [{"answer": "from"}, 1]}, "sum can only add numbers"),
        ({"minimum": [{"answer": "from"}, {"answer": "rent"}]}, "minimum cannot use date with number"),
        ({"days": [{"answer": "from"}, {"answer": "rent"}]}, "days needs a date here, not {'answer': 'rent'}"),
        ({"days": [{"answer": "from"}, "2026-02-30"]}, "2026-02-30 does not exist; write a day of the calendar"),
        ({"product": [{"answer": "rent"}, "1e5"]}, "product needs a number here, not '1e5'"),
        ({"fiscal_year": {"answer": "rent"}}, "fiscal_year needs a date here, not {'answer': 'rent'}"),
        (
            {"if": [{"equals": [{"answer": "rent"}, 1]}, {"answer": "from"}, {"answer": "rent"}]},
            "if cannot choose between date and number",
        ),
        ({"otherwise": [{"answer": "rent"}, {"answer": "from"}]}, "otherwise cannot take date in the place of number"),
        (
            {"difference": [{"answer": "rent"}, {"answer": "gone"}]},
            "there is no question 'gone'; write the key of a question of this form, or take this out",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_a_fault(term, fault):
    assert terms.parse(term).check(Scope(FORM)) == [fault]


@pytest.mark.parametrize(
    "term",
    [
        {"sum": {"over": "trips"}},
        {"sum": {"of": {"row": "cost"}, "over": "trips", "when": {}}},
        {"sum": [{"answer": "rent"}]},
        {"count": {"over": "trips", "of": {"row": "cost"}}},
        {"round": [{"answer": "rent"}, "2"]},
        {"round": [{"answer": "rent"}, 11]},
        {"if": [{"equals": [{"answer": "rent"}, 1]}, 1]},
        {"quotient": [1, 2, 3]},
        {"today": False},
    ],
)
def test_other_shapes_are_refused(term):
    with pytest.raises(ValueError, match=r"written|write"):
        terms.parse(term)


def test_a_figure_worked_out_is_rounded_half_up_where_it_is_shown():
    half = form(
        {
            "key": "only",
            "title": text("Only"),
            "questions": [
                asked("cost", "money"),
                asked("half", "calculated", value={"product": [{"answer": "cost"}, "0.5"]}, shown_as="money"),
                asked("third", "calculated", value={"quotient": [{"answer": "cost"}, 3]}),
            ],
        }
    )
    ctx = Context(half, {"cost": "1000.05"})
    assert half.question("half").display(ctx.value("half"), "en") == "$500.03"  # not 500.02: half goes up
    assert half.question("third").display(ctx.value("third"), "fr") == f"333{NBSP}.35".replace(f"{NBSP}.", ",")


def test_what_is_worked_out_from_itself_is_nothing():
    circle = form(
        {
            "key": "only",
            "title": text("Only"),
            "questions": [
                asked("one", "calculated", value={"sum": [{"answer": "two"}, 1]}),
                asked("two", "calculated", value={"product": [{"answer": "one"}, 2]}),
            ],
        }
    )
    assert Context(circle, {}).value("one") == "1"


# A plain text stands for what it is read as wherever a choice between values may end with it.
NORTH = {"equals": [{"answer": "has_trips"}, True]}
SHARE = {"if": [NORTH, "0.75", "0.50"]}


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ({"product": [SHARE, {"answer": "salaries"}]}, "9"),
        ({"sum": [SHARE, "0.25"]}, "1"),
        ({"minimum": [{"answer": "salaries"}, "0.5"]}, "0.5"),
        ({"minimum": [{"otherwise": [{"answer": "rent"}, "0.5"]}, {"answer": "salaries"}]}, "0.5"),
        ({"maximum": [{"answer": "from"}, "2026-05-01"]}, date(2026, 5, 1)),
        ({"minimum": some({"otherwise": [{"row": "rate"}, "0.005"]})}, "0.005"),
        ({"sum": some({"otherwise": [{"row": "rate"}, "0.5"]})}, "121.01"),
        ({"sum": some(SHARE)}, "2.25"),
        ({"answer": "share"}, "0.75"),
    ],
)
def test_decimals_between_quotes_count_wherever_they_are_chosen(term, value):
    found = {"key": "more", "title": text("More"), "questions": [asked("share", "calculated", value=SHARE)]}
    whole = form(*FORM.model_dump()["sections"], found)
    term, ctx = terms.parse(term), replace(context(rent=None), form=whole)
    assert term.check(Scope(whole)) == []
    assert term.value(ctx) == (Decimal(value) if isinstance(value, str) else value)


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"at_least": [{"otherwise": [{"answer": "rent"}, "9"]}, "10"]}, False),
        ({"at_most": [SHARE, "0.750"]}, True),
        ({"on_or_after": [{"if": [NORTH, "2026-04-01", "2026-01-01"]}, {"answer": "from"}]}, True),
        ({"found_in": ["0.010", "trips.rate"]}, True),
        ({"found_in": ["2026-04-01", "trips.start"]}, True),
    ],
)
def test_decimals_and_dates_between_quotes_are_compared_as_such(rule, outcome):
    rule, ctx = rules.parse(rule), context(rent=None)
    assert (rule.check(Scope(FORM)), rule.evaluate(ctx)) == ([], outcome)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"one_of": [{"answer": "people"}, ["seven"]]}, "one_of cannot compare number with text"),
        ({"one_of": [{"answer": "from"}, [5]]}, "one_of cannot compare date with number"),
        ({"one_of": [{"answer": "people"}, [7, {"answer": "from"}]]}, "one_of cannot compare number with date"),
        ({"one_of": [{"answer": "people"}, [True]]}, "one_of cannot compare number with truth"),
        ({"one_of": [{"answer": "trips"}, [2]]}, "one_of cannot compare rows with number"),
        ({"found_in": ["dear", "trips.cost"]}, "found_in cannot compare text with number"),
        ({"found_in": ["meal", "trips.category"]}, "'category' has no option 'meal' (did you mean 'meals'?)"),
        ({"at_least": [{"if": [NORTH, "0.75", "half"]}, "0.5"]}, "at_least cannot compare texts"),
    ],
)
def test_rules_compare_what_is_of_one_kind_and_exists(rule, fault):
    assert rules.parse(rule).check(Scope(FORM)) == [fault]


def test_an_option_that_does_not_exist_is_found_on_either_side():
    rule = rules.parse({"not": {"equals": ["meal", {"row": "category"}]}})
    assert rule.check(Scope(FORM, table="trips")) == ["'category' has no option 'meal' (did you mean 'meals'?)"]
