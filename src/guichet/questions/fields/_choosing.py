"""What the types share in which one picks from a list: buttons, a list to open, or a box that searches.

A long list is a box to type in, and never a list to open in each row of a table. Without scripts the server
understands what is typed, code or label, in either language; what may mean several things is kept as typed, and the
page offers them. With scripts the same box offers them while one types (combobox.js).

A native <datalist> alone was weighed and not taken: it looks for letters as they are ("etats" never finds "États"),
its window grows neither with the page nor with high contrast, screen readers and telephones announce it badly, and it
cannot ask a server for lists of thousands. It serves as what it is good at: the page's one copy of a list, which a
browser without scripts offers by itself.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guichet.kernel.bilingual import ENGLISH, Text
from guichet.kernel.near import meant
from guichet.questions.expressions import Kind
from guichet.questions.fields._openings import PICKED
from guichet.questions.finding import Finder, fold
from guichet.questions.question import Question
from guichet.questions.speech import quoted, say
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable, line_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

Shape: TypeAlias = Literal["buttons", "list", "search"]

# How many drawn lists a question keeps: each is some kilobytes.
_KEPT = 200
# More options than this are searched rather than shown one below the other.
LONG = 25
# How many meanings of a text are offered.
OFFERED = 8
# The page's field with the meaning that was chosen, beside the box.
MATCH = "-match"


@dataclass(frozen=True)
class Option:
    """One option as a template shows it."""

    value: str
    label: str
    hint: str
    chosen: bool


class Picking(Question):
    """One value out of a list of keys with labels. Understands keys, and labels in either language."""

    kind: ClassVar[Kind] = "text"
    # Keys are shown in the order of their labels, or in the order of the list.
    by_label: ClassVar[bool] = False
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = PICKED

    # -- the list -------------------------------------------------------------------------------------------------
    def labels(self) -> Mapping[str, Text]:
        """Every key that can be picked, with its label."""
        raise NotImplementedError

    def other_names(self) -> Mapping[str, Iterable[str]]:
        """Further names by which somebody may call a key."""
        return {}

    def hint_of(self, key: str, language: str) -> str:
        """What an option has to say under its label."""
        return ""

    def shape(self, number: int) -> Shape:
        """How ``number`` options are shown."""
        return "search" if number > LONG else "list"

    def searched(self) -> Mapping[str, str] | None:
        """What the address of searches needs (``{"list": name}``), for lists too long for a page; None for others."""
        return None

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys that can be picked."""
        return frozenset(self.labels())

    @cached_property
    def finder(self) -> Finder:
        """Looks for what was typed."""
        return Finder(self.labels(), self.other_names())

    # -- reading --------------------------------------------------------------------------------------------------
    def read(self, post: Post, name: str) -> Raw | None:
        """The meaning that was chosen among those offered, else what is in the box."""
        chosen = [text for text in post.getlist(f"{name}{MATCH}") if text]
        return chosen[-1] if chosen else super().read(post, name)

    def pick(self, text: str) -> str | None:
        """The key of a key or a label typed in; None when there is none, or several."""
        return text if text in self.keys else self.finder.meant(text)

    def meanings(self, text: str, language: str) -> list[tuple[str, str]]:
        """What a text that could not be read may mean: keys with their labels."""
        return [(key, self.shown(key, language)) for key in self.finder.search(text, OFFERED)]

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """The key; a value that the list does not have is unreadable."""
        text = line_of(raw)
        if not text:
            return None
        key = self.pick(text)
        return Unreadable(text) if key is None else key

    def problems(self, value: JSON) -> list[Text]:
        """A key that the list does not have (any more)."""
        return [] if value in self.keys else [self.unreadable()]

    # -- showing --------------------------------------------------------------------------------------------------
    def shown(self, value: JSON, language: str) -> str:
        """The label."""
        label = self.labels().get(value)
        return label.in_(language) if label else str(value)

    def typed(self, value: JSON, language: str) -> Any:
        """The label in a box that searches, the key in a list and on buttons."""
        return self.display(value, language) if self._box() else unreadable_text(value) or value or ""

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """``shape``, and what it needs: ``options``; ``list``, drawn HTML; or ``box``, ``source``, ``matches``."""
        stray = unreadable_text(value) or ""
        chosen = frozenset(value if isinstance(value, list) else [stray or value])
        if self.shape(len(self.keys) if self.searched() is None else LONG + 1) == "buttons":
            options = tuple(self.options(language, chosen))
            return {"shape": "buttons", "stray": "", "list": "", "box": "", "options": options}
        offered = self.offered(binder)
        if self.searched() is not None or self.shape(len(offered)) == "search":
            return {"stray": "", "list": "", **self._searching(value, language, binder)}
        if not chosen <= offered:
            offered |= chosen & self.keys
        return {"shape": "list", "stray": stray, "box": "", "list": self._drawn_list(language, chosen, offered)}

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

    def _box(self) -> bool:
        return self.searched() is not None or self.shape(len(self.keys)) == "search"

    def _searching(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The box: its text, where the script finds the list, and what an unreadable text may mean."""
        stray = unreadable_text(value)
        return {
            "shape": "search",
            "box": self.display(value, language),
            "matches": tuple(self.meanings(stray, language)) if stray else (),
            **self._source(language, binder),
        }

    def _source(self, language: str, binder: "Binder") -> dict[str, str]:
        """``query`` of the searches, or ``source``, the id of the page's one copy of the list."""
        searched = self.searched()
        if searched is not None:
            return {"source": "", "query": "&".join(f"{name}={text}" for name, text in searched.items())}
        name = self._list_name
        binder.share(name, lambda: self._offers(language))
        return {"source": name, "query": ""}

    @cached_property
    def _list_name(self) -> str:
        return f"list-{sha256(repr(sorted(self.keys)).encode()).hexdigest()[:8]}"

    def _offers(self, language: str) -> tuple[str, ...]:
        """The labels of the list, in order; worked out once in a language."""
        if language not in self._labels:
            self._labels[language] = tuple(option.label for option in self.options(language, ()))
        return self._labels[language]

    @cached_property
    def _labels(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _drawn_list(self, language: str, chosen: frozenset[str], offered: frozenset[str]) -> str:
        key = (language, chosen & offered, offered)
        if key not in self._lists:
            if len(self._lists) >= _KEPT:
                self._lists.clear()
            options = [option for option in self.options(language, chosen) if option.value in offered]
            self._lists[key] = render_to_string("_shared/options.html", {"options": options})
        return self._lists[key]

    @cached_property
    def _lists(self) -> dict[tuple[str, frozenset[str], frozenset[str]], str]:
        """Lists that were drawn before, by language and choice: options are drawn once, not per row."""
        return {}

    # -- knowing and speaking -------------------------------------------------------------------------------------
    def operand_faults(self, operand: Operand) -> list[str]:
        """Options that do not exist."""
        asked = operand if isinstance(operand, frozenset) else {operand}
        unknown = sorted(str(key) for key in asked if key not in self.keys)
        return [f"{self.key!r} has no option {key!r}{meant(key, sorted(self.keys))}" for key in unknown]

    def missing(self) -> Text:
        """Nothing picked."""
        return say(lambda language: gettext("Select an answer."))

    def unreadable(self) -> Text:
        """Not in the list."""
        return say(lambda language: gettext("Select one of the answers in the list."))

    def not_read(self, typed: str) -> Text:
        """Not in the list; or, in a box that searches, several things at once."""
        if not self._box():
            return self.unreadable()
        if self.meanings(typed, ENGLISH):
            return say(
                lambda language: (
                    gettext("Choose below the answer that %(typed)s stands for.") % {"typed": quoted(typed, language)}
                )
            )
        return say(
            lambda language: (
                gettext("%(typed)s is not in the list. Try another word, or part of one.")
                % {"typed": quoted(typed, language)}
            )
        )
