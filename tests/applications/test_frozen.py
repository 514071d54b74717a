"""What was submitted stays as it was: by the ORM, by raw SQL, as the role that serves and as the tables' owner."""

import hashlib
import os

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from guichet.answers.models import Answer, AnswerChange, Sheet
from guichet.applications import actions
from guichet.applications.models import Application, Submission
from guichet.files.models import StoredFile
from guichet.kernel.canonical import canonical
from tests.applications.scene import NOON, pdf


@pytest.fixture
def filed(scene):
    """A submitted application with an attachment."""
    application = scene.complete()
    actions.attach_file(actor=scene.owner, application=application, path="plan", upload=pdf())
    scene.submit(application)
    application.refresh_from_db()
    return application


def refused(act):
    """The act fails in the database, and everything stands as before."""
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_submission_takes_no_change(filed):
    submission = filed.submission
    rows = Submission.objects.filter(pk=submission.pk)
    refused(lambda: rows.update(language="fr"))
    refused(lambda: rows.update(document={}, canonical="{}", digest=hashlib.sha256(b"{}").hexdigest()))
    refused(rows.delete)
    refused(submission.save)
    refused(submission.delete)


def test_the_application_takes_no_change(filed, scene):
    rows = Application.objects.filter(pk=filed.pk)
    refused(lambda: rows.update(state="draft", reference=None, submitted_at=None, submitted_by=None))
    refused(lambda: rows.update(reference="TST-2026-99999-X"))
    refused(lambda: rows.update(title="Another"))
    refused(lambda: rows.update(organization=scene.elsewhere))
    refused(lambda: rows.update(sheet=Sheet.objects.create()))
    refused(filed.save)
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("DELETE FROM applications_application WHERE id = %s", filed.pk)


def test_its_answers_take_no_change(filed):
    answers = Answer.objects.filter(sheet=filed.sheet)
    refused(lambda: answers.filter(path="project").update(value="Another"))
    refused(lambda: answers.filter(path="project").delete())
    refused(lambda: answers.filter(path="project").update(sheet=Sheet.objects.create()))
    refused(
        lambda: Answer.objects.create(
            sheet=filed.sheet, path="new", value=1, version=1, changed_by_name="", changed_at=NOON
        )
    )
    refused(
        lambda: AnswerChange.objects.create(
            sheet=filed.sheet, path="project", value=1, version=9, changed_by_name="", changed_at=NOON
        )
    )
    refused(lambda: AnswerChange.objects.filter(sheet=filed.sheet).update(value=None))


def test_an_answer_is_not_moved_in_from_another_sheet(filed, scene):
    other = Sheet.objects.create()
    row = Answer.objects.create(sheet=other, path="extra", value=1, version=1, changed_by_name="", changed_at=NOON)
    refused(lambda: Answer.objects.filter(pk=row.pk).update(sheet=filed.sheet))


def test_its_sheet_does_not_thaw(filed):
    refused(lambda: Sheet.objects.filter(pk=filed.sheet_id).update(frozen_at=None))


def test_its_attachments_take_no_change(filed):
    files = StoredFile.objects.filter(holder=f"sheet:{filed.sheet.public_id}")
    assert files.count() == 1
    refused(lambda: files.update(sha256="0" * 64))
    refused(lambda: files.update(name="other.pdf"))
    refused(lambda: files.update(stored_name="elsewhere"))
    refused(lambda: files.update(holder="sheet:nobody"))
    refused(files.delete)
    refused(
        lambda: StoredFile.objects.create(
            name="x.pdf", size=1, kind="pdf", sha256="0" * 64, stored_name="xx", holder=f"sheet:{filed.sheet.public_id}"
        )
    )
    files.update(scan_state="clean")  # what a scanner says later is not part of what was filed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE applications_submission SET submitted_at = now()",
        "DELETE FROM applications_submission",
        "TRUNCATE applications_submission",
        "UPDATE applications_application SET state = 'draft', reference = NULL, submitted_at = NULL,"
        " submitted_by_id = NULL WHERE state = 'submitted'",
        "UPDATE applications_application SET title = '' WHERE state = 'submitted'",
        "DELETE FROM applications_application WHERE state = 'submitted'",
        "TRUNCATE applications_application CASCADE",
        "UPDATE answers_answer SET value = '1'",
        "DELETE FROM answers_answer",
        "TRUNCATE answers_answer",
        "DELETE FROM answers_answerchange",
        "UPDATE answers_sheet SET frozen_at = NULL WHERE frozen_at IS NOT NULL",
        "DELETE FROM files_storedfile",
        "UPDATE files_storedfile SET sha256 = repeat('0', 64)",
        "TRUNCATE files_storedfile",
    ],
)
def test_raw_sql_is_refused_to_the_role_that_serves(filed, statement):
    refused(lambda: execute(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE applications_submission DISABLE TRIGGER ALL",
        "DROP TRIGGER applications_application_keep ON applications_application",
        "DROP FUNCTION applications_keep_submitted() CASCADE",
        "CREATE OR REPLACE FUNCTION applications_keep_submitted() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$",
        "ALTER TABLE applications_submission DROP CONSTRAINT submission_digest_fits",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_that_serves_cannot_switch_the_guards_off(filed, statement):
    refused(lambda: execute(statement))


def test_a_temporary_table_does_not_answer_for_ours(filed):
    """Names are looked up among temporary tables first: the guards must not be."""

    def through_a_decoy():
        execute("CREATE TEMP TABLE answers_sheet (id bigint, public_id text, frozen_at timestamptz) ON COMMIT DROP")
        execute("CREATE TEMP TABLE applications_application (id bigint, sheet_id bigint, state text) ON COMMIT DROP")
        execute("UPDATE public.answers_answer SET value = '1' WHERE sheet_id = %s", filed.sheet_id)

    refused(through_a_decoy)

    def through_another_decoy():
        execute("CREATE TEMP TABLE answers_sheet (id bigint, public_id text, frozen_at timestamptz) ON COMMIT DROP")
        execute("CREATE TEMP TABLE applications_application (id bigint, sheet_id bigint, state text) ON COMMIT DROP")
        execute("DELETE FROM public.files_storedfile")

    refused(through_another_decoy)


def test_the_owner_of_the_tables_meets_the_triggers_too():
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        for table in ("applications_submission", "applications_application", "answers_answer", "files_storedfile"):
            with pytest.raises(psycopg.errors.IntegrityError):
                owner.execute(f"TRUNCATE {table} CASCADE")
            owner.rollback()


# Rows that do not fit each other --------------------------------------------------------------------------------


def test_a_draft_does_not_become_submitted_without_its_submission(scene):
    application = scene.complete()
    refused(
        lambda: Application.objects.filter(pk=application.pk).update(
            state="submitted", reference="TST-2026-00001-0", submitted_at=NOON, submitted_by=scene.owner
        )
    )


@pytest.mark.parametrize("fields", [{"reference": "TST-2026-00001-0"}, {"submitted_at": NOON}, {"state": "submitted"}])
def test_state_and_fields_fit(scene, fields):
    application = scene.start()
    refused(lambda: Application.objects.filter(pk=application.pk).update(**fields))


def test_an_unknown_state_is_refused(scene):
    application = scene.start()
    refused(lambda: Application.objects.filter(pk=application.pk).update(state="withdrawn"))


def _submission(scene, application, **changed):
    document = {"reference": "TST-2026-99999-X"}
    text = canonical(document)
    fields = {
        "application": application,
        "reference": "TST-2026-99999-X",
        "document": document,
        "canonical": text.decode(),
        "digest": hashlib.sha256(text).hexdigest(),
        "edition_hash": "0" * 64,
        "language": "en",
        "role": "signatory",
        "attestations": [],
        "submitted_at": NOON,
        "submitted_by": scene.owner,
    }
    return Submission.objects.create(**(fields | changed))


def test_a_submission_does_not_stand_beside_a_draft(scene):
    application = scene.complete()

    def beside():
        _submission(scene, application)
        execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(beside)


@pytest.mark.parametrize(
    "changed",
    [
        {"digest": "0" * 64},
        {"document": {"reference": "TST-2026-99999-X", "extra": 1}},
        {"reference": "TST-2026-99998-X"},
        {"language": "de"},
    ],
)
def test_a_submission_that_does_not_fit_itself_is_refused(scene, changed):
    application = scene.complete()
    with pytest.raises(IntegrityError), transaction.atomic():
        _submission(scene, application, **changed)


def test_an_application_has_one_submission(filed, scene):
    refused(lambda: _submission(scene, filed))
