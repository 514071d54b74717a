"""What the buttons of a table do to its rows."""

import pytest
from django.http import QueryDict

from guichet.questions import engine, pages
from guichet.questions.pasting import read_rows

from .sample import context, form, text

PLAN = form().sections[1]
TABLE = form().question("activities")
A, B, NEW = "aaaaaaaaaaaa", "bbbbbbbbbbbb", "nnnnnnnnnnnn"  # B is the first row of the sample, A the second


def pressed(name, value, *pairs, ctx=None, **options):
    post = QueryDict(mutable=True)
    for key, given in (("new-activities", NEW), *pairs, (name, value)):
        post.appendlist(key, given)
    ctx = context() if ctx is None else ctx
    posted = engine.read_post(PLAN, post, language=options.get("language", "en"), ctx=ctx)
    return posted, posted.act


def test_a_closed_row_is_not_in_the_post_and_stays():
    sent, act = pressed("open", A, (f"activities.{B}", "0"), (f"activities.{B}.cost", "7"))
    assert sent == {f"activities.{B}": 0, f"activities.{B}.cost": "7.00"}
    assert (act.name, act.path, act.opens) == ("open", f"activities.{A}", A)
    assert pressed("open", "zzzzzzzzzzzz")[1] is None


def test_a_row_is_added_after_those_that_are_closed():
    sent, act = pressed("add", "activities")
    assert sent == {f"activities.{NEW}": 2}
    assert act.opens == NEW
    assert pressed("add", "other")[1] is None


def test_no_row_is_added_to_a_full_table():
    full = context(**{"activities.cccccccccccc": 2})
    sent, act = pressed("add", "activities", ctx=full)
    assert (sent, act.opens, act.path) == ({}, "", "activities")


def test_a_removed_row_comes_back_to_its_place():
    sent, act = pressed("remove", B)
    assert (sent, act.removed) == ({f"activities.{B}": None}, f"{B}.0")
    without = context(**{f"activities.{B}": None})
    sent, act = pressed("undo", act.removed, ctx=without)
    assert (sent, act.opens) == ({f"activities.{B}": 0}, B)
    assert pressed("undo", f"{B}.0")[0] == {}
    for forged in ("zzzzzzzzzzzz.0", f"{B}.-1", f"{B}.x", f"{B}.9999999", "", "."):
        assert pressed("undo", forged, ctx=without)[1] is None


@pytest.mark.parametrize(
    ("value", "changes", "button"),
    [
        (f"{A}.1", {A: 0, B: 1}, "down"),
        (f"{B}.2", {A: 0, B: 1}, "up"),
        (f"{A}.2", {}, "up"),
        (f"{A}.9999", {}, "up"),
        (f"{A}.0", {A: 0, B: 1}, "down"),
    ],
)
def test_a_row_moves_to_a_place_however_often_one_presses(value, changes, button):
    sent, act = pressed("move", value)
    assert sent == {f"activities.{row}": position for row, position in changes.items()}
    assert (act.button, act.opens) == (button, value.partition(".")[0])


def test_only_what_is_between_two_places_moves():
    rows = {f"activities.row{number:09}": number for number in range(4)}
    ctx = context(rows)
    sent, act = pressed("move", "row000000000.3", ctx=ctx)
    assert sent == {f"activities.row{number:09}": at for number, at in ((1, 0), (2, 1), (0, 2))}
    assert act.button == "down"


def test_forged_places_move_nothing():
    for value in ("", A, f"{A}.", f"{A}.-1", f"{A}.x", "zzzzzzzzzzzz.1", f"{A}.99999"):
        assert pressed("move", value)[1] is None


def pasted(lines, *, room=9, language="en"):
    return read_rows(TABLE, lines, language, room)


def test_pasted_cells_are_read_by_their_columns():
    read = pasted("2026-05-01\t2026-05-04\t$1,234.50\tFair\n\n 2026-06-01 \t\tsome\n")
    assert read.rows == (
        {"start": "2026-05-01", "end": "2026-05-04", "cost": "1234.50", "note": "Fair"},
        {"start": "2026-06-01", "end": None, "cost": {"unreadable": "some"}},
    )
    assert (read.left, read.why) == ("", ())


def test_amounts_are_read_in_the_language_of_the_page():
    assert pasted("\t\t1,234", language="en").rows[0]["cost"] == "1234.00"
    assert pasted("\t\t1 234,5 $", language="fr").rows[0]["cost"] == "1234.50"


@pytest.mark.parametrize("head", ["Start\tEnd\tCost", "START\tfin\tcost", "Start (fr)\tEnd (fr)\tCost (fr)"])
def test_a_line_of_headings_is_skipped(head):
    assert len(pasted(f"{head}\n2026-05-01\n").rows) == 1
    assert len(pasted(f"2026-05-01\n{head}\n").rows) == 2


def test_a_cell_may_hold_line_ends_and_quotation_marks():
    read = pasted('2026-05-01\t\t5\t"two\nlines, ""quoted"""\n')
    assert read.rows[0]["note"] == 'two lines, "quoted"'


def test_what_does_not_fit_is_given_back_as_it_came():
    lines = ["2026-05-01\t\t1\ta", "2026-05-02\t\t2\tb", "1\t2\t3\t4\t5\t6\t7", '2026-05-03\t\t3\t"c\nc"']
    read = pasted("\n".join(lines), room=2)
    assert [row["note"] for row in read.rows] == ["a", "b"]
    assert read.left == "\n".join(lines[2:])
    assert read.why == ("columns", "rows")
    assert pasted(read.left, room=0).left == read.left


@pytest.mark.parametrize("odd", ["", "\n\n", "\t\t\t", '"', '"\t"', "\x00\t\x1b", "x" * 300_000, "\t" * 5000, "\r\n\r"])
def test_odd_pastes_never_raise(odd):
    read = pasted(odd)
    assert len(read.rows) <= 1
    pressed("paste", "activities", ("paste-activities", odd))


def test_rows_pasted_twice_come_in_once():
    pairs = [("paste-activities", "2026-05-01\t\t1\n2026-05-02\t\t2\n")]
    sent, act = pressed("paste", "activities", *pairs)
    first = f"activities.{NEW}000"
    assert sent[first] == 2
    assert (act.pasted, act.why) == (1, ("rows",))  # the sample's table takes three rows
    assert act.left == "2026-05-02\t\t2"
    again, act = pressed("paste", "activities", *pairs, ctx=context(**sent))
    assert again == sent
    assert (act.pasted, act.left) == (1, "2026-05-02\t\t2")


def test_the_page_gives_back_what_did_not_come_in():
    bound = pages.bind(context(), PLAN, "en", rows=pages.Rows(opened=[], pasted={"activities": "a\tb"}))
    assert bound.questions[0].extra["pasted"] == "a\tb"


def test_a_row_that_somebody_else_removed_is_shown_with_what_was_typed():
    gone = context(**{f"activities.{A}": None})
    typed = {f"activities.{A}": 1, f"activities.{A}.note": "Mine"}
    bound = pages.bind(gone, PLAN, "en", typed=typed, rows=pages.Rows(opened=[A]))
    rows = {row.row: row for row in bound.questions[0].extra["rows"]}
    assert list(rows) == [B, A]
    assert rows[A].questions[3].value == "Mine"


def test_a_summary_names_columns_of_its_table():
    table = {**PLAN.questions[0].model_dump(mode="json"), "summary": ["nowhere"]}
    with pytest.raises(ValueError, match="nowhere"):
        form({"key": "only", "title": text("Only"), "questions": [table]})
