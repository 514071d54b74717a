"""Deleting a draft, after a page that says what happens; the deleted drafts, and Recover."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.accounts import permissions
from guichet.applications import deletion, queries
from guichet.organizations import queries as organizations
from guichet.programs import queries as programs
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.applicant.application import draft_context
from guichet.web.applicant.files import File, opened
from guichet.web.requests import MemberRequest
from guichet.web.sentences import sentence

PAGE = 20


@page(who="member", methods=("GET", "POST"))
def delete(request: MemberRequest, public_id: str) -> HttpResponse:
    """What deleting means; a post does it."""
    file = opened(request, public_id)
    if not file.application.is_draft:
        return redirect("applicant:file", public_id)
    if not file.editable:
        raise PermissionDenied(permissions.EDIT_APPLICATION)
    if request.method != "POST":
        return render(request, "applicant/delete.html", _before(request, file))
    refusal = refusal_of(deletion.delete, actor=request.user, application=file.application)
    if refusal is not None:
        messages.error(request, sentence(refusal))
        return redirect("applicant:application", public_id)
    messages.success(request, _("The draft is deleted. Until its last day it can be recovered here."))
    return redirect("applicant:deleted")


def _before(request: MemberRequest, file: File) -> dict[str, Any]:
    drafts = file.edition.definition.drafts
    others = [person.name for person in organizations.signatories(request.organization) if person.pk != request.user.pk]
    return {
        **draft_context(file),
        "title": _("Delete this draft"),
        "days": drafts.recover_days,
        "last_day": queries.submission_day(file.edition) + timedelta(days=drafts.recover_days),
        "others": others,
    }


@page(who="member")
def deleted(request: MemberRequest) -> HttpResponse:
    """The drafts that can still be recovered, each with its last day."""
    after = request.GET.get("after", "")[:22]
    found = queries.deleted_of(request.organization, after=after, limit=PAGE)
    editions = {edition_id: programs.edition(edition_id) for edition_id in {file.edition_id for file in found}}
    context = {
        "title": _("Deleted drafts"),
        "files": [{"file": file, "edition": editions[file.edition_id].definition} for file in found],
        "may_recover": permissions.has(request.membership.role, permissions.EDIT_APPLICATION),
        "older": f"?after={found[-1].public_id}" if len(found) == PAGE else "",
        "newer": request.path if after else "",
    }
    return render(request, "applicant/deleted.html", context)


@page(who="member", methods=("POST",))
def recover(request: MemberRequest, public_id: str) -> HttpResponse:
    """A deleted draft is a draft again, or the reason why not."""
    file = opened(request, public_id)
    refusal = refusal_of(deletion.recover, actor=request.user, application=file.application)
    if refusal is not None:
        messages.error(request, sentence(refusal))
        return redirect("applicant:deleted")
    said = _("The draft is recovered, with everything that was in it. Nothing is submitted.")
    messages.success(request, said)
    return redirect("applicant:application", public_id)
