"""A program's own page: what it funds, when, its guide, and the earliest date one may begin."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from guichet.applications import queries as applications
from guichet.kernel import clock
from guichet.kernel.calendar import Count
from guichet.programs import queries
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import UnknownProgram
from guichet.programs.queries import PublishedEdition
from guichet.web import sentences
from guichet.web.access import page
from guichet.web.public import questionnaire
from guichet.web.public.figures import figures_of
from guichet.web.public.forms import StartForm
from guichet.web.public.home import offer_of


@dataclass(frozen=True)
class Start:
    """The earliest first day of a project that is submitted on one day: how it is counted, and why it is that day."""

    count: Count
    why: str


def opened(program: str) -> PublishedEdition:
    """The current edition of the program of an address. Raises Http404."""
    try:
        return queries.current_edition(program)
    except UnknownProgram as error:
        raise Http404 from error


@page(who="public")
def program(request: HttpRequest, program: str) -> HttpResponse:
    """Everything one should know before registering; ``?submitted=`` asks for the earliest start of another day."""
    edition = opened(program)
    form = StartForm(edition.definition, request.GET if "submitted" in request.GET else None)
    asked = form.cleaned_data["submitted"] if form.is_valid() else None
    context = {
        "definition": edition.definition,
        "offer": offer_of(edition),
        "earliest": start_of(edition, clock.today(edition.definition.program.zone)),
        "asked": start_of(edition, asked) if asked else None,
        "received": asked is None or _received(edition, asked),
        "start_form": form,
        "figures": figures_of(edition.definition),
        "size": len(questionnaire.file(edition, request.LANGUAGE_CODE)),
        "error_summary": form.summary(),
    }
    return render(request, "public/program.html", context, status=422 if form.errors else 200)


def start_of(edition: PublishedEdition, on: date) -> Start:
    """The earliest start for a submission on that day."""
    count = applications.earliest_start(edition, on)
    return Start(count, _why(count, edition.definition))


def _why(count: Count, definition: EditionDefinition) -> str:
    """The rule, and the holidays that it left out."""
    rule = ngettext(
        "That is %(days)s business day after the day of submission, which is not counted (guide, section %(guide)s).",
        "That is %(days)s business days after the day of submission, which is not counted (guide, section %(guide)s).",
        count.days,
    ) % {"days": count.days, "guide": definition.lead_time.guide}
    return f"{rule} {sentences.skipped(count.skipped)}".strip()


def _received(edition: PublishedEdition, on: date) -> bool:
    """Are applications received at any time of that day, as far as is known today?

    Extensions count; a pause counts when its end is known, and is later than the day. Two queries.
    """
    zone = edition.definition.program.timezone
    begins, ends = (datetime.combine(day, time.min, zone) for day in (on, on + timedelta(days=1)))
    pause = queries.pause(edition, begins)
    if pause is not None and pause.begins <= begins and pause.ends is not None and pause.ends >= ends:
        return False
    return any(
        (window.opens is None or window.opens < ends) and (window.closes is None or window.closes > begins)
        for window in queries.windows(edition)
    )
