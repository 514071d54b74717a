"""One question, and the faces that every field type has.

A field type is a folder ``fields/<type>/`` with a class ``Definition(Question)``, ``input.html``, ``answer.html`` and
``example.yaml``. Nothing outside the folder asks for the type of a question: it asks the question.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from django.utils.translation import gettext
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from guichet.kernel.bilingual import Text
from guichet.questions.expressions import Kind, Scope
from guichet.questions.rules import Condition, Rule
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable, text_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.pages import Binder

_T = TypeVar("_T")
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
GuideSection = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)*$")]


class Part(BaseModel):
    """The base of every definition: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _not_empty(items: tuple[_T, ...]) -> tuple[_T, ...]:
    if not items:
        raise ValueError("at least one is needed here")
    return items


# A tuple with something in it. Unlike min_length it keeps quiet when the items themselves are at fault.
NotEmpty = AfterValidator(_not_empty)


class Check(Part):
    """A rule that the answers must satisfy, and what to say when they do not."""

    rule: Rule
    message: Text


class Choice(Part):
    """One option of a choice. Answers hold ``key``, never the label."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$")]
    label: Text
    hint: Text | None = None


# The way to a question through what holds it: ("columns", 2, "questions", 0).
Way: TypeAlias = tuple[str | int, ...]


def placed(name: str, questions: Sequence["Question"]) -> Iterator[tuple[Way, "Question", "Question | None"]]:
    """Questions in reading order, those inside groups after their group: (way to it, it, its group).

    ``name`` is the key under which the list of them is written.
    """
    for at, question in enumerate(questions):
        yield (name, at), question, None
        for inner, inside in enumerate(question.inside()):
            yield (name, at, "questions", inner), inside, question


class Question(Part):
    """One question of a form, with the options that all types share and the faces that each type fills.

    ``required`` is true, false or a rule. ``checks`` are made once the answers they read are there; inside a table
    they are made row by row, and may read the row's other columns with ``{row: column}``.
    """

    key: Key
    type: str
    label: Text
    hint: Text | None = None
    guide: GuideSection | None = None
    required: Condition = True
    visible: Rule | None = None
    checks: tuple[Check, ...] = ()
    # The HTML autofill token of a field about the organization or the person ("organization", "postal-code" …).
    autocomplete: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9 -]{1,40}$")] | None = None

    # What its values are in rules.
    kind: ClassVar[Kind] = "text"
    # Whether it can be a column of a table.
    in_rows: ClassVar[bool] = True
    # Whether it can stand inside a group.
    in_groups: ClassVar[bool] = True
    # Whether it has an answer that is kept (a notice and a calculation have none).
    stored: ClassVar[bool] = True
    # Whether it has an answer to show in a summary, and whether it is asked at all (a calculation is not).
    answers: ClassVar[bool] = True
    asked: ClassVar[bool] = True
    # Whether what it displays can be typed in again.
    textual: ClassVar[bool] = True
    # Whether its answers stand in rows, each with its parts (a table).
    rowed: ClassVar[bool] = False
    # Whether two texts of it, one after the other, are an answer again.
    joins: ClassVar[bool] = False
    # Whether its answers are short enough to stand in the line of a closed row.
    brief: ClassVar[bool] = True
    # Whether its answers come as uploaded files, and never from a form post.
    uploads: ClassVar[bool] = False
    # The options with which other answers narrow what it offers: a file, which nobody draws anew, has none of them.
    narrowed_by: ClassVar[tuple[str, ...]] = ()
    # What changes with the answer in each face ("input", "answer"): attributes of the bound question or keys of its
    # ``extra``, printed as they are. Such a face is drawn once and stamped (``molds``); one that is not named here is
    # drawn in full every time.
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # The box it is typed in: class of its width (as wide as the answer), keyboard of a telephone.
    width: ClassVar[str] = "w-40"
    inputmode: ClassVar[str] = "text"

    # -- reading --------------------------------------------------------------------------------------------------
    def read(self, post: Post, name: str) -> Raw | None:
        """What the browser sent under ``name``, None when it sent nothing at all (then nothing changes)."""
        found = post.getlist(name)
        return found[-1] if found else None

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Understand what was typed, forgivingly: the canonical value, None when blank, or Unreadable.

        ``language`` only decides what is ambiguous (1,234). Never raises, whatever ``raw`` is.
        """
        return text_of(raw).strip() or None

    def imagined(self, given: Any) -> JSON:
        """The value that a golden case writes: text is read as if somebody had typed it, the rest is as it is kept."""
        if not isinstance(given, str):
            return given
        parsed = self.parse(given)
        return parsed.as_value() if isinstance(parsed, Unreadable) else parsed

    def problems(self, value: JSON) -> list[Text]:
        """What is wrong with a readable, non-blank value, and how to mend it."""
        return []

    # -- showing --------------------------------------------------------------------------------------------------
    def display(self, value: JSON, language: str) -> str:
        """The value as text for reading; empty when blank, as typed when unreadable."""
        typed = unreadable_text(value)
        if typed is not None:
            return typed
        return "" if self.blank(value) else self.shown(value, language)

    def shown(self, value: JSON, language: str) -> str:
        """The text of a readable, non-blank value (what ``display`` gives for those)."""
        return str(value)

    def typed(self, value: JSON, language: str) -> Any:
        """The value as it stands in its input: tidy, without signs that stand beside the box."""
        return self.display(value, language)

    def export(self, value: JSON) -> str | int | bool | None:
        """The value as one plain cell of a spreadsheet or CSV file, the same in both languages."""
        return None if self.blank(value) else str(value)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """What its templates need besides the common attributes: options, rows (``q.extra`` there)."""
        return {}

    def note(self, language: str) -> str:
        """What the type itself has to say under the label: a format, a limit. Empty when nothing."""
        return ""

    # -- knowing --------------------------------------------------------------------------------------------------
    def blank(self, value: JSON) -> bool:
        """Whether nothing has been answered."""
        return value is None or value == "" or value == []

    def operand(self, value: JSON) -> Operand | None:
        """A readable value as rules compare it; None when blank."""
        return None if self.blank(value) else str(value)

    def show(self, operand: Operand, language: str) -> str:
        """An operand of this question's kind, as a sentence writes it."""
        return self.display(self.from_operand(operand), language)

    def from_operand(self, operand: Operand) -> JSON:
        """The canonical value of an operand."""
        return sorted(operand) if isinstance(operand, frozenset) else str(operand)

    def operand_faults(self, operand: Operand) -> list[str]:
        """Why no answer can ever equal ``operand`` (an option that does not exist); for checking packages."""
        return []

    def columns_of(self) -> tuple["Question", ...]:
        """The columns of a table as they stand beside each other: those of a group are inside it."""
        return ()

    def inside(self) -> tuple["Question", ...]:
        """The questions that stand inside it on the page, with answers at paths of their own: those of a group."""
        return ()

    def placed(self) -> Iterator[tuple[Way, "Question", "Question | None"]]:
        """Every column in reading order, those inside groups after their group: (way to it, it, its group)."""
        return placed("columns", self.columns_of())

    def under(self, group: "Question | None") -> Text:
        """What it is called away from its place: “Head office – Street” in a group, its own label outside of any."""
        if group is None:
            return self.label
        return Text(en=f"{group.label.en} – {self.label.en}", fr=f"{group.label.fr} – {self.label.fr}")

    @cached_property
    def _parts(self) -> dict[str, "Question"]:
        return {question.key: question for _way, question, _group in self.placed()}

    def parts(self) -> tuple["Question", ...]:
        """Every column of a table, those inside groups after their group: their answers stand in the row alike."""
        return tuple(self._parts.values())

    def part(self, key: str) -> "Question":
        """The question called ``key`` inside it. Raises KeyError."""
        if key not in self._parts:
            raise KeyError(f"{self.key}.{key}")
        return self._parts[key]

    @cached_property
    def _names(self) -> dict[str, Text]:
        return {question.key: question.under(group) for _way, question, group in self.placed()}

    def name_of(self, key: str) -> Text:
        """What its column ``key`` is called among all the others. Raises KeyError."""
        return self._names[key]

    def computed(self, ctx: "Context") -> JSON:
        """The value of a question that is not stored, from the other answers."""
        return None

    def check(self, scope: Scope) -> list[str]:
        """What is wrong with its own options in this form (rules in them, for example)."""
        return []

    # -- speaking -------------------------------------------------------------------------------------------------
    def missing(self) -> Text:
        """What to say when it is required and blank."""
        return say(lambda language: gettext("Answer this question."))

    def unreadable(self) -> Text:
        """What to say when what was typed could not be read."""
        return say(lambda language: gettext("This answer could not be read. Correct it."))

    def not_read(self, typed: str) -> Text:
        """The same for who knows what was typed."""
        return self.unreadable()
