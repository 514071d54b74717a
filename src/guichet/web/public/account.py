"""What the sign-in library expects to find and the portal does not have as a page of its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guichet.web.access import page


@page(who="person", methods=("GET", "POST"))
def email(request: HttpRequest) -> HttpResponse:
    """The library's flows end here where nothing else is said: the person's own first page."""
    return redirect(settings.LOGIN_REDIRECT_URL)
