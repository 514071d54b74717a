"""Messages: a copy of every letter that the portal sent to the person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guichet.mail import queries
from guichet.web.access import page
from guichet.web.requests import PersonRequest


@page(who="person")
def messages(request: PersonRequest) -> HttpResponse:
    """The letters, newest first."""
    after = request.GET.get("after", "")[:40]
    found = queries.letters_for(request.user, after=after)
    context = {
        "title": _("Messages"),
        "letters": found.letters,
        "older": f"?after={found.next}" if found.next else "",
        "newer": request.path if after else "",
    }
    return render(request, "applicant/messages.html", context)


@page(who="person")
def message(request: PersonRequest, public_id: str) -> HttpResponse:
    """One letter, in the language in which it was written."""
    letter = queries.letter_for(request.user, public_id)
    if letter is None:
        raise Http404
    return render(request, "applicant/message.html", {"title": letter.subject, "letter": letter})
