"""Which program a page is about: the one named in the address, or the first on offer."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

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


@dataclass(frozen=True)
class Offered:
    """A program on offer, and the same page for it: what templates/applicant/_program.html draws."""

    name: str
    href: str


def others(request: HttpRequest, edition: PublishedEdition, language: str) -> list[Offered]:
    """The page that is asked for, for each other program on offer: each has profiles and examinations of its own."""
    return [
        Offered(one.definition.program.name.in_(language), f"{request.path}?program={one.program_key}")
        for one in programs.programs()
        if one.program_key != edition.program_key
    ]


def help_links(key: str, language: str) -> list[dict[str, str]]:
    """The help page ``key`` of every program that has one: its title and address in a language."""
    return [
        {
            "title": page.title.in_(language),
            "href": reverse("public:help_page", args=[edition.program_key, page.slug.in_(language)]),
        }
        for edition in programs.programs()
        for page in edition.definition.help
        if page.key == key
    ]


def family_slug(edition: PublishedEdition) -> str:
    """The name of the family in an address: its English name in small letters, the same in both languages."""
    return "-".join(edition.definition.program.family.en.lower().split())


def of_family(slug: str) -> list[PublishedEdition]:
    """The current editions of a family of programs, by program key. Raises Http404 for an unknown family."""
    found = [edition for edition in programs.programs() if family_slug(edition) == slug]
    if not found:
        raise Http404
    return found
