"""What terms share that read a question."""

from typing import TYPE_CHECKING, Any

from guichet.kernel.near import meant
from guichet.questions.expressions import Kind, Scope, Term

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.definitions import Form
    from guichet.questions.question import Question


def path_of(arguments: Any) -> str:
    """The path written as argument. Raises ValueError when it is not text."""
    if not isinstance(arguments, str) or not arguments:
        raise ValueError(f"{arguments!r} is not the path of a question")
    return arguments


def find(form: "Form | None", path: str) -> "Question | None":
    """The question at ``path``, None when the form has none there."""
    try:
        return form.question(path) if form else None
    except KeyError:
        return None


def called(form: "Form | None", path: str, language: str) -> str:
    """What the question at ``path`` is called, with its group; empty when the form has none there."""
    return form.name_of(path).in_(language) if form and find(form, path) else ""


def unknown(form: "Form", path: str) -> str:
    """The fault of a path at which the form has nothing: with the nearest one that it has."""
    near = (
        meant(path, [known for known, _question in form.paths()])
        or "; write the key of a question of this form, or take this out"
    )
    return f"there is no question {path!r}{near}"


def no_column(form: "Form", table: str, key: str) -> str:
    """The fault of a column that a table does not have: with the nearest one that it has."""
    return f"the table {table!r} has no column {key!r}{meant(key, [part.key for part in form.question(table).parts()])}"


class Reading(Term):
    """A term over the question whose path is its argument."""

    def __init__(self, arguments: Any) -> None:
        super().__init__(path_of(arguments))

    @property
    def path(self) -> str:
        """The path of the question it reads."""
        return str(self.arguments)

    def question(self, form: "Form", profile: "Form | None" = None) -> "Question | None":
        """The question it reads."""
        return find(self.form(form, profile), self.path)

    def form(self, form: "Form", profile: "Form | None" = None) -> "Form | None":
        """The form in which its question stands."""
        return form

    def reads(self) -> frozenset[str]:
        """The path."""
        return frozenset({self.path})

    def label(self, ctx: "Context", language: str) -> str:
        """What the question is called."""
        form = self.form(ctx.form, ctx.profile.form if ctx.profile else None)
        return called(form, self.path, language) or self.path

    def kind(self, scope: Scope) -> Kind:
        """The kind of the question's answers."""
        question = self.question(scope.form, scope.profile)
        return question.kind if question else "any"

    def check(self, scope: Scope) -> list[str]:
        """The question must exist."""
        if self.question(scope.form, scope.profile) is None:
            return [unknown(scope.form, self.path)]
        return []
