"""Who may open a page, declared as data on the view.

Everything is closed by ``LoginRequiredMiddleware``; ``@page(who="public")`` opens. The declaration is the coarse
check only: what one may do to an object, in its state, is decided by the rooms' own ``access`` shelves.
tests/house/test_access_matrix.py walks every URL and compares.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guichet.organizations import queries as organizations
from guichet.web.held import hand_back

View = Callable[..., HttpResponseBase]
Check = Callable[[HttpRequest], HttpResponseBase | None]


def _anybody(request: HttpRequest) -> HttpResponseBase | None:
    return None


def _member(request: HttpRequest) -> HttpResponseBase | None:
    """Sets ``request.organization`` and ``request.membership``; without any, My profile is where one begins.

    What somebody typed before they were removed from the organization is shown back to them.
    """
    found = organizations.current_membership(request.user)  # type: ignore[arg-type]
    if found is None and request.method == "POST":
        return hand_back(request, status=403)
    if found is None:
        messages.info(request, _("Begin with My profile: it tells the program who your organization is."))
        return redirect("applicant:profile")
    request.organization, request.membership = found.organization, found  # type: ignore[attr-defined]
    return None


def _signatory(request: HttpRequest) -> HttpResponseBase | None:
    answer = _member(request)
    if answer is None and request.membership.role != "signatory":  # type: ignore[attr-defined]
        raise PermissionDenied("not_signatory")
    return answer


def _staff(role: str) -> Check:
    """Staff of that role; other staff are told so, everybody else finds nothing there."""

    def check(request: HttpRequest) -> HttpResponseBase | None:
        if not request.user.staff_role:  # type: ignore[union-attr]
            raise Http404
        if request.user.staff_role != role:  # type: ignore[union-attr]
            raise PermissionDenied(f"not_{role}")
        return None

    return check


CHECKS: dict[str, Check] = {
    "public": _anybody,
    "person": _anybody,
    "member": _member,
    "signatory": _signatory,
    "officer": _staff("officer"),
    "administrator": _staff("administrator"),
}


def page(*, who: str, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare a view: who may open it, and by which methods (HEAD goes with GET).

    Strangers to the officers' pages get 404; a member without the right gets 403 with an explanation.
    An unknown ``who`` raises KeyError when the module is read.
    """
    check = CHECKS[who]
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return check(request) or view(request, *args, **kwargs)

        guarded.access = who  # type: ignore[attr-defined]
        guarded.methods = allowed  # type: ignore[attr-defined]
        return login_not_required(guarded) if who == "public" else guarded

    return decorate
