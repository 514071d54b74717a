"""Sentences in both languages, made from the interface catalogue."""

from collections.abc import Callable, Sequence

from django.utils import translation

from guichet.kernel.bilingual import ENGLISH, FRENCH, Text


def say(sentence: Callable[[str], str]) -> Text:
    """A Text by evaluating ``sentence(language)`` under each language; use gettext inside it."""
    return Text(en=said(sentence, ENGLISH), fr=said(sentence, FRENCH))


def said(sentence: Callable[[str], str], language: str) -> str:
    """``sentence(language)`` evaluated under that language."""
    if translation.get_language() == language:
        return sentence(language)
    with translation.override(language):
        return sentence(language)


def quoted(text: str, language: str) -> str:
    """``text`` between the quotation marks of the language."""
    return f"«\u00a0{text}\u00a0»" if language == FRENCH else f"“{text}”"


def before_answer(label: str, language: str) -> str:
    """A label with its colon, before an answer; a question keeps its question mark alone."""
    if label.endswith("?"):
        return label
    return f"{label}\u00a0:" if language == FRENCH else f"{label}:"


def either(items: Sequence[str], language: str) -> str:
    """“6, 8 or 10”, « 6, 8 ou 10 »."""
    word = "ou" if language == FRENCH else "or"
    return f" {word} ".join([text for text in (", ".join(items[:-1]), items[-1]) if text])
