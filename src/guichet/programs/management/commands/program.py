"""``./guichet program check|publish|test|translated DIR``, and ``./guichet program schema [DIR]``."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.programs import comparing, schema, translations
from guichet.programs.actions import publish
from guichet.programs.cases import read_cases
from guichet.programs.errors import EditionFrozen, PackageFaults
from guichet.programs.loading import EDITION, PROGRAM, declare_translations, editions, load


class Command(BaseCommand):
    """Prints each fault as file:line:column: message, and exits with 1 when there is one."""

    help = "Check a program package, try its golden cases, declare its translations in step, or publish it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "publish", "test", "translated", "schema"])
        parser.add_argument("folder", type=Path, nargs="?", help="an edition, or a folder that holds editions")

    def handle(self, *args: Any, act: str, folder: Path | None, **options: Any) -> None:
        if act == "schema":
            self._schema(folder)
            return
        if folder is None:
            raise CommandError("name the folder of an edition, of a program or of several.")
        folders = editions(folder)
        if not folders:
            raise CommandError(f"{folder}: no edition here (a folder with {EDITION}, beside or below {PROGRAM})")
        found = sum((self._one(act, each) for each in folders), Counter[str]())
        if found:
            raise CommandError(f"{' and '.join(counted(number, word) for word, number in found.items())}.")

    def _one(self, act: str, folder: Path) -> Counter[str]:
        """Do it to one edition; how many faults there are, or differences."""
        name = f"{folder.absolute().parent.name}/{folder.absolute().name}"
        try:
            said, count = getattr(self, f"_{act}")(folder)
        except PackageFaults as found:
            for fault in found.faults:
                self.stdout.write(str(fault))
            return Counter(fault=len(found.faults))
        except EditionFrozen as frozen:
            places: Any = frozen.params["differences"]
            self.stdout.write(f"{name}: already published, and differs now in: {', '.join(places)}")
            self.stdout.write("A published edition never changes: give the new one a folder of its own.")
            return Counter(fault=1)
        self.stdout.write(f"{name}: {said}")
        return Counter(difference=int(count))

    def _check(self, folder: Path) -> tuple[str, int]:
        faults = []
        for look in (load, read_cases):
            try:
                look(folder)
            except PackageFaults as found:
                faults += found.faults
        if faults:
            raise PackageFaults(faults)
        if not (folder / translations.FILE).exists():
            self.stderr.write(f"{folder}: without {translations.FILE}, stale translations are not looked for.")
        return "no fault", 0

    def _publish(self, folder: Path) -> tuple[str, int]:
        publish(actor=None, folder=folder)
        return "published", 0

    def _test(self, folder: Path) -> tuple[str, int]:
        tried = comparing.run(load(folder).definition, folder)
        for fault in tried.faults:
            self.stdout.write(str(fault))
        again = f"; {tried.repeated} more are those of the cases from which they begin" if tried.repeated else ""
        return f"{counted(tried.cases, 'case')}, {counted(len(tried.faults), 'difference')}{again}", len(tried.faults)

    def _translated(self, folder: Path) -> tuple[str, int]:
        declared = declare_translations(folder)
        for name in declared:
            self.stdout.write(f"  {name}")
        return f"{counted(len(declared), 'text')} declared in step", 0

    def _schema(self, folder: Path | None) -> None:
        """All schemas as one JSON object by file name; with a folder, each in a file of its own there."""
        schemas = schema.schemas()
        if folder is None:
            self.stdout.write(json.dumps(schemas, indent=1, ensure_ascii=False))
            return
        schema.write(folder, schemas)
        self.stdout.write(f"{len(schemas)} schemas written in {folder}")


def counted(number: int, word: str) -> str:
    """“1 case”, “2 cases”."""
    return f"{number} {word}{'' if number == 1 else 's'}"
