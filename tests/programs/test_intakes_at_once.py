"""Two officers decide at once: on connections of their own, committed for real, on an edition of this test's own."""

from datetime import UTC, datetime

import time_machine

from guichet.programs import intakes, queries
from guichet.programs.errors import NotExtended
from guichet.programs.models import IntakeDecision
from tests import people
from tests.applications.editions import newer
from tests.kernel.together import together

LATER = datetime(2026, 8, 31, 16, tzinfo=UTC)


def test_of_two_who_extend_alike_one_is_told(django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), time_machine.travel(datetime(2026, 3, 1, 16, tzinfo=UTC), tick=False):
        edition = newer(tmp_path, program="extending", changes=())
        officers = [people.officer() for _ in range(6)]

        def extend(officer):
            given = {"edition": edition, "intake": "spring", "closes": LATER, "reason": "Storm"}
            return lambda: intakes.extend(actor=officer, **given)

        results = together(*(extend(officer) for officer in officers))
        made = [result for result in results if isinstance(result, IntakeDecision)]
        told = [result for result in results if isinstance(result, NotExtended)]
        assert (len(made), len(told)) == (1, 5), results
        assert queries.windows(edition)[0].closes == LATER
