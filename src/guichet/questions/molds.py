"""Questions drawn once and stamped: their template is drawn one time for a question, not one time for a page.

A mold is the HTML of a template with marks where pages differ: at the row's id, and at what the type declares as
``openings``. All else that the template may read is in the key of the mold, so that editions, languages and pages
never share one. To stamp is ``mold % texts``, in one pass, each text escaped: what somebody typed is never searched
for marks. A question that says what is wrong, or whose answer could not be read, is drawn in full.
"""

import html
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from guichet.questions.bound import BoundQuestion
from guichet.questions.question import Question
from guichet.questions.values import unreadable_text

# Molds that a process keeps: each is about a kilobyte.
_KEPT = 4000
# Small letters and digits that nobody can foresee: they pass through ids, names and escaping as they are.
_MARK = f"mark{secrets.token_hex(12)}x"
# By key; with the definition, so that its id stays its own as long as the mold is kept.
_molds: dict[Hashable, tuple[Any, str]] = {}


class _Marked:
    """A bound question, some of whose attributes are marks."""

    def __init__(self, original: BoundQuestion, marks: Mapping[str, Any]) -> None:
        self.__dict__.update(marks, _original=original)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


def question(q: BoundQuestion, face: str) -> str | None:
    """The HTML of a question's ``face`` ("input", "answer"); None when it must be drawn in full."""
    openings = q.question.openings.get(face)
    if openings is None or q.errors or unreadable_text(q.answer) is not None:
        return None
    table, _, cell = q.path.partition(".")
    extra = q.extra
    texts = {name: _escaped(extra[name] if name in extra else getattr(q, name)) for name in openings}
    others = tuple([pair for pair in extra.items() if pair[0] not in texts])
    filled = tuple(map(bool, texts.values()))
    key = (id(q.question), face, q.language, q.editable, table, q.guide, q.required, q.blank, filled, others)
    kept = _molds.get(key) or _keep(key, q.question, lambda: _question(q, face, texts))
    texts["row"] = cell.partition(".")[0]
    return kept[1] % texts


def words(question: Question, template: str, language: str, values: Callable[[], Mapping[str, Any]]) -> str:
    """A part of a question's page that no answer changes, drawn once for a language from ``values()``."""

    def draw() -> str:
        with translation.override(language):
            return render_to_string(template, dict(values()))

    key = (id(question), template, language)
    return (_molds.get(key) or _keep(key, question, draw))[1]


def _escaped(text: Any) -> str:
    """As templates print it: what a template drew is HTML already."""
    return text if isinstance(text, SafeString) else html.escape(str(text))


def _keep(key: Hashable, owner: Any, draw: Callable[[], str]) -> tuple[Any, str]:
    if len(_molds) >= _KEPT:
        _molds.clear()
    _molds[key] = (owner, draw())
    return _molds[key]


def _question(q: BoundQuestion, face: str, texts: Mapping[str, str]) -> str:
    """The question with marks. A text that is blank stays blank: templates ask whether there is one."""
    marks = {name: _mark(name) if text else "" for name, text in texts.items()}
    table, _, cell = q.path.partition(".")
    path = f"{table}.{_mark('row')}.{q.question.key}" if cell else q.path
    extra = {name: marks.get(name, value) for name, value in q.extra.items()}
    marked = _Marked(replace(q, path=path, extra=extra), marks)
    with translation.override(q.language):
        return _pattern(render_to_string(q.face(face), {"q": marked}), (*texts, "row"))


def _mark(name: str) -> str:
    return f"{_MARK}{name}x"


def _pattern(drawn: str, names: tuple[str, ...]) -> str:
    """Drawn HTML as a pattern for ``%``."""
    pattern = drawn.replace("%", "%%")
    for name in names:
        pattern = pattern.replace(_mark(name), f"%({name})s")
    return pattern
