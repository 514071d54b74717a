"""What the types share in which one gives a code of a published list."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import ClassVar

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions import lists
from guichet.questions.fields._choosing import LONG, Option, Picking, Shape
from guichet.questions.finding import Finder
from guichet.questions.lists import CodeList, Part
from guichet.questions.speech import say
from guichet.questions.values import JSON

# Longer lists than this are searched on the server instead of being a part of the page.
_IN_PAGE = 300


class Coded(Picking):
    """A code of ``list_name`` with one of the asked numbers of digits, shown with its title.

    The list may go less deep than the question: then as many of the code's first digits are checked as it knows. It
    changes while the process runs (an import), so nothing of it is kept here.
    """

    list_name: ClassVar[str]
    # What a code looks like at the beginning of a text.
    written: ClassVar[re.Pattern[str]]

    def levels(self) -> frozenset[int]:
        """The numbers of digits that the question takes."""
        raise NotImplementedError

    def tidy(self, code: str) -> str:
        """A code as it was typed, without what only separates its digits."""
        return code

    @property
    def published(self) -> CodeList:
        """The list as it is now."""
        return lists.current(self.list_name)

    @property
    def _part(self) -> Part:
        return self.published.part(self.levels())

    def labels(self) -> Mapping[str, Text]:
        """The codes of the list that can be picked; a code may be right that the list does not go down to."""
        return self._part.titles

    @property
    def keys(self) -> frozenset[str]:  # not kept: an import changes the list
        """The codes of the list that can be picked."""
        return frozenset(self.labels())

    @property
    def finder(self) -> Finder:  # kept by the list itself
        """Looks among those."""
        return self._part.finder

    def shape(self, number: int) -> Shape:
        """A short part of a list is opened, if it is complete; all else is typed."""
        complete = self.levels() <= set(self.published.levels)
        return "list" if complete and number <= LONG else "search"

    def searched(self) -> Mapping[str, str] | None:
        """Long lists are searched on the server; one that lacks the level has nothing to offer."""
        part = self.labels()
        if part and len(part) <= _IN_PAGE:
            return None
        levels = ".".join(str(number) for number in sorted(self.levels()))
        return {"list": self.list_name, "digits": levels} if part else {}

    def pick(self, text: str) -> str | None:
        """A code, “541 Professional …”, or a title; of two classes with one title the finer."""
        text = text.replace("–", "-")
        found = self.written.match(text)
        if found:
            # In “0901.21 2 kg …” the code ends at the space; in “09 01 21” it does not.
            first = text.split()[0] if found[0] != text else found[0]
            codes = [self.tidy(code) for code in (first, found[0])]
            return next((code for code in codes if self._fits(code)), None)
        called = self.finder.called(text)
        return called[-1] if called else self.finder.meant(text)

    def _fits(self, code: str) -> bool:
        return lists.level(code) in self.levels() and self.published.known(code) is not None

    def problems(self, value: JSON) -> list[Text]:
        """A code that the list does not have, or no longer."""
        if self._fits(value):
            return []
        if value in self.published.former:
            return [
                say(lambda language: gettext("This code is no longer in the list. Choose the one that replaces it."))
            ]
        return [self.unreadable()]

    def shown(self, value: JSON, language: str) -> str:
        """The code with its title."""
        return lists.line(self.list_name, str(value), language)

    def options(self, language: str, chosen: Collection[str]) -> list[Option]:
        """Each with its code before its title; none of a list that is too long to be read."""
        if len(self.labels()) > _IN_PAGE:
            return []
        found = super().options(language, chosen)
        return [replace(option, label=self.shown(option.value, language)) for option in found]

    def missing(self) -> Text:
        """No code."""
        return say(lambda language: gettext("Enter a code, or search for one by its title."))
