"""The published edition that an address of an officer's page names."""

from django.http import Http404

from guichet.programs import queries
from guichet.programs.errors import UnknownProgram
from guichet.programs.queries import PublishedEdition


def edition_at(program: str, key: str) -> PublishedEdition:
    """The edition of that program with that key. Raises Http404."""
    try:
        return queries.edition_called(program, key)
    except UnknownProgram as error:
        raise Http404 from error
