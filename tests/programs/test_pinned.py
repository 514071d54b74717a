"""The edition that an application is pinned to is kept for ten seconds, and no longer."""

import pytest

from guichet.programs import queries
from tests import people


@pytest.mark.django_db
def test_a_pinned_edition_is_asked_for_every_ten_seconds(monkeypatch, django_assert_num_queries):
    found = people.edition()
    queries.edition(found.id)
    for now, statements in ((9.9, 0), (10.0, 1), (19.9, 0)):
        monkeypatch.setattr(queries, "monotonic", lambda now=now: now)
        with django_assert_num_queries(statements):
            assert queries.edition(found.id) == found
