"""When applications are received: windows to the second, extensions, pauses, and what they do together."""

from datetime import UTC, datetime, timedelta

import pytest

from guichet.kernel.bilingual import Text
from guichet.programs.definitions import Intake
from guichet.programs.windows import Pause, Window, reception

SECOND = timedelta(seconds=1)
OPENS, CLOSES = datetime(2026, 2, 4, 17, tzinfo=UTC), datetime(2026, 5, 29, 16, tzinfo=UTC)
AGAIN, LAST = datetime(2026, 9, 1, 16, tzinfo=UTC), datetime(2026, 10, 30, 16, tzinfo=UTC)
TITLE = Text(en="Intake", fr="Période")
NOTICE = Text(en="We move.", fr="Nous déménageons.")


def window(opens=OPENS, closes=CLOSES):
    written = {"opens": opens and opens.isoformat(), "closes": closes and closes.isoformat()}
    intake = Intake.model_validate({"key": "one", "title": TITLE, **written})
    return Window(intake, intake.closes)


TWO = [window(), window(AGAIN, LAST)]


@pytest.mark.parametrize(
    ("at", "state", "closes"),
    [
        (OPENS - SECOND, "upcoming", CLOSES),
        (OPENS, "open", CLOSES),
        (CLOSES - SECOND, "open", CLOSES),
        (CLOSES, "upcoming", LAST),
        (AGAIN - SECOND, "upcoming", LAST),
        (AGAIN, "open", LAST),
        (LAST - SECOND, "open", LAST),
        (LAST, "closed", LAST),
    ],
)
def test_windows_open_and_close_to_the_second(at, state, closes):
    found = reception(TWO, None, at, None)
    assert (found.state, found.closes) == (state, closes)
    assert found.is_open is (state == "open")
    assert found.opens == {"upcoming": OPENS if at < OPENS else AGAIN}.get(state)
    assert found.closed == (LAST if state == "closed" else None)


def test_open_all_year_has_no_end():
    found = reception([window(None, None)], None, OPENS, None)
    assert (found.state, found.closes) == ("open", None)


@pytest.mark.parametrize(
    ("at", "until", "state", "closes", "personal"),
    [
        (CLOSES, CLOSES + SECOND, "open", CLOSES + SECOND, True),
        (CLOSES - SECOND, CLOSES + SECOND, "open", CLOSES + SECOND, True),
        (CLOSES + SECOND, CLOSES + SECOND, "upcoming", LAST, False),
        (OPENS - SECOND, CLOSES + SECOND, "upcoming", CLOSES, False),  # it opens nothing early
        (AGAIN, CLOSES + SECOND, "open", LAST, False),
        (AGAIN, LAST - SECOND, "open", LAST, False),  # what everybody has is longer
        (LAST, LAST + SECOND, "open", LAST + SECOND, True),
    ],
)
def test_a_personal_extension_lasts_longer_and_never_shorter(at, until, state, closes, personal):
    found = reception(TWO, None, at, until)
    assert (found.state, found.closes, found.personal) == (state, closes, personal)


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        (OPENS, None, "paused"),
        (OPENS + SECOND, None, "open"),
        (OPENS - SECOND, OPENS + SECOND, "paused"),
    ],
)
def test_a_pause_holds_from_its_beginning_to_its_end(begins, ends, state):
    pause = Pause(begins, ends, NOTICE)
    found = reception(TWO, pause, OPENS, None)
    assert (found.state, found.is_open, found.pause) == (state, state == "open", pause)


def test_a_pause_holds_for_those_with_more_time_too_and_a_closed_intake_stays_closed():
    pause = Pause(OPENS, None, NOTICE)
    assert reception(TWO, pause, LAST, LAST + SECOND).state == "paused"
    assert reception(TWO, pause, LAST, None).state == "closed"
