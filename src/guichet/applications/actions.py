"""Things that happen to an application. The only code of this room that writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from guichet.applications.models import Application, Submission

if TYPE_CHECKING:
    from guichet.answers.actions import Change, Saved


def start(*, actor: Any, organization: Any, edition: Any) -> Application:
    """Begin an application for the published edition, or return the organization's draft for its program.

    Raises NotEditor, NotReady (params: steps), IntakeClosed.
    """
    raise NotImplementedError


def save_answers(
    *, actor: Any, application: Application, changes: "Sequence[Change]", request_key: str = ""
) -> "Saved":
    """Save answers as they are, incomplete and invalid ones too; conflicts are handed back, not overwritten.

    Raises NotEditor, AlreadySubmitted, NotAQuestion.
    """
    raise NotImplementedError


def attach_file(*, actor: Any, application: Application, path: str, upload: Any) -> Any:
    """Store an upload and note it in the answer at ``path`` (a file question replaces, a files question adds).

    Raises NotEditor, AlreadySubmitted, NotAFile, and the refusals of the files room, with ``field`` set to the path.
    """
    raise NotImplementedError


def remove_file(*, actor: Any, application: Application, path: str, file_id: str) -> None:
    """Take an attachment out of the answer at ``path``.

    Raises NotEditor, AlreadySubmitted, NotAFile.
    """
    raise NotImplementedError


def submit(
    *, actor: Any, application: Application, attestations: set[str], language: str, request_key: str = ""
) -> Submission:
    """Submit a complete draft, once: a second call, at once or later, returns the same Submission.

    1. The actor holds signing authority for the organization.
    2. The intake is open.
    3. Every attestation is given; every reachable section is complete and valid.
    4. The first activity starts late enough for a submission today, in the program's zone.
    5. Freeze answers and edition into a Submission; give it its number.
    6. Move the application, record the event, put the letters in the outbox.

    Raises NotSignatory, IntakeClosed, AttestationMissing, Incomplete, LeadTimeTooShort.
    """
    raise NotImplementedError
