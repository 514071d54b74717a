"""Rows of the same questions. Its answers stand at ``<path>.<row>`` (position) and ``<path>.<row>.<column>``."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from django.utils.translation import gettext, ngettext
from pydantic import ConfigDict, Field, model_validator

from guichet.kernel.bilingual import Text
from guichet.kernel.near import meant
from guichet.questions import molds
from guichet.questions.definitions import ColumnQuestion
from guichet.questions.expressions import Kind
from guichet.questions.pasting import columns
from guichet.questions.question import Key, NotEmpty, Question
from guichet.questions.speech import said, say
from guichet.questions.summary import summary_columns
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


# With so many rows to go, the page says how many there may be.
_NEAR = 5


class Definition(Question):
    """At least ``rows_min`` and at most ``rows_max`` rows of ``columns``; ``row_label`` is what one row is called.

    ``summary`` names the columns that a closed row shows; without it they are the first two short ones, the first date
    and the first number.
    """

    # The types of the columns are found once every folder is imported, this one included.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: Literal["table"]
    kind: ClassVar[Kind] = "rows"
    in_rows: ClassVar[bool] = False
    in_groups: ClassVar[bool] = False
    textual: ClassVar[bool] = False
    stored: ClassVar[bool] = False
    rowed: ClassVar[bool] = True

    columns: Annotated[tuple[ColumnQuestion, ...], NotEmpty]
    row_label: Text
    add_label: Text | None = None
    summary: Annotated[tuple[Key, ...], Field(max_length=4)] = ()
    rows_min: int = Field(default=0, ge=0, le=200)
    rows_max: int = Field(default=50, ge=1, le=200)

    @model_validator(mode="after")
    def _coherent(self) -> "Definition":
        keys = [part.key for _way, part, _group in self.placed()]
        unfit = [part for _way, part, group in self.placed() if group is not None and not part.in_rows]
        if unfit:
            named = ", ".join(f"{part.key!r} ({part.type})" for part in unfit)
            raise ValueError(f"a group in a table holds columns only, which these cannot be: {named}")
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise ValueError(f"columns used more than once: {', '.join(repeated)}")
        shown = [part.key for _way, part, _group in self.placed() if part.answers]
        unknown = [key for key in self.summary if key not in shown]
        if unknown:
            named = ", ".join(f"{key}{meant(key, shown)}" for key in unknown)
            raise ValueError(f"summary names columns that the table does not have: {named}")
        if self.rows_min > self.rows_max:
            raise ValueError("rows_min is more than rows_max")
        return self

    def columns_of(self) -> tuple[Question, ...]:
        """The columns."""
        return self.columns

    def read(self, post: Post, name: str) -> Raw | None:
        """Nothing of its own: the engine reads the rows."""
        return None

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """Nothing of its own."""
        return None

    def problems(self, value: JSON) -> list[Text]:
        """Too few or too many rows; ``value`` is the list of the filled rows."""
        count = len(value or [])
        if count < self.rows_min:
            return [say(lambda _: self._few(self.rows_min))]
        if count > self.rows_max:
            return [say(lambda _: self._many(count - self.rows_max))]
        return []

    def _few(self, number: int) -> str:
        return ngettext("Fill in at least %(number)s row.", "Fill in at least %(number)s rows.", number) % {
            "number": number
        }

    def _many(self, over: int) -> str:
        figures = {"over": over, "limit": self.rows_max}
        return (
            ngettext(
                "Remove %(over)s row: the limit is %(limit)s.", "Remove %(over)s rows: the limit is %(limit)s.", over
            )
            % figures
        )

    def operand(self, value: JSON) -> Operand | None:
        """Rows cannot be compared: rules ask for them with count, sum and others."""
        return None

    def export(self, value: JSON) -> str | int | bool | None:
        """Rows are exported one by one."""
        return None

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The rows, what a closed one shows, and the buttons' words."""
        add = self.add_label.in_(language) if self.add_label else said(lambda _: gettext("Add a row"), language)
        rows = binder.rows(self)
        return {
            "rows": rows,
            "cells": len(summary_columns(self)),
            "heads": molds.words(self, "table/heads.html", language, lambda: self._heads(language)),
            "closed": any(row.line for row in rows),
            "new": binder.new_row(),
            "removed": binder.removed(self),
            "add_label": add,
            "full": len(rows) >= self.rows_max,
            "near": self.rows_max - len(rows) <= _NEAR,
            "rows_max": self.rows_max,
            "pasted": binder.pasted(self),
            "order": molds.words(self, "table/order.html", language, lambda: self._order(language)),
        }

    def _heads(self, language: str) -> dict[str, Any]:
        heads = [
            {"label": self.name_of(part.key).in_(language), "number": part.kind == "number"}
            for part in summary_columns(self)
        ]
        return {"row_label": self.row_label.in_(language), "heads": heads}

    def _order(self, language: str) -> dict[str, Any]:
        return {"columns": [self.name_of(part.key).in_(language) for part in columns(self)]}

    def missing(self) -> Text:
        """No row."""
        return say(lambda _: self._few(max(1, self.rows_min)))
