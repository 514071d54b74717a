"""A plain value: ``500``, ``incorporated``, ``"0.50"``, ``true``, ``2026-04-01``."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.terms._kinds import is_day, read_as
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """The value itself. Decimal numbers are written between quotes, so that nothing is lost."""

    example = 500

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        if isinstance(arguments, float):
            raise ValueError(f'write {arguments} between quotes ("{arguments}"): unquoted decimals lose digits')
        if not isinstance(arguments, str | int | Decimal | dt.date):
            raise ValueError(f"{arguments!r} is not a value to compare with")

    @property
    def source(self) -> Any:
        """The value as it stood in the package."""
        return self.arguments

    def value(self, ctx: "Context") -> Operand | None:
        """Numbers as Decimal, the rest as it is."""
        if isinstance(self.arguments, int) and not isinstance(self.arguments, bool):
            return Decimal(self.arguments)
        return self.arguments  # type: ignore[no-any-return]

    def kind(self, scope: Scope) -> Kind:
        """By what was written; text fits wherever it can be read as the other side's kind (see rules._comparison)."""
        if isinstance(self.arguments, bool):
            return "truth"
        if isinstance(self.arguments, int | Decimal):
            return "number"
        return "date" if isinstance(self.arguments, dt.date) else "text"

    def label(self, ctx: "Context", language: str) -> str:
        """A plain value has no name."""
        return ""

    def reads(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def check(self, scope: Scope) -> list[str]:
        """A day must be one of the calendar; nothing else can be wrong with it alone."""
        if isinstance(self.arguments, str) and is_day(self.arguments) and read_as(self.arguments, "date") is None:
            return [f"{self.arguments} does not exist; write a day of the calendar"]
        return []
