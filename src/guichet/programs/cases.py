"""Golden cases: answers that go in, and what the edition must make of them, written by who designs the program.

They stand in ``<edition>/cases/*.yaml`` and are no part of the edition: nothing of them is published or hashed. A case
may begin ``from`` another and say only what differs. ``trial`` runs them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from guichet.kernel.bilingual import Text
from guichet.kernel.near import meant
from guichet.programs.definitions import FolderKey, FormName, Key, Part
from guichet.programs.errors import Fault, PackageFaults
from guichet.programs.faults import sentences
from guichet.programs.loading import CASES, read_plain
from guichet.programs.reading import Source, Steps

Outcome = Literal["met", "not_met", "unknown"]
Amount = Annotated[str, Field(pattern=r"^-?\d+(\.\d{1,2})?$")]
_FORMS = ("profile", "account_profile", "application")


# One code, or several for a path with several problems.
Codes = str | tuple[str, ...]


class Totals(Part):
    """What the arithmetic of costs must give; only what is written is compared.

    ``reductions`` are all of them: {cap: amount}, the caps by their keys, or ``stacking``, ``ceiling``, ``yearly``.
    """

    cost: Amount | None = None
    eligible: Amount | None = None
    contribution: Amount | None = None
    requested: Amount | None = None
    other: Amount | None = None
    own_share: Amount | None = None
    below_floor: bool | None = None
    above_ceiling: bool | None = None
    reductions: dict[Key, Amount] | None = None
    years: dict[int, Amount] | None = None


class ExpectedLetter(Part):
    """A letter that goes out: its name, and perhaps its subject."""

    name: Key
    subject: Text | None = None


class Expected(Part):
    """What must come out. Only what is written is compared, but each list and each form's problems as a whole.

    ``shown`` and ``hidden`` are paths with their form (``application.consultant_name``), ``values`` {such a path: its
    answer}, calculations above all; ``problems`` are
    {form: {path: code}}, a row being called by its number from 1; ``refusals`` and ``letters`` are those of submitting.
    """

    criteria: dict[Key, Outcome] = {}
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    values: dict[str, str] = {}
    problems: dict[FormName, dict[str, Codes]] = {}
    totals: Totals | None = None
    earliest_start: date | None = None
    decision: date | None = None
    refusals: tuple[str, ...] | None = None
    letters: tuple[ExpectedLetter, ...] | None = None


class Case(Part):
    """One case. ``day`` and ``at`` are the moment of submission by the program's clock; noon unless written.

    Answers are written as people type them or as they are kept; a table is a list of rows, one cell of it
    ``activities.2.cost``; null is no answer. ``already`` is what the organization asked for in earlier applications to
    the programs of the family, by fiscal year ({2026: "80000"} for April 2026 to March 2027).
    """

    key: FolderKey
    about: str = ""
    begins_from: FolderKey | None = Field(default=None, alias="from")
    day: date | None = None
    at: time | None = None
    already: dict[int, Amount] | None = None
    profile: dict[str, Any] = {}
    account_profile: dict[str, Any] = {}
    application: dict[str, Any] = {}
    expect: Expected

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers of each form."""
        return {name: getattr(self, name) for name in _FORMS}


class CaseFile(Part):
    """One file of cases."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Placed:
    """A case ready to run: complete, with what it began from (``base``), and where each part of it was written."""

    case: Case
    source: Source
    steps: Steps
    base: str | None = None

    def fault(self, way: Steps, message: str) -> Fault:
        """A fault at a part of the case, or at what is nearest to it."""
        return Fault(self.source.file, *self.source.place((*self.steps, *way)), message)


def read_cases(folder: Path) -> list[Placed]:
    """The cases of the edition in ``folder``, by file and in their order; none when it has none.

    Raises PackageFaults with everything that is wrong with how they are written.
    """
    faults: list[Fault] = []
    found: dict[str, Placed] = {}
    for source in _sources(folder, faults):
        for placed in _cases(source):
            if placed.case.key in found:
                faults.append(placed.fault(("key",), f"the case {placed.case.key!r} is given more than once"))
            found.setdefault(placed.case.key, placed)
        faults.extend(source.faults)
    complete = [_complete(placed, found, faults) for placed in found.values()]
    if faults:
        raise PackageFaults(faults)
    return complete


def _sources(folder: Path, faults: list[Fault]) -> Iterator[Source]:
    cases = folder.absolute() / CASES
    if cases.is_symlink() or not cases.is_dir():
        return
    for path in sorted(cases.iterdir()):
        name = f"{folder.absolute().parent.name}/{folder.absolute().name}/{CASES}/{path.name}"
        if path.suffix != ".yaml":
            faults.append(Fault(name, 1, 1, "cases stand in files called *.yaml"))
            continue
        yield read_plain(path, name)


def _cases(source: Source) -> Iterator[Placed]:
    if source.data is None:
        return
    try:
        cases = CaseFile.model_validate(source.data).cases
    except ValidationError as error:
        for steps, message, on_key in sentences(error, source.data, CaseFile):
            source.fault(source.place(steps, key=on_key), message)
        return
    for index, case in enumerate(cases):
        yield Placed(case, source, ("cases", index))


def _complete(placed: Placed, found: Mapping[str, Placed], faults: list[Fault]) -> Placed:
    """The case with the answers and the day of those that it begins from."""
    case, seen = placed.case, {placed.case.key}
    while case.begins_from is not None:
        before = found.get(case.begins_from)
        if before is None or before.case.key in seen:
            reason = "there is no case" if before is None else "cases begin from each other in a circle, at"
            near = meant(case.begins_from, found) if before is None else ""
            faults.append(placed.fault(("from",), f"{reason} {case.begins_from!r}{near}"))
            break
        seen.add(before.case.key)
        case = _over(before.case, case)
    if case.day is None:
        faults.append(placed.fault((), "'day' is missing: the day of submission, here or in what it begins from"))
    return Placed(case, placed.source, placed.steps, placed.case.begins_from)


def _over(before: Case, case: Case) -> Case:
    """``case`` laid over the one it begins from: its answers take the place of the same questions'."""
    answers = {name: _laid(before.answers[name], case.answers[name]) for name in _FORMS}
    rest = {name: _first(getattr(case, name), getattr(before, name)) for name in ("day", "at", "already")}
    return case.model_copy(update={**answers, **rest, "begins_from": before.begins_from})


def _first(written: Any, before: Any) -> Any:
    return before if written is None else written


def _laid(before: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Answers over answers; a table that is written anew keeps no cell of the one before."""
    kept = {path: value for path, value in before.items() if path.split(".")[0] not in over}
    return {**kept, **over}
