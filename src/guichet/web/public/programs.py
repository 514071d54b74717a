"""A program's own page: what it funds, when, its guide, its questions, and the earliest date one may begin."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.applications import queries as applications
from guichet.kernel import clock
from guichet.kernel.calendar import Count
from guichet.programs import queries
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import UnknownProgram
from guichet.web import sentences
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
    earliest = applications.earliest_start(edition, clock.today(definition.program.zone))
    context = {
        "definition": definition,
        "offer": offer_of(edition),
        "earliest": earliest,
        "earliest_why": _why(earliest, definition),
        "forms": _forms(definition),
        "figures": figures_of(definition),
    }
    return render(request, "public/program.html", context)


def _why(count: Count, definition: EditionDefinition) -> str:
    """The rule, and the holidays that it left out."""
    rule = ngettext(
        "%(days)s business day after the day of submission, which is not counted (guide, section %(guide)s).",
        "%(days)s business days after the day of submission, which is not counted (guide, section %(guide)s).",
        count.days,
    ) % {"days": count.days, "guide": definition.lead_time.guide}
    return f"{rule} {sentences.skipped(count.skipped)}".strip()


def _forms(definition: EditionDefinition) -> list[tuple[str, object]]:
    return [
        (_("My profile"), definition.profile),
        (_("Account profile"), definition.account_profile),
        (_("Application"), definition.application),
    ]
