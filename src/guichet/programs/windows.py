"""When applications are received: the intakes of an edition, and what officers decided about them since.

Nothing here asks the database or the clock: ``queries.reception`` does. Opening moments are included, closing moments
excluded, both to the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from guichet.kernel.bilingual import Text
from guichet.programs.definitions import Intake
from guichet.programs.models import IntakeDecision


@dataclass(frozen=True)
class Window:
    """One intake as it stands: ``closes`` is the published moment, or the one to which it was extended."""

    intake: Intake
    closes: datetime | None

    @property
    def opens(self) -> datetime | None:
        """The first moment at which applications are received."""
        return self.intake.opens

    @property
    def extended(self) -> bool:
        """Whether it closes later than was published."""
        return self.closes != self.intake.closes

    def has_opened(self, at: datetime) -> bool:
        """Whether it is open at that moment, or was before."""
        return self.opens is None or self.opens <= at

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that moment, pauses aside."""
        return self.has_opened(at) and (self.closes is None or at < self.closes)


@dataclass(frozen=True)
class Pause:
    """Nothing is received from ``begins`` until ``ends`` (None: until an officer resumes); ``notice`` says why."""

    begins: datetime
    ends: datetime | None
    notice: Text

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at that moment."""
        return self.begins <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by itself."""
        return self.ends is not None and self.ends <= at


@dataclass(frozen=True)
class Reception:
    """Whether applications are received at a moment.

    ``state``: open, paused, upcoming or closed. ``window``: the one that is open, else the next to open, else the last
    that closed. ``closes``: when reception ends for this reader, their own extension included (``personal``).
    ``pause``: the one in force, or announced.
    """

    state: str
    window: Window | None
    closes: datetime | None
    pause: Pause | None = None
    personal: bool = False

    @property
    def is_open(self) -> bool:
        """Applications are begun and submitted now."""
        return self.state == "open"

    @property
    def opens(self) -> datetime | None:
        """When the next window opens, if none is open."""
        return self.window.opens if self.window and self.state == "upcoming" else None

    @property
    def closed(self) -> datetime | None:
        """When the last window closed, if none is open or to come."""
        return self.closes if self.state == "closed" else None


def windows(intakes: Sequence[Intake], decisions: Sequence[IntakeDecision]) -> list[Window]:
    """The intakes as they stand, in the order of the package; ``decisions`` from the oldest to the newest."""
    ends = {each.intake: each.ends for each in decisions if each.kind == IntakeDecision.Kind.EXTENDED}
    return [Window(intake, ends.get(intake.key, intake.closes)) for intake in intakes]


def pause_of(decisions: Sequence[IntakeDecision], at: datetime) -> Pause | None:
    """The pause that stands at that moment, in force or announced."""
    kinds = (IntakeDecision.Kind.PAUSED, IntakeDecision.Kind.RESUMED)
    last = next((each for each in reversed(decisions) if each.kind in kinds), None)
    if last is None or last.begins is None:
        return None
    pause = Pause(last.begins, last.ends, Text(en=last.notice_en, fr=last.notice_fr))
    return None if pause.is_over(at) else pause


def reception(windows: Sequence[Window], pause: Pause | None, at: datetime, until: datetime | None) -> Reception:
    """Whether applications are received at that moment; ``until`` is the reader's personal extension, if any.

    A personal extension keeps a window open that has closed for everybody else; it opens none that has not begun, and
    ends with what everybody has when that is later.
    """
    found = _general(windows, at)
    lasting = found.is_open and (found.closes is None or until is None or found.closes >= until)
    if until is not None and at < until and not lasting and any(window.has_opened(at) for window in windows):
        window = found.window if found.is_open else _last(windows, at)
        found = Reception("open", window, until, personal=True)
    if pause is None:
        return found
    return replace(found, pause=pause, state="paused" if found.is_open and pause.holds(at) else found.state)


def _general(windows: Sequence[Window], at: datetime) -> Reception:
    for window in windows:
        if window.is_open(at):
            return Reception("open", window, window.closes)
    coming = [window for window in windows if not window.has_opened(at)]
    if coming:
        window = min(coming, key=lambda each: each.opens or at)
        return Reception("upcoming", window, window.closes)
    last = _last(windows, at)
    return Reception("closed", last, last.closes if last else None)


def _last(windows: Sequence[Window], at: datetime) -> Window | None:
    """The last window that has opened."""
    return max((each for each in windows if each.has_opened(at)), key=lambda each: each.closes or at, default=None)
