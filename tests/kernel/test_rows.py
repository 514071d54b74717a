"""Reading one row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.accounts.models import User
from guichet.kernel.rows import only


def test_the_only_row_is_found_in_one_statement_without_an_order(db):
    ann = User.objects.create_user("ann@example.ca", "secret-1-secret")
    with CaptureQueriesContext(connection) as captured:
        assert only(User.objects.order_by("email").filter(pk=ann.pk)) == ann
        assert only(User.objects.filter(pk=0)) is None
    assert len(captured) == 2
    assert not any("ORDER BY" in each["sql"] for each in captured)
