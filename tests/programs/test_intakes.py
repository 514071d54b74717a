"""What officers decide about the intakes of a published edition: who may, what is refused, what it does, what stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from guichet.audit.queries import events_of
from guichet.kernel import clock
from guichet.kernel.bilingual import Text
from guichet.programs import intakes, queries
from guichet.programs.actions import publish
from guichet.programs.errors import (
    IntakeReasonMissing,
    MomentPast,
    NeverCloses,
    NotExtended,
    NotPaused,
    PauseEndsBefore,
    PauseNoticeMissing,
    UnknownIntake,
)
from guichet.programs.models import IntakeDecision
from tests import people
from tests.programs.packages import KEY, changed, write

SECOND = timedelta(seconds=1)
NOON = datetime(2030, 3, 1, 16, tzinfo=UTC)
CLOSES = datetime(2030, 5, 29, 15, tzinfo=UTC)
LATER = datetime(2030, 8, 31, 15, tzinfo=UTC)
NOTICE = Text(en="We count what we have.", fr="Nous comptons ce que nous avons.")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def edition(db, tmp_path):
    publish(actor=None, folder=write(tmp_path))
    return queries.current_edition("village-grants")


@pytest.fixture
def officer(db):
    return people.officer()


def extend(officer, edition, **changed):
    given = {"intake": "spring", "closes": LATER, "reason": "Storm in April"} | changed
    return intakes.extend(actor=officer, edition=edition, **given)


def pause(officer, edition, **changed):
    given = {"begins": None, "ends": None, "notice": NOTICE} | changed
    return intakes.pause(actor=officer, edition=edition, **given)


def test_an_extension_moves_the_closing_moment_and_never_the_edition(edition, officer):
    hash_before = edition.hash
    extend(officer, edition)
    [window] = queries.windows(edition)
    assert (window.closes, window.extended, window.intake.closes) == (LATER, True, CLOSES)
    assert queries.is_open(edition, CLOSES)
    assert queries.is_open(edition, LATER - SECOND)
    assert not queries.is_open(edition, LATER)
    assert queries.window_at(edition, CLOSES) == window
    assert queries.current_edition("village-grants").hash == hash_before
    [event] = [event for event in events_of("edition", KEY) if event.event == "intake_extended"]
    assert (event.actor_name, event.data["reason"]) == (officer.name, "Storm in April")
    assert datetime.fromisoformat(event.data["ends"]) == LATER


def test_an_intake_that_has_closed_is_opened_again(edition, officer, now):
    now.move_to(CLOSES + SECOND)
    assert not queries.is_open(edition, clock.now())
    extend(officer, edition)
    assert queries.is_open(edition, clock.now())


def test_an_extension_is_corrected_but_not_below_what_was_published(edition, officer):
    extend(officer, edition, closes=LATER + timedelta(days=3650))
    extend(officer, edition)
    assert queries.windows(edition)[0].closes == LATER
    extend(officer, edition, closes=CLOSES)
    assert not queries.windows(edition)[0].extended
    assert [decision.ends for decision in queries.decisions(edition)][1:] == [LATER, CLOSES]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"intake": "autumn"}, UnknownIntake),
        ({"closes": NOON}, MomentPast),
        ({"closes": CLOSES}, NotExtended),
        ({"closes": CLOSES - SECOND}, NotExtended),
        ({"reason": " \n"}, IntakeReasonMissing),
        ({"reason": "\x00"}, IntakeReasonMissing),
    ],
)
def test_an_extension_that_says_nothing_or_takes_away_is_refused(edition, officer, changed, refusal):
    with pytest.raises(refusal):
        extend(officer, edition, **changed)
    assert not IntakeDecision.objects.exists()


def test_an_intake_without_an_end_is_not_extended(db, officer, tmp_path):
    publish(actor=None, folder=changed(tmp_path, "edition.yaml", "    closes: 2030-05-29T12:00:00-03:00\n", ""))
    with pytest.raises(NeverCloses):
        extend(officer, queries.current_edition("village-grants"))


def test_a_pause_stops_everything_until_it_is_resumed(edition, officer, now):
    pause(officer, edition)
    found = queries.reception(edition, clock.now())
    assert (found.state, found.pause.notice) == ("paused", NOTICE)
    now.move_to(NOON + timedelta(hours=1))
    intakes.resume(actor=officer, edition=edition)
    assert queries.is_open(edition, clock.now())
    assert [event.event for event in events_of("edition", KEY)][-2:] == ["intake_paused", "intake_resumed"]


def test_a_pause_may_be_announced_and_end_by_itself(edition, officer):
    begins, ends = NOON + timedelta(hours=2), NOON + timedelta(hours=4)
    pause(officer, edition, begins=begins, ends=ends)
    states = [queries.reception(edition, at).state for at in (begins - SECOND, begins, ends - SECOND, ends)]
    assert states == ["open", "paused", "paused", "open"]
    assert queries.pause(edition, begins - SECOND) is not None
    assert queries.pause(edition, ends) is None


def test_a_newer_pause_replaces_the_one_before(edition, officer):
    pause(officer, edition)
    pause(officer, edition, begins=NOON + timedelta(hours=2))
    assert queries.is_open(edition, NOON + SECOND)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"notice": None}, PauseNoticeMissing),
        ({"begins": NOON - SECOND}, MomentPast),
        ({"ends": NOON}, PauseEndsBefore),
        ({"begins": NOON + SECOND, "ends": NOON + SECOND}, PauseEndsBefore),
    ],
)
def test_a_pause_that_cannot_be_is_refused(edition, officer, changed, refusal):
    with pytest.raises(refusal):
        pause(officer, edition, **changed)
    assert not IntakeDecision.objects.exists()


def test_only_what_is_paused_is_resumed(edition, officer, now):
    with pytest.raises(NotPaused):
        intakes.resume(actor=officer, edition=edition)
    pause(officer, edition, ends=NOON + SECOND)
    now.move_to(NOON + SECOND)
    with pytest.raises(NotPaused):
        intakes.resume(actor=officer, edition=edition)


def test_only_officers_decide(edition):
    strangers = [people.person(), people.person("Ada", staff_role="administrator"), people.officer()]
    type(strangers[-1]).objects.filter(pk=strangers[-1].pk).update(is_active=False)
    strangers[-1].refresh_from_db()
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            extend(stranger, edition)
        with pytest.raises(PermissionDenied):
            pause(stranger, edition)
        with pytest.raises(PermissionDenied):
            intakes.resume(actor=stranger, edition=edition)
    assert not IntakeDecision.objects.exists()


def test_a_decision_stays_as_it_was_made(edition, officer):
    extend(officer, edition)
    for statement in ("UPDATE programs_intakedecision SET reason = 'x'", "DELETE FROM programs_intakedecision"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "extended", "intake": "spring", "reason": "x"},
        {"kind": "extended", "ends": LATER, "intake": "spring"},
        {"kind": "paused", "begins": NOON, "notice_en": "x"},
        {"kind": "paused", "begins": NOON, "ends": NOON, "notice_en": "x", "notice_fr": "x"},
        {"kind": "resumed", "ends": LATER},
        {"kind": "opened"},
    ],
)
def test_the_database_keeps_no_half_decision(edition, officer, wrong):
    with pytest.raises(IntegrityError, match="intake_decision_whole"), transaction.atomic():
        IntakeDecision.objects.create(edition_id=edition.id, decided_at=NOON, decided_by=officer, **wrong)


def test_the_question_costs_one_statement(edition, officer, django_assert_num_queries):
    extend(officer, edition)
    pause(officer, edition)
    with django_assert_num_queries(1):
        queries.reception(edition, NOON)
