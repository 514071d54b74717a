"""Whether applications are received, in words: the same for the program's page, home, and an application's pages.

Each line is a text and, where it names one, a moment: to the second, with its zone, as the reader's language writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.kernel import formats
from guichet.programs.definitions import EditionDefinition
from guichet.programs.windows import Pause, Reception


@dataclass(frozen=True)
class Line:
    """One sentence, and the moment with which it ends, if any: as written, and as machines read it."""

    text: str
    moment: str = ""
    machine: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.moment}." if self.moment else self.text


@dataclass(frozen=True)
class Told:
    """What templates/components/reception.html draws: a tag (``kind``, ``word``) and sentences."""

    kind: str
    word: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.lines))


def told(found: Reception, definition: EditionDefinition, *, draft: bool = False) -> Told:
    """In the language of the page; ``draft`` speaks to somebody who has begun an application."""
    words = {
        "open": ("success", _("Open")),
        "paused": ("warning", _("Paused")),
        "upcoming": ("info", _("Opens soon")),
        "closed": ("neutral", _("Closed")),
    }
    zone = definition.program.zone
    lines = [*_LINES[found.state](found, zone, draft)]
    if found.pause and found.state != "paused":
        lines += _announced(found.pause, zone)
    return Told(*words[found.state], tuple(lines))


def _open(found: Reception, zone: str, draft: bool) -> Iterator[Line]:
    if found.closes is None:
        yield Line(_("Applications are received at any time."))
        return
    yield _at(_("Applications are received until:"), found.closes, zone)
    if found.personal:
        yield Line(_("The organization was given more time than the others."))
    elif found.window and found.window.extended and found.window.intake.closes:
        yield _at(_("This intake was extended. It was to close:"), found.window.intake.closes, zone)
    if draft:
        yield Line(_("If it is not submitted by then, your draft is kept: you can read it, but no longer submit it."))
    else:
        yield Line(_("A draft that is not submitted by then is kept: it can be read, but no longer submitted."))


def _paused(found: Reception, zone: str, draft: bool) -> Iterator[Line]:
    yield Line(_("Applications are paused: none can be started or submitted."))
    if draft:
        yield Line(_("Your draft is kept, and can be filled in."))
    if found.pause:
        yield Line(found.pause.notice.in_(_language()))
        yield _resumes(found.pause, zone)
    if found.closes:
        yield _at(_("The closing date does not change by itself:"), found.closes, zone)


def _upcoming(found: Reception, zone: str, draft: bool) -> Iterator[Line]:
    if found.opens:
        yield _at(_("Applications are received from:"), found.opens, zone)
    if found.closes:
        yield _at(_("Until:"), found.closes, zone)
    if draft:
        yield Line(_("Until it opens, your draft can be filled in, but not submitted."))


def _closed(found: Reception, zone: str, draft: bool) -> Iterator[Line]:
    if draft:
        yield Line(_("Applications are not received now. Your draft is kept: you can read it, but not submit it."))
    else:
        yield Line(_("Applications are not received now. You may register and prepare your profile."))
    if found.closed:
        yield _at(_("The intake closed:"), found.closed, zone)


def _announced(pause: Pause, zone: str) -> Iterator[Line]:
    yield _at(_("A pause is announced. It begins:"), pause.begins, zone)
    yield Line(pause.notice.in_(_language()))
    yield _resumes(pause, zone)


def _resumes(pause: Pause, zone: str) -> Line:
    if pause.ends:
        return _at(_("Applications are received again from:"), pause.ends, zone)
    return Line(_("The date on which applications are received again will be announced here."))


_LINES = {"open": _open, "paused": _paused, "upcoming": _upcoming, "closed": _closed}


def _at(text: str, at: datetime, zone: str) -> Line:
    return Line(text, moment(at, zone), at.isoformat())


def moment(at: datetime, zone: str) -> str:
    """A moment that counts to the second: seconds are said when there are any."""
    return formats.moment(at, _language(), zone, seconds=bool(at.second))


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"
