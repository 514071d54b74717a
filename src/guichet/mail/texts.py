"""Making a letter out of its text: ``<room>/texts/<name>.<language>.md``."""

from collections.abc import Mapping
from dataclasses import dataclass

from guichet.kernel.bilingual import Text


@dataclass(frozen=True)
class Composed:
    """A letter ready for the outbox. ``html`` is the body's content, safe to place in a page."""

    subject: str
    text: str
    html: str


class UnknownPlaceholder(Exception):
    """A text has a {placeholder} for which no value was given; a mistake of ours, not of a person's."""


def compose(
    *, room: str, name: str, language: str, values: Mapping[str, object], override: Text | None = None
) -> Composed:
    """The letter ``name`` of ``room`` in ``language``, or ``override`` (a program's own text) in the same form.

    First line "Subject: …" / "Objet : …"; then Markdown; placeholders {name}. Values are untrusted: escaped in the HTML,
    one line in the subject. {portal}, {support} and {address} (of the portal) are always there.
    Raises UnknownPlaceholder, FileNotFoundError.
    """
    raise NotImplementedError
