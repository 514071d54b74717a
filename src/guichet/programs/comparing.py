"""What a golden case expects beside what the edition makes of it: every difference, at its place."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args

from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.kernel.near import meant
from guichet.programs.cases import Case, Codes, Expected, Placed, read_cases
from guichet.programs.definitions import EditionDefinition, FormName
from guichet.programs.errors import Fault
from guichet.programs.reading import Steps
from guichet.programs.trial import Trial
from guichet.questions.costs import Costs
from guichet.questions.definitions import Form, Question
from guichet.questions.engine import Problem

Found = Iterator[tuple[Steps, str]]
_SIDES = ("shown", "hidden")
_DAYS = {"earliest_start": "the earliest start is", "decision": "the program decides by"}


class Tried(NamedTuple):
    """How many cases there are, each place where the edition does otherwise, and how many more say the same again."""

    cases: int
    faults: list[Fault]
    repeated: int


def run(edition: EditionDefinition, folder: Path) -> Tried:
    """Try every case of the edition in ``folder``.

    What a case shares with the one that it begins from is said there only: after a change of a date or a new question
    most cases differ in the same, and mending the first mends them. Raises PackageFaults when the cases themselves are
    not well written.
    """
    cases = read_cases(folder)
    found = {placed.case.key: differences(edition, placed) for placed in cases}
    faults = []
    for placed in sorted(cases, key=lambda one: one.base is not None):
        before = {message for _way, message in found[placed.base]} if placed.base else set()
        told = [(way, message) for way, message in found[placed.case.key] if message not in before]
        faults += [placed.fault(way, f"{placed.case.key}: {message}") for way, message in told]
    return Tried(len(cases), faults, sum(map(len, found.values())) - len(faults))


def differences(edition: EditionDefinition, placed: Placed) -> list[tuple[Steps, str]]:
    """Each expectation of one case that the edition does not meet: the way to it, and what was found instead."""
    return list(_unknown(edition, placed.case)) or list(_compare(placed.case, Trial(edition, placed.case)))


def _unknown(edition: EditionDefinition, case: Case) -> Found:
    """What the case names that the edition does not have."""
    for name, answers in case.answers.items():
        form: Form = getattr(edition, name)
        for key, given in answers.items():
            if key.count(".") == 1 or not _has(form, key):
                near = _near(form, key) or " (a cell is called table.number.column)"
                yield (name, key), f"the form has no question {key!r}{near}"
            elif form.question(key).rowed:
                yield from _unknown_rows(form.question(key), (name, key), given)
    keys = [criterion.key for criterion in edition.criteria]
    for key in case.expect.criteria:
        if key not in keys:
            yield ("expect", "criteria", key), f"the edition has no criterion {key!r}{meant(key, keys)}"
    yield from _unknown_paths(edition, case.expect)


def _unknown_paths(edition: EditionDefinition, expect: Expected) -> Found:
    """The questions of which something is expected."""
    listed: list[tuple[Steps, str]] = [
        (("expect", side, at), path) for side in _SIDES for at, path in enumerate(getattr(expect, side))
    ]
    listed += [(("expect", "values", path), path) for path in expect.values]
    for way, path in listed:
        name, _, rest = path.partition(".")
        if name not in get_args(FormName) or not _has(getattr(edition, name), rest):
            every = [f"{form}.{known}" for form in get_args(FormName) for known in _paths(getattr(edition, form), rest)]
            near = meant(path, every) or " (form.question, form.table.number.column)"
            yield way, f"there is no question {path!r}{near}"
    for name, problems in expect.problems.items():
        for path in problems:
            if not _has(getattr(edition, name), path):
                near = _near(getattr(edition, name), path)
                yield ("expect", "problems", name, path), f"the form has no question {path!r}{near}"


def _unknown_rows(table: Question, way: Steps, given: Any) -> Found:
    if given is not None and not (isinstance(given, list) and all(isinstance(row, dict) for row in given)):
        yield way, "a table is a list of rows, each with its columns"
        return
    columns = {part.key for part in table.parts() if part.answers}
    for index, row in enumerate(given or ()):
        for column in row:
            if column not in columns:
                yield (*way, index, column), f"the table has no column {column!r}{meant(column, sorted(columns))}"


def _near(form: Form, path: str) -> str:
    """What was meant by a path of a case."""
    return meant(path, _paths(form, path))


def _paths(form: Form, like: str) -> list[str]:
    """The paths of a form as cases write them, a row being called by its number: that of ``like``."""
    number = (like.split(".")[1:] or ["1"])[0]
    return [known.replace(".", f".{number}.") for known, _question in form.paths()]


def _has(form: Form, path: str) -> bool:
    try:
        return bool(form.question(path))
    except KeyError:
        return False


def _compare(case: Case, trial: Trial) -> Found:
    """(way in the case, what was found instead) for each expectation that is not met."""
    expect = case.expect
    for key, outcome in expect.criteria.items():
        if trial.criteria[key] != outcome:
            yield ("expect", "criteria", key), f"the criterion {key!r} is {trial.criteria[key]}, not {outcome}"
    for side, wanted in (("shown", True), ("hidden", False)):
        for index, path in enumerate(getattr(expect, side)):
            name, _, rest = path.partition(".")
            if trial.contexts[name].shows(rest) is not wanted:
                yield ("expect", side, index), f"{path} is {'hidden' if wanted else 'shown'}"
    for path, wanted_value in expect.values.items():
        if (now := trial.shown(path)) != wanted_value:
            yield ("expect", "values", path), f"{path} is {now or 'blank or hidden'}, not {wanted_value}"
    for name, problems in expect.problems.items():
        yield from _problems(("expect", "problems", name), problems, trial.problems(name))
    if expect.totals is not None:
        yield from _totals(expect.totals.model_dump(exclude_none=True), trial.costs)
    yield from _days(expect, trial)
    yield from _refusals(expect.refusals, trial.refusals)
    yield from _letters(expect, trial)


def _days(expect: Expected, trial: Trial) -> Found:
    for name, said in _DAYS.items():
        if getattr(expect, name) not in (None, getattr(trial, name)):
            yield ("expect", name), f"{said} {getattr(trial, name) or 'no day that it promises'}"


def _problems(way: Steps, expected: Mapping[str, Codes], found: Mapping[str, tuple[Problem, ...]]) -> Found:
    for path in sorted({*expected, *found}):
        written, problems = expected.get(path, ()), found.get(path, ())
        before = (written,) if isinstance(written, str) else written
        if sorted(before) != sorted(problem.code for problem in problems):
            now = ", ".join(f"{problem.code} (“{problem.text.en}”)" for problem in problems)
            sentence = f"{path} has the problem {now or 'none'}, not {', '.join(before) or 'none'}"
            yield ((*way, path) if path in expected else way), sentence


def _refusals(expected: Collection[str] | None, found: Collection[str]) -> Found:
    if expected is not None:
        for code in sorted(set(found) - set(expected)):
            yield ("expect", "refusals"), f"it is refused besides: {code}"
        for code in sorted(set(expected) - set(found)):
            yield ("expect", "refusals"), f"it is not refused: {code}"


def _totals(expected: Mapping[str, Any], found: Costs) -> Found:
    for name, value in expected.items():
        now = getattr(found, name)
        if name == "reductions":
            now = {reduction.key: reduction.amount for reduction in now}
        if _amounts(value) != now:
            yield ("expect", "totals", name), f"{name} is {_written(now)}, not {_written(value)}"


def _written(value: Any) -> str:
    """A total as a case writes it: true, 20000.00, {ceiling: "20000.00"}."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'{key}: "{amount}"' for key, amount in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _amounts(written: Any) -> Any:
    """Amounts as a case writes them, as numbers."""
    if isinstance(written, Mapping):
        return {key: Decimal(amount) for key, amount in written.items()}
    return Decimal(written) if isinstance(written, str) else written


def _letters(expect: Expected, trial: Trial) -> Found:
    if expect.letters is None:
        return
    if [letter.name for letter in expect.letters] != list(trial.letters):
        yield ("expect", "letters"), f"the letters are: {', '.join(trial.letters) or 'none'}"
        return
    for index, letter in enumerate(expect.letters):
        now = trial.letters[letter.name]
        if letter.subject is not None and _spaced(letter.subject) != _spaced(now):
            yield ("expect", "letters", index, "subject"), f"the subject is “{now.en}” and « {now.fr} »"


def _spaced(subject: Text) -> tuple[str, ...]:
    """Both languages with plain spaces: a no-break space is not asked of who writes a case."""
    return tuple(subject.in_(language).replace("\N{NO-BREAK SPACE}", " ") for language in LANGUAGES)
