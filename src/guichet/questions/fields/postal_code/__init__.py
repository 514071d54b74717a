"""Canadian postal code. Canonical value: "K1A 0B1"."""

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from django.utils.translation import gettext

from guichet.kernel.bilingual import Text
from guichet.questions.fields._openings import BOX
from guichet.questions.question import Question
from guichet.questions.speech import say
from guichet.questions.values import JSON, Raw, Unreadable, line_of

# Canada Post: never D, F, I, O, Q, U; W and Z not in the first place.
_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", re.ASCII)


class Definition(Question):
    """A postal code, in any case, with or without its space."""

    type: Literal["postal_code"]
    openings: ClassVar[Mapping[str, tuple[str, ...]]] = BOX
    width: ClassVar[str] = "w-8"

    def parse(self, raw: Raw, language: str = "en") -> JSON | Unreadable:
        """``k1a 0b1``, ``K1A-0B1``; the letter O among the figures is a zero, I a one."""
        text = line_of(raw)
        if not text:
            return None
        signs = re.sub(r"[\s.-]", "", text).upper()
        mended = "".join(self._figure(s) if place % 2 else s for place, s in enumerate(signs))
        return f"{mended[:3]} {mended[3:]}" if _CODE.fullmatch(mended) else Unreadable(text)

    @staticmethod
    def _figure(sign: str) -> str:
        return {"O": "0", "I": "1", "L": "1"}.get(sign, sign)

    def unreadable(self) -> Text:
        """Not a postal code."""
        return say(lambda language: gettext("Enter a Canadian postal code, for example K1A 0B1."))
