"""Who may do what with an examination. Members read the outcome; officers examine."""

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.eligibility.models import Case
from guichet.organizations.access import can_read as can_read_organization


def _staff(user: User, permission: str) -> bool:
    return user.is_active and permissions.has(user.staff_role, permission)


def can_see_queue(user: User) -> bool:
    """Officers see every examination."""
    return _staff(user, permissions.READ_ANY_CASE)


def can_examine(user: User, case: Case) -> bool:
    """Officers open a case and its answers, in any state."""
    return can_see_queue(user)


def can_conclude(user: User, case: Case) -> bool:
    """Override a finding, conclude: officers who do not themselves act for the organization."""
    return _staff(user, permissions.CONCLUDE_CASE) and not can_read_organization(user, case.organization)


def can_read(user: User, case: Case) -> bool:
    """Read the state, due date and outcome: officers, and members of the organization."""
    return can_examine(user, case) or can_read_organization(user, case.organization)
