"""Countries and territories of ISO 3166-1, named by Unicode's CLDR for Canada."""

import re
from functools import lru_cache

from babel import Locale

from guichet.kernel.bilingual import Text

# What CLDR lists beside ISO's codes: unions, reserved codes, test locales.
_NOT_ISO = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])

# Names that people type and CLDR does not give.
OTHER_NAMES = {
    "AE": ("UAE", "É.A.U."),
    "CD": ("Democratic Republic of the Congo", "DRC", "République démocratique du Congo", "RDC"),
    "CG": ("Republic of the Congo", "République du Congo"),
    "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic", "République tchèque"),
    "GB": ("UK", "U.K.", "Great Britain", "Grande-Bretagne", "R.-U."),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea", "République de Corée"),
    "MM": ("Burma", "Birmanie"),
    "NL": ("Holland", "Hollande"),
    "RU": ("Russian Federation", "Fédération de Russie"),
    "SZ": ("Swaziland",),
    "TR": ("Turkey",),
    "US": ("USA", "U.S.", "U.S.A.", "United States of America", "É.-U.", "États-Unis d’Amérique"),
    "VN": ("Viet Nam",),
}


@lru_cache
def labels() -> dict[str, Text]:
    """Every country's names by its two letters, in the order of the letters."""
    english, french = (Locale(language, "CA").territories for language in ("en", "fr"))
    codes = sorted(code for code in map(str, english) if re.fullmatch("[A-Z]{2}", code) and code not in _NOT_ISO)
    return {code: Text(en=_alone(str(english[code])), fr=_alone(str(french[code]))) for code in codes}


def _alone(name: str) -> str:
    """The name as it stands in a list: CLDR writes "île Bouvet" for the middle of a sentence."""
    return name[:1].upper() + name[1:]
