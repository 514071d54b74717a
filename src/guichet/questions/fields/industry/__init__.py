"""Industry. Canonical value: a NAICS Canada code ("541", "31-33")."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from guichet.kernel.bilingual import Text
from guichet.questions.fields._choosing import Picking, fold
from guichet.questions.lists import industries
from guichet.questions.values import JSON

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


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

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The options, in groups: one per sector, which holds the sector itself and its subsectors."""
        common = super().bound(value, language, binder)
        options = {option.value: option for option in common["options"]}
        groups = [
            {"label": f"{sector} {options[sector].label}", "options": [options[code] for code in (sector, *subsectors)]}
            for sector, subsectors in industries.sectors().items()
        ]
        return {**common, "groups": groups}
