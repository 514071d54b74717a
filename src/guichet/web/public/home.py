"""The first page: what is open now, and the two ways in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs.definitions import Intake
from guichet.programs.queries import PublishedEdition
from guichet.web.access import page
from guichet.web.public.figures import figures_of


@dataclass(frozen=True)
class Offer:
    """A program on the first page. ``intake`` is the window that is open, or the next one, or None."""

    edition: PublishedEdition
    intake: Intake | None
    is_open: bool


def offer_of(edition: PublishedEdition) -> Offer:
    """The program with the window to show: the open one, else the next to open."""
    now = clock.now()
    current = programs.open_intake(edition, now)
    if current is not None:
        return Offer(edition, current, True)
    coming = [intake for intake in edition.definition.intakes if intake.opens and intake.opens > now]
    return Offer(edition, min(coming, key=lambda intake: intake.opens or now, default=None), False)


@page(who="public")
def home(request: HttpRequest) -> HttpResponse:
    """Programs with their dates; the figures of the first of them (the portal's two ways in)."""
    offers = [offer_of(edition) for edition in programs.programs()]
    figures = figures_of(offers[0].edition.definition) if offers else []
    return render(request, "public/home.html", {"offers": offers, "figures": figures})
