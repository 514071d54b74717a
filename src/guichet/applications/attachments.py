"""Which answers are attachments, and what their values say. Nothing here writes.

The value of a single attachment is ``{"file": public id, "name", "size", "sha256"}``, of a list of them a list. Only
``actions.attach_file`` and ``remove_file`` write such values: typed into a form they would name somebody else's file.
"""

from collections.abc import Mapping
from typing import Any

from guichet.answers.paths import is_path
from guichet.applications.errors import NotAFile, TooManyFiles
from guichet.applications.models import Application
from guichet.files.models import StoredFile
from guichet.files.queries import files_of
from guichet.questions.definitions import Form
from guichet.questions.question import Question


def holder(application: Application) -> str:
    """The name under which the files room keeps an application's attachments."""
    return f"sheet:{application.sheet.public_id}"


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
    return question.stored and not question.parts() and not question.takes_files


def question_at(form: Form, path: str) -> Question:
    """The attachment question at ``path``. Raises NotAFile."""
    try:
        question = form.question(path) if is_path(path) else None
    except KeyError:
        question = None
    if question is None or not question.takes_files:
        raise NotAFile(field=path)
    return question


def kept_beside(question: Question, path: str, value: Any) -> list[dict[str, Any]]:
    """What stays beside one more attachment: nothing where there is one place, which it takes. Raises TooManyFiles."""
    kept = question.files_in(value) if question.max_files > 1 else []
    if len(kept) >= question.max_files:
        raise TooManyFiles(field=path, limit=question.max_files)
    return kept


def as_value(file: StoredFile) -> dict[str, Any]:
    """What an answer says of an attachment."""
    return {"file": file.public_id, "name": file.name, "size": file.size, "sha256": file.sha256}


def without_file(question: Question, path: str, value: Any, file_id: str) -> Any:
    """The answer once a file is taken out. Raises NotAFile when it is not there."""
    before = question.files_in(value)
    kept = [file for file in before if file["file"] != file_id]
    if len(kept) == len(before):
        raise NotAFile(field=path)
    return question.with_files(kept)


def held(application: Application, form: Form, answers: Mapping[str, Any]) -> list[tuple[str, StoredFile]]:
    """The attachments that the answers name, by path, as the files room knows them. One statement.

    Raises NotAFile when an answer names one that the application does not hold.
    """
    stored = {file.public_id: file for file in files_of(holder(application))}
    found = []
    for path in sorted(answers):
        if "." in path and path.count(".") == 1:  # the position of a row
            continue
        question = form.question(path)
        for file in question.files_in(answers[path]) if question.takes_files else []:
            if file["file"] not in stored:
                raise NotAFile(field=path)
            found.append((path, stored[file["file"]]))
    return found
