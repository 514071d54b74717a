"""Why something about a program is refused."""

from dataclasses import dataclass

from guichet.kernel.errors import Refusal


class UnknownProgram(Refusal):
    """No published program or edition has that key."""

    code = "unknown_program"


class EditionFrozen(Refusal):
    """The folder differs from the edition already published; ``params["differences"]`` names the places."""

    code = "edition_frozen"


class UnknownIntake(Refusal):
    """The edition has no intake of that key."""

    code = "unknown_intake"


class NeverCloses(Refusal):
    """The intake has no closing moment: there is nothing to extend."""

    code = "intake_never_closes"


class MomentPast(Refusal):
    """The moment has passed already."""

    code = "moment_past"


class NotExtended(Refusal):
    """The moment is the one that stands, or before the published one. Params: ``published``, ``now``, ``zone``."""

    code = "intake_not_extended"


class IntakeReasonMissing(Refusal):
    """More time is given for a reason."""

    code = "intake_reason_missing"


class PauseNoticeMissing(Refusal):
    """Applicants read why nothing is received, each in their language."""

    code = "pause_notice_missing"


class PauseEndsBefore(Refusal):
    """The pause would end before it begins."""

    code = "pause_ends_before"


class NotPaused(Refusal):
    """No pause is in force or announced."""

    code = "not_paused"


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a package: where (file within the programs folder, line and column from 1), and what."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class PackageFaults(Exception):
    """A package that cannot be used; ``faults`` holds every fault found, in reading order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
