"""Every letter the demonstration has "sent", so that somebody trying it can follow the links in them."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.mail import queries as mail
from guichet.web.access import page

LOOKED_THROUGH = 200  # letters searched for an address


@page(who="public")
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters, with their text; outside demonstration mode there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    address = request.GET.get("to", "").strip().lower()
    if address:
        found = [one for one in mail.all_letters(size=LOOKED_THROUGH).letters if one.recipient_email == address]
        older = ""
    else:
        shown = mail.all_letters(after=request.GET.get("after", ""), size=20)
        found, older = shown.letters, shown.next and f"?{urlencode({'after': shown.next})}"
    return render(request, "public/demo_letters.html", {"letters": found, "address": address, "older": older})
