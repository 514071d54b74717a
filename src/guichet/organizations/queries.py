"""What is to be known about organizations, their people and their profiles. Reading only, always ordered."""

from dataclasses import dataclass
from typing import Any

from guichet.accounts.models import User
from guichet.organizations.models import Invitation, Membership, Organization, Profile


@dataclass(frozen=True)
class Change:
    """An answer that differs from what was last sent; ``None`` where there is none on that side."""

    path: str
    before: Any
    after: Any


def organization_of(user: User) -> Organization | None:
    """The organization the person acts for now."""
    raise NotImplementedError


def organization(public_id: str) -> Organization | None:
    """The organization with that public id."""
    raise NotImplementedError


def membership(user: User, organization: Organization) -> Membership | None:
    """The person's current membership of the organization; None for strangers, former members and inactive users."""
    raise NotImplementedError


def members(organization: Organization) -> list[Membership]:
    """Current members with their ``user``, the primary contact first. One statement."""
    raise NotImplementedError


def member(organization: Organization, public_id: str) -> Membership | None:
    """The current membership with that public id, of this organization only."""
    raise NotImplementedError


def primary_contact(organization: Organization) -> User | None:
    """The person who answers for the organization: its primary legal signatory."""
    raise NotImplementedError


def signatories(organization: Organization) -> list[User]:
    """Everybody who may sign for the organization, the primary one first."""
    raise NotImplementedError


def open_invitations(organization: Organization) -> list[Invitation]:
    """Invitations nobody has answered yet, expired ones included (``is_open`` tells), newest first."""
    raise NotImplementedError


def invitation(organization: Organization, public_id: str) -> Invitation | None:
    """The open invitation with that public id, of this organization only."""
    raise NotImplementedError


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation whose letter carried this token, with its ``organization``, in whatever state."""
    raise NotImplementedError


def profile(organization: Organization, program_key: str, kind: str) -> Profile | None:
    """The profile (kind ``profile`` or ``account_profile``); None until it is first saved."""
    raise NotImplementedError


def changes_since_last(profile: Profile) -> list[Change]:
    """What differs between the answers now and those last sent, in the order of the form; empty if never sent."""
    raise NotImplementedError
