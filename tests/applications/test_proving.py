"""Every submission and every file of it is proven; what was touched by raw SQL or on the disk is named."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from guichet.applications import actions, proving
from guichet.applications.models import Submission
from guichet.applications.proving import BrokenSubmission
from guichet.audit import sealing
from guichet.files import reading
from guichet.files.models import StoredFile
from tests.applications.scene import pdf


@pytest.fixture
def submission(scene, settings, tmp_path, monkeypatch):
    """One submission with a file, and no other in sight: other tests commit theirs."""
    settings.FILES_ROOT = tmp_path / "files"
    application = scene.complete()
    actions.attach_file(actor=scene.editor, application=application, path="plan", upload=pdf())
    submission = scene.submit(application)
    only = Submission.objects.filter(pk=submission.pk)
    monkeypatch.setattr(proving.Submission, "objects", only)
    return submission


def verify():
    connection.check_constraints()  # links the events, as the commit would
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    return out.getvalue()


def test_what_was_submitted_holds(submission, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert proving.broken_submission() is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"canonical": "{}"}, "changed"),
        ({"digest": "0" * 64}, "changed"),
        ({"document": {"reference": "TST-2026-00001-K"}}, "changed"),
        ({"reference": "TST-2026-00009-X"}, "changed"),
    ],
)
def test_a_submission_that_was_touched_is_named(submission, monkeypatch, changed, reason):
    """As it would be read after somebody above the triggers had changed the row."""
    for name, value in changed.items():
        setattr(submission, name, value)
    monkeypatch.setattr(proving, "_SIZE", 1)
    found = list(proving._faults(submission, submission.digest, {}))
    assert found[0] == BrokenSubmission(submission.reference, reason)


def test_a_submission_that_the_log_knows_otherwise_is_named(submission):
    stored = {file.public_id: file for file in StoredFile.objects.all()}
    assert list(proving._faults(submission, None, stored)) == [BrokenSubmission(submission.reference, "unlogged")]
    assert list(proving._faults(submission, submission.digest, stored)) == []


@pytest.mark.parametrize("act", [lambda path: path.write_bytes(b"%PDF-1.7 other"), lambda path: path.unlink()])
def test_a_file_that_was_touched_or_is_gone_is_named(submission, act):
    act(reading.path_of(StoredFile.objects.get(public_id=submission.document["files"][0]["file"])))
    assert proving.broken_submission() == BrokenSubmission(submission.reference, "file", "plan.pdf")
    with pytest.raises(CommandError, match=f"submission {submission.reference} does not fit: file .plan.pdf."):
        verify()


def test_the_command_says_that_all_is_whole(submission):
    last = sealing.latest()
    said = verify()
    assert said.splitlines() == [
        "the log of events is whole",
        f"the seals are whole; the last: {last.day}, {last.digest}" if last else "no seal yet",
        "every submission and every file of it is whole",
    ]
