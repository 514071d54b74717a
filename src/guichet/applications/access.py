"""Who may do what on an application, in its state. Strangers are told nothing: pages answer 404.

Each question costs one statement (the membership).
"""

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.applications.models import Application
from guichet.organizations.models import Organization
from guichet.organizations.queries import membership


def _may(user: User, organization: Organization, permission: str) -> bool:
    found = membership(user, organization)
    return found is not None and permissions.has(found.role, permission)


def can_start(user: User, organization: Organization) -> bool:
    """Begin an application: editors and signatories of the organization."""
    return _may(user, organization, permissions.EDIT_APPLICATION)


def can_read(user: User, application: Application) -> bool:
    """Members of the organization; officers, once it is submitted: a draft is the applicant's own."""
    if not application.is_draft and permissions.has(user.staff_role, permissions.READ_ANY_APPLICATION):
        return True
    return _may(user, application.organization, permissions.READ_APPLICATION)


def can_edit(user: User, application: Application) -> bool:
    """Editors and signatories, while it is a draft."""
    return application.is_draft and _may(user, application.organization, permissions.EDIT_APPLICATION)


def can_submit(user: User, application: Application) -> bool:
    """Whoever holds signing authority for the organization, while it is a draft."""
    return application.is_draft and _may(user, application.organization, permissions.SUBMIT_APPLICATION)
