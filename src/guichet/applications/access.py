"""Who may do what on an application, in its state. Strangers are told nothing: pages answer 404.

Each question costs one statement (the membership); ``rights`` answers all of them with one, or with none where the
page knows the membership already.
"""

from dataclasses import dataclass

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.applications.models import Application
from guichet.applications.states import State
from guichet.organizations.models import Membership, Organization
from guichet.organizations.queries import membership


@dataclass(frozen=True)
class Rights:
    """What one person may do on one application as it stands.

    A draft is changed and submitted, and then only read. Who may change a draft may delete it, and recover it: for some
    days nothing is lost, and those who sign are told. One that is deleted for good is read by nobody.
    """

    read: bool
    edit: bool
    submit: bool


def rights(user: User, application: Application, member: Membership | None = None) -> Rights:
    """Everything the person may do; ``member`` is their current membership where it is known (of any organization)."""
    if member is None or (member.organization_id, member.user_id) != (application.organization_id, user.pk):
        member = membership(user, application.organization)
    role, draft = (member.role if member else ""), application.is_draft
    as_officer = application.is_submitted and permissions.has(user.staff_role, permissions.READ_ANY_APPLICATION)
    return Rights(
        read=as_officer or (application.state != State.CLOSED and permissions.has(role, permissions.READ_APPLICATION)),
        edit=draft and permissions.has(role, permissions.EDIT_APPLICATION),
        submit=draft and permissions.has(role, permissions.SUBMIT_APPLICATION),
    )


def can_start(user: User, organization: Organization) -> bool:
    """Begin an application: editors and signatories of the organization."""
    found = membership(user, organization)
    return found is not None and permissions.has(found.role, permissions.EDIT_APPLICATION)


def can_read(user: User, application: Application) -> bool:
    """Members of the organization; officers, once it is submitted: a draft is the applicant's own."""
    return rights(user, application).read


def can_edit(user: User, application: Application) -> bool:
    """Editors and signatories, while it is a draft."""
    return rights(user, application).edit


def can_submit(user: User, application: Application) -> bool:
    """Whoever holds signing authority for the organization, while it is a draft."""
    return rights(user, application).submit


def can_give_more_time(user: User, organization: Organization) -> bool:
    """Extend an intake for the organization: officers who do not themselves act for it."""
    manages = user.is_active and permissions.has(user.staff_role, permissions.MANAGE_INTAKES)
    return manages and membership(user, organization) is None
