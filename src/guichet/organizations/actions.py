"""What happens in an organization: it is founded, its profiles are filled in and sent, people join and leave."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guichet.accounts.models import User
from guichet.organizations.models import Invitation, Membership, Organization, Profile
from guichet.programs.queries import PublishedEdition

if TYPE_CHECKING:
    from guichet.answers.actions import Change, Saved


def found_organization(*, actor: User) -> Organization:
    """The organization the actor acts for; a new one, of which they are primary signatory, when there is none."""
    raise NotImplementedError


def save_profile(
    *,
    actor: User,
    organization: Organization,
    edition: PublishedEdition,
    changes: Sequence["Change"],
    request_key: str = "",
) -> "Saved":
    """Keep answers of *My profile*, even incomplete or invalid ones. Raises PermissionDenied."""
    raise NotImplementedError


def update_profile(*, actor: User, organization: Organization, edition: PublishedEdition) -> Profile:
    """Send *My profile*: complete, valid, its business number free. Called by ``eligibility.actions.submit_profile``.

    Raises PermissionDenied, ProfileIncomplete, BusinessNumberTaken.
    """
    raise NotImplementedError


def save_account_profile(
    *,
    actor: User,
    organization: Organization,
    edition: PublishedEdition,
    changes: Sequence["Change"],
    request_key: str = "",
) -> "Saved":
    """Keep answers of the account profile. Raises PermissionDenied (not a member), NotSignatory."""
    raise NotImplementedError


def transmit_account_profile(
    *, actor: User, organization: Organization, edition: PublishedEdition
) -> Profile:
    """Transmit the account profile. Raises PermissionDenied (not a member), NotSignatory, ProfileIncomplete."""
    raise NotImplementedError


def invite(*, actor: User, organization: Organization, email: str, role: str, language: str) -> Invitation:
    """Invite a person by letter (in ``language``, unless they have an account); an older open one is replaced.

    Raises PermissionDenied, EmailUnreadable, RoleUnknown, AlreadyMember.
    """
    raise NotImplementedError


def revoke_invitation(*, actor: User, invitation: Invitation) -> None:
    """Withdraw an open invitation. Raises PermissionDenied, InvitationUnknown (answered meanwhile)."""
    raise NotImplementedError


def accept_invitation(*, actor: User, token: str) -> Membership:
    """Join the organization that invited.

    Raises InvitationUnknown, InvitationExpired, InvitationForSomebodyElse, AlreadyMember, ActsForAnother.
    """
    raise NotImplementedError


def change_role(*, actor: User, member: Membership, role: str) -> Membership:
    """Give a member another role. Raises PermissionDenied, RoleUnknown, PrimaryContactStays, MembershipEnded."""
    raise NotImplementedError


def remove_member(*, actor: User, member: Membership) -> None:
    """End a membership, or leave. Raises PermissionDenied, PrimaryContactStays, MembershipEnded."""
    raise NotImplementedError
