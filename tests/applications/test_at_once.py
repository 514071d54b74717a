"""Several at once, on connections of their own, committed for real: the rows of these tests stay in the database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.answers.models import Answer
from guichet.applications import actions, queries, sending
from guichet.applications.errors import AlreadySubmitted, Incomplete
from guichet.applications.models import Application, SerialCounter, Submission
from guichet.audit.queries import broken_links, events_of
from guichet.files.models import StoredFile, Upload
from guichet.kernel import references
from guichet.mail.models import Letter
from guichet.organizations.actions import sending as desks
from tests.applications.scene import EVERY, PDF, Scene


@pytest.fixture
def scene(django_db_blocker, clock):
    """A scene that is committed: other connections see it. Nothing is emptied afterwards (append-only tables)."""
    with django_db_blocker.unblock():
        yield Scene()
        connection.close()


def at_once(*acts):
    """Run every act in a thread of its own, released together; their results or exceptions, in order."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=20)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def submit(scene, application, actor, key="key"):
    return lambda: actions.submit(
        actor=actor,
        application=Application.objects.get(pk=application.pk),
        attestations=EVERY,
        language="en",
        request_key=key,
    )


def test_ten_submits_make_one(scene):
    application = scene.complete()
    before = last_serial()
    people = [scene.owner, scene.partner]
    results = at_once(*(submit(scene, application, people[n % 2], f"key-{n}") for n in range(10)))
    assert {type(result) for result in results} == {Submission}
    assert len({result.pk for result in results}) == 1
    assert last_serial() == before + 1
    application.refresh_from_db()
    submission = Submission.objects.get(application=application)
    assert application.reference == submission.reference
    recipients = {scene.owner.email} | {submission.submitted_by.email}
    letters = Letter.objects.filter(reference=submission.reference)
    assert sorted(letter.recipient_email for letter in letters) == sorted(recipients)
    events = [event.event for event in events_of("application", application.public_id)]
    assert events == ["application_started", "application_submitted"]
    assert broken_links() is None


def last_serial():
    return SerialCounter.objects.filter(program_key="minimal", year=2026).values_list("last", flat=True).first() or 0


def test_many_organizations_at_once_get_numbers_without_gaps(scene):
    """Half of them are refused for an incomplete answer: their numbers are not lost, because they never had one."""
    scenes = [scene, *(Scene() for _ in range(7))]
    drafts = [each.complete(**({"summary": None} if n % 2 else {})) for n, each in enumerate(scenes)]
    before = last_serial()
    results = at_once(*(submit(each, draft, each.owner) for each, draft in zip(scenes, drafts, strict=True)))
    refused = [result for result in results if isinstance(result, Incomplete)]
    serials = sorted(
        int(references.read(result.reference).split("-")[2]) for result in results if isinstance(result, Submission)
    )
    assert (len(refused), len(serials)) == (4, 4)
    assert serials == list(range(before + 1, before + 5))


def test_a_submission_that_fails_at_the_end_gives_its_number_back(scene, monkeypatch):
    application = scene.complete()
    before = last_serial()

    def broken(**_given):
        raise RuntimeError("the letter cannot be written")

    with monkeypatch.context() as patched:
        patched.setattr(actions.letters, "submission_received", broken)
        [result] = at_once(submit(scene, application, scene.owner))
    assert isinstance(result, RuntimeError)
    application.refresh_from_db()
    assert application.is_draft
    assert not Submission.objects.filter(application=application).exists()
    assert not Letter.objects.filter(recipient=scene.owner).exists()
    assert last_serial() == before
    assert application.sheet.__class__.objects.get(pk=application.sheet_id).frozen_at is None
    [submission] = at_once(submit(scene, application, scene.owner))
    assert int(submission.reference.split("-")[2]) == before + 1


def test_a_save_beside_a_submit_is_in_the_document_or_refused(scene):
    seen = set()
    for turn in range(6):
        each = Scene() if turn else scene
        application = each.complete()

        def save(each=each, application=application):
            return actions.save_answers(
                actor=each.editor,
                application=Application.objects.get(pk=application.pk),
                changes=[Change("project", "Changed at the last moment", 1)],
            )

        saved, submission = at_once(save, submit(each, application, each.owner))
        assert isinstance(submission, Submission)
        filed = submission.document["answers"]["project"]
        assert stored.values(application.sheet)["project"] == filed
        application.refresh_from_db()
        assert application.title == filed
        if isinstance(saved, AlreadySubmitted):
            assert filed == "Semis boréaux"
        else:
            assert saved.versions == {"project": 2}
            assert filed == "Changed at the last moment"
        seen.add(type(saved))
    assert seen  # either order is right; which one happens is the scheduler's business


def test_two_who_start_at_once_get_one_draft(scene):
    def start(actor):
        return lambda: actions.start(actor=actor, organization=scene.organization, edition=scene.edition)

    people = [scene.owner, scene.partner, scene.editor] * 2
    results = at_once(*(start(actor) for actor in people))
    assert {type(result) for result in results} == {Application}, results
    assert len({result.pk for result in results}) == 1
    events = events_of("application", results[0].public_id)
    assert [event.event for event in events] == ["application_started"]


def test_two_who_save_the_same_answer_at_once_lose_nothing(scene):
    application = scene.start()

    def save(actor, text):
        return lambda: actions.save_answers(
            actor=actor, application=Application.objects.get(pk=application.pk), changes=[Change("summary", text, 0)]
        )

    results = at_once(save(scene.owner, "Hers"), save(scene.editor, "His"))
    conflicts = [result.conflicts for result in results]
    assert sorted(len(found) for found in conflicts) == [0, 1]
    [conflict] = [found[0] for found in conflicts if found]
    assert {conflict.mine, conflict.theirs} == {"Hers", "His"}
    assert stored.values(application.sheet)["summary"] == conflict.theirs


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO answers_answer (sheet_id, path, value, version, changed_by_name, changed_at)"
        " VALUES (%s, 'forged', '1', 1, '', now())",
        "UPDATE answers_answer SET value = '\"forged\"' WHERE path = 'project' AND sheet_id = %s",
        "DELETE FROM answers_answer WHERE path = 'project' AND sheet_id = %s",
    ],
)
def test_raw_sql_does_not_slip_in_beside_a_submit(scene, statement, monkeypatch):
    """A statement that begins while the submission is not committed yet waits, and is then refused."""
    application = scene.complete()
    frozen, done = threading.Event(), []
    received = actions.letters.submission_received

    def slowly(**given):
        frozen.set()
        waiting.wait(timeout=5)
        return received(**given)

    waiting = threading.Event()

    def around():
        frozen.wait(timeout=20)
        threading.Timer(0.3, waiting.set).start()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [application.sheet_id])
        done.append(statement)

    with monkeypatch.context() as patched:
        patched.setattr(actions.letters, "submission_received", slowly)
        submission, slipped = at_once(submit(scene, application, scene.owner), around)
    assert isinstance(submission, Submission), submission
    assert isinstance(slipped, DatabaseError), slipped
    assert isinstance(slipped, IntegrityError)
    assert not done
    assert submission.document["answers"]["project"] == "Semis boréaux"
    assert Answer.objects.get(sheet=application.sheet_id, path="project").value == "Semis boréaux"


def test_a_reader_sees_the_draft_or_the_whole_submission(scene):
    application = scene.complete()

    def look():
        found = queries.application(application.public_id)
        return (found.state, found.reference is None, queries.submission(found) is None)

    results = at_once(submit(scene, application, scene.owner), *(look for _ in range(6)))
    assert set(results[1:]) <= {("draft", True, True), ("draft", True, False), ("submitted", False, False)}


@pytest.fixture
def no_file_left():
    """Files are counted by tests that come later."""
    yield
    made = list(Upload.objects.values_list("file_id", flat=True))
    Upload.objects.all().delete()
    StoredFile.objects.filter(pk__in=made).delete()


def test_ten_ends_of_an_upload_at_once_make_one_file(scene, no_file_left, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    draft = scene.start()

    def desk():
        return sending.desk(scene.owner, draft.public_id)

    upload = desks.begin(desk(), path="quotes", name="quote.pdf", size=len(PDF), request_key="k")
    begun = at_once(
        *[lambda: desks.begin(desk(), path="quotes", name="quote.pdf", size=len(PDF), request_key="k")] * 10
    )
    assert {found.pk for found in begun} == {upload.pk}
    pieces = at_once(*[lambda: desks.append(desk(), upload.public_id, offset=0, piece=PDF)] * 10)
    assert sorted(type(result).__name__ for result in pieces) == ["OffsetDiffers"] * 9 + ["Upload"]
    results = at_once(*[lambda: desks.finish(desk(), upload.public_id)] * 10)
    assert {type(result) for result in results} == {StoredFile}, results
    (stored_file,) = {result.public_id for result in results}
    assert [entry["file"] for entry in stored.values(draft.sheet)["quotes"]] == [stored_file]
    assert len(stored.history(draft.sheet, "quotes")) == 1
