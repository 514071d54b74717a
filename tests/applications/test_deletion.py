"""Deleting a draft, recovering it, and its end: who may, who is told, and what stands in the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.answers.actions import save as save_sheet
from guichet.answers.errors import SheetFrozen
from guichet.applications import access, actions, deletion, queries
from guichet.applications.errors import AlreadySubmitted, DraftDeleted, NewerDraft, NotRecoverable
from guichet.applications.models import Application
from guichet.audit.models import Event
from guichet.mail.models import Letter
from tests.applications.scene import NOON

LAST = date(2026, 2, 6)  # thirty days after Wednesday 7 January, in Vancouver


def events(draft):
    return list(Event.objects.filter(subject_id=draft.public_id).order_by("pk").values_list("event", flat=True))


def test_an_editor_deletes_and_those_who_sign_are_told(scene):
    draft = scene.complete()
    gone = deletion.delete(actor=scene.editor, application=draft)
    gone.refresh_from_db()
    assert (gone.state, gone.deleted_at, gone.deleted_by, gone.last_day) == ("deleted", NOON, scene.editor, LAST)
    found = {letter.recipient_email: letter for letter in Letter.objects.filter(name="draft_deleted")}
    assert set(found) == {scene.owner.email, scene.partner.email}
    assert "Edith Editor deleted the draft of Semis du Nord inc. (Semis boréaux)" in found[scene.owner.email].text
    assert "until February 6, 2026" in found[scene.owner.email].text
    assert "jusqu’au 6 février 2026 inclusivement" in found[scene.partner.email].text
    assert "/fr/brouillons-supprimes/" in found[scene.partner.email].text
    assert events(draft)[-1] == "application_deleted"


def test_a_signatory_who_deletes_gets_no_letter_and_a_second_press_does_nothing(scene):
    draft = scene.start()
    deletion.delete(actor=scene.owner, application=draft)
    deletion.delete(actor=scene.editor, application=draft)
    assert [letter.recipient_email for letter in Letter.objects.filter(name="draft_deleted")] == [scene.partner.email]
    assert events(draft).count("application_deleted") == 1


def test_it_is_in_no_list_and_another_can_be_begun(scene):
    draft = scene.start()
    deletion.delete(actor=scene.owner, application=draft)
    assert queries.applications_of(scene.organization) == []
    assert queries.draft_of(scene.organization, draft.program_key) is None
    assert queries.deleted_of(scene.organization) == [draft]
    assert queries.deleted_of(scene.elsewhere) == []
    assert scene.start().pk != draft.pk


def test_deleted_drafts_are_paged_by_key(scene):
    drafts = []
    for _number in range(3):
        drafts.append(deletion.delete(actor=scene.owner, application=scene.start()))
    first = queries.deleted_of(scene.organization, limit=2)
    assert first == [drafts[2], drafts[1]]
    assert queries.deleted_of(scene.organization, after=first[-1].public_id, limit=2) == [drafts[0]]


@pytest.mark.parametrize("who", ["reader", "stranger", "officer"])
def test_nobody_else_deletes_or_recovers(scene, who):
    draft = scene.start()
    with pytest.raises(PermissionDenied):
        deletion.delete(actor=getattr(scene, who), application=draft)
    deletion.delete(actor=scene.owner, application=draft)
    with pytest.raises(PermissionDenied):
        deletion.recover(actor=getattr(scene, who), application=draft)


def test_what_was_submitted_is_not_deleted(scene):
    draft = scene.complete()
    scene.submit(draft)
    with pytest.raises(AlreadySubmitted):
        deletion.delete(actor=scene.owner, application=draft)
    with pytest.raises(NotRecoverable):
        deletion.recover(actor=scene.owner, application=draft)


def test_a_deleted_draft_is_neither_changed_nor_submitted_nor_seen_by_an_officer(scene):
    draft = scene.complete()
    stale = Application.objects.get(pk=draft.pk)
    deletion.delete(actor=scene.owner, application=draft)
    with pytest.raises(DraftDeleted):
        scene.save(stale, {"project": "x"})
    with pytest.raises(DraftDeleted):
        scene.submit(stale)
    with pytest.raises(DraftDeleted):
        actions.save_typed(actor=scene.owner, public_id=draft.public_id, edition_hash="", read=lambda form: [])
    draft.refresh_from_db()
    assert not access.can_read(scene.officer, draft)
    rights = access.rights(scene.editor, draft)
    assert (rights.read, rights.edit, rights.submit) == (True, False, False)


def test_recovering_brings_everything_back(scene):
    draft = scene.complete()
    before = stored.values(draft.sheet)
    deletion.delete(actor=scene.owner, application=draft)
    deletion.recover(actor=scene.editor, application=draft)
    deletion.recover(actor=scene.editor, application=draft)  # a double click
    draft.refresh_from_db()
    assert (draft.state, draft.deleted_at, draft.deleted_by, draft.last_day) == ("draft", None, None, None)
    assert draft.recovered_at == NOON
    assert stored.values(draft.sheet) == before
    assert events(draft).count("application_recovered") == 1
    assert scene.submit(draft).reference


def test_while_a_newer_draft_stands_the_deleted_one_does_not_come_back(scene):
    draft = scene.start()
    deletion.delete(actor=scene.owner, application=draft)
    newer = scene.start()
    with pytest.raises(NewerDraft):
        deletion.recover(actor=scene.owner, application=draft)
    assert Application.objects.get(pk=draft.pk).state == "deleted"
    deletion.delete(actor=scene.owner, application=newer)
    assert deletion.recover(actor=scene.owner, application=draft).is_draft


def test_the_last_day_ends_at_midnight_where_the_program_lives(scene, clock):
    draft = scene.complete()
    deletion.delete(actor=scene.owner, application=draft)
    midnight = datetime(2026, 2, 7, 8, tzinfo=UTC)  # in Vancouver
    clock.move_to(midnight - timedelta(seconds=1))
    assert deletion.close_old() == 0
    assert deletion.recover(actor=scene.owner, application=draft).is_draft
    deletion.delete(actor=scene.owner, application=draft)
    clock.move_to(midnight + timedelta(days=30))
    with pytest.raises(NotRecoverable):
        deletion.recover(actor=scene.owner, application=draft)
    assert [deletion.close_old(), deletion.close_old()] == [1, 0]


def test_once_closed_nobody_reads_it_nothing_is_written_and_nothing_is_erased(scene, clock):
    draft = scene.complete()
    before = stored.values(draft.sheet)
    deletion.delete(actor=scene.owner, application=draft)
    clock.move_to(NOON + timedelta(days=32))
    deletion.close_old()
    draft.refresh_from_db()
    assert draft.state == "closed"
    assert events(draft)[-1] == "application_closed"
    for person in (scene.owner, scene.editor, scene.reader, scene.officer):
        assert not access.can_read(person, draft)
    assert queries.deleted_of(scene.organization) == []
    assert stored.values(draft.sheet) == before
    with pytest.raises(SheetFrozen):
        save_sheet(actor=scene.owner, sheet=draft.sheet, changes=[Change("project", "x", 1)])
    for act in (deletion.delete, deletion.recover):
        with pytest.raises((DraftDeleted, NotRecoverable)):
            act(actor=scene.owner, application=draft)


def test_the_database_refuses_a_deleted_draft_without_its_last_day(scene):
    draft = scene.start()
    with pytest.raises(IntegrityError, match="application_state_fits_fields"), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(state="deleted")
