"""A draft is moved while a colleague saves, or moves it too: on connections of their own, committed for real.

The program of these tests is theirs alone: the newer edition stays published for the rest of the run.
"""

import threading

import pytest
from django.db import connection

from guichet.answers import actions as answers
from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.applications import actions, carry_over, queries
from guichet.applications.errors import EditionChanged
from guichet.applications.models import Application, CarriedOver
from guichet.audit.queries import broken_links, events_of
from guichet.kernel import clock as clocks
from tests.applications.editions import QUESTIONS, newer
from tests.applications.scene import Scene
from tests.applications.test_at_once import at_once

PROGRAM = "moving"


@pytest.fixture
def editions(django_db_blocker, clock, tmp_path):
    """The older edition and the newer one."""
    with django_db_blocker.unblock():
        older = newer(tmp_path / "a", program=PROGRAM, key="spring", begins="2026-01-01", changes=())
        yield older, newer(tmp_path / "b", program=PROGRAM, key="summer", changes=QUESTIONS)
        connection.close()


def draft_in(scene, edition):
    return Application.objects.create(
        organization=scene.organization,
        program_key=PROGRAM,
        edition_id=edition.id,
        sheet=answers.create_sheet(),
        started_at=clocks.now(),
        started_by=scene.owner,
    )


def move(scene, application, edition, actor=None):
    seen = queries.application(application.public_id)
    given = {"actor": actor or scene.owner, "application": seen, "edition": edition, "language": "en"}
    return lambda: carry_over.carry_over(**given)


def save(scene, application, path, value):
    seen = queries.application(application.public_id)
    change = [Change(path, value, 0)]
    return lambda: actions.save_answers(actor=scene.editor, application=seen, changes=change)


def test_a_save_that_waits_for_the_move_is_refused_and_writes_nothing(editions, monkeypatch):
    """The save was begun on the older form: it holds the words of a question that has another type by then."""
    older, summer = editions
    scene = Scene()
    draft = draft_in(scene, older)
    keep, moving, go = carry_over.record, threading.Event(), threading.Event()

    def slowly(**given):
        moving.set()
        go.wait(timeout=10)
        return keep(**given)

    act = save(scene, draft, "steps.firstrow.what", "Visit")

    def late():
        moving.wait(timeout=20)
        threading.Timer(0.3, go.set).start()
        return act()

    with monkeypatch.context() as patched:
        patched.setattr(carry_over, "record", slowly)
        moved, saved = at_once(move(scene, draft, summer), late)
    assert isinstance(moved, CarriedOver), moved
    assert isinstance(saved, EditionChanged), saved
    assert stored.values(draft.sheet) == {}


def test_a_save_beside_a_move_is_read_by_the_newer_form_or_refused(editions):
    older, summer = editions
    seen = set()
    for _turn in range(6):
        scene = Scene()
        draft = draft_in(scene, older)
        moved, saved = at_once(move(scene, draft, summer), save(scene, draft, "steps.firstrow.what", "Fair"))
        assert isinstance(moved, CarriedOver), moved
        kept = stored.values(draft.sheet).get("steps.firstrow.what")
        if isinstance(saved, EditionChanged):
            assert kept is None
        else:
            assert saved.versions == {"steps.firstrow.what": 1}
            assert kept == {"unreadable": "Fair"}, "never the words of the older form in the newer one"
        seen.add(type(saved))
    assert seen


def test_ten_moves_make_one(editions):
    older, summer = editions
    scene = Scene()
    draft = draft_in(scene, older)
    people = [scene.owner, scene.partner, scene.editor]
    results = at_once(*(move(scene, draft, summer, people[n % 3]) for n in range(10)))
    assert {type(result) for result in results} == {CarriedOver}, results
    assert len({result.pk for result in results}) == 1
    assert [event.event for event in events_of("application", draft.public_id)] == ["application_carried_over"]
    assert broken_links() is None
