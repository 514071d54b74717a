"""From the draft to the file and back: the fields that a type draws in the file give the answer that it was given.

Every type that is found is tried, in both languages, and what its own example says besides.
"""

import json
import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given

from guichet.applications.takeaway import Brought, Given, _digest
from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form

from .fields import TYPES, example, form_of, question_of, values_of
from .test_fields import many

NOBODY: dict[str, Any] = dict.fromkeys(
    ("root", "application", "program", "edition", "edition_hash", "person", "name", "at"), ""
)
ROW = "abcdefgh2345"
# What Unicode calls no characters, and the mark of byte order: no answer keeps them, and no strict reader of HTML.
ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
NO_CHARACTER = re.compile(f"[\ufeff\ufdd0-\ufdef{ENDS}]")


def kept(value: Any) -> bool:
    """Whether a value can be an answer at all: spaces alone are none."""
    return value != "" and not NO_CHARACTER.search(json.dumps(value, ensure_ascii=False))


def given_of(values: dict[str, Any]) -> Given:
    return Given(**NOBODY, answers={path: (1, _digest(value)) for path, value in values.items()})


def drawn(form: Form, values: dict[str, Any], language: str) -> Element:
    """The section as the file draws it."""
    bound = pages.bind(Context(form, values), form.sections[0], language, rows=pages.EVERY_ROW)
    with translation.override(language):
        html = "".join(render_to_string(q.template, {"q": q}) for q in bound.questions)
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head><body><form>{html}</form></body></html>'
    )
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def fields(root: Element) -> list[tuple[str, str]]:
    """What a script collects from the elements: the names and values of what is on."""
    found = []
    for element in root.iter():
        name, kind = element.get("name"), element.get("type")
        if not name or element.tag == "button" or kind == "file" or name.startswith(("new-", "paste-")):
            continue
        if kind in ("checkbox", "radio") and element.get("checked") is None:
            continue
        if element.tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            found.append((name, (chosen or list(element.iter("option")))[-1 if chosen else 0].get("value", "")))
        elif element.tag == "textarea":
            found.append((name, "".join(element.itertext())))
        else:
            found.append((name, element.get("value", "on")))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type", TYPES)
def test_what_the_file_shows_comes_back_as_it_was(type, language):
    form = form_of(example(type)["definition"])
    question = question_of(type)

    @many
    @given(value=values_of(type).filter(kept))
    def comes_back(value):
        values = {f"activities.{ROW}": 0, f"activities.{ROW}.cost": "12.50"}
        if question.stored and value is not None:
            values[question.key] = value
        brought = Brought(given_of(values), ("0123456789abcdef",), {language: fields(drawn(form, values, language))})
        read, refused = brought.values(form)
        assert refused == []
        typed = {path for path in values if not (question.uploads and path == question.key)}
        assert {path: read.get(path) for path in typed} == {path: values[path] for path in typed}
        assert brought.changed(form) == {}, "nothing was typed, so nothing has changed"

    comes_back()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type", TYPES)
def test_what_is_typed_into_an_empty_file_is_what_was_typed(type, language):
    """The fields of a filled file, brought back against a note that knew of no answer."""
    form, question = form_of(example(type)["definition"]), question_of(type)
    for value in example(type)["values"]:
        values = {question.key: value} if question.stored else {}
        typed = fields(drawn(form, values, language))
        brought = Brought(given_of({}), ("0123456789abcdef",), {language: typed})
        wanted = {} if question.uploads else values
        assert {path: found for path, found in brought.changed(form).items() if found is not None} == wanted
