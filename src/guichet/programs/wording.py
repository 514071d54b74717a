"""The texts of a package: plain words or the small Markdown, links of a good form, labels that can be told apart."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.searching import folded
from guichet.programs.conditions import Conditions
from guichet.programs.definitions import EditionDefinition
from guichet.programs.forms import Labelled, groups
from guichet.programs.reading import Steps

Found = Iterator[tuple[Steps, str]]

_TAG = re.compile(r"<[!/?]?[A-Za-z](?!ttps?://|ailto:)[^>]*(?:>|$)|<!--")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:https?|mailto):[^>\s]*)>")
# Signs that nobody types: controls, spaces without width, and those that turn the direction of what follows.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


def text_faults(text: str) -> Iterator[str]:
    """Why one text cannot stand in a package: nothing or HTML in it, hidden signs, or a link that leads nowhere."""
    if text and not text.strip():
        yield "the text is blank; write it"
    tag = _TAG.search(text)
    if tag:
        yield f"{tag[0][:40]!r} is HTML, which texts cannot hold; write plain words, or the small Markdown"
    hidden = _HIDDEN.search(text)
    if hidden:
        yield f"the text holds a sign that is not shown (U+{ord(hidden[0]):04X}); remove it"
    for target, automatic in _LINK.findall(text):
        fault = _target_fault(target or automatic)
        if fault:
            yield fault


def _target_fault(target: str) -> str:
    """What is wrong with where a link leads; an address that a {figure} fills in is looked at where it is written."""
    if target.startswith(("mailto:", "{")) or (target.startswith("/") and target[1:2] not in ("/", "\\")):
        return ""
    if _SCHEME.match(target) or target.startswith(("//", "/\\", "\\")):
        reason = address_fault(target)
        return f"the link {target[:60]!r} {reason}" if reason else ""
    return "" if target.startswith("#") else f"the link {target[:60]!r} leads nowhere; write https:// and the host"


def address_fault(address: str) -> str:
    """What is wrong with the form of an address on the web, in words that follow its name; empty when nothing is."""
    if re.search(r"\s", address):
        return "has a space in it"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "is no address"
    if parts.scheme != "https":
        return "must begin with https://"
    if parts.username is not None or parts.password is not None:
        return "must not hold a name or a password"
    return "" if _HOST.fullmatch(host) else "has no host (https://www.example.ca/…)"


def guide_links(edition: EditionDefinition) -> Found:
    """The addresses of the guide, and of its sections, are well formed. Whether they answer is not asked."""
    listed: list[tuple[Steps, dict[str, str]]] = [(("guide", "url"), edition.guide.url.model_dump())]
    for number, section in edition.guide.sections.items():
        if section.url is not None:
            listed.append((("guide", "sections", number, "url"), section.url.model_dump()))
    for steps, pair in listed:
        for language, address in pair.items():
            reason = address_fault(address)
            if reason:
                yield (*steps, language), f"the address {reason}"


def alike(edition: EditionDefinition, name: str) -> Found:
    """Labels that stand beside each other and cannot be told apart, of questions that can be shown together.

    Compared are the questions of one section, the columns of one table, the options of one question: without accents,
    capitals, punctuation and plural endings.
    """
    conditions = Conditions(edition, name)
    for group in groups(getattr(edition, name)):
        for language in LANGUAGES:
            yield from _alike(conditions, name, group, language)


def _alike(conditions: Conditions, name: str, group: Iterable[Labelled], language: str) -> Found:
    seen: dict[tuple[str, ...], list[Labelled]] = {}
    for item in group:
        words = heard(item.label.in_(language))
        earlier = next(
            (other for other in seen.get(words, []) if conditions.together(other.visible, item.visible)), None
        )
        if earlier is not None:
            sentence = f"this label cannot be told from that of {earlier.key!r}; word one of them otherwise"
            yield (name, *item.steps, "label", language), sentence
        seen.setdefault(words, []).append(item)


def heard(label: str) -> tuple[str, ...]:
    """The words of a label as one remembers them: no accents, capitals, punctuation or plural endings."""
    words = _WORD.findall(folded(label.replace("\N{RIGHT SINGLE QUOTATION MARK}", " ")))
    return tuple(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)
