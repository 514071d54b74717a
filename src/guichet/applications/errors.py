"""Named refusals of this room: codes and parameters; the sentences are in ``web/sentences.py``.

Who may not act at all meets ``PermissionDenied``; a refusal is about the application, its time or its answers.
"""

from guichet.kernel.errors import Refusal


class NotSignatory(Refusal):
    """Only a person with signing authority submits. Params: ``signatories`` (names of those who may)."""

    code = "signing_authority_needed"


class NotReady(Refusal):
    """Something comes before a new application. Params: ``steps`` (the readiness steps that are not done)."""

    code = "not_ready"


class CriteriaNotMet(Refusal):
    """The newest examination of the profile found that criteria are not met."""

    code = "criteria_not_met"


class IntakeClosed(Refusal):
    """The edition takes no applications now.

    Params: ``edition`` (its title, bilingual), ``opens`` and ``closed`` (moments or None), ``zone``.
    """

    code = "intake_closed"


class IntakePaused(Refusal):
    """Applications are paused. Params: ``notice`` (bilingual), ``until`` (moment or None), ``zone``."""

    code = "intake_paused"


class NoMoreTime(Refusal):
    """A personal extension that would give nothing: everybody has that long, or no intake has a closing moment.

    Params: ``closes`` (moment until which everybody may submit, or None: always), ``zone``.
    """

    code = "no_more_time"


class LeadTimeTooShort(Refusal):
    """The first activity starts before the earliest date allowed for a submission today.

    Params: ``first`` (date of the first activity), ``earliest`` (date), ``submitted_on`` (date), ``days`` (int),
    ``skipped`` (tuple of kernel.calendar.Holiday), ``guide`` (section of the applicant's guide).
    """

    code = "lead_time_too_short"


class Incomplete(Refusal):
    """Answers are missing or invalid. Params: ``problems`` (tuple of questions.engine.Problem)."""

    code = "incomplete"


class AttestationMissing(Refusal):
    """An attestation was not given; ``field`` is its key. Params: ``missing`` (tuple of keys)."""

    code = "attestation_missing"


class AlreadySubmitted(Refusal):
    """The application is submitted and cannot change. Params: ``reference``."""

    code = "already_submitted"


class DraftDeleted(Refusal):
    """Somebody deleted the draft; it can be recovered for some days, and cannot change until then."""

    code = "draft_deleted"


class NewerDraft(Refusal):
    """The deleted draft cannot come back while the organization has another draft for the program."""

    code = "newer_draft"


class NotRecoverable(Refusal):
    """The application is no deleted draft, or its last day is over."""

    code = "not_recoverable"


class EditionChanged(Refusal):
    """Somebody moved the draft to a newer edition since the page was made. Params: ``edition`` (its title)."""

    code = "edition_changed"


class NothingToCarryOver(Refusal):
    """The edition is not newer than the draft's, or not the one on offer now."""

    code = "nothing_to_carry_over"


class NotAQuestion(Refusal):
    """The path names no answer of this application that can be written; ``field`` is the path."""

    code = "not_a_question"


class NotATakenFile(Refusal):
    """What was sent is no draft that was taken away from here, or not all of it."""

    code = "not_a_taken_file"


class TakenFileTooLarge(Refusal):
    """The file is larger than any draft is. Params: ``limit`` (bytes)."""

    code = "taken_file_too_large"


class FileAltered(Refusal):
    """The note of the file is not the one that we signed."""

    code = "file_altered"


class FileOfAnother(Refusal):
    """The file belongs to another application."""

    code = "file_of_another"


class FileOfOtherEdition(Refusal):
    """The draft has moved to another edition since the file was taken. Params: ``edition`` (the draft's, its title)."""

    code = "file_of_other_edition"
