"""A program's own page: what it funds, when, its guide, its questions, and the earliest date one may begin."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.applications import queries as applications
from guichet.kernel import clock
from guichet.programs import queries
from guichet.programs.errors import UnknownProgram
from guichet.web.access import page
from guichet.web.public.figures import figures_of
from guichet.web.public.home import offer_of


@page(who="public")
def program(request: HttpRequest, program: str) -> HttpResponse:
    """Everything one should know before registering, to read and to print."""
    try:
        edition = queries.current_edition(program)
    except UnknownProgram as error:
        raise Http404 from error
    definition = edition.definition
    context = {
        "definition": definition,
        "offer": offer_of(edition),
        "earliest": applications.earliest_start(edition, clock.today(definition.program.zone)),
        "forms": (definition.profile, definition.account_profile, definition.application),
        "figures": figures_of(definition),
    }
    return render(request, "public/program.html", context)
