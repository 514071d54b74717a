"""Which answers are attachments, and what their values say. Nothing here writes.

Documents are attached to the forms of an organization: its two profiles and its applications. The value of a single
attachment is ``{"file": public id, "name", "size", "sha256"}``, of several a list of those. Only ``actions.documents``
writes such values: typed into a form they would name somebody else's file.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from guichet.answers.models import Sheet
from guichet.answers.paths import is_path
from guichet.files.models import StoredFile, Upload
from guichet.files.queries import files_of
from guichet.organizations.errors import NotAFile, TooManyFiles
from guichet.questions.definitions import Form
from guichet.questions.question import Question


def holder(sheet: Sheet) -> str:
    """The name under which the files room keeps what is attached to a form."""
    return f"sheet:{sheet.public_id}"


def uploads_for(rows: QuerySet[Any], owner: Any) -> QuerySet[Upload]:
    """What ``owner`` is sending to the sheets of ``rows`` (profiles or applications), for one statement."""
    held = rows.annotate(held=Concat(Value("sheet:"), "sheet__public_id")).values("held")
    return Upload.objects.filter(owner_id=owner.pk, holder__in=held)


def can_be_typed(form: Form, path: str) -> bool:
    """Whether a save may write ``path``: an answer of the form (or a row's position), and no attachment."""
    if not is_path(path):
        return False
    head, *row = path.split(".")
    try:
        question = form.question(head)
        if len(row) == 1:  # the position of a row
            return bool(question.parts())
        if row:
            question = question.part(row[1])
    except KeyError:
        return False
    return question.stored and not question.parts() and not question.uploads


def question_at(form: Form, path: str) -> Any:
    """The attachment question at ``path``, which has ``kinds`` and ``max_bytes``. Raises NotAFile."""
    try:
        question = form.question(path) if is_path(path) else None
    except KeyError:
        question = None
    if question is None or not question.uploads:
        raise NotAFile(field=path)
    return question


def with_file(question: Question, value: Any, file: StoredFile) -> Any:
    """The answer once ``file`` is attached: a single attachment is replaced, several grow by one."""
    added = {"file": file.public_id, "name": file.name, "size": file.size, "sha256": file.sha256}
    return added if _limit(question) is None else [*_entries(value), added]


def require_room(question: Question, path: str, value: Any) -> None:
    """One more attachment fits. Raises TooManyFiles."""
    limit = _limit(question)
    if limit is not None and len(_entries(value)) >= limit:
        raise TooManyFiles(field=path, limit=limit)


def without_file(path: str, value: Any, file_id: str) -> Any:
    """The answer once a file is taken out. Raises NotAFile when it is not there."""
    before = _entries(value)
    kept = [entry for entry in before if entry["file"] != file_id]
    if len(kept) == len(before):
        raise NotAFile(field=path)
    return kept or None


def held(sheet: Sheet, form: Form, answers: Mapping[str, Any]) -> list[tuple[str, StoredFile]]:
    """The attachments that the answers name, by path, as the files room knows them. One statement.

    Raises NotAFile when an answer names one that the form does not hold.
    """
    stored = {file.public_id: file for file in files_of(holder(sheet))}
    found = []
    for path in sorted(path for path, question in form.paths() if question.uploads):
        for entry in _entries(answers.get(path)):
            if entry["file"] not in stored:
                raise NotAFile(field=path)
            found.append((path, stored[entry["file"]]))
    return found


def named(form: Form, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the answers say of each attachment: {"file", "name", "size", "sha256"}, in the order of the form."""
    return [entry for path, question in form.paths() if question.uploads for entry in _entries(answers.get(path))]


def _limit(question: Question) -> int | None:
    """How many attachments the question takes; None where there is one place, and a new one replaces the old."""
    limit: int | None = getattr(question, "max_files", None)
    return limit


def _entries(value: Any) -> list[dict[str, Any]]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("file")]
