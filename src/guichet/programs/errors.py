"""Why something about a program is refused."""

from dataclasses import dataclass

from guichet.kernel.errors import Refusal


class UnknownProgram(Refusal):
    """No published program or edition has that key."""

    code = "unknown_program"


class EditionFrozen(Refusal):
    """The folder differs from the edition already published; ``params["differences"]`` names the places."""

    code = "edition_frozen"


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
