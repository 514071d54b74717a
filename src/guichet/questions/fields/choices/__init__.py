"""Several of several options. Canonical value: the options' keys, in the order of the list."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext, ngettext
from pydantic import Field, model_validator

from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.questions.expressions import Kind, Scope
from guichet.questions.fields._choosing import LONG, MATCH, Shape
from guichet.questions.fields._listed import Listed
from guichet.questions.speech import quoted, say
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable, line_of, text_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


class Definition(Listed):
    """Check boxes. At most ``max_chosen`` may be chosen, at least ``min_chosen`` when required.

    A long list shows what is chosen as check boxes, and a box that searches for more.
    """

    type: Literal["choices"]
    kind: ClassVar[Kind] = "keys"
    brief: ClassVar[bool] = False
    min_chosen: int | None = Field(default=None, ge=1)
    max_chosen: int | None = Field(default=None, ge=1)
    style: Literal["buttons", "search"] | None = None

    @model_validator(mode="after")
    def _coherent(self) -> "Definition":
        if self.min_chosen and self.max_chosen and self.min_chosen > self.max_chosen:
            raise ValueError("min_chosen is more than max_chosen")
        if self.min_chosen and self.min_chosen > len(self.choices):
            raise ValueError("min_chosen is more than there are options")
        return self

    def shape(self, number: int) -> Shape:
        """As ``style`` says, or by the number of options."""
        return self.style or ("search" if number > LONG else "buttons")

    def read(self, post: Post, name: str) -> Raw | None:
        """Every box that is checked, with what was typed; a meaning that was chosen stands for the text it is of."""
        sent = list(post.getlist(name))
        chosen = [text for text in post.getlist(f"{name}{MATCH}") if text]
        if not chosen:
            return sent or None
        texts = [text for item in sent for text in _texts(item)]
        return [text for text in texts if not set(self.finder.search(text)) & set(chosen) or self.pick(text)] + chosen

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """A list of keys or labels; texts with semicolons or line ends between them."""
        items = raw if isinstance(raw, list | tuple) else [raw]
        texts = [text for item in items for text in _texts(item)]
        picked = [self.pick(text) for text in texts]
        if None in picked:
            return Unreadable("\n".join(dict.fromkeys(texts)))
        return [key for key in self.labels() if key in picked] or None

    def problems(self, value: JSON) -> list[Text]:
        """Options that do not exist, too many or too few."""
        if not set(value) <= self.keys:
            return [self.unreadable()]
        if self.max_chosen is not None and len(value) > self.max_chosen:
            return [say(lambda _: self._many(self.max_chosen or 0))]
        if self.min_chosen is not None and len(value) < self.min_chosen:
            return [say(lambda _: self._few(self.min_chosen or 0))]
        return []

    def _many(self, number: int) -> str:
        sentence = ngettext("Select at most %(number)s answer.", "Select at most %(number)s answers.", number)
        return sentence % {"number": number}

    def _few(self, number: int) -> str:
        sentence = ngettext("Select at least %(number)s answer.", "Select at least %(number)s answers.", number)
        return sentence % {"number": number}

    def operand(self, value: JSON) -> Operand | None:
        """The set of keys."""
        return None if self.blank(value) else frozenset(value)

    def shown(self, value: JSON, language: str) -> str:
        """The labels, with semicolons between them."""
        keys = value if isinstance(value, list) else [value]
        return "; ".join(super(Definition, self).shown(key, language) for key in keys)

    def typed(self, value: JSON, language: str) -> Any:
        """The keys."""
        typed = unreadable_text(value)
        return typed.split("\n") if typed is not None else list(value or [])

    def export(self, value: JSON) -> str | int | bool | None:
        """The keys, with semicolons between them."""
        return None if self.blank(value) else ";".join(value)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The options, the readable ones of an unreadable answer still checked; or the chosen ones and the box."""
        texts = self.typed(value, language)
        picked = [self.pick(text) for text in texts]
        chosen = [key for key in picked if key]
        if self.shape(len(self.keys)) == "buttons":
            return super().bound(chosen, language, binder)
        stray = [text for text, key in zip(texts, picked, strict=True) if key is None]
        meant = dict(meaning for text in stray for meaning in self.meanings(text, language))
        return {
            "shape": "search",
            "list": "",
            "options": tuple(option for option in self.options(language, chosen) if option.chosen),
            "box": "; ".join(stray),
            "matches": tuple(meant.items()),
            **self._source(language, binder),
        }

    def check(self, scope: Scope) -> list[str]:
        """Semicolons stand between answers, so they cannot stand in one."""
        halves = (label.in_(language) for label in self.labels().values() for language in LANGUAGES)
        return [f"the label {half!r} holds a semicolon, which separates answers" for half in halves if ";" in half]

    def unreadable(self) -> Text:
        """Not in the list."""
        return say(lambda language: gettext("Select only answers that are in the list."))

    def not_read(self, typed: str) -> Text:
        """Which ones are not."""
        stray = [text for text in typed.split("\n") if not self.pick(text)]
        return say(
            lambda language: (
                gettext("Not in the list, or not one answer alone: %(typed)s.")
                % {"typed": ", ".join(quoted(text, language) for text in stray)}
            )
        )


def _texts(item: Raw) -> list[str]:
    return [text for part in re.split(r"[;\n]", text_of(item)) if (text := line_of(part))]
