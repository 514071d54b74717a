"""Amount in Canadian dollars. Canonical value: text with two decimals ("1234.50")."""

from decimal import Decimal
from typing import ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.kernel.decimals import Exact
from guichet.kernel.money import CENT
from guichet.questions.fields._numbers import Number, read_number
from guichet.questions.speech import say
from guichet.questions.values import JSON, Operand, Raw, Unreadable, line_of


class Definition(Number):
    """An amount, zero or more unless ``min`` says otherwise."""

    type: Literal["money"]
    width: ClassVar[str] = "w-16"
    sign: ClassVar[str] = "$"
    finest: ClassVar[int] = 2
    min: Exact | None = Decimal(0)
    # More than any program pays: an absurd amount is a slip, and is said at once.
    max: Exact | None = Decimal("999999999999.99")

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``1 234,56 $``, ``$1,234.56``, ``1234.5``; a lone comma before three digits separates thousands."""
        text = line_of(raw)
        if not text:
            return None
        number = read_number(text)
        if number is None or number % CENT:
            return Unreadable(text)
        return f"{number:.2f}"

    def from_operand(self, operand: Operand) -> JSON:
        """Two decimals."""
        return f"{operand:.2f}" if isinstance(operand, Decimal) else str(operand)

    def shown(self, value: JSON, language: str) -> str:
        """``1 234,50 $``."""
        return formats.money(Decimal(value), language)

    def typed(self, value: JSON, language: str) -> str:
        """Without the sign, which stands beside the box."""
        return self.display(value, language).replace("$", "").rstrip()

    def figure(self, number: Decimal, language: str) -> str:
        """With the sign."""
        return formats.money(number, language)

    def asked_for(self) -> str:
        """“Enter an amount between $0 and $50,000.”"""
        if self.min is None:
            return gettext("Enter an amount of %(high)s or less.")
        if self.max is None:
            return gettext("Enter an amount of %(low)s or more.")
        return gettext("Enter an amount between %(low)s and %(high)s.")

    def unreadable(self) -> Text:
        """Not an amount."""
        return say(
            lambda language: gettext("Enter an amount in dollars with at most two decimals, for example 1,234.50.")
        )
