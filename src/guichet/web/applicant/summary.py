"""The error summary at the top of a page: one line per fault, each with the id of its field."""

from typing import Any

from django.forms import BaseForm

from guichet.kernel.errors import Refusal
from guichet.questions.pages import element_id
from guichet.web.sentences import sentence
from guichet.web.summary import Line, name_of, of_problems

__all__ = ["Line", "name_of", "of_forms", "of_problems", "of_refusal", "put", "target_of"]


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
