"""Saving answers and attachments of a draft."""

import pytest
from django.core.exceptions import PermissionDenied

from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.applications import actions, queries
from guichet.applications.errors import AlreadySubmitted, NotAQuestion
from guichet.files.errors import FileContentDiffers, FileEmpty, FileKindRefused, FileTooLarge
from guichet.organizations import actions as organizations
from guichet.organizations.errors import NotAFile, TooManyFiles
from tests.applications.scene import pdf


def values(application):
    return stored.values(application.sheet)


def test_incomplete_and_unreadable_text_is_kept(scene):
    application = scene.start()
    typed = {"unreadable": "32 février"}
    scene.save(application, {"project": "Semis", "steps.firstrow": 0, "steps.firstrow.start": typed}, scene.editor)
    assert values(application) == {"project": "Semis", "steps.firstrow": 0, "steps.firstrow.start": typed}


def test_who_saved_is_kept_beside_the_answer(scene):
    application = scene.start()
    scene.save(application, {"project": "Un"}, scene.editor)
    scene.save(application, {"project": "Deux"}, scene.owner)
    assert stored.answers(application.sheet)["project"].by == "Olive Owner"
    assert [(change.value, change.changed_by_name) for change in stored.history(application.sheet, "project")] == [
        ("Un", "Edith Editor"),
        ("Deux", "Olive Owner"),
    ]


def test_a_conflict_hands_both_texts_back(scene):
    application = scene.start()
    scene.save(application, {"project": "Hers", "summary": "One"}, scene.editor)
    changes = [Change("project", "Mine", 0), Change("summary", "Two", 1)]
    saved = actions.save_answers(actor=scene.owner, application=application, changes=changes)
    assert [(c.path, c.mine, c.theirs, c.by) for c in saved.conflicts] == [("project", "Mine", "Hers", "Edith Editor")]
    assert values(application) == {"project": "Hers", "summary": "Two"}


def test_the_title_stands_beside_the_application(scene):
    application = scene.start()
    for typed, kept in (("Semis", "Semis"), ("x" * 400, "x" * 250), ({"unreadable": "?"}, ""), (None, "")):
        scene.save(application, {"project": typed})
        application.refresh_from_db()
        assert application.title == kept


def test_a_title_in_conflict_is_not_copied(scene):
    application = scene.start()
    scene.save(application, {"project": "Hers"}, scene.editor)
    actions.save_answers(actor=scene.owner, application=application, changes=[Change("project", "Mine", 0)])
    application.refresh_from_db()
    assert application.title == "Hers"


def test_readers_and_strangers_do_not_save(scene):
    application = scene.start()
    for user in (scene.reader, scene.stranger, scene.officer):
        with pytest.raises(PermissionDenied):
            scene.save(application, {"project": "No"}, user)
    assert values(application) == {}


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "project.firstrow",
        "project.firstrow.what",
        "steps",
        "steps.firstrow.nothing",
        "steps.firstrow.what.x",
        "steps.x.what",
        "../../etc",
        "",
        "plan",
        "quotes",
        "legal_name",
        "project\x00",
    ],
)
def test_only_questions_of_the_form_are_saved(scene, path):
    application = scene.start()
    with pytest.raises(NotAQuestion) as refused:
        actions.save_answers(
            actor=scene.owner,
            application=application,
            changes=[Change("project", "Semis", 0), Change(path, "forged", 0)],
        )
    assert refused.value.field == path
    assert values(application) == {}


def test_nothing_is_saved_after_submission(scene):
    application = scene.complete()
    before = values(application)
    submission = scene.submit(application)
    for act in (
        lambda: scene.save(application, {"project": "Later"}),
        lambda: actions.attach_file(actor=scene.owner, application=application, path="plan", upload=pdf()),
        lambda: actions.remove_file(actor=scene.owner, application=application, path="plan", file_id="x"),
    ):
        with pytest.raises(AlreadySubmitted) as refused:
            act()
        assert refused.value.params == {"reference": submission.reference}
    assert values(application) == before


def test_a_save_costs_the_same_for_any_number_of_answers(scene, django_assert_num_queries):
    application = queries.application(scene.start().public_id)
    queries.edition_of(application)  # kept for a while by the process
    with django_assert_num_queries(5):
        actions.save_answers(actor=scene.owner, application=application, changes=[Change("summary", "One", 0)])
    many = [Change(f"steps.row{number:05}", number, 0) for number in range(40)]
    many += [Change(f"steps.row{number:05}.what", f"Step {number}", 0) for number in range(40)]
    with django_assert_num_queries(5):
        actions.save_answers(actor=scene.owner, application=application, changes=many)


def test_the_context_costs_the_same_for_any_number_of_rows(scene, django_assert_num_queries):
    application = queries.application(scene.complete().public_id)
    with django_assert_num_queries(2):
        queries.section_states(queries.application_context(application))
    scene.save(application, {f"steps.row{number:05}": number for number in range(40)})
    application = queries.application(application.public_id)
    with django_assert_num_queries(2):
        queries.section_states(queries.application_context(application))


def test_sections_say_where_they_stand(scene):
    application = scene.start()
    assert states(application) == {"project": "not_started", "steps": "not_started", "attachments": "optional"}
    scene.save(application, {"project": "Semis"})
    assert states(application)["project"] == "in_progress"
    scene.fill(application)
    assert states(application) == {"project": "complete", "steps": "complete", "attachments": "optional"}


def states(application):
    context = queries.application_context(application)
    return {section.key: state for section, state in queries.section_states(context)}


# Attachments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["save", "attach", "submit"])
def test_who_is_removed_while_an_act_waits_for_the_lock_is_refused(scene, monkeypatch, act):
    application = scene.complete()
    lock = actions.locked

    def lock_after_the_removal(application):
        organizations.remove_member(actor=scene.owner, member=scene.partner.memberships.get())
        return lock(application)

    monkeypatch.setattr(actions, "locked", lock_after_the_removal)
    acts = {
        "save": lambda: scene.save(application, {"project": "Too late"}, scene.partner),
        "attach": lambda: attach(scene, application, actor=scene.partner),
        "submit": lambda: scene.submit(application, scene.partner),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()
    assert values(application)["project"] == "Semis boréaux"
    application.refresh_from_db()
    assert application.is_draft


def attach(scene, application, path="plan", upload=None, actor=None):
    return actions.attach_file(actor=actor or scene.editor, application=application, path=path, upload=upload or pdf())


def test_a_single_attachment_is_replaced(scene):
    application = scene.start()
    first = attach(scene, application)
    assert values(application)["plan"] == {
        "file": first.public_id,
        "name": "plan.pdf",
        "size": first.size,
        "sha256": first.sha256,
    }
    second = attach(scene, application, upload=pdf("autre.pdf"))
    assert values(application)["plan"]["file"] == second.public_id


def test_a_list_of_attachments_grows_to_its_limit(scene):
    application = scene.start()
    kept = [attach(scene, application, "quotes", pdf(name)).public_id for name in ("a.pdf", "b.pdf")]
    with pytest.raises(TooManyFiles) as refused:
        attach(scene, application, "quotes")
    assert (refused.value.field, refused.value.params) == ("quotes", {"limit": 2})
    assert [file["file"] for file in values(application)["quotes"]] == kept


def test_an_attachment_is_taken_out(scene):
    application = scene.start()
    first, second = (attach(scene, application, "quotes", pdf(name)) for name in ("a.pdf", "b.pdf"))
    actions.remove_file(actor=scene.editor, application=application, path="quotes", file_id=first.public_id)
    assert [file["file"] for file in values(application)["quotes"]] == [second.public_id]
    plan = attach(scene, application)
    actions.remove_file(actor=scene.editor, application=application, path="plan", file_id=plan.public_id)
    assert values(application)["plan"] is None


def test_only_what_is_there_is_taken_out(scene):
    application = scene.start()
    plan = attach(scene, application)
    for path, file_id in (("plan", "x" * 22), ("quotes", plan.public_id), ("project", plan.public_id), ("none", "")):
        with pytest.raises(NotAFile) as refused:
            actions.remove_file(actor=scene.editor, application=application, path=path, file_id=file_id)
        assert refused.value.field == path
    assert values(application)["plan"]["file"] == plan.public_id


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (pdf("plan.pdf", b""), FileEmpty),
        (pdf("plan.pdf", b"%PDF-1.7\n" + b"0" * 2_000_001), FileTooLarge),
        (pdf("plan.exe"), FileKindRefused),
        (pdf("plan.pdf", b"MZ\x90\x00 not a document"), FileContentDiffers),
    ],
)
def test_a_bad_upload_is_refused_and_leaves_nothing(scene, upload, refusal):
    application = scene.start()
    with pytest.raises(refusal) as refused:
        attach(scene, application, upload=upload)
    assert refused.value.field == "plan"
    assert values(application) == {}


def test_attachments_go_to_file_questions_only(scene):
    application = scene.start()
    for path in ("project", "steps.firstrow.what", "nothing", "plan.x", ""):
        with pytest.raises(NotAFile):
            attach(scene, application, path)


def test_readers_and_strangers_do_not_attach(scene):
    application = scene.start()
    for user in (scene.reader, scene.stranger, scene.officer):
        with pytest.raises(PermissionDenied):
            attach(scene, application, actor=user)
        with pytest.raises(PermissionDenied):
            actions.remove_file(actor=user, application=application, path="plan", file_id="x")
