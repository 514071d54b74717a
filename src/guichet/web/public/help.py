"""Help > (program): the pages of the program's package."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override

from guichet.kernel.bilingual import other
from guichet.programs import queries as programs
from guichet.programs.definitions import EditionDefinition, HelpPage
from guichet.programs.errors import UnknownProgram
from guichet.web.access import page
from guichet.web.public.figures import figures_of


@page(who="public")
def index(request: HttpRequest) -> HttpResponse:
    """Every program with its help pages."""
    return render(request, "public/help.html", {"editions": programs.programs()})


@page(who="public")
def help_page(request: HttpRequest, program: str, slug: str) -> HttpResponse:
    """One help page of a program; the slug of the other language leads to the one of this language."""
    definition, found = _found(program, slug)
    language = get_language() or "en"
    if slug != found.slug.in_(language):
        return redirect("public:help_page", program, found.slug.in_(language))
    with override(other(language)):
        there = reverse("public:help_page", args=[program, found.slug.in_(other(language))])
    request.other_url = there  # type: ignore[attr-defined]
    figures = [figure for figure in figures_of(definition) if figure.key in found.figures]
    return render(request, "public/help_page.html", {"definition": definition, "help_page": found, "figures": figures})


def _found(program: str, slug: str) -> tuple[EditionDefinition, HelpPage]:
    try:
        definition = programs.current_edition(program).definition
    except UnknownProgram as error:
        raise Http404 from error
    for help_page in definition.help:
        if slug in (help_page.slug.en, help_page.slug.fr):
            return definition, help_page
    raise Http404
