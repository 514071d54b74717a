"""More time for one organization: who may give it, what it must say, what it does and does not open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from guichet.applications import intakes
from guichet.applications.errors import IntakeClosed, NoMoreTime
from guichet.applications.models import PersonalExtension
from guichet.applications.more_time import give_more_time
from guichet.audit.queries import events_of
from guichet.kernel import clock as clocks
from guichet.programs.errors import IntakeReasonMissing, MomentPast
from tests.applications.editions import newer
from tests.applications.scene import NOON, person

SECOND = timedelta(seconds=1)
CLOSES = datetime(2026, 7, 1, tzinfo=UTC)
UNTIL = CLOSES + timedelta(days=30)


def give(scene, actor=None, **changed):
    given = {"organization": scene.organization, "edition": scene.edition, "until": UNTIL, "reason": "Fire"} | changed
    return give_more_time(actor=actor or scene.officer, **given)


def test_the_organization_begins_and_submits_until_its_own_moment(scene, clock):
    give(scene)
    clock.move_to(UNTIL - SECOND)
    draft = scene.complete(steps__firstrow__start="2026-09-01", steps__secondrow__start="2026-09-02")
    clock.move_to(UNTIL)
    with pytest.raises(IntakeClosed):
        scene.submit(draft)
    clock.move_to(UNTIL - SECOND)
    assert scene.submit(draft).reference
    [event] = events_of("organization", scene.organization.public_id)
    assert (event.event, event.data["reason"]) == ("personal_extension_given", "Fire")


def test_nobody_else_has_more_time(scene, clock):
    give(scene)
    clock.move_to(CLOSES)
    assert intakes.reception(scene.organization, scene.edition, clocks.now()).personal
    assert not intakes.reception(scene.elsewhere, scene.edition, clocks.now()).is_open


def test_the_newest_counts(scene):
    give(scene)
    give(scene, until=CLOSES + SECOND)
    assert intakes.reception(scene.organization, scene.edition, CLOSES).closes == CLOSES + SECOND
    assert [given.until for given in intakes.extensions_of(scene.organization)] == [CLOSES + SECOND, UNTIL]
    assert [given.organization for given in intakes.extensions_for(scene.edition)] == [scene.organization] * 2


def test_only_officers_of_other_organizations_give_it(scene):
    type(scene.reader).objects.filter(pk=scene.reader.pk).update(staff_role="officer")
    scene.reader.refresh_from_db()
    administrator = person("Ada Admin", staff_role="administrator")
    for user in (scene.owner, scene.editor, scene.reader, scene.stranger, administrator):
        with pytest.raises(PermissionDenied):
            give(scene, user)
    assert not PersonalExtension.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"until": NOON}, MomentPast),
        ({"until": CLOSES}, NoMoreTime),
        ({"reason": " "}, IntakeReasonMissing),
    ],
)
def test_what_gives_nothing_or_no_reason_is_refused(scene, changed, refusal):
    with pytest.raises(refusal):
        give(scene, **changed)
    assert not PersonalExtension.objects.exists()


def test_an_edition_that_is_always_open_has_no_more_time_to_give(scene, tmp_path):
    window = (
        "    opens: 2026-01-05T09:00:00-08:00\n    closes: 2026-06-30T17:00:00-07:00\n",
        "",
    )
    always = newer(tmp_path, changes=(), edition=(window,))
    with pytest.raises(NoMoreTime):
        give(scene, edition=always)


def test_it_stays_as_it_was_given(scene):
    give(scene)
    table = "applications_personalextension"
    for statement in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):  # noqa: S608 -- our own table
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
