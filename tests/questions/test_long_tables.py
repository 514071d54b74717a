"""What a table of a hundred rows costs, counted: what no answer changes is done once, however many rows there are."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test.signals import template_rendered
from django.utils import translation

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import closed, molds, pages
from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, compute
from guichet.questions.definitions import Form

from .sample import asked, form, text

ROWS = [f"row{number:06}" for number in range(100)]
COST = CostDefinition(
    table="activities", amount="cost", share="0.50", yearly_limit={"limit": "1000", "date": "start"},
    category_caps=[{"key": "small", "title": text("Small"), "column": "note", "options": ["x"], "limit": "100"}],
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """As in a process that has drawn nothing yet."""
    monkeypatch.setattr(molds, "_molds", {})
    monkeypatch.setattr(closed, "_lines", {})


def table() -> Form:
    """One table; a column with a condition of its own, a group with one, and a column that is worked out."""
    columns = [
        asked("start", "date"),
        asked("cost", "money"),
        asked("note", "short_text"),
        asked("detail", "short_text", visible={"answered": {"row": "note"}}, required=False),
        asked("half", "calculated", value={"product": [{"row": "cost"}, "0.5"]}, shown_as="money"),
        {
            **asked("more", "group"),
            "visible": {"more_than": [{"row": "cost"}, 5]},
            "questions": [asked("why", "short_text"), asked("share", "percent", visible={"answered": {"row": "why"}})],
        },
    ]
    activities = asked("activities", "table", row_label=text("Activity"), rows_max=200, columns=columns)
    return form({"key": "plan", "title": text("Plan"), "questions": [activities]})


FORM = table()


def answers(rows: int, **changes: Any) -> dict[str, Any]:
    """So many rows; every third has no note, and every seventh a cost that cannot be read. Changes by cell."""
    found: dict[str, Any] = {}
    for number, row in enumerate(ROWS[:rows]):
        cells = {"start": f"2026-0{number % 9 + 1}-15", "cost": f"{number}.00", "note": "x", "detail": "d"}
        cells |= {"why": "w" if number % 2 else None, "share": "10"}
        cells |= {"note": None} if number % 3 == 0 else {}
        cells |= {"cost": {"unreadable": "?"}} if number % 7 == 0 else {}
        found |= {f"activities.{row}": number, **{f"activities.{row}.{key}": value for key, value in cells.items()}}
    return found | {f"activities.{path.replace('__', '.')}": value for path, value in changes.items()}


def drawn(values: dict[str, Any], language: str, rows: pages.Rows) -> Counter[str]:
    """How often each template is drawn for a page with these answers."""
    names: Counter[str] = Counter()

    def note(template: Any, **_rest: Any) -> None:
        names[template.name] += 1

    template_rendered.connect(note)
    try:
        bound = pages.bind(Context(FORM, values), FORM.sections[0], language, rows=rows)
        with translation.override(language):
            engines["django"].from_string("{% questions s.questions %}").render({"s": bound})
    finally:
        template_rendered.disconnect(note)
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_answer_changes_is_drawn_once_for_a_language(language):
    first = drawn(answers(100), language, pages.Rows(opened=[]))
    assert {name: first[name] for name in ("table/heads.html", "table/order.html", "table/input.html")} == {
        "table/heads.html": 1,
        "table/order.html": 1,
        "table/input.html": 1,
    }
    assert first["table/closed.html"] == 100
    assert sum(first.values()) < 100 + 10
    # Of the next page, where one row was changed: the table itself, and the line of that row.
    changed = drawn(answers(100, row000042__note="Other"), language, pages.Rows(opened=[]))
    assert (changed["table/heads.html"], changed["table/order.html"]) == (0, 0)
    assert (changed["table/closed.html"], changed["table/input.html"]) == (1, 1)
    again = drawn(answers(100, row000042__note="Other"), language, pages.Rows(opened=[]))
    assert set(again) == set(changed) - {"table/closed.html"}
    assert sum(again.values()) < 10


def test_the_other_language_is_drawn_by_itself():
    for language in LANGUAGES:
        names = drawn(answers(100), language, pages.Rows(opened=[]))
        assert (names["table/heads.html"], names["table/order.html"], names["table/closed.html"]) == (1, 1, 100)


def test_a_column_is_drawn_once_for_all_the_rows_that_are_open():
    plain = {f"activities.{row}.cost": "1.00" for row in ROWS}
    names = drawn(answers(100) | plain, "en", pages.EVERY_ROW)
    assert names["table/row.html"] == 100
    assert {name: names[name] for name in ("date/input.html", "money/input.html")} == {
        "date/input.html": 1,
        "money/input.html": 1,
    }
    assert (names["table/heads.html"], names["table/order.html"]) == (1, 1)


# Of the hundred: 15 costs cannot be read, 34 rows have no note; "more" stands where the cost is over 5.
COUNTED = {"start": 100, "cost": 85, "note": 66, "detail": 66, "half": 85, "more": 0, "why": 40, "share": 40}


@pytest.mark.parametrize("column", [part.key for part in FORM.question("activities").parts()])
def test_the_cells_of_a_column_are_what_rules_read_one_by_one(column):
    """Also where the column has a condition, stands in a group with one, or is worked out."""
    ctx = Context(FORM, answers(100))
    single = Context(FORM, answers(100))
    found = {row: single.answer(f"activities.{row}.{column}") for row in single.filled_rows("activities")}
    assert ctx.cells(f"activities.{column}") == {row: value for row, value in found.items() if value is not None}
    assert ctx.column(f"activities.{column}") == [value for value in found.values() if value is not None]
    assert len(ctx.cells(f"activities.{column}")) == COUNTED[column]


def test_costs_look_at_a_column_once_however_many_rows_there_are(monkeypatch):
    asked_for: Counter[str] = Counter()
    look = Form.question

    def question(self: Form, path: str) -> Any:
        asked_for[path] += 1
        return look(self, path)

    monkeypatch.setattr(Form, "question", question)
    looks = []
    for rows in (1, 2, 100):
        asked_for.clear()
        cost = compute(COST, Context(FORM, answers(rows, row000000__cost="7.00")))
        assert len(cost.rows) == len([row for row in range(rows) if row == 0 or row % 7])
        looks.append(sum(asked_for.values()))
    assert looks == [looks[0]] * 3
    assert Decimal("0") < cost.requested
