"""What the arithmetic of costs refers to must be in the application: columns of the right kind, options that exist."""

from collections.abc import Iterator

from guichet.kernel.near import meant
from guichet.programs.definitions import EditionDefinition
from guichet.programs.reading import Steps
from guichet.questions.definitions import Form, Question

Found = Iterator[tuple[Steps, str]]

_A = {"number": "an amount", "date": "a date"}


def check_costs(edition: EditionDefinition) -> Found:
    """(way, sentence) for each fault in ``cost``."""
    cost, form = edition.cost, edition.application
    yield from _column(form, cost.table, cost.amount, ("cost", "amount"), "number")
    for at, unit_cap in enumerate(cost.unit_caps):
        way: Steps = ("cost", "unit_caps", at)
        yield from _column(form, cost.table, unit_cap.amount, (*way, "amount"), "number")
        for index, unit in enumerate(unit_cap.units):
            yield from _column(form, cost.table, unit.column, (*way, "units", index, "column"), "number")
    for at, cap in enumerate(cost.category_caps):
        yield from _options(form, cost.table, cap.column, ("cost", "category_caps", at), (cap.options, cap.of))
    for index, path in enumerate(cost.stacking.other if cost.stacking else ()):
        table, _, column = path.partition(".")
        yield from _column(form, table, column, ("cost", "stacking", "other", index), "number")
    if cost.yearly_limit is not None:
        yield from _column(form, cost.table, cost.yearly_limit.date, ("cost", "yearly_limit", "date"), "date")


def _column(form: Form, table: str, column: str, way: Steps, kind: str) -> Found:
    path = f"{table}.{column}"
    found = question_at(form, path)
    if found is None:
        yield way, f"the application has no question {path!r}{near_of(form, path)}"
    elif found.kind != kind:
        yield way, f"the question {path!r} is not {_A[kind]}"


def _options(form: Form, table: str, column: str, way: Steps, named: tuple[tuple[str, ...], ...]) -> Found:
    path = f"{table}.{column}"
    question = question_at(form, path)
    options = {option.key for option in getattr(question, "choices", ())}
    if not options:
        yield (*way, "column"), f"the application has no question with options {path!r}{near_of(form, path)}"
        return
    for name, keys in zip(("options", "of"), named, strict=True):
        for index, key in enumerate(keys):
            if key not in options:
                yield (*way, name, index), f"{path!r} has no option {key!r}{meant(key, sorted(options))}"


def near_of(form: Form, path: str) -> str:
    """The path of the form that was meant by one that it does not have."""
    return "" if question_at(form, path) else meant(path, [known for known, _question in form.paths()])


def question_at(form: Form, path: str) -> Question | None:
    """The question at ``path``; None when the form has none."""
    try:
        return form.question(path)
    except KeyError:
        return None
