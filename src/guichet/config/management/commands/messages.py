"""``./guichet manage messages [area …] [--check]``: the French catalogues, brought up to date or checked."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from guichet.config import catalogue


class Command(BaseCommand):
    """Finds every interface text, and writes or checks src/guichet/locale/fr/<area>.po."""

    help = "Bring the French catalogues up to date, or check them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The areas to write (all by default), and --check."""
        parser.add_argument("areas", nargs="*", metavar="area", help=f"one of {', '.join(catalogue.AREAS)}")
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 when --check finds a fault, with 2 on an unknown area."""
        code = catalogue.main([*options["areas"], *["--check"] * options["check"]], settings.PACKAGE)
        if code:
            sys.exit(code)
