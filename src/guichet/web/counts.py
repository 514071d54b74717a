"""A count of business days in words: how a date was reached, and which holidays were not counted."""

from django.utils.translation import ngettext

from guichet.kernel import formats
from guichet.kernel.calendar import Count
from guichet.web.sentences import skipped


def why(count: Count, language: str) -> str:
    """ "That is 60 business days after January 7, 2026. Not counted: April 6, 2026 (Easter Monday)."

    The reader's language must be active: the words around the dates are the interface's.
    """
    sentence = ngettext(
        "That is %(days)s business day after %(start)s.", "That is %(days)s business days after %(start)s.", count.days
    ) % {"days": formats.integer(count.days, language), "start": formats.date(count.start, language)}
    return f"{sentence} {skipped(count.skipped)}".strip()
