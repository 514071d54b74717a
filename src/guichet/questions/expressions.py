"""The two kinds of nodes that conditions are made of.

A **rule** is true, false or undetermined; a **term** has a value. Both are written in packages as a mapping with one
key, the name of the node: ``{at_most: [{answer: employees}, {number: employees_max}]}``. Each stands in one file,
``rules/<name>.py`` or ``terms/<name>.py``, which registers it. Nodes never change, and never run code of a package.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from guichet.questions.values import JSON, Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.definitions import Form
    from guichet.questions.question import Question

# What a term's value is, for checking types: rows and files can only be counted or asked for.
Kind: TypeAlias = Literal["number", "date", "text", "truth", "keys", "file", "rows", "any"]
Shower: TypeAlias = Callable[[Operand, str], str]


@dataclass(frozen=True)
class Scope:
    """What a rule may speak of, for checking a package.

    ``numbers`` are the edition's, ``dates`` the dates its context gives, ``table`` the table inside whose rows the
    rule stands (None outside), ``outer`` the table from whose row those rows are looked at (``{outer: column}``),
    ``profile`` the form that ``{profile: path}`` reads.
    """

    form: "Form"
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    profile: "Form | None" = None
    table: str | None = None
    outer: str | None = None


class Node(ABC):
    """What rules and terms share. ``arguments`` is what stood under the node's name in the package."""

    name: ClassVar[str]
    # The node as it is written in a package, over the form of tests/questions/sample.py; documentation and test.
    example: ClassVar[JSON]
    # The other shapes in which it can be written, one example each.
    further: ClassVar[tuple[JSON, ...]] = ()

    def __init__(self, arguments: Any) -> None:
        """Read the arguments. Raises ValueError with a sentence when they have the wrong shape."""
        self.arguments = arguments

    @property
    def source(self) -> JSON:
        """The node as it stood in the package."""
        return {self.name: self.arguments}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.source == other.source

    def __hash__(self) -> int:
        return hash(repr(self.source))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.arguments!r})"

    @abstractmethod
    def reads(self) -> frozenset[str]:
        """The paths of the questions that are read; those of the profile with ``profile:`` in front."""

    @abstractmethod
    def check(self, scope: Scope) -> list[str]:
        """What is wrong with it in that form, one English sentence each (read by program designers)."""


class Operator(Node):
    """A rule: something that is true, false, or not yet determined."""

    @abstractmethod
    def evaluate(self, ctx: "Context") -> bool | None:
        """True, False, or None as long as something it needs is blank."""

    @abstractmethod
    def explain(self, ctx: "Context", language: str) -> str:
        """One sentence (or several) with the figures: what was found, and what is asked."""

    def condition(self, ctx: "Context", language: str) -> str:
        """What is asked, without what was found, for who has answered nothing yet: “Employees: less than 500”.

        A rule that has no words of its own for that explains itself.
        """
        return self.explain(ctx, language)


class Term(Node):
    """Something that has a value."""

    @abstractmethod
    def value(self, ctx: "Context") -> Operand | None:
        """The value, None when blank or not known."""

    @abstractmethod
    def kind(self, scope: Scope) -> Kind:
        """What the value is. Only called when ``check`` found nothing."""

    @abstractmethod
    def label(self, ctx: "Context", language: str) -> str:
        """How a sentence calls it: « Nombre d’employés », “Revenue” …; empty for a plain value."""

    def working(self, ctx: "Context", language: str) -> str:
        """How the value came about, with its figures: “12 + 14”; empty for what is not worked out.

        Called under that language.
        """
        return ""

    def question(self, form: "Form", profile: "Form | None" = None) -> "Question | None":
        """The question whose values it has: says how they are shown, and which ones exist."""
        return None

    def one_of(self) -> "tuple[Term, ...]":
        """The terms one of which it is; none for what is worked out or read."""
        return ()

    def asked(self, scope: Scope) -> "Question | None":
        """The same where the package is checked."""
        return self.question(scope.form, scope.profile)

    def shower(self, ctx: "Context") -> Shower | None:
        """How its values are written in a sentence; None when it has no way of its own."""
        question = self.question(ctx.form, ctx.profile.form if ctx.profile else None)
        return question.show if question else None


def walk(node: Node) -> Iterator[Node]:
    """A rule or a term, and every one inside it."""
    yield node
    for value in vars(node).values():
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Node):
                yield from walk(inner)


@dataclass(frozen=True)
class Fault:
    """Something wrong in a form: where (as in pydantic's errors) and what, in English for program designers."""

    loc: tuple[str | int, ...]
    message: str
    context: Mapping[str, Any] = field(default_factory=dict)
