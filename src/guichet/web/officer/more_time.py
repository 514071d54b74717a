"""More time for one organization, after an intake has closed for everybody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.applications import access, intakes, more_time
from guichet.kernel import clock
from guichet.organizations import queries as organizations
from guichet.programs import queries as programs
from guichet.web.access import page
from guichet.web.officer.moments import MoreTimeForm
from guichet.web.officer.opened import edition_at
from guichet.web.receptions import moment, told
from guichet.web.requests import PersonRequest


def _organization(request: PersonRequest, public_id: str) -> Any:
    """The organization; an officer does not give their own more time. Raises Http404, PermissionDenied."""
    found = organizations.organization(public_id)
    if found is None:
        raise Http404
    if not access.can_give_more_time(request.user, found):
        raise PermissionDenied
    return found


@page(who="officer")
def choose(request: PersonRequest, public_id: str) -> HttpResponse:
    """For which edition? And what the organization was given before."""
    found = _organization(request, public_id)
    editions, at = programs.editions(), clock.now()
    titles = {edition.id: edition.definition for edition in editions}
    context = {
        "title": _("More time: %(name)s") % {"name": found.legal_name},
        "organization": found,
        "lines": [
            {"edition": each, "told": told(intakes.reception(found, each, at), each.definition)} for each in editions
        ],
        "given": [
            {
                "given": each,
                "edition": titles[each.edition_id],
                "until": moment(each.until, titles[each.edition_id].program.zone),
            }
            for each in intakes.extensions_of(found)
        ],
    }
    return render(request, "officer/more_time_choose.html", context)


@page(who="officer", methods=("GET", "POST"))
def give(request: PersonRequest, public_id: str, program: str, key: str) -> HttpResponse:
    """The moment until which the organization may begin and submit, and the reason."""
    found = _organization(request, public_id)
    edition = edition_at(program, key)
    form = MoreTimeForm(request.POST or None, zone=edition.definition.program.zone)
    if form.done(more_time.give_more_time, actor=request.user, organization=found, edition=edition):
        messages.success(
            request, _("The organization has more time, and sees it at once; its contacts receive a letter.")
        )
        return redirect("officer:more_time", public_id)
    language = request.LANGUAGE_CODE
    names = {"name": found.legal_name, "edition": edition.definition.title.in_(language)}
    context = {
        "title": _("More time for %(name)s: %(edition)s") % names,
        "organization": found,
        "edition": edition,
        "told": told(intakes.reception(found, edition, clock.now()), edition.definition),
    }
    return form.drawn(request, "officer/more_time.html", context)
