"""Drafts that nobody changes: warned once by letter, then deleted and recoverable; never without the letter."""

from datetime import timedelta

import pytest

from guichet.applications import deletion, expiry
from guichet.applications.models import Application, Told
from guichet.audit.models import Event
from guichet.mail.models import Letter
from guichet.programs import queries as programs
from guichet.programs.definitions import Drafts
from tests.applications.scene import NOON


@pytest.fixture
def asking(scene, monkeypatch):
    """The edition deletes drafts unchanged for 90 days, ten days after a letter."""
    drafts = Drafts(expire_after_days=90, warn_days_before=10)
    definition = scene.edition.definition.model_copy(update={"drafts": drafts})
    known = programs.PublishedEdition(**{**vars(scene.edition), "definition": definition})
    monkeypatch.setattr(programs, "editions", lambda: [known])
    return known


def state(draft):
    return Application.objects.get(pk=draft.pk).state


def told(name):
    return {letter.recipient_email: letter for letter in Letter.objects.filter(name=name)}


def run():
    """What the worker does every hour: (deleted, written about)."""
    return expiry.expire(), expiry.warn()


def test_never_unless_the_edition_says_so(scene, clock):
    draft = scene.start()
    clock.move_to(NOON + timedelta(days=3000))
    assert run() == (0, 0)
    assert state(draft) == "draft"


def test_a_letter_once_and_then_deleted_recoverable_for_thirty_days(scene, clock, asking):
    draft = scene.start()
    for days, done in ((79, (0, 0)), (80, (0, 1)), (80, (0, 0)), (89, (0, 0)), (90, (1, 0)), (91, (0, 0))):
        clock.move_to(NOON + timedelta(days=days))
        assert run() == done, days
    draft.refresh_from_db()
    assert (draft.state, draft.deleted_by) == ("deleted", None)
    assert draft.last_day.isoformat() == "2026-05-07"
    hands = {scene.owner.email, scene.partner.email, scene.editor.email}
    warned, gone = told("draft_expiring"), told("draft_expired")
    assert set(warned) == set(gone) == hands
    assert "it will be deleted on April 7, 2026" in warned[scene.owner.email].text
    assert "il sera supprimé le 7 avril 2026" in warned[scene.partner.email].text
    assert "Until May 7, 2026 you can recover it" in gone[scene.owner.email].text
    event = Event.objects.filter(subject_id=draft.public_id).latest("pk")
    assert (event.event, event.actor_id) == ("application_deleted", "")


def test_a_change_begins_the_days_anew_with_a_letter_of_its_own(scene, clock, asking):
    draft = scene.start()
    clock.move_to(NOON + timedelta(days=80))
    assert run() == (0, 1)
    scene.save(draft, {"summary": "Still here"})
    clock.move_to(NOON + timedelta(days=100))
    assert run() == (0, 0)
    clock.move_to(NOON + timedelta(days=160))
    assert run() == (0, 1)
    clock.move_to(NOON + timedelta(days=170))
    assert run() == (1, 0)


def test_a_worker_that_was_down_begins_with_the_letter_and_keeps_its_word(scene, clock, asking):
    draft = scene.start()
    clock.move_to(NOON + timedelta(days=200))
    assert run() == (0, 1)
    assert "it will be deleted on August 5, 2026" in told("draft_expiring")[scene.owner.email].text
    clock.move_to(NOON + timedelta(days=209))
    assert run() == (0, 0)
    clock.move_to(NOON + timedelta(days=210))
    assert run() == (1, 0)
    assert state(draft) == "deleted"


def test_recovering_counts_as_a_change(scene, clock, asking):
    draft = scene.start()
    for days in (80, 90):
        clock.move_to(NOON + timedelta(days=days))
        run()
    deletion.recover(actor=scene.editor, application=draft)
    assert run() == (0, 0)
    clock.move_to(NOON + timedelta(days=169))
    assert run() == (0, 0)
    clock.move_to(NOON + timedelta(days=170))
    assert run() == (0, 1)


def test_what_was_submitted_or_deleted_meanwhile_is_left_alone(scene, clock, asking):
    draft = scene.complete()
    clock.move_to(NOON + timedelta(days=80))
    assert run() == (0, 1)
    deletion.delete(actor=scene.owner, application=draft)
    clock.move_to(NOON + timedelta(days=95))
    assert run() == (0, 0)
    assert Told.objects.count() == 1
    assert told("draft_expired") == {}


def test_a_crash_among_the_letters_leaves_the_draft(scene, clock, asking, monkeypatch):
    draft = scene.start()
    clock.move_to(NOON + timedelta(days=80))
    run()
    clock.move_to(NOON + timedelta(days=90))

    def fail(**_given):
        raise RuntimeError("the database went away")

    with monkeypatch.context() as patch:
        patch.setattr("guichet.applications.letters.draft_expired", fail)
        with pytest.raises(RuntimeError):
            expiry.expire()
    assert state(draft) == "draft"
    assert expiry.expire() == 1
