"""``{profile: employees}``: an answer of the profile, read from another form of the same organization."""

from typing import TYPE_CHECKING

from guichet.kernel.near import meant
from guichet.questions.expressions import Scope
from guichet.questions.terms._reading import Reading, find
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.definitions import Form


class Definition(Reading):
    """The profile's answer; None when the context has no profile."""

    example = {"profile": "employees"}

    def value(self, ctx: "Context") -> Operand | None:
        """The answer in the profile."""
        return ctx.profile.answer(self.path) if ctx.profile else None

    def form(self, form: "Form", profile: "Form | None" = None) -> "Form | None":
        """The profile."""
        return profile

    def reads(self) -> frozenset[str]:
        """The path, marked as the profile's."""
        return frozenset({f"profile:{self.path}"})

    def check(self, scope: Scope) -> list[str]:
        """There must be a profile, and the question in it."""
        if scope.profile is None:
            return ["there is no profile to read here"]
        if "." in self.path or find(scope.profile, self.path) is None:
            known = [path for path, _question in scope.profile.paths() if "." not in path]
            return [f"the profile has no question {self.path!r}{meant(self.path, known)}"]
        return []
