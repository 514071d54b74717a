"""``guichet program check|publish DIR``: check a package, or put it on offer."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.programs.actions import publish
from guichet.programs.errors import EditionFrozen, PackageFaults
from guichet.programs.loading import EDITION, PROGRAM, load


class Command(BaseCommand):
    """Prints each fault as file:line:column: message, and exits with 1 when there is one."""

    help = "Check a program package, or publish it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "publish"])
        parser.add_argument("folder", type=Path, help="an edition, or a folder that holds editions")

    def handle(self, *args: Any, act: str, folder: Path, **options: Any) -> None:
        folders = editions(folder)
        if not folders:
            raise CommandError(f"{folder}: no edition here (a folder with {EDITION}, beside or below {PROGRAM})")
        faults = 0
        for each in folders:
            faults += self._one(act, each)
        if faults:
            raise CommandError(f"{faults} fault{'s' if faults > 1 else ''}.")

    def _one(self, act: str, folder: Path) -> int:
        """Check or publish one edition; the number of faults."""
        name = f"{folder.absolute().parent.name}/{folder.absolute().name}"
        try:
            if act == "publish":
                publish(actor=None, folder=folder)
            else:
                load(folder)
        except PackageFaults as found:
            for fault in found.faults:
                self.stdout.write(str(fault))
            return len(found.faults)
        except EditionFrozen as frozen:
            places: Any = frozen.params["differences"]
            self.stdout.write(f"{name}: already published, and differs now in: {', '.join(places)}")
            self.stdout.write("A published edition never changes: give the new one a folder of its own.")
            return 1
        self.stdout.write(f"{name}: {'published' if act == 'publish' else 'no fault'}")
        return 0


def editions(folder: Path) -> list[Path]:
    """The editions in a folder: itself, its subfolders (a program), or theirs (all programs), by name."""
    if (folder / EDITION).is_file():
        return [folder]
    return sorted(found.parent for depth in ("*", "*/*") for found in folder.glob(f"{depth}/{EDITION}"))
