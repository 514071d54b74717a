"""What terms share that are worked out from others."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from guichet.questions.expressions import Kind, Scope, Shower, Term
from guichet.questions.terms import parse
from guichet.questions.terms._kinds import fits, number
from guichet.questions.terms._showing import called, show

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Worked(Term):
    """A number worked out from the terms ``parts``, each of the kind that stands at its place in ``kinds``.

    The last of ``kinds`` is that of all further parts.
    """

    kinds: ClassVar[tuple[Kind, ...]] = ("number",)
    parts: tuple[Term, ...]

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def reads(self) -> frozenset[str]:
        """What the parts read."""
        return frozenset[str]().union(*(part.reads() for part in self.parts))

    def check(self, scope: Scope) -> list[str]:
        """Every part must exist, and be of its kind."""
        faults = [fault for part in self.parts for fault in part.check(scope)]
        return faults or [
            f"{self.name} needs a {kind} here, not {part.source!r}"
            for part, kind in zip(self.parts, self._kinds(), strict=True)
            if not fits(part, kind, scope)
        ]

    def _kinds(self) -> list[Kind]:
        return [self.kinds[min(place, len(self.kinds) - 1)] for place in range(len(self.parts))]

    def shower(self, ctx: "Context") -> Shower | None:
        """As the first part that knows how to write its figures."""
        showers = [part.shower(ctx) for part in self.parts]
        return next((shower for shower in showers if shower), None)

    def label(self, ctx: "Context", language: str) -> str:
        """The parts with a sign between them; empty when all are plain values, which are shown by their value."""
        return self.joined(ctx, language, "+") if self.reads() else ""

    def joined(self, ctx: "Context", language: str, sign: str, *, alike: bool = True) -> str:
        """“Salaries + Rent”; ``alike`` as for ``figures``."""
        likes = self.parts if alike else ()
        return f" {sign} ".join(called(ctx, language, part, *likes) for part in self.parts)

    def figures(self, ctx: "Context", language: str, sign: str, *, alike: bool = True) -> str:
        """“$12 + $14”: what the parts are; those without a value are left out.

        ``alike``: a plain number is written as the other parts are (“$12 − $3”, but “3 × $12”).
        """
        values = [(part, number(part, ctx)) for part in self.parts]
        likes = self.parts if alike else ()
        shown = [show(ctx, language, value, part, *likes) for part, value in values if value is not None]
        return f" {sign} ".join(shown) if len(shown) > 1 else ""

    def numbers(self, ctx: "Context") -> list[Decimal] | None:
        """The values of all parts; None while one is blank."""
        found = [value for part in self.parts if (value := number(part, ctx)) is not None]
        return found if len(found) == len(self.parts) else None


def listed(name: str, arguments: Any, shape: str, count: int | None = None) -> tuple[Term, ...]:
    """The terms written as a list: exactly ``count``, or two or more. Raises ValueError with the ``shape`` asked."""
    right = isinstance(arguments, list | tuple) and (len(arguments) == count if count else len(arguments) > 1)
    if not right:
        raise ValueError(f"{name} is written {{{name}: {shape}}}")
    return tuple(parse(argument) for argument in arguments)


def given(terms: Sequence[Term], ctx: "Context") -> list[Decimal]:
    """The numbers that there are, blanks left out."""
    return [value for term in terms if (value := number(term, ctx)) is not None]
