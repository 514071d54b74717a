"""``./guichet data import naics|hs FILE_EN FILE_FR`` and ``./guichet data list``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.classifications import queries
from guichet.classifications.actions import import_list
from guichet.classifications.errors import ListFaults
from guichet.classifications.reading import PUBLISHED


class Command(BaseCommand):
    """Prints each fault as file:line:field: message, and exits with 1 when there is one."""

    help = "Import a list of codes as its publisher gives it (naics, hs), or show what was imported."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        importing = acts.add_parser("import", help="read the two files of a list as its newest version")
        importing.add_argument("name", choices=sorted(PUBLISHED))
        importing.add_argument("english", type=Path, help="the English file (CSV)")
        importing.add_argument("french", type=Path, help="the French file (CSV)")
        acts.add_parser("list", help="show the versions of each list")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "list":
            self._list()
        else:
            self._import(options["name"], options["english"], options["french"])

    def _import(self, name: str, english: Path, french: Path) -> None:
        try:
            imported = import_list(name=name, english=english, french=french)
        except ListFaults as found:
            for fault in found.faults:
                self.stdout.write(str(fault))
            raise CommandError("nothing was imported.") from found
        if not imported.changed:
            self.stdout.write(f"{name}: the same as version {imported.version}; nothing to do")
            return
        self.stdout.write(
            f"{name}: version {imported.version}, {imported.codes} codes ({imported.new} new, {imported.gone} gone). "
            "The portal uses it within a minute; answers with codes that are gone still show their titles."
        )

    def _list(self) -> None:
        for name in sorted(PUBLISHED):
            versions = queries.versions(name)
            if not versions:
                self.stdout.write(f"{name}: nothing imported; the upper levels that ship are used")
            for version, codes in versions:
                self.stdout.write(
                    f"{name}: version {version.number}, {codes} codes, {version.imported_at:%Y-%m-%d %H:%M}"
                )
