"""A value worked out from other answers, shown and never asked. It is not stored."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from guichet.questions.expressions import Kind, Scope
from guichet.questions.fields._numbers import Number, plain
from guichet.questions.fields._openings import SHOWN
from guichet.questions.question import Question
from guichet.questions.terms import TermField
from guichet.questions.terms._kinds import fits, number
from guichet.questions.values import JSON, Operand, Raw, Unreadable

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Question):
    """``value`` is a term; ``shown_as`` a type of number whose way of writing it takes."""

    type: Literal["calculated"]
    kind: ClassVar[Kind] = "number"
    stored: ClassVar[bool] = False
    textual: ClassVar[bool] = False
    asked: ClassVar[bool] = False
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = SHOWN
    value: TermField
    shown_as: str = "decimal"
    required: Literal[False] = False

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """It is never typed."""
        return None

    def computed(self, ctx: "Context") -> JSON:
        """The value as canonical text; None while it cannot be worked out."""
        found = number(self.value, ctx)
        return None if found is None else plain(found)

    def operand(self, value: JSON) -> Operand | None:
        """The number."""
        return None if value is None else Decimal(value)

    def shown(self, value: JSON, language: str) -> str:
        """As the type ``shown_as`` shows it."""
        return self._like.show(Decimal(value), language)

    @property
    def sign(self) -> str:
        """The sign with which the figure is written: that of the type ``shown_as``."""
        return str(getattr(self._like, "sign", ""))

    @cached_property
    def _like(self) -> Question:
        from guichet.questions import fields  # the registry imports this folder

        kind = fields.types()[self.shown_as]
        return kind.model_construct(key=self.key, type=self.shown_as, label=self.label)

    def check(self, scope: Scope) -> list[str]:
        """The term must exist and be a number; so must the type."""
        from guichet.questions import fields  # the registry imports this folder

        faults = self.value.check(scope)
        if not faults and not fits(self.value, "number", scope):
            faults.append("a calculated value must be a number")
        kind = fields.types().get(self.shown_as)
        if kind is None or not issubclass(kind, Number):
            faults.append(f"shown_as must be a type of number, not {self.shown_as!r}")
        return faults
