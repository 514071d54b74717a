"""From a folder of text to an edition, or to the list of everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guichet.programs.definitions import EditionDefinition


@dataclass(frozen=True)
class Loaded:
    """A sound package: ``documents`` are its program and edition as JSON, ``hashes`` their SHA-256."""

    definition: EditionDefinition
    program_document: dict[str, Any]
    document: dict[str, Any]
    hash: str


def load(folder: Path) -> Loaded:
    """Read and check the package in ``folder`` (an edition; its program.yaml stands one folder up).

    Raises PackageFaults with every fault found.
    """
    raise NotImplementedError
