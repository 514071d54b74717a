"""The daily seals, published: whoever keeps one makes sure that nobody, we included, changes the record unseen."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guichet.audit import sealing
from guichet.web.access import page

SHOWN = 60
IN_A_FILE = 1000
_HIGHEST = 2**63 - 1


@page(who="public")
def seals(request: HttpRequest) -> HttpResponse:
    """The newest seals, with what they hold; older ones by key."""
    found = sealing.seals(before=_before(request), limit=SHOWN + 1)
    shown = found[:SHOWN]
    context = {
        "title": _("The daily seals"),
        "seals": shown,
        "older": f"?before={shown[-1].serial}" if len(found) > SHOWN else "",
        "newer": request.path if "before" in request.GET else "",
    }
    return render(request, "public/seals.html", context)


@page(who="public")
def as_json(request: HttpRequest) -> JsonResponse:
    """The same for programs: each seal as its digest was taken over it, with the digest beside it."""
    found = sealing.seals(before=_before(request), limit=IN_A_FILE)
    return JsonResponse({"seals": [{"seal": sealing.document(one), "digest": one.digest} for one in found]})


def _before(request: HttpRequest) -> int | None:
    """The serial in the address; anything that is none counts as the newest."""
    typed = request.GET.get("before", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 20 else 0
    return number if 0 < number <= _HIGHEST else None
