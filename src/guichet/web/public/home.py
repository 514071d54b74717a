"""The first page: what is open now, and the two ways in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.web.access import page
from guichet.web.public.figures import figures_of
from guichet.web.receptions import Told, told


@dataclass(frozen=True)
class Offer:
    """A program on the first page, with when it receives applications, in words."""

    edition: PublishedEdition
    told: Told


def offer_of(edition: PublishedEdition) -> Offer:
    """The program with the window that is open, or the next one, or the last."""
    return Offer(edition, told(programs.reception(edition, clock.now()), edition.definition))


@page(who="public")
def home(request: HttpRequest) -> HttpResponse:
    """Programs with their dates; the figures of the first of them (the portal's two ways in)."""
    offers = [offer_of(edition) for edition in programs.programs()]
    figures = figures_of(offers[0].edition.definition) if offers else []
    return render(request, "public/home.html", {"offers": offers, "figures": figures})
