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
