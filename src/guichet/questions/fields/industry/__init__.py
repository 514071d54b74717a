"""Industry. Canonical value: a NAICS Canada code ("541", "31-33")."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal

from guichet.kernel.bilingual import Text
from guichet.questions.fields._choosing import Option, Picking, fold
from guichet.questions.lists import industries
from guichet.questions.values import JSON


class Definition(Picking):
    """A sector or subsector, in a list grouped by sector."""

    type: Literal["industry"]
    width: ClassVar[str] = "w-60"

    def labels(self) -> Mapping[str, Text]:
        """Sectors and subsectors by code."""
        return industries.labels()

    def pick(self, text: str) -> str | None:
        """A code, “541 Professional …”, or a title that only one class has (subsector before sector)."""
        code = text.split(" ")[0].replace("–", "-")
        if code in self.labels():
            return code
        wanted = fold(text)
        found = [key for key, label in self.labels().items() if wanted in (fold(label.en), fold(label.fr))]
        return found[-1] if found else None

    def shown(self, value: JSON, language: str) -> str:
        """``541 Professional, scientific and technical services``."""
        return f"{value} {super().shown(value, language)}"

    def options(self, language: str, chosen: Collection[str]) -> list[Option]:
        """Each with its code before its title."""
        found = super().options(language, chosen)
        return [replace(option, label=f"{option.value} {option.label}") for option in found]

    def groups(self, options: list[Option]) -> list[dict[str, Any]]:
        """One per sector, which holds the sector itself and its subsectors."""
        by_code = {option.value: option for option in options}
        return [
            {"label": by_code[sector].label, "options": [by_code[code] for code in (sector, *subsectors)]}
            for sector, subsectors in industries.sectors().items()
        ]
