"""People join an organization by invitation, change roles and leave."""

import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.accounts.queries import user_by_email
from guichet.kernel.clock import now
from guichet.kernel.states import IllegalMove, StaleMove, move
from guichet.organizations import access, letters, queries
from guichet.organizations.actions.events import record
from guichet.organizations.errors import (
    ActsForAnother,
    AlreadyMember,
    EmailUnreadable,
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationUnknown,
    MembershipEnded,
    PrimaryContactStays,
    RoleUnknown,
    TooManyInvitations,
)
from guichet.organizations.models import Invitation, Membership, Organization, Role
from guichet.organizations.states import INVITATION_MOVES, InvitationState

INVITATION_LASTS = timedelta(days=14)
# Whoever registers may invite, and the letter goes to any address: not a means of writing to the whole world.
INVITATIONS_A_DAY = 30


@transaction.atomic
def invite(*, actor: User, organization: Organization, email: str, role: str, language: str) -> Invitation:
    """Invite a person by letter, which works once and for 14 days; an older open one to the address is replaced.

    The letter is in the person's own language when they have an account, else in ``language``.
    Raises PermissionDenied, EmailUnreadable, RoleUnknown, AlreadyMember, TooManyInvitations.
    """
    if not access.can_manage_members(actor, organization):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    email, role = _address(email), _role(role)
    person = user_by_email(email)
    if person is not None and queries.membership(person, organization) is not None:
        raise AlreadyMember(field="email", name=person.name)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    at = now()
    if queries.invited_since(organization, at - timedelta(days=1)) >= INVITATIONS_A_DAY:
        raise TooManyInvitations(limit=INVITATIONS_A_DAY)
    Invitation.objects.filter(organization=organization, email=email, state=InvitationState.OPEN).update(
        state=InvitationState.REVOKED
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        role=role,
        token_digest=queries.token_digest(token),
        invited_at=at,
        invited_by=actor,
        expires_at=at + INVITATION_LASTS,
    )
    record(actor, "invitation_sent", organization, invitation=invitation.public_id, role=role)
    letters.invitation(
        invitation=invitation, token=token, person=person, language=person.language if person else language
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: User, invitation: Invitation) -> None:
    """Withdraw an open invitation. Raises PermissionDenied, InvitationUnknown (answered meanwhile)."""
    if not access.can_manage_members(actor, invitation.organization):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    _answer(invitation, "revoke")
    record(actor, "invitation_revoked", invitation.organization, invitation=invitation.public_id)


@transaction.atomic
def accept_invitation(*, actor: User, token: str) -> Membership:
    """Join the organization that invited.

    1. The invitation is open, in time, and was sent to the actor's address.
    2. The actor acts for no other organization; one of their own that was never sent is left behind.
    3. Make the membership; record the event; tell the person who invited.

    Raises InvitationUnknown, InvitationExpired, InvitationForSomebodyElse, AlreadyMember, ActsForAnother.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    invitation = _acceptable(actor, token)
    at = now()
    _answer(invitation, "accept", accepted_at=at, accepted_by=actor)
    _leave_own_draft(actor, invitation.organization)
    member = Membership.objects.create(organization=invitation.organization, user=actor, role=invitation.role, since=at)
    record(actor, "member_joined", invitation.organization, member=actor.public_id, role=invitation.role)
    letters.invitation_accepted(invitation=invitation, member=member)
    return member


@transaction.atomic
def change_role(*, actor: User, member: Membership, role: str) -> Membership:
    """Give a member another role, and tell them.

    Raises PermissionDenied, RoleUnknown, PrimaryContactStays, MembershipEnded.
    """
    if not access.can_manage_members(actor, member.organization):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    role = _role(role)
    current = _current(member)
    if current.role == role:
        return current
    if current.is_primary:
        raise PrimaryContactStays(name=current.user.name)
    before, current.role = current.role, role
    current.save(update_fields=["role"])
    person = current.user.public_id
    record(actor, "member_role_changed", current.organization, member=person, before=before, after=role)
    letters.role_changed(member=current)
    return current


@transaction.atomic
def remove_member(*, actor: User, member: Membership) -> None:
    """End a membership, one's own included. It holds from the next request on.

    Raises PermissionDenied, PrimaryContactStays, MembershipEnded.
    """
    if not access.can_end(actor, member):
        raise PermissionDenied(permissions.MANAGE_MEMBERS)
    current = _current(member)
    if current.is_primary:
        raise PrimaryContactStays(name=current.user.name)
    current.until = now()
    current.save(update_fields=["until"])
    record(actor, "member_left", current.organization, member=current.user.public_id, role=current.role)
    letters.membership_ended(member=current)


def _address(typed: str) -> str:
    email = typed.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise EmailUnreadable(field="email") from error
    return email


def _role(role: str) -> str:
    if role not in Role.values:
        raise RoleUnknown(field="role")
    return role


def _acceptable(actor: User, token: str) -> Invitation:
    invitation = queries.invitation_by_token(token)
    if invitation is None or invitation.state != InvitationState.OPEN:
        raise InvitationUnknown
    if not invitation.is_open(now()):
        raise InvitationExpired(name=invitation.invited_by.name)
    if invitation.email != actor.email:
        raise InvitationForSomebodyElse
    return invitation


def _leave_own_draft(actor: User, joining: Organization) -> None:
    """Free the actor to join: an organization they founded alone and never sent has no one else in it.

    It happens to whoever starts *My profile*, learns that the business number has an account, and is then invited.
    """
    current = Membership.objects.filter(user=actor, until=None).first()
    if current is None:
        return
    if current.organization_id == joining.pk:
        raise AlreadyMember(name=actor.name)
    # Locked, then read: sent in this very moment, it has a business number, and must not be left without anybody.
    organization = Organization.objects.select_for_update(no_key=True).get(pk=current.organization_id)
    if organization.business_number is not None or len(queries.members(organization)) > 1:
        raise ActsForAnother(organization=organization.legal_name)
    current.until = now()
    current.save(update_fields=["until"])
    record(actor, "member_left", organization, member=actor.public_id, role=current.role)


def _answer(invitation: Invitation, verb: str, **fields: Any) -> None:
    """Move an open invitation. Raises InvitationUnknown when somebody was first."""
    try:
        move(
            Invitation.objects.filter(pk=invitation.pk),
            state_now=invitation.state,
            verb=verb,
            moves=INVITATION_MOVES,
            **fields,
        )
    except (IllegalMove, StaleMove) as error:
        raise InvitationUnknown from error


def _current(member: Membership) -> Membership:
    """The membership as it is now, locked. Raises MembershipEnded."""
    found = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("user", "organization")
    current = found.filter(pk=member.pk, until=None).first()
    if current is None:
        raise MembershipEnded
    return current
