"""What is new, changed and gone between two editions, in words: before a draft is moved, and ever after."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guichet.questions.moving import Difference


@dataclass(frozen=True)
class Line:
    """One question; ``kept`` what was answered, where the question is gone or of another type now."""

    label: str
    section: str
    table: str
    what: str
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The new questions, the changed ones, or those that are gone (components/carried_over.html)."""

    title: str
    lines: tuple[Line, ...]


def groups(
    differences: Iterable[Difference], language: str, kept: Callable[[Difference], list[str]] | None = None
) -> list[Group]:
    """In the language of the page; ``kept`` gives the answers to a question, for their owners only."""
    titles = {
        "new": _("New questions"),
        "changed": _("Changed questions"),
        "gone": _("Questions that are no longer asked"),
    }
    listed = list(differences)
    found = [
        Group(title, tuple(_line(each, language, kept) for each in listed if each.kind == kind))
        for kind, title in titles.items()
    ]
    return [group for group in found if group.lines]


def _line(each: Difference, language: str, kept: Callable[[Difference], list[str]] | None) -> Line:
    words = {
        "type": _("another kind of answer: yours is read again, or kept as you wrote it, to be corrected"),
        "wording": _("other words"),
        "options": _("other options"),
        "rules": _("other rules or limits"),
    }
    return Line(
        label=each.label.in_(language),
        section=each.section.in_(language),
        table=each.table.in_(language) if each.table else "",
        what=", ".join(words[what] for what in each.what),
        kept=tuple(kept(each)) if kept and (each.kind == "gone" or "type" in each.what) else (),
    )
