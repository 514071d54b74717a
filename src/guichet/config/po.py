"""Reading and writing .po files so that they change only where a text changed: sorted, no line numbers, no dates."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po

Key = tuple[str, str]

HEADER = """msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""

_PLACEHOLDER = re.compile(r"%\([^)]*\)[a-z]|%[sd]|\{[a-z_][a-z0-9_]*\}|</?[a-z][^>]*>")


@dataclass
class Message:
    """One text: its context ("" for none), itself, its plural ("" for none), and what a language makes of it."""

    context: str
    text: str
    plural: str = ""
    translations: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        """What makes the text one and the same: context and text."""
        return (self.context, self.text)

    @property
    def translated(self) -> bool:
        """Whether every form has been written."""
        return bool(self.translations) and all(self.translations)

    def with_translation(self, other: "Message | None") -> "Message":
        """This text with the other's translation, where there is one of as many forms."""
        if other is None or len(other.translations) != (2 if self.plural else 1):
            return Message(self.context, self.text, self.plural, ("", "") if self.plural else ("",))
        return Message(self.context, self.text, self.plural, other.translations, other.comments, other.fuzzy)

    def faults(self, *, fewer: bool = False) -> list[str]:
        """What is wrong with the translation: missing, fuzzy, or with other placeholders than the text.

        ``fewer`` allows it to leave placeholders out.
        """
        if not self.translated:
            return ["is not translated"]
        found = ["is marked fuzzy"] if self.fuzzy else []
        allowed = [_placeholders(self.text), _placeholders(self.plural or self.text)]
        given = [_placeholders(translation) for translation in self.translations]
        if not all(one in allowed or (fewer and any(one <= whole for whole in allowed)) for one in given):
            found.append("has other placeholders or tags than its translation")
        return found


def _placeholders(text: str) -> Counter[str]:
    # The attributes of a tag may be translated (a title, an address); the tag itself must stand.
    return Counter(re.sub(r"\s.*", ">", found) if found[0] == "<" else found for found in _PLACEHOLDER.findall(text))


def read(path: Path) -> list[Message]:
    """The entries of a file, in their order.

    Raises babel's PoFileError on a broken file, ValueError on an entry that stands there twice.
    """
    with path.open("rb") as stream:
        catalog = read_po(stream, abort_invalid=True)
    return [
        Message(
            entry.context or "",
            entry.id if isinstance(entry.id, str) else entry.id[0],
            "" if isinstance(entry.id, str) else entry.id[1],
            (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ()),
            tuple(entry.user_comments),
            entry.fuzzy,
        )
        for entry in catalog
        if entry.id
    ]


def write(path: Path, messages: list[Message]) -> bool:
    """Write the entries, sorted; an area without a text has no file. Returns whether anything changed."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    ordered = sorted(messages, key=lambda message: (message.text.casefold(), message.text, message.context))
    after = "\n".join([HEADER, *(_entry(message) for message in ordered)]) if messages else ""
    if before == after:
        return False
    if after:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, encoding="utf-8")
    else:
        path.unlink()
    return True


def _entry(message: Message) -> str:
    lines = [f"# {comment}".rstrip() for comment in message.comments]
    flags = ["fuzzy"] * message.fuzzy + ["python-format"] * bool(re.search(r"%\(|%[sd]", message.text))
    if flags:
        lines.append("#, " + ", ".join(flags))
    if message.context:
        lines.append(f"msgctxt {normalize(message.context, width=110)}")
    lines.append(f"msgid {normalize(message.text, width=110)}")
    if message.plural:
        lines.append(f"msgid_plural {normalize(message.plural, width=110)}")
        lines += [f"msgstr[{n}] {normalize(text, width=110)}" for n, text in enumerate(message.translations)]
    else:
        lines.append(f"msgstr {normalize(message.translations[0], width=110)}")
    return "\n".join(lines) + "\n"


def merged(paths: list[Path], locale: str) -> Catalog:
    """One catalogue of all the files, ready to be compiled; entries that are not translated stay out."""
    catalog = Catalog(locale=locale, charset="utf-8")
    for path in paths:
        for message in read(path):
            if message.translated and not message.fuzzy:
                text = (message.text, message.plural) if message.plural else message.text
                string = message.translations if message.plural else message.translations[0]
                catalog.add(text, string, context=message.context or None)
    return catalog
