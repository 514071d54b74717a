"""Several of several options. Canonical value: the options' keys, in the order of the list."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext, ngettext

from guichet.kernel.bilingual import Text
from guichet.questions.expressions import Kind
from guichet.questions.fields._listed import Listed
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Post, Raw, Unreadable, line_of, text_of, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


class Definition(Listed):
    """Check boxes. At most ``max_chosen`` may be chosen, at least ``min_chosen`` when required."""

    type: Literal["choices"]
    kind: ClassVar[Kind] = "keys"
    brief: ClassVar[bool] = False
    min_chosen: int | None = None
    max_chosen: int | None = None

    def as_list(self) -> bool:
        """Check boxes."""
        return False

    def read(self, post: Post, name: str) -> Raw | None:
        """Every box that is checked; the page sends an empty text with them, so that none at all is known too."""
        return post.getlist(name) or None

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """A list of keys; or one text with semicolons or line ends between keys or labels."""
        items = raw if isinstance(raw, list | tuple) else re.split(r"[;\n]", text_of(raw))
        texts = [text for text in (line_of(item) for item in items) if text]
        picked = [self.pick(text) for text in texts]
        if None in picked:
            return Unreadable("\n".join(texts))
        return [key for key in self.labels() if key in picked] or None

    def problems(self, value: JSON) -> list[Text]:
        """Options that do not exist, too many or too few."""
        if not set(value) <= set(self.labels()):
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
        return "; ".join(super(Definition, self).shown(key, language) for key in value)

    def typed(self, value: JSON, language: str) -> Any:
        """The keys."""
        typed = unreadable_text(value)
        return typed.split("\n") if typed is not None else list(value or [])

    def export(self, value: JSON) -> str | int | bool | None:
        """The keys, with semicolons between them."""
        return None if self.blank(value) else ";".join(value)

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The options, the readable ones of an unreadable answer still checked."""
        return super().bound(self.typed(value, language), language, binder)

    def unreadable(self) -> Text:
        """Not in the list."""
        return say(lambda language: gettext("Select only answers that are in the list."))
