"""Everything that an edition asks, to read and to print before one begins."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.kernel.bilingual import ENGLISH, FRENCH
from guichet.programs.definitions import EditionDefinition
from guichet.web.access import page
from guichet.web.outline import Outline, Part, documents
from guichet.web.public.programs import opened


@dataclass(frozen=True)
class Read:
    """A form to read; ``key`` is its place on the page."""

    key: str
    title: str
    parts: list[Part]


@page(who="public")
def questions(request: HttpRequest, program: str) -> HttpResponse:
    """Both profiles, the application, the documents and the statements of the program's current edition."""
    definition = opened(program).definition
    outline = Outline(definition, FRENCH if get_language() == FRENCH else ENGLISH)
    context = {
        "definition": definition,
        "title": _("Questions and documents: %(edition)s") % {"edition": definition.title.in_(outline.language)},
        **_forms(definition, outline),
        "choosables": outline.choosables,
    }
    return render(request, "public/questions.html", context)


def _forms(definition: EditionDefinition, outline: Outline) -> dict[str, Any]:
    """The three forms in the order in which they are met, and the documents that they ask for."""
    named = [
        ("profile", _("My profile"), definition.profile),
        ("account-profile", _("Account profile"), definition.account_profile),
        ("application", _("Application"), definition.application),
    ]
    forms = [Read(key, title, outline.form(form)) for key, title, form in named]
    wanted = [(form, question) for form in forms for question in documents(form.parts)]
    return {"forms": forms, "documents": wanted}
