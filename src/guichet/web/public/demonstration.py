"""Every letter the demonstration has "sent", so that somebody trying it can follow the links in them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.mail import queries as mail
from guichet.web.access import page

SHOWN = 50


@page(who="public")
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters, with their text; outside demonstration mode there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    address = request.GET.get("to", "").strip().lower()
    found = [letter for letter in mail.all_letters()[: SHOWN * 4] if address in ("", letter.recipient_email)][:SHOWN]
    return render(request, "public/demo_letters.html", {"letters": found, "address": address})
