"""Letters about intakes: to whom, in which language, what they say, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.applications import decisions, letters, telling
from guichet.applications.models import Told
from guichet.applications.more_time import give_more_time
from guichet.kernel.bilingual import Text
from guichet.mail.models import Letter
from guichet.programs import queries as programs
from tests.applications.scene import NOON

CLOSES = datetime(2026, 7, 1, tzinfo=UTC)
LATER = CLOSES + timedelta(days=30)
NOTICE = Text(en="The office is closed.", fr="Le bureau est fermé.")


def told(name):
    """Who received the letter: {address: letter}."""
    found = list(Letter.objects.filter(name=name))
    assert len({letter.recipient_email for letter in found}) == len(found), "nobody twice"
    return {letter.recipient_email: letter for letter in found}


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name="applications.tell_of_decision").order_by("id"))


def work():
    """What the worker does with every deferred job, as often as it is asked to."""
    return [telling.tell_of_decision(**job.args) for job in jobs()]


def extend(scene, **changed):
    given = {"actor": scene.officer, "edition": scene.edition, "intake": "spring", "closes": LATER, "reason": "Strike"}
    return decisions.extend(**given | changed)


def hands(scene):
    """Those in whose hands the draft is: they can change it."""
    return {scene.owner.email, scene.partner.email, scene.editor.email}


def test_an_extension_is_told_to_those_who_can_change_a_draft_each_in_their_language(scene):
    draft = scene.start()
    extend(scene)
    assert work() == [1]
    found = told("intake_extended")
    assert set(found) == hands(scene)
    english, french = found[scene.owner.email], found[scene.partner.email]
    assert (english.language, french.language) == ("en", "fr")
    assert "July 30, 2026, 5:00 p.m. (PDT)" in english.text
    assert "30 juillet 2026, 17\u00a0h (HAP)" in french.text
    assert "You can submit your application until July 30, 2026, 5:00 p.m. (PDT)." in english.text
    assert f"/en/application/{draft.public_id}/" in english.text
    assert "Strike" not in english.text + french.text, "the reason is for the file"


def test_nobody_without_a_draft_is_told_and_nobody_once_it_is_submitted(scene):
    extend(scene)
    assert work() == [0]
    draft = scene.complete()
    scene.submit(draft)
    assert work() == [0]
    assert Told.objects.count() == 0


def test_a_job_that_runs_again_writes_to_nobody_twice(scene):
    scene.start()
    extend(scene)
    assert [*work(), *work()] == [1, 0]
    assert len(told("intake_extended")) == 3


def test_what_was_told_stays(scene):
    scene.start()
    extend(scene)
    work()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Told.objects.update(about="nothing")


def test_a_job_that_dies_among_the_letters_leaves_none_and_writes_them_all_the_next_time(scene, monkeypatch):
    scene.start()
    extend(scene)
    send, sent = letters.send, []

    def die(**letter):
        if len(sent) == 1:
            raise RuntimeError("killed")
        sent.append(letter)
        return send(**letter)

    monkeypatch.setattr(letters, "send", die)
    with pytest.raises(RuntimeError):
        work()
    assert told("intake_extended") == {}
    monkeypatch.setattr(letters, "send", send)
    assert work() == [1]
    assert set(told("intake_extended")) == hands(scene)


def test_a_decision_that_is_refused_tells_nobody(scene):
    scene.start()
    for act in (
        lambda: extend(scene, actor=scene.owner),
        lambda: decisions.resume(actor=scene.owner, edition=scene.edition),
        lambda: decisions.pause(actor=scene.owner, edition=scene.edition, begins=None, ends=None, notice=NOTICE),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert jobs() == []


@pytest.mark.parametrize(
    ("ends", "english", "french"),
    [
        (None, "we will also write to you", "nous vous écrirons aussi"),
        (
            NOON + timedelta(days=2),
            "from January 9, 2026, 12:00 p.m. (PST)",
            "à compter du 9 janvier 2026, 12\u00a0h (HNP)",
        ),
    ],
)
def test_a_pause_is_told_with_its_notice_and_its_end(scene, ends, english, french):
    scene.start()
    decisions.pause(actor=scene.officer, edition=scene.edition, begins=None, ends=ends, notice=NOTICE)
    work()
    found = told("intake_paused")
    assert set(found) == hands(scene)
    assert NOTICE.en in found[scene.owner.email].text
    assert NOTICE.fr not in found[scene.owner.email].text
    assert NOTICE.fr in found[scene.partner.email].text
    assert english in found[scene.owner.email].text
    assert french in found[scene.partner.email].text


def test_the_end_of_a_pause_is_told_with_the_time_that_is_left_to_this_organization(scene):
    scene.start()
    decisions.pause(actor=scene.officer, edition=scene.edition, begins=None, ends=None, notice=NOTICE)
    decisions.resume(actor=scene.officer, edition=scene.edition)
    give_more_time(
        actor=scene.officer, organization=scene.organization, edition=scene.edition, until=LATER, reason="Fire"
    )
    assert work() == [1, 1]
    assert "until July 30, 2026, 5:00 p.m. (PDT)" in told("intake_resumed")[scene.owner.email].text


def test_more_time_is_told_to_every_contact_of_the_organization_and_to_nobody_else(scene):
    give_more_time(
        actor=scene.officer, organization=scene.organization, edition=scene.edition, until=LATER, reason="Fire"
    )
    found = told("more_time_given")
    assert set(found) == hands(scene) | {scene.reader.email}
    assert "July 30, 2026, 5:00 p.m. (PDT)" in found[scene.owner.email].text
    assert "30 juillet 2026, 17\u00a0h (HAP)" in found[scene.reader.email].text
    assert all("Fire" not in letter.text for letter in found.values())


# Before closing ------------------------------------------------------------------------------------------------------
@pytest.fixture
def reminding(scene, monkeypatch):
    """The edition asks for a letter five business days before closing."""
    standards = {**scene.edition.definition.service_standards, telling.REMINDER: 5}
    definition = scene.edition.definition.model_copy(update={"service_standards": standards})
    known = programs.PublishedEdition(**{**vars(scene.edition), "definition": definition})
    monkeypatch.setattr(programs, "editions", lambda: [known])
    return known


# It closes on Tuesday 30 June at 17:00 in Vancouver; five business days before, in the morning:
DUE = datetime(2026, 6, 23, 15, 0, tzinfo=UTC)


def test_an_edition_that_asks_for_none_gets_no_letter_before_closing(scene, clock):
    scene.start()
    clock.move_to(CLOSES - timedelta(minutes=1))
    assert telling.remind() == 0


def test_it_is_written_once_from_that_morning_on(scene, clock, reminding):
    scene.start()
    assert telling.reminder_at(reminding, CLOSES) == DUE
    for moment, written in (
        (DUE - timedelta(seconds=1), 0),
        (DUE, 1),
        (DUE + timedelta(hours=1), 0),
        (CLOSES - timedelta(seconds=1), 0),
        (CLOSES, 0),
    ):
        clock.move_to(moment)
        assert telling.remind() == written, moment
    found = told("closing_soon")
    assert set(found) == hands(scene)
    assert "June 30, 2026, 5:00 p.m. (PDT)" in found[scene.owner.email].text
    assert "vous ne pourrez plus le transmettre" in found[scene.partner.email].text


def test_a_later_moment_is_told_before_it_comes(scene, clock, reminding):
    scene.start()
    clock.move_to(DUE)
    assert telling.remind() == 1
    give_more_time(
        actor=scene.officer, organization=scene.organization, edition=scene.edition, until=LATER, reason="Fire"
    )
    assert telling.remind() == 0
    clock.move_to(LATER - timedelta(days=1))
    assert telling.remind() == 1
    assert list(Told.objects.values_list("about", flat=True)) == [
        "closing:2026-07-31T00:00:00+00:00",
        "closing:2026-07-01T00:00:00+00:00",
    ]
