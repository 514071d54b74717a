"""An edition that receives no applications now, changed in the preview's copy so that it does, and says so.

Next year's edition is prepared before its window opens, and its forms must be seen filled in before that. Only the copy
that the preview publishes is changed: its next window opens now, its calendar reaches to today, and its title and the
note about its intakes say what was changed. Days are counted from today, as ever: the lead time is that of the edition.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

# For how long a window that has closed for good is open again.
_AGAIN = timedelta(days=30)
# How many years a calendar is carried on when today is after its last one: delays are counted from today.
_YEARS_AFTER = 5
_TITLE = {"en": "{} (preview: open ahead of its window)", "fr": "{} (aperçu : ouverte hors de sa période)"}
_NOTE = {
    "en": "This is a preview, in which applications are received now; the edition as written receives none today.",
    "fr": "Ceci est un aperçu, où les demandes sont reçues dès maintenant; l’édition telle qu’écrite n’en reçoit pas "
    "aujourd’hui.",
}


def open_now(edition: Path, definition: Any, at: datetime) -> list[str]:
    """Change the copy in ``edition``, whose definition is given, to receive applications at ``at``.

    What was changed, in sentences for the terminal; none where nothing had to be. A change with which the package would
    have a fault is taken back, and said as well.
    """
    # Imported here: they need Django to be set up.
    from guichet.programs import translations
    from guichet.programs.errors import PackageFaults
    from guichet.programs.loading import EDITION, load

    here = at.astimezone(definition.program.timezone).replace(second=0, microsecond=0)
    before = {name: (edition / name).read_bytes() for name in (EDITION, "calendar.yaml")}
    said = [*_window(edition / EDITION, definition, here), *_calendar(edition / "calendar.yaml", definition, here)]
    if said:
        (edition / translations.FILE).unlink(missing_ok=True)  # of the title and the note as they were
    try:
        load(edition)
    except PackageFaults as faults:
        for name, written in before.items():
            (edition / name).write_bytes(written)
        return [f"It is shown as written, since it cannot be opened for the preview:\n{faults}"]
    return said


def _window(path: Path, definition: Any, here: datetime) -> list[str]:
    """Open the next window now, or the last one again."""
    # Imported here: they need Django to be set up.
    from guichet.programs.windows import reception, windows

    found = reception(windows(definition.intakes, ()), None, here, None)
    if found.is_open or found.window is None:
        return []
    key = found.window.intake.key
    document = _read(path)
    intake = next(each for each in document["intakes"] if each["key"] == key)
    if found.opens is not None:
        intake["opens"] = here.isoformat()
        as_written = f"opens on {found.opens.isoformat(' ', 'minutes')}"
    else:
        intake["closes"] = (here.astimezone(UTC) + _AGAIN).astimezone(here.tzinfo).isoformat()
        as_written = f"closed on {found.closed.isoformat(' ', 'minutes') if found.closed else 'an earlier day'}"
    document["title"] = {language: _TITLE[language].format(text) for language, text in document["title"].items()}
    document["intake_note"] = {
        language: f"{_NOTE[language]} {text}" for language, text in document["intake_note"].items()
    }
    _write(path, document)
    return [f"In this preview the intake {key} is open; as written, it {as_written}."]


def _calendar(path: Path, definition: Any, here: datetime) -> list[str]:
    """Carry the calendar to today, with the holidays that its rules give: nothing is counted outside of its years."""
    first, last = definition.calendar.first_year, definition.calendar.last_year
    if first <= here.year <= last:
        return []
    begins, ends = min(first, here.year), last if here.year < first else here.year + _YEARS_AFTER
    _write(path, {**_read(path), "first_year": begins, "last_year": ends})
    used = f"In this preview the calendar is used from {begins} to {ends}"
    return [f"{used}; as written, it has the years {first} to {last} only."]


def _read(path: Path) -> dict[str, Any]:
    """What a file of a sound package says, as plain data."""
    # Imported here: it needs Django to be set up.
    from guichet.programs.reading import read

    return dict(read(path, path.name).data)


def _write(path: Path, document: Mapping[str, Any]) -> None:
    """JSON is YAML; comments are not kept, in a copy that nobody reads."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
