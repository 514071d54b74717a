"""The officers' queue: by due date, a page at a time, at the same cost for one case and for many.

Other tests may leave cases in the queue: those here are due long before them.
"""

import datetime as dt

import pytest

from guichet.eligibility import queries
from guichet.eligibility.models import Case
from tests import people

pytestmark = pytest.mark.django_db


def due_on(day):
    case = people.firm("sent").case
    Case.objects.filter(pk=case.pk).update(due_on=dt.date(2001, 11, day))
    case.refresh_from_db()
    return case


def test_open_cases_stand_by_due_date_and_the_oldest_first_on_a_day():
    late, first, second = due_on(20), due_on(4), due_on(4)
    concluded = people.firm("met").case
    Case.objects.filter(pk=concluded.pk).update(due_on=dt.date(2001, 11, 1))
    assert queries.open_cases()[:3] == [first, second, late]


def test_a_page_begins_after_the_last_case_seen():
    cases = [due_on(4), due_on(4), due_on(5)]
    assert queries.open_cases(limit=2) == cases[:2]
    assert queries.open_cases(after=cases[0].public_id, limit=2) == cases[1:]
    assert not set(queries.open_cases(after=cases[2].public_id)) & set(cases)
    for forged in ("forged", "\x00", "x" * 22):
        assert queries.open_cases(after=forged, limit=3) == cases


def test_the_queue_costs_the_same_for_one_case_and_for_three(django_assert_num_queries):
    for expected in (1, 3):
        for _ in range(expected):
            due_on(4)
        with django_assert_num_queries(1):
            names = [case.organization.legal_name for case in queries.open_cases()]
        assert len(names) >= expected


def test_a_history_costs_the_same_for_one_case_and_for_three(django_assert_num_queries):
    firm = people.firm("sent")
    for expected, city in ((1, ""), (2, "Lévis"), (3, "Gaspé")):
        if city:
            firm.answer(city=city)
            firm.update()
        with django_assert_num_queries(2):
            found = [
                (case.opened_by.name, case.edition.key, [finding.outcome for finding in case.findings.all()])
                for case in queries.history(firm.organization, people.PROGRAM)
            ]
        assert len(found) == expected


def test_a_case_is_found_by_its_public_id_with_all_it_shows(django_assert_num_queries):
    public_id = people.firm("met").case.public_id
    with django_assert_num_queries(2):
        case = queries.case(public_id)
        assert case.organization.legal_name and case.concluded_by.name and len(case.findings.all()) == 6
    assert queries.case("forged") is None
