"""``{maximum: activities.start}``: the largest of a column, of the rows of a table, or of several terms."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.terms._rows import OverOrList
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(OverOrList):
    """The largest, blanks left out; None when there is none."""

    example = {"maximum": "activities.start"}
    further = (
        {"maximum": [{"answer": "revenue"}, {"sum": "activities.cost"}]},
        {
            "maximum": {
                "of": {"row": "cost"},
                "over": "activities",
                "where": {"on_or_after": [{"row": "start"}, "2026-05-15"]},
            }
        },
    )
    columns = ("number", "date")

    def value(self, ctx: "Context") -> Operand | None:
        """The largest."""
        found = self.values(ctx)
        return max(found) if found else None

    def of_several(self, labels: str) -> str:
        """“Maximum (Salaries, Rent)”."""
        return gettext("Maximum (%(labels)s)") % {"labels": labels}
