"""What is to be known about organizations, their people and their profiles. Reading only, always ordered."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from guichet.accounts.models import User
from guichet.answers.queries import values
from guichet.files import queries as files
from guichet.files.models import StoredFile
from guichet.kernel.canonical import plain
from guichet.kernel.rows import only
from guichet.kernel.searching import Folded, folded
from guichet.organizations.attachments import holder
from guichet.organizations.models import Invitation, Membership, Organization, Profile, Role
from guichet.organizations.states import InvitationState
from guichet.programs.definitions import FormName
from guichet.programs.queries import PublishedEdition, current_edition
from guichet.questions import engine
from guichet.questions.context import Context


@dataclass(frozen=True)
class Change:
    """An answer that differs from what was last sent; ``None`` where there is none on that side."""

    path: str
    before: Any
    after: Any


def organization_of(user: User | AnonymousUser) -> Organization | None:
    """The organization the person acts for now; nobody in particular acts for none."""
    if not user.is_authenticated:
        return None
    found = Membership.objects.filter(user=user.pk, until=None).select_related("organization").first()
    return found.organization if found else None


def organization(public_id: str) -> Organization | None:
    """The organization with that public id."""
    return Organization.objects.filter(public_id=public_id).first()


def find(*, number: str = "", name: str = "", limit: int = 25) -> list[Organization]:
    """Organizations with that business number (nine digits), or with ``name`` in one of their names, by name.

    Accents and letter case do not matter. One statement; reads every organization: an index comes with the volume.
    """
    if number:
        return list(Organization.objects.filter(business_number=number)[:limit])
    wanted = folded(str(plain(name)))
    if not wanted:
        return []
    fields = ("legal_name", "operating_name")
    names = Organization.objects.annotate(**{f"{field}_folded": Folded(field) for field in fields})
    match = Q(legal_name_folded__contains=wanted) | Q(operating_name_folded__contains=wanted)
    return list(names.filter(match)[:limit])


def membership(user: User, organization: Organization) -> Membership | None:
    """The person's current membership of the organization; None for strangers, former members, closed accounts."""
    if not user.is_authenticated or not user.is_active:
        return None
    return only(Membership.objects.filter(user=user, organization=organization, until=None))


def current_membership(user: User) -> Membership | None:
    """The person's current membership, with its organization: they act for one at a time. None for closed accounts."""
    if not user.is_authenticated or not user.is_active:
        return None
    return only(Membership.objects.filter(user=user, until=None).select_related("organization"))


def members(organization: Organization) -> list[Membership]:
    """Current members with their ``user``, the primary contact first. One statement."""
    return list(Membership.objects.filter(organization=organization, until=None).select_related("user", "organization"))


def member(organization: Organization, public_id: str) -> Membership | None:
    """The current membership with that public id, of this organization only."""
    return (
        Membership.objects.filter(organization=organization, public_id=public_id, until=None)
        .select_related("user", "organization")
        .first()
    )


def primary_contact(organization: Organization) -> User | None:
    """The person who answers for the organization: its primary legal signatory."""
    found = (
        Membership.objects.filter(organization=organization, is_primary=True, until=None).select_related("user").first()
    )
    return found.user if found else None


def signatories(organization: Organization) -> list[User]:
    """Everybody who may sign for the organization, the primary one first."""
    found = Membership.objects.filter(organization=organization, role=Role.SIGNATORY, until=None)
    return [membership.user for membership in found.select_related("user")]


def open_invitations(organization: Organization) -> list[Invitation]:
    """Invitations nobody has answered yet, expired ones included (``is_open`` tells), newest first."""
    found = Invitation.objects.filter(organization=organization, state=InvitationState.OPEN)
    return list(found.select_related("invited_by"))


def invited_since(organization: Organization, moment: datetime) -> int:
    """How many invitations the organization has sent since that moment, whatever became of them."""
    return Invitation.objects.filter(organization=organization, invited_at__gt=moment).count()


def invitation(organization: Organization, public_id: str) -> Invitation | None:
    """The open invitation with that public id, of this organization only."""
    found = Invitation.objects.filter(organization=organization, public_id=public_id, state=InvitationState.OPEN)
    return found.select_related("organization").first()


def token_digest(token: str) -> str:
    """What is kept of an invitation's token: enough to recognize it, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation whose letter carried this token, with its ``organization``, in whatever state."""
    found = Invitation.objects.filter(token_digest=token_digest(token))
    return found.select_related("organization", "invited_by").first()


def profile(organization: Organization, program_key: str, kind: str) -> Profile | None:
    """The profile (kind ``profile`` or ``account_profile``) with its ``sheet``; None until it is first saved."""
    found = Profile.objects.filter(organization=organization, program_key=program_key, kind=kind)
    return found.select_related("sheet", "updated_by").first()


def profile_document(organization: Organization, public_id: str) -> StoredFile | None:
    """A document that was attached to one of the organization's profiles, whatever became of the answer; or None."""
    sheets = [one.sheet for one in Profile.objects.filter(organization=organization).select_related("sheet")]
    found = files.file(public_id)
    return found if found and found.holder in map(holder, sheets) else None


def profile_context(organization: Organization, edition: PublishedEdition, kind: str) -> Context:
    """The answers of a profile as they are now, as the form engine reads them; empty when there is none yet.

    The account profile's rules may look at *My profile* (``{profile: path}``), as it is now.
    """
    found = profile(organization, edition.program_key, kind)
    about = None
    if kind == Profile.Kind.ACCOUNT_PROFILE:
        about = profile_context(organization, edition, Profile.Kind.PROFILE)
    name: FormName = "profile" if kind == Profile.Kind.PROFILE else "account_profile"
    return edition.definition.context(name, values(found.sheet) if found else {}, profile=about)


def changes_since_last(profile: Profile) -> list[Change]:
    """What differs between the answers now and those last sent, in the order of the form; empty if never sent."""
    if profile.snapshot is None:
        return []
    edition = current_edition(profile.program_key)
    context = profile_context(profile.organization, edition, profile.kind)
    return _differences(profile.snapshot, engine.snapshot(context))


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    paths = [*after, *(path for path in before if path not in after)]
    return [Change(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)]
