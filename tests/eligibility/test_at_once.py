"""Two officers, two windows, the same moment: one examination, one outcome, one letter."""

import pytest

from guichet.eligibility import actions, queries
from guichet.eligibility.errors import CaseClosed
from guichet.eligibility.models import Case
from guichet.mail.models import Letter
from tests import people
from tests.kernel.together import together

pytestmark = pytest.mark.usefixtures("committed")


def letters(firm, name):
    return Letter.objects.filter(organization_id=firm.organization.public_id, name=name).count()


def test_of_two_conclusions_at_once_one_holds_and_the_other_is_told():
    for _ in range(5):
        firm = people.firm("sent")
        officers = [people.officer(), people.officer()]

        def conclude(who, firm=firm):
            return lambda: actions.conclude(actor=who, case=Case.objects.get(pk=firm.case.pk))

        outcomes = together(*map(conclude, officers))
        (concluded,) = [outcome for outcome in outcomes if isinstance(outcome, Case)]
        (told,) = [outcome for outcome in outcomes if isinstance(outcome, CaseClosed)]
        assert (concluded.state, told.params) == ("met", {"state": "met"})
        assert letters(firm, "criteria_met") == 1


def test_an_override_at_the_moment_of_the_conclusion_counts_or_is_refused():
    for _ in range(5):
        firm = people.firm("sent")
        officers = [people.officer(), people.officer()]

        def override(firm=firm, who=officers[0]):
            return actions.override(actor=who, case=firm.case, criterion="revenue", outcome="not_met", reason="Not so.")

        def conclude(firm=firm, who=officers[1]):
            return actions.conclude(actor=who, case=Case.objects.get(pk=firm.case.pk))

        overridden, concluded = together(override, conclude)
        counted = not isinstance(overridden, CaseClosed)
        assert concluded.state == ("not_met" if counted else "met")
        assert letters(firm, "criteria_not_met" if counted else "criteria_met") == 1


def test_update_pressed_twice_at_once_opens_one_examination():
    for _ in range(5):
        firm = people.firm("filled")
        first, second = together(firm.update, firm.update)
        assert first == second
        assert len(queries.history(firm.organization, people.PROGRAM)) == 1
        assert letters(firm, "profile_received") == 1


def test_a_new_profile_at_the_moment_of_the_conclusion_is_examined_anew():
    for number in range(10):
        firm = people.firm("sent")
        first = firm.case
        examiner = people.officer()
        firm.answer(revenue=f"2000{number}.00")

        def conclude(first=first, who=examiner):
            return actions.conclude(actor=who, case=Case.objects.get(pk=first.pk))

        concluded, second = together(conclude, firm.update)
        first.refresh_from_db()
        assert first.state == ("superseded" if isinstance(concluded, CaseClosed) else "met"), concluded
        assert (second.state, second.snapshot["revenue"]) == ("open", f"2000{number}.00"), second
        assert queries.current_case(firm.organization, people.PROGRAM) == second
