"""Contacts and roles: who acts for the organization, inviting, giving a role, taking it away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.accounts import permissions
from guichet.kernel.errors import Refusal
from guichet.organizations import access, actions, queries
from guichet.organizations.actions.members import INVITATION_LASTS
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.applicant.editions import help_links
from guichet.web.applicant.forms import InvitationForm, RoleForm
from guichet.web.applicant.summary import of_forms, put
from guichet.web.requests import MemberRequest
from guichet.web.sentences import sentence


def _contacts(request: MemberRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    organization = request.organization
    context = {
        "title": _("Contacts and roles"),
        "organization": organization,
        "members": queries.members(organization),
        "invitations": queries.open_invitations(organization),
        "manages": access.can_manage_members(request.user, organization),
        "signatories": [person.name for person in queries.signatories(organization)],
        "form": form,
        "days": INVITATION_LASTS.days,
        "help_links": help_links("roles", request.LANGUAGE_CODE),
        "error_summary": of_forms(form),
    }
    return render(request, "applicant/contacts.html", context, status=status)


@page(who="member", methods=("GET", "POST"))
def contacts(request: MemberRequest) -> HttpResponse:
    """The people of the organization; a post invites one more."""
    if request.method != "POST":
        return _contacts(request, InvitationForm(initial={"language": request.LANGUAGE_CODE}))
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            actions.invite(actor=request.user, organization=request.organization, **form.cleaned_data)
        except Refusal as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect("applicant:contacts")
    return _contacts(request, form, status=422)


def _member(request: MemberRequest, public_id: str):
    found = queries.member(request.organization, public_id)
    if found is None:
        raise Http404
    return found


@page(who="member", methods=("GET", "POST"))
def role(request: MemberRequest, public_id: str) -> HttpResponse:
    """Give a member another role."""
    member = _member(request, public_id)
    if not access.can_manage_members(request.user, request.organization):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    form = RoleForm(request.POST or None, initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        refusal = refusal_of(actions.change_role, actor=request.user, member=member, role=form.cleaned_data["role"])
        if refusal is None:
            messages.success(request, _("The role of %(name)s was changed.") % {"name": member.user.name})
            return redirect("applicant:contacts")
        put(form, refusal)
    title = _("Change a role: %(name)s") % {"name": member.user.name or member.user.email}
    context = {"title": title, "member": member, "form": form, "error_summary": of_forms(form)}
    return render(request, "applicant/contact_role.html", context, status=422 if form.errors else 200)


@page(who="member", methods=("GET", "POST"))
def remove(request: MemberRequest, public_id: str) -> HttpResponse:
    """Ask once, then end a membership; members may end their own."""
    member = _member(request, public_id)
    if not access.can_end(request.user, member):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    refusal = None
    if request.method == "POST":
        refusal = refusal_of(actions.remove_member, actor=request.user, member=member)
        if refusal is None:
            messages.success(request, _("%(name)s no longer acts for the organization.") % {"name": member.user.name})
            return redirect("applicant:home" if member.user_id == request.user.pk else "applicant:contacts")
    title = _("Remove %(name)s?") % {"name": member.user.name or member.user.email}
    context = {"title": title, "member": member, "error_summary": of_forms(refusal=refusal)}
    return render(request, "applicant/contact_remove.html", context, status=422 if refusal else 200)


@page(who="member", methods=("POST",))
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Withdraw an invitation that nobody has answered."""
    invitation = queries.invitation(request.organization, public_id)
    if invitation is None:
        raise Http404
    refusal = refusal_of(actions.revoke_invitation, actor=request.user, invitation=invitation)
    if refusal:
        messages.warning(request, sentence(refusal))
    else:
        messages.success(request, _("The invitation was withdrawn."))
    return redirect("applicant:contacts")
