"""Accepting an invitation to act for an organization."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.kernel import clock
from guichet.organizations import actions, queries
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.applicant.summary import of_refusal
from guichet.web.requests import PersonRequest


@page(who="person", methods=("GET", "POST"))
def accept(request: PersonRequest, token: str) -> HttpResponse:
    """Who invites, in which role; a post joins. Whoever is not signed in signs in or registers first."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Http404
    refusal = None
    if request.method == "POST":
        refusal = refusal_of(actions.accept_invitation, actor=request.user, token=token)
        if refusal is None:
            messages.success(request, _("You now act for: %(name)s") % {"name": invitation.organization})
            return redirect("applicant:home")
    context = {
        "title": _("Invitation"),
        "invitation": invitation,
        "open": invitation.is_open(clock.now()),
        "error_summary": of_refusal(refusal) if refusal else [],
    }
    return render(request, "applicant/invitation.html", context, status=409 if refusal else 200)
