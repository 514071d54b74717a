"""What somebody meant who wrote a name that nothing has: for the faults of packages, which are in English."""

from collections.abc import Iterable
from difflib import get_close_matches

# How alike two names are at least, of 1 (the rate of difflib): `works` and `wokrs` are 0.8 alike.
_ALIKE = 0.6


def meant(name: object, known: Iterable[str]) -> str:
    """“ (did you mean 'employees'?)”, to stand after ``name``, which is none of ``known``; empty when none is near.

    Near is a name of the same words (whatever its capitals, spaces, hyphens), one of nearly the same letters, or a
    path that ends in the name (``cost`` for ``activities.cost``). Of a path whose beginning is right
    (``activities.csot``), only what follows is compared.
    """
    wanted, names = str(name), list(dict.fromkeys(known))
    head, dot, last = wanted.rpartition(".")
    beside = [each.removeprefix(f"{head}.") for each in names if dot and each.rpartition(".")[0] == head]
    found = _nearest(last, beside) if beside else _nearest(wanted, names)
    if not found and not dot:
        found = next((each for each in names if each.endswith(f".{wanted}")), "")
    found = f"{head}.{found}" if found and beside else found
    return f" (did you mean {found!r}?)" if found and found != wanted else ""


def _nearest(wanted: str, names: Iterable[str]) -> str:
    by_words: dict[str, str] = {}
    for each in names:
        by_words.setdefault(_plain(each), each)
    found = get_close_matches(_plain(wanted), by_words, 1, _ALIKE)
    return by_words[found[0]] if found else ""


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
