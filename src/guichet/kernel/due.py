"""Why an answer is due on a day, in a sentence: for letters, in either language."""

from guichet.kernel import formats
from guichet.kernel.bilingual import FRENCH, Text
from guichet.kernel.calendar import Count, Holiday

NOTHING_SKIPPED = Text(
    en="That is {days} business days, counted from the next business day; no holiday falls in between.",
    fr="Soit {days} jours ouvrables, à compter du jour ouvrable suivant; aucun congé ne tombe entre-temps.",
)
SKIPPED = Text(
    en="That is {days} business days, counted from the next business day; not counted: {skipped}.",
    fr="Soit {days} jours ouvrables, à compter du jour ouvrable suivant; non comptés\u00a0: {skipped}.",
)


def due_sentence(count: Count, language: str) -> str:
    """Why an answer is due when it is: the number of days, and the holidays that are not counted."""
    skipped = _joined([_holiday(day, language) for day in count.skipped], language)
    text = SKIPPED if skipped else NOTHING_SKIPPED
    return text.in_(language).format(days=count.days, skipped=skipped)


def _holiday(day: Holiday, language: str) -> str:
    return f"{day.name.in_(language)} ({formats.date(day.date, language)})"


def _joined(names: list[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    word = "et" if language == FRENCH else "and"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
