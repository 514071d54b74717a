"""The letters of this room."""

from typing import Any

from guichet.applications.models import Application, Submission


def submission_received(*, application: Application, submission: Submission) -> list[Any]:
    """To the person who submitted, and to the primary contact if that is somebody else, each in their language.

    Holds the number (in the subject too), the moment with its zone, and what was submitted.
    """
    raise NotImplementedError
