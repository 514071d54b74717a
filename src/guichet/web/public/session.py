"""Staying signed in, and who is signed in: what the scripts of a page ask the session."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from guichet.accounts import sessions
from guichet.kernel import clock
from guichet.web.access import page


@page(who="person", methods=("POST",))
def stay(request: HttpRequest) -> JsonResponse:
    """The middleware has noted the activity; answers how many seconds the session has left without more of it."""
    return JsonResponse({"ends_in": sessions.seconds_left(request.session, clock.now())})


@page(who="public")
def who(request: HttpRequest) -> JsonResponse:
    """Who is signed in ("" for nobody), and the token that forms of this session need.

    A page asks it whose session ended: its text goes on only for the person who typed it. The token is for our own
    pages alone: no other origin may read this answer.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"person": "", "token": get_token(request), "ends_in": 0})
    return JsonResponse(
        {
            "person": request.user.public_id,
            "token": get_token(request),
            "ends_in": sessions.seconds_left(request.session, clock.now()),
        }
    )
