"""From one form to the next: what is new, changed and gone, and what becomes of answers whose question changed type.

Nothing is thrown away: an answer whose question is gone stays where it is, and what the new type of a question cannot
read stays as it was written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guichet.kernel.bilingual import Text
from guichet.questions.definitions import Form, Question
from guichet.questions.values import JSON, Unreadable

NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True)
class Difference:
    """One question that is not the same in both forms.

    ``kind``: new, changed, gone. ``path``: ``legal_name``, ``activities.cost``. ``label`` and ``section`` are those of
    the newer form, of the older one where it is gone; ``table`` the label of the table of a column. ``what`` of a
    changed question: any of type, wording, options, rules.
    """

    kind: str
    path: str
    label: Text
    section: Text
    table: Text | None = None
    what: tuple[str, ...] = ()


def differences(before: Form, after: Form) -> list[Difference]:
    """Every question that is asked in one form only, or differently: new ones, changed ones, gone ones."""
    old, new = _asked(before), _asked(after)
    found = [_difference(NEW, after, path) for path in new if path not in old]
    for path in new:
        what = _what(old[path], new[path]) if path in old else ()
        if what:
            found.append(_difference(CHANGED, after, path, what))
    return found + [_difference(GONE, before, path) for path in old if path not in new]


def moved(before: Form, after: Form, values: Mapping[str, JSON], language: str) -> dict[str, JSON]:
    """The answers that must be written anew, as their new questions read them; all others stay as they are."""
    found: dict[str, JSON] = {}
    for path, value in values.items():
        old, new = _question(before, path), _question(after, path)
        if old is None or new is None or not (old.stored and new.stored) or type(old) is type(new) or value is None:
            continue
        found[path] = _read_again(old, new, value, language)
    return found


def kept(difference: Difference, form: Form, values: Mapping[str, JSON], language: str) -> list[str]:
    """What was answered to a question, as ``form`` reads it; a column has an answer in each row."""
    parts = difference.path.split(".")
    paths = [path for path in values if path.split(".")[:1] + path.split(".")[2:] == parts and path.count(".") != 1]
    texts = []
    for path in paths:
        question = _question(form, path)
        if question is not None and question.stored:
            texts.append(question.display(values[path], language))
    return [text for text in texts if text]


def _read_again(old: Question, new: Question, value: JSON, language: str) -> JSON:
    """The value as the new question reads it; what it cannot read is kept as it was written."""
    if old.uploads and new.uploads:  # one file becomes a list of one, and a list of one becomes that file
        one = value[0] if isinstance(value, list) and len(value) == 1 else value
        for shape in (value, one, [one]):
            again = new.parse(shape, language)
            if again is not None and not isinstance(again, Unreadable):
                return again
    text = old.display(value, language)
    parsed = new.parse(text, language)
    if isinstance(parsed, Unreadable) or (parsed is None and text):
        return Unreadable(text).as_value()
    return parsed


def _asked(form: Form) -> dict[str, Question]:
    return {path: question for path, question in form.paths() if question.asked}


def _question(form: Form, path: str) -> Question | None:
    try:
        return form.question(path)
    except KeyError:
        return None


def _difference(kind: str, form: Form, path: str, what: tuple[str, ...] = ()) -> Difference:
    table = form.question(path.split(".")[0]).label if "." in path else None
    return Difference(kind, path, form.name_of(path), form.section_of(path).title, table, what)


def _what(old: Question, new: Question) -> tuple[str, ...]:
    if type(old) is not type(new):
        return ("type",)
    return tuple(_aspects(old, new))


def _aspects(old: Question, new: Question) -> Iterator[str]:
    if (old.label, old.hint) != (new.label, new.hint):
        yield "wording"
    if getattr(old, "choices", None) != getattr(new, "choices", None):
        yield "options"
    # What remains once words, options and columns (questions of their own) are the same.
    same = {"label", "hint", "guide", "choices", "columns", "row_label", "add_label", "autocomplete"}
    taken = {name: getattr(old, name) for name in same & set(type(old).model_fields)}
    if new.model_copy(update=taken) != old:
        yield "rules"
