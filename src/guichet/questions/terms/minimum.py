"""``{minimum: activities.start}``: the smallest of a column, of the rows of a table, or of several terms."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.terms._rows import OverOrList
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(OverOrList):
    """The smallest, blanks left out; None when there is none."""

    example = {"minimum": "activities.start"}
    further = (
        {"minimum": [{"answer": "revenue"}, {"sum": "activities.cost"}]},
        {
            "minimum": {
                "of": {"row": "cost"},
                "over": "activities",
                "where": {"on_or_after": [{"row": "start"}, "2026-05-15"]},
            }
        },
    )
    columns = ("number", "date")

    def value(self, ctx: "Context") -> Operand | None:
        """The smallest."""
        found = self.values(ctx)
        return min(found) if found else None

    def of_several(self, labels: str) -> str:
        """“Minimum (Salaries, Rent)”."""
        return gettext("Minimum (%(labels)s)") % {"labels": labels}
