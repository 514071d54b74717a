"""Intakes: what each edition receives and when, what was decided about it, and the officer's decisions."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.applications import decisions as actions
from guichet.applications import intakes as personal
from guichet.kernel import clock
from guichet.programs import queries
from guichet.programs.queries import PublishedEdition
from guichet.programs.windows import Window
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.officer.moments import ExtendForm, PauseForm
from guichet.web.officer.opened import edition_at
from guichet.web.receptions import moment, told
from guichet.web.requests import PersonRequest


@page(who="officer")
def intakes(request: PersonRequest) -> HttpResponse:
    """Every published edition, the newest of each program first, with whether it receives applications."""
    at = clock.now()
    lines = [
        {"edition": edition, "told": told(queries.reception(edition, at), edition.definition)}
        for edition in queries.editions()
    ]
    return render(request, "officer/intakes.html", {"title": _("Intakes"), "lines": lines})


@page(who="officer")
def intake(request: PersonRequest, program: str, key: str) -> HttpResponse:
    """One edition: its windows as they stand, what can be decided, and everything that was."""
    edition = edition_at(program, key)
    at = clock.now()
    context = {
        "title": _("Intakes: %(edition)s") % {"edition": edition.definition.title.in_(request.LANGUAGE_CODE)},
        "edition": edition,
        "told": told(queries.reception(edition, at), edition.definition),
        "windows": [_line(window, edition) for window in queries.windows(edition)],
        "pause": queries.pause(edition, at),
        "history": sorted(_history(edition, request.LANGUAGE_CODE), key=lambda line: line["at"], reverse=True),
    }
    return render(request, "officer/intake.html", context)


def _line(window: Window, edition: PublishedEdition) -> dict[str, Any]:
    zone = edition.definition.program.zone
    return {
        "intake": window.intake,
        "opens": moment(window.opens, zone) if window.opens else "",
        "published": moment(window.intake.closes, zone) if window.intake.closes else "",
        "closes": moment(window.closes, zone) if window.closes else "",
        "extended": window.extended,
    }


def _history(edition: PublishedEdition, language: str) -> Iterator[dict[str, Any]]:
    """What was decided, in words: for everybody, and for single organizations."""
    zone = edition.definition.program.zone
    titles = {each.key: each.title.in_(language) for each in edition.definition.intakes}
    for made in queries.decisions(edition):
        words = {
            "extended": _("Intake “%(intake)s”: extended"),
            "paused": _("Applications paused"),
            "resumed": _("Applications resumed"),
        }
        yield {
            "what": words[made.kind] % {"intake": titles.get(made.intake, made.intake)},
            "begins": moment(made.begins, zone) if made.begins else "",
            "ends": moment(made.ends, zone) if made.ends else "",
            "reason": made.reason or (made.notice_fr if language == "fr" else made.notice_en),
            "who": made.decided_by.name,
            "at": made.decided_at,
        }
    for given in personal.extensions_for(edition):
        yield {
            "what": _("More time given to one organization"),
            "organization": given.organization,
            "ends": moment(given.until, zone),
            "reason": given.reason,
            "who": given.given_by.name,
            "at": given.given_at,
        }


@page(who="officer", methods=("GET", "POST"))
def extend(request: PersonRequest, program: str, key: str, intake: str) -> HttpResponse:
    """Let an intake close later, for everybody, with a reason."""
    edition = edition_at(program, key)
    found = [window for window in queries.windows(edition) if window.intake.key == intake and window.closes]
    if not found:
        raise Http404
    form = ExtendForm(request.POST or None, zone=edition.definition.program.zone)
    given = {"actor": request.user, "edition": edition, "intake": intake}
    if form.done(actions.extend, **given):
        messages.success(
            request,
            _("The intake was extended. Applicants see the new date at once; owners of drafts receive a letter."),
        )
        return redirect("officer:intake", program, key)
    title = _("Extend the intake: %(intake)s") % {"intake": found[0].intake.title.in_(request.LANGUAGE_CODE)}
    context = {"title": title, "edition": edition, "line": _line(found[0], edition), "form": form}
    return form.drawn(request, "officer/intake_extend.html", context)


@page(who="officer", methods=("GET", "POST"))
def pause(request: PersonRequest, program: str, key: str) -> HttpResponse:
    """Receive nothing for a while, with a notice in both languages."""
    edition = edition_at(program, key)
    form = PauseForm(request.POST or None, zone=edition.definition.program.zone)
    if form.done(actions.pause, actor=request.user, edition=edition):
        messages.success(
            request,
            _("The pause is kept. Applicants read the notice at once; owners of drafts receive a letter."),
        )
        return redirect("officer:intake", program, key)
    title = _("Pause applications: %(edition)s") % {
        "edition": edition.definition.title.in_(request.LANGUAGE_CODE),
    }
    context = {"title": title, "edition": edition, "form": form, "pause": queries.pause(edition, clock.now())}
    return form.drawn(request, "officer/intake_pause.html", context)


@page(who="officer", methods=("POST",))
def resume(request: PersonRequest, program: str, key: str) -> HttpResponse:
    """End the pause, or take back the one that was announced; already done by a colleague is done."""
    if refusal_of(actions.resume, actor=request.user, edition=edition_at(program, key)) is None:
        messages.success(
            request,
            _("The pause is over: applications are received as the dates say. Owners of drafts receive a letter."),
        )
    return redirect("officer:intake", program, key)
