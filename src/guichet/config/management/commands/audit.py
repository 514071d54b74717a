"""``./guichet audit verify`` and ``./guichet audit seal``."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.applications.proving import broken_submission
from guichet.audit import queries, sealing
from guichet.kernel import clock


class Command(BaseCommand):
    """Exits with 1, naming the first entry that does not fit, when the record is not whole."""

    help = "Prove the record whole: the log of events, the daily seals, the submissions and their files."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("verify", help="walk the chains and every submission, and name the first that does not fit")
        acts.add_parser("seal", help="seal what was done until yesterday, should the worker not have done it")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "seal":
            made = sealing.seal(clock.today(settings.TIME_ZONE) - dt.timedelta(days=1))
            self.stdout.write(f"seal {made.serial} of {made.day}: {made.events} events, {made.digest}")
            return
        self._verify()

    def _verify(self) -> None:
        link = queries.broken_links()
        if link is not None:
            event = f", {link.event.event} of {link.event.at:%Y-%m-%d %H:%M:%S} UTC" if link.event else ""
            raise CommandError(f"the log does not fit at link {link.serial}: {link.reason}{event}.")
        self.stdout.write("the log of events is whole")
        seal = sealing.broken_seal()
        if seal is not None:
            raise CommandError(f"the seals do not fit at seal {seal.serial}: {seal.reason}.")
        last = sealing.latest()
        self.stdout.write(f"the seals are whole; the last: {last.day}, {last.digest}" if last else "no seal yet")
        submission = broken_submission()
        if submission is not None:
            name = f" ({submission.name})" if submission.name else ""
            raise CommandError(f"submission {submission.reference} does not fit: {submission.reason}{name}.")
        self.stdout.write("every submission and every file of it is whole")
