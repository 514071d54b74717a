"""A question stamped from its mold is, byte for byte, the question drawn in full: every type, both languages."""

from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import engine, fields, molds, pages
from guichet.questions.context import Context
from guichet.questions.pages import BoundQuestion, GuideLink

from .fields import TYPES, example, form_of, question_of

HOSTILE = [
    "__row__", '"><script>alert(1)</script>', "&amp; & <b>", "1\u00a0234,50\u00a0$", "🍁é\u202f«»", "%",
    "%s %(row)s %%", "{{ q.label }}{% now %}", "a\nb\n", "'", "q-example", "None", "0",
]  # fmt: skip
ROW = "abcdefgh2345"
GUIDE = {"8.3": GuideLink('8.3 “Costs” & <b>"100%"', "https://example.ca/?a=1&b=2")}
COLUMNS = [type for type in TYPES if fields.types()[type].in_rows]
# What holds questions is drawn in full; they are stamped inside it.
HOLDERS = [type for type in COLUMNS if question_of(type).inside()]
STAMPED = [type for type in COLUMNS if type not in HOLDERS]
each_type = pytest.mark.parametrize("type", TYPES)
each_column = pytest.mark.parametrize("type", STAMPED)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def renamed(definition: dict[str, Any], key: str) -> dict[str, Any]:
    """The same question under another key; so with the questions inside it."""
    inside = [renamed(each, f"{key}_{each['key']}") for each in definition.get("questions", ())]
    return {**definition, "key": key, **({"questions": inside} if inside else {})}


def questions(type: str, language: str, value: Any, *, in_rows: bool, **options: Any) -> list[BoundQuestion]:
    """The example of a type with a value, twice: as it is and with everything optional; by itself or in a row."""
    definition = example(type)["definition"]
    # A percent sign and markup in what a package says must pass through a mold as they are.
    said = {"en": '50% of <b>"it"</b> & more', "fr": "50\u00a0% de «\u00a0cela\u00a0» & plus"}
    asked = [definition, {**renamed(definition, "second"), "hint": said, "label": said, "guide": "8.3"}]
    if definition.get("required", True) is True and "questions" not in definition:
        asked.append({**definition, "key": "third", "required": False})
    if in_rows:
        table = {"key": "rows", "type": "table", "label": said, "row_label": said, "columns": asked}
        form = form_of(table)
        answers = {f"rows.{ROW}": 3} | {f"rows.{ROW}.{each['key']}": value for each in asked}
    else:
        form = form_of(*asked)
        answers = {each["key"]: value for each in asked}
    options["rows"] = pages.EVERY_ROW
    bound = pages.bind(Context(form, answers), form.sections[0], language, guide=GUIDE, **options)
    if in_rows:
        return [q for row in bound.questions[0].extra["rows"] for q in row.questions]
    return list(bound.questions[: len(asked)])


def both(q: BoundQuestion, face: str) -> tuple[str | None, str]:
    """Stamped and drawn in full."""
    with translation.override(q.language):
        return molds.question(q, face), render_to_string(q.face(face), {"q": q})


def values(type: str) -> list[Any]:
    """Nothing, the examples, and what people may type, as far as the type reads it."""
    question = question_of(type)
    read = [question.parse(text, "en") for text in HOSTILE]
    return [None, *example(type)["values"], *(value for value in read if isinstance(value, str))]


@each_type
@each_language
@pytest.mark.parametrize(("face", "editable"), [("input", True), ("answer", True), ("answer", False)])
@pytest.mark.parametrize("in_rows", [False, True])
def test_a_stamped_question_is_the_drawn_one(type, language, face, in_rows, editable):
    if in_rows and type not in STAMPED:
        return
    seen = []
    # Twice, so that each value is also stamped from the mold of another.
    for value in values(type) * 2:
        for q in questions(type, language, value, in_rows=in_rows, editable=editable):
            stamped, full = both(q, face)
            seen.append(stamped)
            assert stamped in (None, full)
    assert (None not in seen) == (face in fields.types()[type].openings)


@each_column
def test_every_type_that_stands_in_rows_is_stamped(type):
    assert set(fields.types()[type].openings) == {"input", "answer"}


@pytest.mark.parametrize("type", HOLDERS)
def test_what_holds_questions_in_a_row_is_drawn_in_full_and_they_are_stamped(type):
    (q, *_) = questions(type, "en", None, in_rows=True)
    assert molds.question(q, "input") is None
    for inner in q.extra["questions"]:
        stamped, full = both(inner, "input")
        assert stamped == full
        assert inner.path == f"rows.{q.path.split('.')[1]}.{inner.question.key}"


@each_type
@each_language
def test_what_is_wrong_and_what_cannot_be_read_is_drawn_in_full(type, language):
    question = question_of(type)
    form = form_of(example(type)["definition"])
    unreadable = Context(form, {question.key: {"unreadable": HOSTILE[1]}})
    (q, *_) = pages.bind(unreadable, form.sections[0], language).questions
    assert question.uploads or not question.stored or molds.question(q, "input") is None
    blank = Context(form, {})
    problems = engine.problems(blank, level="submit")
    (q, *_) = pages.bind(blank, form.sections[0], language, problems=problems).questions
    assert not q.errors or molds.question(q, "input") is None


@each_language
@pytest.mark.parametrize("editable", [False, True])
def test_a_table_is_the_same_whatever_was_drawn_before(language, editable):
    columns = [{**example(type)["definition"], "key": f"column_{type}"} for type in COLUMNS]
    said = {"en": '50% "Activity" & <i>', "fr": "Activité à 50\u00a0%"}
    form = form_of({"key": "rows", "type": "table", "label": said, "row_label": said, "columns": columns})
    answers: dict[str, Any] = {}
    for place, row in enumerate(("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc")):
        answers[f"rows.{row}"] = place * 1200
        for type, column in zip(COLUMNS, columns, strict=True):
            answers[f"rows.{row}.{column['key']}"] = (values(type) * 3)[place]
    bound = pages.bind(Context(form, answers), form.sections[0], language, editable=editable, rows=pages.EVERY_ROW)
    (q, *_) = bound.questions
    with translation.override(language):
        draw = engines["django"].from_string("{% question q %}")
        stamped = draw.render({"q": q})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(molds, "question", lambda q, face: None)
            assert stamped == draw.render({"q": q})
    assert all(row in stamped for row in ("bbbbbbbbbbbb", "Activité" if language == "fr" else "Activity"))


def test_no_more_molds_are_kept_than_said(monkeypatch):
    monkeypatch.setattr(molds, "_KEPT", 5)
    for type in STAMPED:
        for q in questions(type, "en", None, in_rows=True):
            assert both(q, "input")[0] == both(q, "input")[1]
            assert len(molds._molds) <= 5
