"""Attaching documents to a form of an organization: a profile or an application. Who calls holds its lock.

Nothing is deleted: a document that is taken out is no answer any more, and the history of answers keeps that it was.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from guichet.accounts.models import User
from guichet.answers import actions as answers
from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.answers.models import Sheet
from guichet.files import uploads
from guichet.files.actions import store
from guichet.files.models import StoredFile
from guichet.files.uploads import Ready
from guichet.kernel.errors import Refusal
from guichet.organizations import attachments
from guichet.questions.definitions import Form


def attach(*, actor: User, sheet: Sheet, form: Form, path: str, upload: UploadedFile) -> StoredFile:
    """Store an upload and note it in the answer at ``path``: a single attachment is replaced, a list grows.

    Raises NotAFile, TooManyFiles, and the refusals of the files room; ``field`` is the path.
    """
    return _attach(actor, sheet, form, path, partial(store, actor=actor, upload=upload))


def attach_sent(*, actor: User, sheet: Sheet, form: Form, ready: Ready) -> StoredFile:
    """The same for what came in pieces; done before, at this moment or long ago, it is the file that was made then.

    Raises Upload.DoesNotExist when it was cancelled meanwhile, and what ``attach`` raises.
    """
    upload = uploads.locked(ready)
    if upload.file is not None:
        return upload.file
    keep = partial(uploads.keep, upload=upload, sha256=ready.sha256)
    return _attach(actor, sheet, form, upload.path, keep, upload.request_key)


def _attach(
    actor: User, sheet: Sheet, form: Form, path: str, keep: Callable[..., StoredFile], request_key: str = ""
) -> StoredFile:
    question = attachments.question_at(form, path)
    now = stored.answers(sheet).get(path)
    attachments.require_room(question, path, now.value if now else None)
    try:
        file = keep(holder=attachments.holder(sheet), kinds=question.kinds, max_bytes=question.max_bytes)
    except Refusal as refusal:
        refusal.field = path
        raise
    _write(actor, sheet, path, attachments.with_file(question, now.value if now else None, file), now, request_key)
    return file


def detach(*, actor: User, sheet: Sheet, form: Form, path: str, file_id: str) -> None:
    """Take an attachment out of the answer at ``path``. Raises NotAFile (also for a file that is not there)."""
    attachments.question_at(form, path)
    now = stored.answers(sheet).get(path)
    _write(actor, sheet, path, attachments.without_file(path, now.value if now else None, file_id), now)


def _write(actor: User, sheet: Sheet, path: str, value: Any, now: stored.Stored | None, request_key: str = "") -> None:
    """Write one answer under the lock of its form, so that no conflict can arise."""
    change = Change(path=path, value=value, seen=now.version if now else 0)
    answers.save(actor=actor, sheet=sheet, changes=[change], request_key=request_key)
