"""Beginning an application: what must be done before, by whom, and never twice."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guichet.answers.actions import create_sheet
from guichet.applications import access, queries
from guichet.applications.errors import IntakeClosed, NotReady
from guichet.applications.models import Application
from guichet.audit.queries import events_of
from guichet.eligibility.states import State as CaseState
from guichet.organizations.models import Profile
from tests.applications.scene import NOON


def steps(scene, user):
    return [(step.key, step.state) for step in queries.readiness(scene.organization, scene.edition, user)]


def test_a_ready_organization_starts(scene):
    application = scene.start(scene.editor)
    assert application.is_draft
    assert (application.edition_id, application.program_key) == (scene.edition.id, "minimal")
    assert application.started_at == NOON
    assert application.started_by == scene.editor
    assert [event.event for event in events_of("application", application.public_id)] == ["application_started"]


def test_starting_again_returns_the_draft_to_everybody(scene):
    first = scene.start(scene.editor)
    assert scene.start(scene.owner) == first
    assert Application.objects.filter(organization=scene.organization).count() == 1
    assert len(events_of("application", first.public_id)) == 1


def test_readers_and_strangers_do_not_start(scene):
    for user in (scene.reader, scene.stranger, scene.officer):
        with pytest.raises(PermissionDenied):
            scene.start(user)


def test_a_former_member_does_not_start(scene):
    scene.organization.memberships.filter(user=scene.editor).update(until=NOON)
    with pytest.raises(PermissionDenied):
        scene.start(scene.editor)


def test_the_database_keeps_one_draft_per_program(scene):
    application = scene.start()
    twin = {name: getattr(application, name) for name in ("organization", "program_key", "edition_id", "started_by")}
    with pytest.raises(IntegrityError, match="application_one_draft_per_program"), transaction.atomic():
        Application.objects.create(**twin, sheet=create_sheet(), started_at=NOON)


def test_everything_done_is_shown_as_done(scene):
    assert steps(scene, scene.owner) == [
        ("profile", "done"),
        ("criteria", "done"),
        ("account_profile", "done"),
        ("intake", "done"),
    ]


def test_a_new_organization_sees_what_comes_first(scene):
    Profile.objects.filter(organization=scene.organization).update(
        state="draft", snapshot=None, updated_at=None, updated_by=None
    )
    scene.organization.cases.all().delete()
    assert steps(scene, scene.editor) == [
        ("profile", "todo"),
        ("criteria", "blocked"),
        ("account_profile", "blocked"),
        ("intake", "done"),
    ]
    assert steps(scene, scene.reader)[0] == ("profile", "waiting")
    profile = queries.readiness(scene.organization, scene.edition, scene.reader)[0]
    assert set(profile.names) == {"Olive Owner", "Pascale Associée", "Edith Editor"}
    with pytest.raises(NotReady) as refused:
        scene.start(scene.editor)
    assert [step.key for step in refused.value.params["steps"]] == ["profile", "criteria", "account_profile"]


def test_an_examination_says_when_it_is_due(scene):
    scene.criteria(CaseState.OPEN)
    step = queries.readiness(scene.organization, scene.edition, scene.owner)[1]
    assert (step.state, step.who, step.due) == ("waiting", "program", date(2026, 1, 9))


def test_criteria_not_met_are_for_the_members_to_correct(scene):
    scene.criteria(CaseState.NOT_MET)
    assert steps(scene, scene.editor)[1] == ("criteria", "todo")
    assert steps(scene, scene.reader)[1] == ("criteria", "waiting")
    with pytest.raises(NotReady):
        scene.start()


def test_only_the_primary_contact_can_do_the_account_profile(scene):
    Profile.objects.filter(organization=scene.organization, kind="account_profile").update(
        state="draft", snapshot=None, updated_at=None, updated_by=None
    )
    assert steps(scene, scene.owner)[2] == ("account_profile", "todo")
    assert steps(scene, scene.partner)[2] == ("account_profile", "waiting")
    assert queries.readiness(scene.organization, scene.edition, scene.partner)[2].names == ("Olive Owner",)


def test_profiles_are_reviewed_again_before_each_new_application(scene, clock):
    scene.submit(scene.complete())
    assert steps(scene, scene.owner)[0] == ("profile", "todo")
    assert steps(scene, scene.owner)[2] == ("account_profile", "todo")
    with pytest.raises(NotReady):
        scene.start()
    clock.move_to(datetime(2026, 1, 12, 18, tzinfo=UTC))
    for kind in ("profile", "account_profile"):
        scene.send_profile(kind, {"legal_name": "Semis du Nord inc."}, at=datetime(2026, 1, 12, 17, tzinfo=UTC))
    assert scene.start().is_draft


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2026, 1, 5, 16, 59, 59, tzinfo=UTC), datetime(2026, 1, 5, 17, tzinfo=UTC)),
        (datetime(2026, 7, 1, 0, 0, 0, tzinfo=UTC), None),  # 30 June, 17:00 in Vancouver: closed
    ],
)
def test_outside_the_intake_nothing_is_started(scene, clock, moment, opens):
    clock.move_to(moment)
    with pytest.raises(IntakeClosed) as refused:
        scene.start()
    assert refused.value.params["opens"] == opens
    assert refused.value.params["edition"].fr == "Fonds Semis, printemps 2026"


@pytest.mark.parametrize(
    "moment", [datetime(2026, 1, 5, 17, tzinfo=UTC), datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)]
)
def test_inside_the_intake_to_the_second(scene, clock, moment):
    clock.move_to(moment)
    assert scene.start().is_draft


def test_who_may_do_what(scene):
    application = scene.complete()
    may = {
        user.name: (
            access.can_start(user, scene.organization),
            access.can_read(user, application),
            access.can_edit(user, application),
            access.can_submit(user, application),
        )
        for user in (scene.owner, scene.partner, scene.editor, scene.reader, scene.stranger, scene.officer)
    }
    assert may == {
        "Olive Owner": (True, True, True, True),
        "Pascale Associée": (True, True, True, True),
        "Edith Editor": (True, True, True, False),
        "Renaud Lecteur": (False, True, False, False),
        "Sam Stranger": (False, False, False, False),
        "Odile Officer": (False, False, False, False),
    }
    scene.submit(application)
    application.refresh_from_db()
    assert not any(
        access.can_edit(user, application) or access.can_submit(user, application)
        for user in (scene.owner, scene.partner, scene.editor)
    )
    assert access.can_read(scene.officer, application)
    assert not access.can_read(scene.stranger, application)


def test_lists_are_paged_by_key_in_constant_queries(scene, clock, django_assert_num_queries):
    made = []
    for hour in range(5):
        clock.move_to(datetime(2026, 1, 7, 20 + hour // 2, 30 * (hour % 2), tzinfo=UTC))
        made.append(_submitted(scene, clock))
    newest_first = list(reversed(made))
    with django_assert_num_queries(1):
        page = queries.applications_of(scene.organization, limit=2)
        assert [(str(row), row.title, row.submitted_by.name) for row in page] == [
            (row.reference, "Semis boréaux", "Olive Owner") for row in newest_first[:2]
        ]
    with django_assert_num_queries(2):
        rest = queries.applications_of(scene.organization, after=page[-1].public_id, limit=10)
    assert [row.pk for row in rest] == [row.pk for row in newest_first[2:]]
    assert queries.applications_of(scene.elsewhere) == []
    scene.start()
    narrowed = queries.applications_of(scene.organization, programs=["minimal"], submitted=True, limit=2)
    assert [row.pk for row in narrowed] == [row.pk for row in newest_first[:2]]  # the draft takes nobody's place
    assert queries.applications_of(scene.organization, programs=["another"]) == []


def _submitted(scene, clock):
    application = scene.complete()
    scene.submit(application)
    application.refresh_from_db()
    for kind in ("profile", "account_profile"):
        scene.send_profile(kind, {}, at=datetime(2026, 1, 9, tzinfo=UTC))
    return application


def test_readiness_costs_the_same_for_any_number_of_members(scene, django_assert_num_queries):
    with django_assert_num_queries(8):
        queries.readiness(scene.organization, scene.edition, scene.reader)


def test_strangers_find_nothing_by_id(db):
    assert queries.application("no-such-application-id") is None


def test_a_known_membership_is_not_asked_for_again(scene, django_assert_num_queries):
    application = scene.complete()
    memberships = {user: current(user) for user in (scene.owner, scene.editor, scene.reader, scene.stranger)}
    for user, member in memberships.items():
        expected = access.rights(user, application)
        with django_assert_num_queries(1 if user == scene.stranger else 0):
            assert access.rights(user, application, member) == expected
    borrowed = memberships[scene.owner]
    assert access.rights(scene.reader, application, borrowed) == access.rights(scene.reader, application)
    assert access.rights(scene.stranger, application, borrowed) == access.Rights(read=False, edit=False, submit=False)


def current(user):
    return user.memberships.get(until=None)
