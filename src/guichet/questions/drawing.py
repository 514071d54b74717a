"""The tags that draw questions; every template has them without loading.

``{% question q %}``: to fill in (to read, where the page cannot be edited). ``{% answer q %}``: to read.
``{% questions section.questions %}``: all of them, each on its lines. ``{% rows q.extra.rows %}``: the rows of a table.
``{% lists sections %}``: the long lists that the boxes of these bound sections search, once each; every page with
inputs has it after them.
The templates of the types know their question as ``q``, and a row as ``row``.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import escape

from guichet.questions import molds
from guichet.questions.bound import BoundQuestion, BoundRow, BoundSection

register = template.Library()


class _Html(template.Node):
    """A tag whose arguments are values. What it gives was made by templates, and is not escaped again."""

    def __init__(self, draw: Callable[..., str], arguments: Sequence[FilterExpression]) -> None:
        self.draw = draw
        self.arguments = arguments

    def render(self, context: Context) -> str:
        """The HTML."""
        return self.draw(context, *[argument.resolve(context) for argument in self.arguments])


def _tag(draw: Callable[..., str]) -> Callable[..., str]:
    """Make a tag of a function, under its name."""

    def compiled(parser: Parser, token: Token) -> _Html:
        return _Html(draw, [parser.compile_filter(bit) for bit in token.split_contents()[1:]])

    register.tag(draw.__name__, compiled)
    return draw


@_tag
def question(context: Context, q: BoundQuestion) -> str:
    """The input of one bound question; its answer, where the page cannot be edited."""
    return _face(context, q, "input" if q.editable else "answer")


@_tag
def answer(context: Context, q: BoundQuestion) -> str:
    """The answer of one bound question, to read."""
    return _face(context, q, "answer")


@_tag
def rows(context: Context, bound: Iterable[BoundRow]) -> str:
    """The rows of a table: closed ones are lines that are drawn already."""
    return "".join([row.line or _in_full(context, "table/row.html", row=row) for row in bound])


@_tag
def questions(context: Context, bound: Sequence[BoundQuestion]) -> str:
    """The questions of a section or of a row."""
    return "".join([f"{_concealed(context, q) if q.concealed else question(context, q)}\n" for q in bound])


def _concealed(context: Context, q: BoundQuestion) -> str:
    """A question that its condition hides, for scripts alone: nothing of it is seen, read out or sent."""
    return f'<template data-hidden="{escape(q.path)}">{question(context, q)}</template>'


@_tag
def lists(context: Context, sections: Iterable[BoundSection]) -> str:
    """The long lists of these sections, each once."""
    found: dict[str, str] = {}
    for section in sections:
        found.update(section.lists)
    return "".join(found.values())


def _face(context: Context, q: BoundQuestion, face: str) -> str:
    html = molds.question(q, face)
    return _in_full(context, q.face(face), q=q) if html is None else html


def _in_full(context: Context, name: str, **values: Any) -> str:
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        return str(engine.get_template(name).render(context))
