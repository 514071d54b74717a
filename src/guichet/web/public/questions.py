"""Everything that an edition asks, to read and to print before one begins: as a page, and as a PDF file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.kernel.bilingual import ENGLISH, FRENCH
from guichet.web.access import page
from guichet.web.outline import Outline, documents
from guichet.web.public import questionnaire
from guichet.web.public.programs import opened


@page(who="public")
def questions(request: HttpRequest, program: str) -> HttpResponse:
    """Both profiles, the application, the documents and the statements of the program's current edition."""
    edition, language = opened(program), _language()
    definition = edition.definition
    outline = Outline(definition, language)
    forms = outline.read()
    context = {
        "definition": definition,
        "title": _("Questions and documents: %(edition)s") % {"edition": definition.title.in_(language)},
        "forms": forms,
        "documents": documents(forms),
        "choosables": outline.choosables,
        "size": len(questionnaire.file(edition, language)),
    }
    return render(request, "public/questions.html", context)


@page(who="public")
def as_pdf(request: HttpRequest, program: str) -> HttpResponse:
    """The same as a file, made when it is first asked for."""
    edition, language = opened(program), _language()
    disposition = content_disposition_header(True, questionnaire.name(edition)) or ""
    return HttpResponse(
        questionnaire.file(edition, language),
        content_type="application/pdf",
        headers={"Content-Disposition": disposition, "Content-Language": language},
    )


def _language() -> str:
    return FRENCH if get_language() == FRENCH else ENGLISH
