"""What is wrong with the files of a list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the line, the number of the field in the line (1 is the first), and what to mend."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ListFaults(Exception):
    """The files cannot be imported; nothing was."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults
