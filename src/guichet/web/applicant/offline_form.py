"""The form of a file that is filled in offline: every question of it, whatever its conditions say.

Without a portal nobody brings the page that a condition asks for, so the file has all of them, each with the case in
which it is asked; its script shows and hides them. Nobody draws its lists anew either: they offer everything.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.programs import queries as programs
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.speech import say
from guichet.web.outline import blank


@lru_cache(maxsize=8)
def open_form(edition_id: int, _hash: str, day: date) -> Form:
    """The form without its conditions: each stands in the hint of its question instead, for who reads the file.

    Made once an edition and day (a condition may speak of the earliest start): drawn questions are kept by it.
    """
    found = cases(edition_id, _hash, day)
    form = programs.edition(edition_id).definition.application
    return _anew(form, sections=tuple(_open_section(section, found) for section in form.sections))


@lru_cache(maxsize=8)
def cases(edition_id: int, _hash: str, _day: date) -> dict[str, Text]:
    """In which case a section or a question is asked: “Only in this case: …”, by its path."""
    definition = programs.edition(edition_id).definition
    form = definition.application
    context = blank(definition, form)

    def when(rule: Any) -> Text:
        return say(lambda language: f"{gettext('Only in this case:')} {rule.condition(context, language)}")

    found = {section.key: when(section.visible) for section in form.sections if section.visible is not None}
    return found | {path: when(question.visible) for path, question in form.paths() if question.visible is not None}


def _open_section(section: Section, cases: Mapping[str, Text]) -> Section:
    questions = tuple(_open_question(question, question.key, cases) for question in section.questions)
    return _anew(section, visible=None, questions=questions)


def _open_question(question: Question, path: str, cases: Mapping[str, Text]) -> Question:
    changed: dict[str, Any] = {"visible": None, **dict.fromkeys(question.narrowed_by)}
    if path in cases:
        hint, when = question.hint, cases[path]
        changed["hint"] = Text(en=f"{when.en} {hint.en}", fr=f"{when.fr} {hint.fr}") if hint else when
    # What stands in a row has its path in the table, whatever group it is in.
    table, dot, _key = path.rpartition(".")
    if question.inside():
        changed["questions"] = tuple(
            _open_question(inner, f"{table}{dot}{inner.key}", cases) for inner in question.inside()
        )
    if question.columns_of():
        changed["columns"] = tuple(
            _open_question(column, f"{path}.{column.key}", cases) for column in question.columns_of()
        )
    return _anew(question, **changed)


def _anew(part: Any, **changed: Any) -> Any:
    """A definition with some of it changed, and nothing of what the other one has worked out."""
    return type(part).model_construct(**{name: getattr(part, name) for name in type(part).model_fields} | changed)
