"""Help > (program): the pages of the program's package."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.programs import queries as programs
from guichet.programs.errors import UnknownProgram
from guichet.web.access import page
from guichet.web.public.figures import figures_of


@page(who="public")
def index(request: HttpRequest) -> HttpResponse:
    """Every program with its help pages."""
    return render(request, "public/help.html", {"editions": programs.programs()})


@page(who="public")
def help_page(request: HttpRequest, program: str, slug: str) -> HttpResponse:
    """One help page of a program, found by its slug in either language."""
    try:
        edition = programs.current_edition(program)
    except UnknownProgram as error:
        raise Http404 from error
    pages = edition.definition.help
    found = next((page for page in pages if slug in (page.slug.en, page.slug.fr)), None)
    if found is None:
        raise Http404
    figures = [figure for figure in figures_of(edition.definition) if figure.key in found.figures]
    context = {"edition": edition, "definition": edition.definition, "help_page": found, "figures": figures}
    return render(request, "public/help_page.html", context)
