"""The outbox grows for ever: no list of letters may read the whole of it."""

import pytest
from django.db import connection

from guichet.mail import queries
from guichet.mail.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("about", [{"organization_id": "o" * 22}, {"reference": "TST-2026-00001-A"}])
def test_the_letters_about_something_are_found_by_an_index(about):
    """Over so many letters that no other way is cheaper, whatever was counted of the table before."""
    Letter.objects.bulk_create(
        Letter(name="x", recipient_email="a@b.example", language="en", subject="s", message_id=f"<{number}@test>")
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Letter.objects.filter(in_portal=True, **about).order_by("-pk")[:50].explain()
    assert "Seq Scan" not in plan
    assert f"mail_{next(iter(about)).removesuffix('_id')}" in plan
    assert queries.letters_about(**about) == []
