"""Pages that are words only: technical help, supported browsers, accessibility, privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.web.access import page


@page(who="public")
def support(request: HttpRequest) -> HttpResponse:
    """Where to write when the portal does not work."""
    return render(request, "public/support.html")


@page(who="public")
def browsers(request: HttpRequest) -> HttpResponse:
    """The browsers that the portal is tested with."""
    return render(request, "public/browsers.html")


@page(who="public")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Accessible Canada Regulations)."""
    return render(request, "public/accessibility.html")


@page(who="public")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, and for how long."""
    return render(request, "public/privacy.html")
