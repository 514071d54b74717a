"""Every field type found in questions/fields has all its faces, in both languages. A new folder is tested by itself."""

import io
import json
import re
import tokenize
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from guichet.files.models import ScanState
from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.questions import engine, fields, pages
from guichet.questions.context import Context
from guichet.questions.expressions import Scope
from guichet.questions.question import Question
from guichet.questions.values import Unreadable, unreadable_text

from .fields import FOLDER, TYPES, example, form_of, question_of, values_of
from .typography import faults

each_type = pytest.mark.parametrize("type", TYPES)
each_language = pytest.mark.parametrize("language", LANGUAGES)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROW = "abcdefgh2345"
JUNK = st.one_of(
    st.text(max_size=80),
    st.lists(st.text(max_size=10), max_size=4),
    st.sampled_from(
        [
            *(None, True, 0, 12, "\x00", "é" * 5000, "1e999", "٣", "2026-02-30", "-", "$", "%", {}, {"file": 1}),
            *("1" * 5000, "\u202e123", "\u200f\u200bא", "\ud800", "\ufeff", "\u2028", "a\x1b[31mb", "{{ x }}{% x %}"),
            *("<script>alert(1)</script>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "../../etc/passwd", "%s%n", "\r\n\r\n"),
            *({"unreadable": {"unreadable": "x"}}, {"start": {}, "end": []}, [[[["x"]]]], [None, {"a": [1]}], 1e308),
        ]
    ),
)


def context(type: str, value: Any = None) -> Context:
    """The example question with one value, and one row in the table of examples."""
    question = question_of(type)
    values = {f"activities.{ROW}": 0, f"activities.{ROW}.cost": "12.50"}
    if question.stored and value is not None:
        values[question.key] = value
    return Context(form_of(example(type)["definition"]), values)


def drawn(type: str, language: str, value: Any = None, *, face: str = "input", level: engine.Level = "section") -> str:
    """The example's template, drawn in a page's skeleton."""
    ctx = context(type, value)
    section = ctx.form.sections[0]
    problems = engine.problems(ctx, level=level, section=section)
    bound = pages.bind(ctx, section, language, problems=problems, editable=face == "input").questions[0]
    name = bound.template if face == "input" else bound.answer_template
    with translation.override(language):
        html = render_to_string(name, {"q": bound})
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head><body><form>{html}</form></body></html>'
    )


def parsed(html: str) -> Element:
    """The page, parsed strictly."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


@each_type
def test_has_its_files(type):
    for name in ("__init__.py", "input.html", "answer.html", "example.yaml"):
        assert (FOLDER / type / name).is_file(), f"fields/{type} lacks {name}"


@each_type
def test_example_is_valid_and_complete(type):
    question = question_of(type)
    assert question.type == type
    assert question.__doc__
    for value in example(type)["values"]:
        assert not question.blank(value)
        assert question.problems(value) == []
        json.dumps(value)
    if question.stored and not question.rowed:
        assert example(type)["values"], "give values in example.yaml"


@each_type
def test_unknown_options_are_refused(type):
    with pytest.raises(ValidationError, match="Extra inputs"):
        form_of({**example(type)["definition"], "colour": "red"})


@each_type
def test_own_options_are_checked(type):
    form = form_of(example(type)["definition"])
    assert form.sections[0].questions[0].check(Scope(form)) == []


@each_type
@each_language
@many
@given(data=st.data())
def test_what_is_displayed_is_read_as_the_same(type, language, data):
    question = question_of(type)
    value = data.draw(values_of(type))
    if question.textual and value is not None:
        for shown in (question.display(value, language), question.typed(value, language)):
            if shown != "" and shown != []:
                assert question.parse(shown, language) == value


@each_type
@each_language
def test_examples_go_through_a_page_and_come_back(type, language):
    question = question_of(type)
    for value in example(type)["values"]:
        post = QueryDict(mutable=True)
        for element in parsed(drawn(type, language, value)).iter():
            sent(element, post)
        posted = engine.read_post(context(type).form.sections[0], post, language=language)
        if question.uploads:
            assert question.key not in posted
        else:
            assert posted[question.key] == value


COLUMNS = [type for type in TYPES if fields.types()[type].in_rows and fields.types()[type].in_groups]


@pytest.mark.parametrize("type", COLUMNS)
@each_language
def test_inside_a_group_of_a_row_it_has_all_its_faces(type, language):
    own, text = example(type)["definition"], {"en": "Held", "fr": "Tenu"}
    group = {"key": "held", "type": "group", "label": text, "questions": [own]}
    note = {"key": "remark", "type": "short_text", "label": {"en": "Remark", "fr": "Remarque"}}
    table = {"key": "rows", "type": "table", "label": text, "row_label": text, "columns": [note, group]}
    form = form_of(table)
    question, path = form.question(f"rows.{own['key']}"), f"rows.{ROW}.{own['key']}"
    assert question.check(Scope(form, table="rows")) == []
    values = {f"rows.{ROW}": 0, f"rows.{ROW}.remark": "x"}
    if question.stored:
        values[path] = example(type)["values"][0]
    ctx = Context(form, values)
    for editable in (True, False):
        bound = pages.bind(ctx, form.sections[0], language, rows=pages.Rows(opened=[ROW]), editable=editable)
        with translation.override(language):
            html = render_to_string(bound.questions[0].template, {"q": bound.questions[0]})
        root = parsed(f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head><body>{html}</body></html>')
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert question.label.in_(language) in "".join(root.itertext())
        if path in values:
            shown = question.display(values[path], language)
            answers = ["".join(element.itertext()) for element in root.iter()]
            assert editable or question.uploads or any(shown in answer for answer in answers)
    if path in values:
        post = QueryDict(mutable=True)
        bound = pages.bind(ctx, form.sections[0], language, rows=pages.Rows(opened=[ROW]))
        with translation.override(language):
            html = render_to_string(bound.questions[0].template, {"q": bound.questions[0]})
        head = f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head><body>'
        for element in parsed(f"{head}<form>{html}</form></body></html>").iter():
            sent(element, post)
        posted = engine.read_post(form.sections[0], post, language=language)
        assert posted[path] == values[path]
    assert dict(engine.snapshot(ctx)) == values


def sent(element: Element, post: QueryDict) -> None:
    """Add what a browser would send for one element."""
    name = element.get("name")
    if element.tag == "input" and element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
        return
    if element.tag == "input" and name and element.get("type") != "file":
        post.appendlist(name, element.get("value", ""))
    if element.tag == "textarea" and name:
        post.appendlist(name, (element.text or "").replace("\n", "\r\n"))
    if element.tag == "select" and name:
        chosen = [option.get("value", "") for option in element.iter("option") if option.get("selected") is not None]
        post.appendlist(name, chosen[-1] if chosen else "")


@each_type
@many
@given(raw=JUNK, language=st.sampled_from(LANGUAGES))
def test_junk_never_raises(type, raw, language):
    question = question_of(type)
    value = question.parse(raw, language)
    if isinstance(value, Unreadable):
        assert "\x00" not in value.text
        assert unreadable_text(value.as_value()) == value.text
        value = value.as_value()
    elif not question.blank(value):
        assert all(isinstance(problem, Text) for problem in question.problems(value))
        assert question.display(value, language) != ""
        assert question.operand(value) is not None or question.kind in ("any", "rows")
        assert question.parse(value, language) == value or question.uploads
    assert isinstance(question.display(value, language), str)
    question.typed(value, language)
    assert "\x00" not in json.dumps(value)


@each_type
@each_language
@pytest.mark.parametrize("typed", ["not this", "<b>\"'&é</b>", "1 2 3"])
def test_what_cannot_be_read_is_shown_back_as_typed(type, language, typed):
    question = question_of(type)
    value = question.parse(typed, language)
    if not isinstance(value, Unreadable):
        return
    assert value.text == typed
    root = parsed(drawn(type, language, value.as_value()))
    shown = [
        element.get("value") for element in root.iter() if element.get("type") == "text" or element.tag == "option"
    ]
    buttons = [element for element in root.iter("input") if element.get("type") in ("radio", "checkbox")]
    assert typed in shown or buttons or question.uploads
    assert question.not_read(value.text).in_(language) in "".join(root.itertext())


@each_type
@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0", [], [""]])
def test_nothing_is_blank(type, raw):
    question = question_of(type)
    assert question.parse(raw) is None
    assert question.blank(None)
    assert question.display(None, "fr") == ""
    assert question.export(None) is None
    assert question.operand(None) is None


@each_type
@each_language
@pytest.mark.parametrize("face", ["input", "answer"])
@pytest.mark.parametrize("filled", [False, True])
def test_templates_are_valid_and_labelled(type, language, face, filled):
    values = example(type)["values"]
    root = parsed(drawn(type, language, values[0] if filled and values else None, face=face))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labels = {element.get("for") for element in root.iter("label")}
    for element in root.iter():
        for reference in (element.get("aria-describedby", "") + " " + element.get("aria-labelledby", "")).split():
            assert reference in ids, f"{reference} is not on the page"
        assert element.get("style") is None
        assert not any(name.startswith("on") for name in element.attrib)
        if element.tag in ("select", "textarea") or (element.tag == "input" and element.get("type") != "hidden"):
            assert element.get("id") in labels, f"{element.get('name')} has no label"
    assert not list(root.iter("script"))
    label = question_of(type).label.in_(language)
    assert label in "".join(root.itertext())
    if face == "answer":
        assert not list(root.iter("input"))


@each_type
@each_language
def test_a_missing_answer_is_said_beside_its_field(type, language):
    question = question_of(type)
    if question.required is not True or question.rowed:
        return
    root = parsed(drawn(type, language))
    errors = [element for element in root.iter("p") if element.get("class") == "error"]
    assert question.missing().in_(language) in "".join(errors[0].itertext())
    targets = [element for element in root.iter() if errors[0].get("id") in element.get("aria-describedby", "").split()]
    assert targets
    assert pages.element_id(question.key) in [element.get("id") for element in root.iter()]


@each_type
def test_says_it_well_in_both_languages(type):
    question = question_of(type)
    texts = [question.missing(), question.unreadable()]
    notes = [(language, question.note(language)) for language in LANGUAGES]
    for language, said in [*[(language, text.in_(language)) for text in texts for language in LANGUAGES], *notes]:
        # A figure and its unit stay together in English too.
        assert list(faults(re.sub("(?<=\\d)\u00a0(?=[KM]?B|bytes)", " ", said), language)) == []
    assert all(text.en != text.fr for text in texts)


@each_type
def test_answers_are_exported_alike_in_both_languages(type):
    question = question_of(type)
    for value in example(type)["values"]:
        assert isinstance(question.export(value), str | int | bool)


def test_no_type_is_asked_for_outside_its_folder():
    source = FOLDER.parents[1]
    faults = []
    # The rooms below the questions have never heard of them.
    below = {source / room for room in ("kernel", "audit", "files", "mail", "answers")}
    for path in sorted(path for path in source.rglob("*.py") if not below & set(path.parents)):
        inside = path.parent.name if path.parent.parent == FOLDER else ""
        text = path.read_text(encoding="utf-8")
        if re.search(r"\.type\s*(==|!=|in\b|not in\b)|match \w+\.type\b", text):
            faults.append(f"{path}: compares a type")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            named = token.type == tokenize.STRING and token.string.strip("\"'") in _TELLING - {inside}
            if named and FOLDER.parent in path.parents and FOLDER not in path.parents:
                faults.append(f"{path}:{token.start[0]}: names a type {token.string}")
    for path in [*source.rglob("*.html")]:
        if re.search(r"{% *(el)?if[^%]*\.type\b", path.read_text(encoding="utf-8")):
            faults.append(f"{path}: compares a type")
    assert faults == []


# Keys that are also common words (a file, a date, a choice) say nothing by themselves.
_TELLING = {type for type in TYPES if "_" in type}


def test_folders_and_types_are_the_same():
    folders = {path.name for path in Path(FOLDER).iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert set(TYPES) == folders


UPLOADS = [type for type in TYPES if fields.types()[type].uploads]
STATES = {
    "not_scanned": ("Not scanned for viruses yet", "Pas encore soumis à l’antivirus"),
    "clean": ("No virus found", "Aucun virus détecté"),
    "infected": (
        "A virus was found in this file: remove it",
        "Un virus a été détecté dans ce fichier\u00a0: retirez-le",
    ),
}


@pytest.mark.parametrize("type", UPLOADS)
@pytest.mark.parametrize("state", [*ScanState.values, ""])
@pytest.mark.parametrize("editable", [True, False])
def test_files_show_what_the_scanner_said(type, state, editable):
    for value in example(type)["values"]:
        ctx = context(type, value)
        for place, language in enumerate(LANGUAGES):
            options = {"editable": editable, "file_state": lambda file: state}
            (q, *_) = pages.bind(ctx, ctx.form.sections[0], language, **options).questions
            with translation.override(language):
                html = render_to_string(q.template, {"q": q})
            files = value if isinstance(value, list) else [value]
            said = STATES[state][place] if state else 'class="small"'
            assert html.count(said) == (len(files) if state else 0)


@pytest.mark.parametrize("type", UPLOADS)
def test_files_say_their_kinds_size_and_number(type):
    definition = example(type)["definition"]
    for kinds, told in ((["pdf"], ".pdf"), (["docx", "jpg"], ".docx,.jpg,.jpeg")):
        question = form_of({**definition, "kinds": kinds, "max_bytes": 2_500_000}).sections[0].questions[0]
        accepted = f"Accepted: {told.replace(',', ', ')}, up to 2.5\u00a0MB"
        assert question.note("en") == (f"{accepted}." if type == "file" else f"{accepted} each.")
        ctx = Context(form_of({**definition, "kinds": kinds}), {})
        (q, *_) = pages.bind(ctx, ctx.form.sections[0], "en").questions
        assert q.extra["accept"] == told
    single = form_of({**definition, **({"max_files": 1} if type == "files" else {})}).sections[0].questions[0]
    assert "; taille maximale\u00a0: " in single.note("fr")
    for wrong in ({"kinds": ["exe"]}, {"kinds": []}, {"max_bytes": 0}, {"max_bytes": 50_000_001}):
        with pytest.raises(ValidationError):
            form_of({**definition, **wrong})


def documented() -> str:
    """The chapter of docs/programs.md about questions."""
    text = (FOLDER.parents[3] / "docs" / "programs.md").read_text(encoding="utf-8")
    return text[text.index("\n## Questions\n") : text.index("\n## Rules\n")]


@each_type
def test_the_documentation_has_the_type_with_all_its_options(type):
    (line,) = [line for line in documented().splitlines() if re.match(rf"\| [^|]+ \| `{type}` \|", line)]
    own = set(fields.types()[type].model_fields) - set(Question.model_fields)
    if type == "files":
        own -= {"kinds", "max_bytes"}  # "the same" as the line before
    assert sorted(name for name in own if f"`{name}`" not in line) == []


def test_the_examples_of_the_documentation_are_questions():
    questions = []
    for block in re.findall(r"```yaml\n(.*?)```", documented(), re.DOTALL):
        questions += YAML(typ="safe").load(block)
    form = form_of(*questions)
    shown = {question.type for _path, question in form.paths()}
    assert shown == set(TYPES)
    for _path, question in form.paths():
        table = next((path.split(".")[0] for path, one in form.paths() if one is question and "." in path), None)
        assert question.check(Scope(form, table=table)) == []
