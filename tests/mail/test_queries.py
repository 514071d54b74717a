"""The outbox grows for ever: no list of letters may read the whole of it."""

import pytest
from django.db import connection

from guichet.mail import queries
from guichet.mail.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("about", [{"organization_id": "o" * 22}, {"reference": "TST-2026-00001-A"}])
def test_the_letters_about_something_are_found_by_an_index(about):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Letter.objects.filter(in_portal=True, **about).order_by("-pk")[:50].explain()
    assert "Seq Scan" not in plan
    assert f"mail_{next(iter(about)).removesuffix('_id')}" in plan
    assert queries.letters_about(**about) == []
