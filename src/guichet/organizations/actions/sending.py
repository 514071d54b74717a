"""Sending a document in pieces to a form of an organization. It is an answer once its last piece is there, not before.

A ``Desk`` is where a form takes documents in: the applications room has one, and so have the profiles (below).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.answers import queries as stored
from guichet.answers.models import Sheet
from guichet.files import uploads
from guichet.files.models import StoredFile, Upload
from guichet.kernel.errors import Refusal
from guichet.organizations import attachments
from guichet.organizations.actions import documents
from guichet.organizations.actions.profiles import require_to_fill_in, to_fill_in
from guichet.organizations.models import Membership, Organization, Profile
from guichet.programs.definitions import FormName
from guichet.programs.queries import PublishedEdition
from guichet.questions.definitions import Form

# Locks the form, asks whether the actor may change it now, and raises what says no.
Lock = Callable[[], tuple[Sheet, Form]]


@dataclass(frozen=True)
class Desk:
    """``mine``: the uploads to this form that are the actor's, as long as they may change it; ``ask`` raises what
    ``lock`` does, and writes and locks nothing."""

    actor: User
    mine: QuerySet[Upload]
    ask: Callable[[], None]
    lock: Lock


def under_way(desk: Desk) -> list[Upload]:
    """What the actor is sending to the form, oldest first. Raises what the desk's ``ask`` raises."""
    desk.ask()
    return uploads.under_way(among=desk.mine)


def standing(desk: Desk, upload_id: str) -> Upload:
    """Where one stands. Raises Upload.DoesNotExist."""
    return desk.mine.get(public_id=upload_id)


@transaction.atomic
def begin(desk: Desk, *, path: str, name: str, size: int, request_key: str) -> Upload:
    """Begin to send a file of ``size`` bytes for the answer at ``path``; begun before with the same key, it is found.

    Raises what the desk's lock raises, NotAFile, TooManyFiles, FileEmpty, FileTooLarge, FileKindRefused,
    TooManyUploads; ``field`` is the path.
    """
    sheet, form = desk.lock()
    question = attachments.question_at(form, path)
    try:
        upload = uploads.begin(
            actor=desk.actor,
            holder=attachments.holder(sheet),
            path=path,
            name=name,
            size=size,
            kinds=question.kinds,
            max_bytes=question.max_bytes,
            request_key=request_key,
        )
    except Refusal as refusal:
        refusal.field = path
        raise
    if upload.file_id is None:
        now = stored.answers(sheet).get(path)
        attachments.require_room(question, path, now.value if now else None)
    return upload


def append(desk: Desk, upload_id: str, *, offset: int, piece: bytes, digest: str = "") -> Upload:
    """One more piece, in two statements. Raises Upload.DoesNotExist (who may not, too), and what ``uploads`` does."""
    return uploads.append(among=desk.mine, public_id=upload_id, offset=offset, piece=piece, digest=digest)


def finish(desk: Desk, upload_id: str) -> StoredFile:
    """Make it the answer's file, once: asked again, at once or later, it is the same file.

    The bytes are read before the form is locked. Raises Upload.DoesNotExist, UploadIncomplete, what the desk's lock
    raises, and what ``documents.attach`` raises.
    """
    ready = uploads.ready(among=desk.mine, public_id=upload_id)
    with transaction.atomic():
        sheet, form = desk.lock()
        return documents.attach_sent(actor=desk.actor, sheet=sheet, form=form, ready=ready)


def cancel(desk: Desk, upload_id: str) -> None:
    """Forget an upload; one that has become a file stays. Raises Upload.DoesNotExist."""
    uploads.cancel(among=desk.mine, public_id=upload_id)


def profile_desk(actor: User, organization: Organization, edition: PublishedEdition, kind: FormName) -> Desk:
    """Where one of the two profiles takes documents in. Its lock raises PermissionDenied, NotSignatory."""

    def lock() -> tuple[Sheet, Form]:
        return to_fill_in(actor, organization, edition, kind).sheet, getattr(edition.definition, kind)

    def ask() -> None:
        require_to_fill_in(actor, organization, kind)

    permission, primary = {
        "profile": (permissions.EDIT_PROFILE, Q()),
        "account_profile": (permissions.TRANSMIT_ACCOUNT_PROFILE, Q(is_primary=True)),
    }[kind]
    may = Membership.objects.filter(
        primary, user=actor.pk, organization=organization.pk, until=None, role__in=permissions.roles_with(permission)
    )
    rows = Profile.objects.filter(
        organization__in=may.values("organization"), program_key=edition.program_key, kind=kind
    )
    return Desk(actor, attachments.uploads_for(rows, actor), ask, lock)
