"""Who may do what with a program on offer."""

from guichet.accounts import permissions
from guichet.accounts.models import User


def can_manage_intakes(user: User) -> bool:
    """See what was decided about intakes, extend them, pause and resume: officers."""
    return user.is_active and permissions.has(user.staff_role, permissions.MANAGE_INTAKES)
