"""``./guichet program preview DIR``: the portal with this package alone, in a data folder that is thrown away.

It is the real portal in demonstration mode, on an embedded database made for the occasion: nothing of any other
database, file or letter is touched, and nothing is left when it stops. The first golden case of the edition in which
every criterion is met becomes the demonstration's organization, so that its forms can be opened at once.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from types import FrameType
from typing import Any

import django

from guichet.config.cast import OFFICER, SIGNATORY
from guichet.config.opening import open_now
from guichet.config.supervisor import die_with_parent

# What belongs to a real portal, and must not reach a preview.
_REAL = ("DATABASE_URL", "GUICHET_OWNER_DATABASE_URL", "GUICHET_EMAIL_URL", "GUICHET_SECRET_KEY")
_OTHER = ("GUICHET_DATA", "GUICHET_BASE_URL", "GUICHET_HOSTS", "GUICHET_DEMO_PASSWORD", "GUICHET_REDIRECT_TO_HTTPS")
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def preview(*, folder: Path, host: str, port: int) -> int:
    """Serve the package in ``folder`` until a signal comes; returns the exit code, 1 when it has faults."""
    with TemporaryDirectory(prefix="guichet-preview-") as kept:
        data, programs = Path(kept) / "data", Path(kept) / "programs"
        data.mkdir()
        environment = separate(os.environ, data, programs)
        dry = {**environment, "DATABASE_URL": "postgresql:///none", "DJANGO_SETTINGS_MODULE": "guichet.config.settings"}
        command = [sys.executable, "-P", "-m", "guichet.config.preview", str(folder.absolute()), str(programs)]
        if run(command, dry):
            return 1
        served = ["up", "--host", host, "--port", str(port), "--data", str(data)]
        return run([sys.executable, "-P", "-m", "guichet.config.cli", *served], environment)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a process to its end, so that all of it has ended before its folder goes; its exit code.

    It stands in a session of its own, so a signal comes to us alone, from the keyboard or by our number: it is passed
    on, once, as a SIGTERM, which stops the portal in order. Killed outright, we take it with us.
    """
    asked = False
    told = Lock()
    process: subprocess.Popen[bytes] | None = None

    def tell() -> None:
        if asked and process is not None and told.acquire(blocking=False):
            process.terminate()

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        tell()

    # Before it starts: a signal that comes meanwhile must not be lost.
    before = {number: signal.signal(number, pass_on) for number in _SIGNALS}
    try:
        process = subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=die_with_parent)
        tell()
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def separate(environment: Mapping[str, str], data: Path, programs: Path) -> dict[str, str]:
    """The environment without whatever belongs to a real portal, and with the preview's own folders."""
    refused = {*_OTHER, *_REAL, *(f"{name}_FILE" for name in _REAL)}
    kept = {name: value for name, value in environment.items() if name not in refused}
    own = {"GUICHET_MODE": "demonstration", "GUICHET_DATA": str(data), "GUICHET_PROGRAMS": str(programs)}
    return {**kept, **own}


def lay_out(folder: Path, programs: Path) -> None:
    """Copy the edition in ``folder`` into ``programs``, open to applications, with an organization of a golden case.

    Raises PackageFaults; SystemExit, with a sentence, unless there is one edition.
    """
    # Imported here: they need Django to be set up.
    from guichet.kernel import clock
    from guichet.programs.loading import PROGRAM, editions, load

    found = editions(folder)
    if len(found) != 1:
        names = ", ".join(edition.name for edition in found) or "none"
        sys.exit(f"guichet: name the folder of one edition; {folder} has: {names}.")
    (edition,) = found
    definition = load(edition).definition
    own = programs / definition.program.key
    own.mkdir(parents=True)
    shutil.copy(edition.absolute().parent / PROGRAM, own / PROGRAM)
    copy = own / definition.key
    shutil.copytree(edition, copy)
    for sentence in open_now(copy, definition, clock.now()):
        print(sentence, flush=True)
    described = organization(load(copy).definition, edition)
    if described is not None:
        text = json.dumps({"organizations": [described]}, ensure_ascii=False)
        (own / "demonstration.yaml").write_text(text, encoding="utf-8")


def organization(definition: Any, edition: Path) -> dict[str, Any] | None:
    """The demonstration's organization from the first golden case that may apply; None when there is no such case.

    None too where the calendar does not reach to today (it could not be carried there): nothing can be examined.
    """
    # Imported here: they need Django to be set up.
    from guichet.kernel import clock
    from guichet.programs.cases import read_cases
    from guichet.programs.trial import Trial

    if not definition.calendar.first_year <= clock.today(definition.program.zone).year <= definition.calendar.last_year:
        return None
    for placed in read_cases(edition):
        trial = Trial(definition, placed.case)
        if set(trial.criteria.values()) == {"met"} and not trial.problems("profile"):
            described: dict[str, Any] = {"signatory": SIGNATORY.email, "examined_by": OFFICER.email}
            described["profile"] = answers(trial.contexts["profile"])
            if not trial.problems("account_profile"):
                described["account_profile"] = answers(trial.contexts["account_profile"])
            return described
    return None


def answers(context: Any) -> dict[str, Any]:
    """The answers of a form as demonstration.yaml writes them: {question: value}, a table as a list of rows."""
    found: dict[str, Any] = {}
    for path, question in context.form.paths():
        if "." in path:
            continue
        if question.rowed:
            columns = [part.key for part in question.parts() if part.stored]
            rows = [{key: context.values.get(f"{path}.{row}.{key}") for key in columns} for row in context.rows(path)]
            found[path] = [{key: value for key, value in row.items() if value is not None} for row in rows]
        elif question.stored and context.values.get(path) is not None:
            found[path] = context.values[path]
    return found


if __name__ == "__main__":
    django.setup()
    # Imported here: it needs Django to be set up.
    from guichet.programs.errors import PackageFaults

    try:
        lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
    except PackageFaults as faults:
        sys.exit(f"{faults}\nguichet: a package with faults cannot be shown.")
