"""Province or territory of Canada. Canonical value: two letters (Canada Post's)."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from guichet.kernel.bilingual import Text
from guichet.questions.fields._choosing import Picking
from guichet.questions.lists import provinces


class Definition(Picking):
    """One of the ten provinces and three territories."""

    type: Literal["province"]
    width: ClassVar[str] = "w-30"
    by_label: ClassVar[bool] = True

    def labels(self) -> Mapping[str, Text]:
        """Provinces and territories."""
        return provinces.labels()
