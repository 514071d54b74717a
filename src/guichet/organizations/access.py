"""Who may do what in an organization. Strangers and former members get False everywhere: pages answer 404."""

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.organizations.models import Membership, Organization
from guichet.organizations.queries import membership


def _may(user: User, organization: Organization, permission: str) -> bool:
    found = membership(user, organization)
    return found is not None and permissions.has(found.role, permission)


def can_read(user: User, organization: Organization) -> bool:
    """Read the profile, the account profile and the members: every member."""
    return _may(user, organization, permissions.READ_ORGANIZATION)


def can_edit_profile(user: User, organization: Organization) -> bool:
    """Fill in *My profile*: editors and signatories."""
    return _may(user, organization, permissions.EDIT_PROFILE)


def can_update_profile(user: User, organization: Organization) -> bool:
    """Press Update, which sends *My profile* for examination: editors and signatories."""
    return _may(user, organization, permissions.UPDATE_PROFILE)


def can_transmit(user: User, organization: Organization) -> bool:
    """Fill in, save and transmit the account profile: only the primary contact, who is the legal signatory."""
    found = membership(user, organization)
    return found is not None and found.is_primary and permissions.has(found.role, permissions.TRANSMIT_ACCOUNT_PROFILE)


def can_manage_members(user: User, organization: Organization) -> bool:
    """Invite, give a role, take it away: signatories."""
    return _may(user, organization, permissions.MANAGE_MEMBERS)


def can_end(user: User, member: Membership) -> bool:
    """End a membership: signatories, and members their own. (The primary contact's is refused by the action.)"""
    return member.user_id == user.pk or can_manage_members(user, member.organization)
