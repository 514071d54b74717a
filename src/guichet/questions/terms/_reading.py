"""What terms share that read a question."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

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


def absent(path: str, form: "Form | None") -> str:
    """That the form has no question at ``path``, with the one that was perhaps meant."""
    close = get_close_matches(path, [each for each, _question in form.paths()] if form else [], 1)
    mend = f"did you mean {close[0]!r}?" if close else "write the key of a question of this form"
    return f"there is no question {path!r}; {mend}"


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
        return find(form, self.path)

    def reads(self) -> frozenset[str]:
        """The path."""
        return frozenset({self.path})

    def label(self, ctx: "Context", language: str) -> str:
        """The question's label."""
        question = self.question(ctx.form, ctx.profile.form if ctx.profile else None)
        return question.label.in_(language) if question else self.path

    def kind(self, scope: Scope) -> Kind:
        """The kind of the question's answers."""
        question = self.question(scope.form, scope.profile)
        return question.kind if question else "any"

    def check(self, scope: Scope) -> list[str]:
        """The question must exist."""
        if self.question(scope.form, scope.profile) is None:
            return [absent(self.path, scope.form)]
        return []
