"""The imported lists. A process keeps the newest version of each, and asks every minute for a newer one."""

from dataclasses import dataclass
from time import monotonic

from guichet.classifications.models import Entry, ListVersion
from guichet.kernel.bilingual import Text
from guichet.questions.lists import CodeList

_FRESH_SECONDS = 60


@dataclass(frozen=True)
class _Kept:
    at: float
    version: int | None
    codes: CodeList | None


_kept: dict[str, _Kept] = {}


def current(name: str) -> CodeList | None:
    """The newest version of a list; None when none was imported. One query a minute, two after an import."""
    kept = _kept.get(name)
    if kept is not None and monotonic() - kept.at < _FRESH_SECONDS:
        return kept.codes
    newest = ListVersion.objects.filter(list=name).order_by("number").last()
    if kept is not None and newest is not None and kept.version == newest.pk:
        codes = kept.codes
    else:
        codes = _read(newest) if newest else None
    _kept[name] = _Kept(monotonic(), newest.pk if newest else None, codes)
    return codes


def versions(name: str) -> list[tuple[ListVersion, int]]:
    """Every version of a list with the number of its codes, oldest first."""
    return [(version, version.entries.count()) for version in ListVersion.objects.filter(list=name)]


def _read(newest: ListVersion) -> CodeList:
    """The version with the titles of the codes that only earlier ones had, as the last of them had it."""
    titles: dict[str, Text] = {}
    former: dict[str, Text] = {}
    entries = Entry.objects.filter(version__list=newest.list).order_by("version__number", "id")
    for version, code, english, french in entries.values_list("version_id", "code", "title_en", "title_fr").iterator():
        (titles if version == newest.pk else former)[code] = Text(en=english, fr=french)
    return CodeList(titles, {code: text for code, text in former.items() if code not in titles})
