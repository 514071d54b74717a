"""The error summary at the top of a page: one line per fault, each with the id of its field."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm

from guichet.kernel.errors import Refusal
from guichet.questions.context import Context
from guichet.questions.engine import Problem
from guichet.questions.pages import element_id
from guichet.questions.speech import before_answer
from guichet.questions.summary import row_title
from guichet.web.sentences import sentence

Line = dict[str, str]


def of_problems(problems: Iterable[Problem], context: Context, language: str) -> list[Line]:
    """Problems of the form engine: "Activity 2, Cost: enter an amount"."""
    return [
        {
            "target": element_id(problem.path),
            "text": f"{before_answer(name_of(problem, context, language), language)} {problem.text.in_(language)}",
        }
        for problem in problems
    ]


def name_of(problem: Problem, context: Context, language: str) -> str:
    """What the answer is called, with its row: "Activity 2, Cost"."""
    words = problem.label.in_(language).rstrip(".")
    table, _dot, rest = problem.path.partition(".")
    row = rest.partition(".")[0]
    rows = context.rows(table) if row else []
    if row not in rows:
        return words
    return f"{row_title(context.form.question(table), rows.index(row) + 1, language)}, {words}"


def of_refusal(refusal: Refusal, target: str = "") -> list[Line]:
    """A refusal of the whole act, or of one answer when it names one."""
    return [{"target": target or (element_id(refusal.field) if refusal.field else ""), "text": sentence(refusal)}]


def of_forms(*forms: BaseForm, refusal: Refusal | None = None) -> list[Line]:
    """The faults of plain forms, field by field."""
    lines = [
        {"target": target_of(form, name), "text": str(error)}
        for form in forms
        for name, errors in form.errors.items()
        for error in errors
    ]
    return lines + (of_refusal(refusal) if refusal else [])


def target_of(form: BaseForm, name: str) -> str:
    """The id of a field's first input; "" for a fault of the form as a whole."""
    return form[name].id_for_label or f"{form[name].auto_id}_0" if name in form.fields else ""


def put(form: BaseForm, refusal: Refusal) -> None:
    """Note an action's refusal on the form's field it concerns, or on the form as a whole."""
    field: Any = refusal.field if refusal.field in form.fields else None
    form.add_error(field, sentence(refusal))
