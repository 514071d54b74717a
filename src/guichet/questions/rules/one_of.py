"""``{one_of: [term, [a, b, c]]}``: the value is one of a list."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Scope
from guichet.questions.rules._comparison import EQUAL, compared, same
from guichet.questions.rules._simple import Simple, show
from guichet.questions.terms import parse

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Simple):
    """True when the term equals one of the values; None while it is blank."""

    example = {"one_of": [{"answer": "legal_form"}, ["incorporated", "partnership"]]}

    def __init__(self, arguments: Any) -> None:
        shape = isinstance(arguments, list | tuple) and len(arguments) == 2
        if not shape or not isinstance(arguments[1], list | tuple) or not arguments[1]:
            raise ValueError("one_of takes a term and a list of values: [term, [value, value]]")
        super().__init__(arguments)
        self.left = parse(arguments[0])
        self.values = tuple(parse(value) for value in arguments[1])

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether one of the values is equal."""
        found = self.left.value(ctx)
        if found is None:
            return None
        return any(same(found, value.value(ctx)) for value in self.values)

    def wanted(self, ctx: "Context", language: str) -> str:
        """“one of these: Incorporated company, Limited liability partnership”."""
        values = [(value.value(ctx), value) for value in self.values]
        shown = [show(ctx, language, value, term, self.left) for value, term in values if value is not None]
        return gettext("one of these: %(values)s") % {"values": ", ".join(shown)}

    def reads(self) -> frozenset[str]:
        """What the term and the values read."""
        return self.left.reads().union(*(value.reads() for value in self.values))

    def check(self, scope: Scope) -> list[str]:
        """The term and the values must exist, and be of one kind; a choice must have the options."""
        faults = [*super().check(scope), *(fault for value in self.values for fault in value.check(scope))]
        return faults or compared(self.name, EQUAL, self.left, self.values, scope)
