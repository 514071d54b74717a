"""Where an application takes documents in that are sent in pieces (``organizations.actions.sending`` does the rest)."""

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.answers.models import Sheet
from guichet.applications import access, conditions, queries
from guichet.applications.actions import locked_for
from guichet.applications.models import Application
from guichet.applications.states import State
from guichet.organizations.actions.sending import Desk
from guichet.organizations.attachments import uploads_for
from guichet.questions.definitions import Form


def desk(actor: User, public_id: str) -> Desk:
    """Of the application of that id. Its lock raises Application.DoesNotExist (strangers too), PermissionDenied,
    AlreadySubmitted, DraftDeleted."""

    def ask() -> None:
        found = queries.application(public_id)
        if found is None or not access.rights(actor, found).read:
            raise Application.DoesNotExist
        conditions.require_editor(actor, found.organization)

    def lock() -> tuple[Sheet, Form]:
        application = locked_for(actor, public_id)
        conditions.require_draft(application)
        return application.sheet, queries.edition_of(application).definition.application

    drafts = Application.objects.filter(
        public_id=public_id,
        state=State.DRAFT,
        organization__memberships__user=actor.pk,
        organization__memberships__until=None,
        organization__memberships__role__in=permissions.roles_with(permissions.EDIT_APPLICATION),
    )
    return Desk(actor, uploads_for(drafts, actor), ask, lock)
