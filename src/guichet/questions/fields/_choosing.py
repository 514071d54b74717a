"""What the types share in which one picks from a list."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._openings import PICKED
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

# How many drawn lists a question keeps: each is some kilobytes.
_KEPT = 200


@dataclass(frozen=True)
class Option:
    """One option as a template shows it."""

    value: str
    label: str
    hint: str
    chosen: bool


def fold(text: str) -> str:
    """Text for comparing and sorting: no accents, small letters, apostrophes alike (É sorts with E, Œ as OE)."""
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'").replace("\u00a0", " ")
    return "".join(s for s in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(s)).casefold()


class Picking(Question):
    """One value out of a list of keys with labels. Understands keys, and labels in either language."""

    kind: ClassVar[Kind] = "text"
    # Keys are shown in the order of their labels, or in the order of the list.
    by_label: ClassVar[bool] = False
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = PICKED

    def labels(self) -> Mapping[str, Text]:
        """Every key that can be picked, with its label."""
        raise NotImplementedError

    def hint_of(self, key: str, language: str) -> str:
        """What an option has to say under its label."""
        return ""

    def pick(self, text: str) -> str | None:
        """The key of a key or a label typed in; None when there is none."""
        labels = self.labels()
        if text in labels:
            return text
        wanted = fold(text)
        for key, label in labels.items():
            if wanted in (fold(key), *(fold(label.in_(language)) for language in LANGUAGES)):
                return key
        return None

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """The key; a value that the list does not have is unreadable."""
        text = line_of(raw)
        if not text:
            return None
        return self.pick(text) or Unreadable(text)

    def problems(self, value: JSON) -> list[Text]:
        """A key that the list does not have (any more)."""
        return [] if value in self.labels() else [self.unreadable()]

    def shown(self, value: JSON, language: str) -> str:
        """The label."""
        label = self.labels().get(value)
        return label.in_(language) if label else str(value)

    def typed(self, value: JSON, language: str) -> Any:
        """The key."""
        return unreadable_text(value) or value or ""

    def as_list(self) -> bool:
        """Whether the options are a list to open, rather than buttons."""
        return True

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """Buttons: the options. A list to open: ``list``, its HTML, which a page needs once per row."""
        stray = unreadable_text(value) or ""
        chosen = frozenset(value if isinstance(value, list) else [stray or value])
        if not self.as_list():
            return {"as_list": False, "stray": "", "list": "", "options": tuple(self.options(language, chosen))}
        offered = self.offered(binder)
        if not chosen <= offered:
            offered |= chosen & self.keys
        return {"as_list": True, "stray": stray, "list": self._drawn_list(language, chosen, offered)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys that can be picked."""
        return frozenset(self.labels())

    def offered(self, binder: "Binder") -> frozenset[str]:
        """The keys that a page offers: all of them, or those that other answers leave."""
        return self.keys

    def options(self, language: str, chosen: Collection[str]) -> list[Option]:
        """The options, in the order in which they are shown."""
        options = [
            Option(key, label.in_(language), self.hint_of(key, language), key in chosen)
            for key, label in self.labels().items()
        ]
        return sorted(options, key=lambda option: fold(option.label)) if self.by_label else options

    def groups(self, options: list[Option]) -> list[dict[str, Any]]:
        """The options in groups, each with a label; one group without a label by default."""
        return [{"label": "", "options": options}]

    def _drawn_list(self, language: str, chosen: frozenset[str], offered: frozenset[str]) -> str:
        key = (language, chosen & offered, offered)
        if key not in self._lists:
            if len(self._lists) >= _KEPT:
                self._lists.clear()
            options = [option for option in self.options(language, chosen) if option.value in offered]
            groups = self.groups(options)
            self._lists[key] = render_to_string("_shared/options.html", {"groups": groups})
        return self._lists[key]

    @cached_property
    def _lists(self) -> dict[tuple[str, frozenset[str], frozenset[str]], str]:
        """Lists that were drawn before, by language and choice: hundreds of options are drawn once, not per row."""
        return {}

    def operand_faults(self, operand: Operand) -> list[str]:
        """Options that do not exist."""
        asked = operand if isinstance(operand, frozenset) else {operand}
        return [f"{self.key!r} has no option {key!r}" for key in asked if key not in self.labels()]

    def missing(self) -> Text:
        """Nothing picked."""
        return say(lambda language: gettext("Select an answer."))

    def unreadable(self) -> Text:
        """Not in the list."""
        return say(lambda language: gettext("Select one of the answers in the list."))
