"""Which program a page is about: the one named in the address, or the first on offer."""

from django.http import Http404, HttpRequest

from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition


def chosen(request: HttpRequest) -> PublishedEdition:
    """The current edition of ``?program=key``; of the first program where none is named. Raises Http404."""
    offered = programs.programs()
    key = request.GET.get("program", "")
    found = [edition for edition in offered if edition.program_key == key] if key else offered
    if not found:
        raise Http404
    return found[0]


def family_slug(edition: PublishedEdition) -> str:
    """The name of the family in an address: its English name in small letters, the same in both languages."""
    return "-".join(edition.definition.program.family.en.lower().split())


def of_family(slug: str) -> list[PublishedEdition]:
    """The current editions of a family of programs, by program key. Raises Http404 for an unknown family."""
    found = [edition for edition in programs.programs() if family_slug(edition) == slug]
    if not found:
        raise Http404
    return found
