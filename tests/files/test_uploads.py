"""Taking a file in piece by piece: what counts is on the disk, nothing counts twice, and nothing is left behind."""

import base64
import errno
import hashlib
import os
import resource
import tracemalloc
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.files import actions, disk, jobs, pieces, uploads
from guichet.files.errors import (
    DiskFull,
    FileContentDiffers,
    FileEmpty,
    FileKindRefused,
    FileTooLarge,
    OffsetDiffers,
    PieceRefused,
    TooManyUploads,
    UploadIncomplete,
)
from guichet.files.models import StoredFile, Upload
from guichet.kernel import clock
from tests.files.test_storing import on_disk, root

pytestmark = pytest.mark.django_db

__all__ = ["root"]
PIECE = pieces.PIECE
LONG = b"%PDF-1.7\n" + bytes(range(256)) * 5000  # 1,280,009 bytes: two pieces and a shorter one
SIZE = len(LONG)


@pytest.fixture
def ada(person):
    return person()


def begin(actor, name="plan.pdf", size=SIZE, key="k", **more):
    given = {"holder": "sheet:x", "path": "plan", "kinds": ["pdf"], "max_bytes": 60_000_000} | more
    return uploads.begin(actor=actor, name=name, size=size, request_key=key, **given)


def mine(actor):
    return Upload.objects.filter(owner_id=actor.pk)


def append(actor, upload, content=LONG, offset=None, **more):
    offset = upload.offset if offset is None else offset
    piece = content[offset : offset + PIECE]
    return uploads.append(among=mine(actor), public_id=upload.public_id, offset=offset, piece=piece, **more)


def sent(actor, content=LONG, **more):
    upload = begin(actor, size=len(content), **more)
    while upload.offset < upload.size:
        upload = append(actor, upload, content)
    return upload


def finish(actor, upload, **more):
    found = uploads.ready(among=mine(actor), public_id=upload.public_id)
    given = {"holder": "sheet:x", "kinds": ["pdf"], "max_bytes": 60_000_000} | more
    return uploads.keep(upload=uploads.locked(found), sha256=found.sha256, **given)


def test_pieces_become_the_file_that_would_have_come_whole(ada, root):
    upload = sent(ada)
    assert StoredFile.objects.count() == 0
    stored = finish(ada, upload)
    assert (stored.name, stored.size, stored.kind, stored.scan_state) == ("plan.pdf", len(LONG), "pdf", "not_scanned")
    assert stored.sha256 == hashlib.sha256(LONG).hexdigest()
    assert stored.uploaded_by_id == ada.pk
    (path,) = on_disk(root)
    assert (path, path.read_bytes(), path.stat().st_mode & 0o777) == (disk.place_of(stored.stored_name), LONG, 0o600)


def test_it_is_known_by_the_chain_of_its_pieces_what_arrived(ada):
    upload = append(ada, append(ada, begin(ada)))
    chain = ""
    for start in (0, PIECE):
        piece = hashlib.sha256(LONG[start : start + PIECE]).hexdigest()
        chain = hashlib.sha256((chain + piece).encode()).hexdigest()
    assert (upload.offset, upload.chain) == (2 * PIECE, chain)


def test_the_same_key_is_the_same_upload_and_another_person_s_key_is_another(ada, person):
    upload = append(ada, begin(ada))
    again = begin(ada, name="other.exe", size=5)
    assert (again.pk, again.offset, again.name) == (upload.pk, PIECE, "plan.pdf")
    assert begin(person(), key="k").pk != upload.pk
    assert begin(ada, holder="sheet:y").pk != upload.pk


def test_a_piece_counts_where_the_file_ends_and_nowhere_else(ada):
    upload = append(ada, begin(ada))
    for offset in (0, PIECE - 1, PIECE + 1, 2 * PIECE):
        with pytest.raises(OffsetDiffers) as refused:
            append(ada, upload, offset=offset)
        assert refused.value.params["offset"] == PIECE
    assert mine(ada).get().offset == PIECE


@pytest.mark.parametrize("length", [1, PIECE - 1])
def test_a_piece_is_whole_or_it_is_refused(ada, root, length):
    upload = begin(ada)
    with pytest.raises(PieceRefused):
        uploads.append(among=mine(ada), public_id=upload.public_id, offset=0, piece=LONG[:length])
    assert on_disk(root) == []
    rest = append(ada, append(ada, upload))
    with pytest.raises(PieceRefused):  # one byte more than there is to come
        uploads.append(among=mine(ada), public_id=rest.public_id, offset=rest.offset, piece=LONG[rest.offset :] + b"x")
    assert append(ada, rest).offset == len(LONG)


def test_a_piece_that_is_not_what_its_digest_says_is_refused(ada, root):
    upload = begin(ada)
    digest = base64.b64encode(hashlib.sha256(LONG[:PIECE]).digest()).decode()
    with pytest.raises(PieceRefused):
        append(ada, upload, content=b"x" + LONG[1:], digest=f"sha-256=:{digest}:")
    assert on_disk(root) == []
    assert append(ada, upload, digest=f"sha-256=:{digest}:").offset == PIECE


def test_a_piece_costs_two_statements_and_is_flushed_before_it_counts(ada, monkeypatch):
    upload = append(ada, begin(ada))
    order, flush = [], os.fsync
    monkeypatch.setattr(uploads.os, "fsync", lambda number: (order.append(len(captured)), flush(number)))
    with CaptureQueriesContext(connection) as captured:
        append(ada, upload)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert [sql.split()[0] for sql in asked] == ["SELECT", "UPDATE"]
    assert order == [2]  # the savepoint and the lock had been asked for by then, not the row


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_nothing_counts(ada, monkeypatch, number):
    upload = append(ada, begin(ada))

    def full(*_given):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(uploads.os, "pwrite", full)
        with pytest.raises(DiskFull) as refused:
            append(ada, upload)
    assert refused.value.params["name"] == "plan.pdf"
    assert mine(ada).get().offset == PIECE
    rest = append(ada, append(ada, mine(ada).get()))
    assert finish(ada, rest).sha256 == hashlib.sha256(LONG).hexdigest()


def test_a_limit_of_the_system_in_the_middle_of_a_piece_leaves_what_counted_and_the_rest_comes_later(ada):
    """A real refusal by the kernel (EFBIG), which cuts a piece in two: half of it is on the disk, none of it counts."""
    upload = append(ada, begin(ada))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE + 1000, hard))
    try:
        with pytest.raises(DiskFull):
            append(ada, upload)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert mine(ada).get().offset == PIECE
    assert disk.place_of(upload.stored_name).stat().st_size == PIECE + 1000
    rest = append(ada, append(ada, mine(ada).get()))
    assert finish(ada, rest).sha256 == hashlib.sha256(LONG).hexdigest()


def test_bytes_that_the_disk_has_lost_are_asked_for_again(ada):
    upload = append(ada, begin(ada))
    disk.place_of(upload.stored_name).unlink()
    again = append(ada, upload)
    assert (again.offset, again.chain) == (0, "")
    whole = append(ada, append(ada, append(ada, again)))
    disk.place_of(upload.stored_name).unlink()
    with pytest.raises(UploadIncomplete) as refused:
        finish(ada, whole)
    assert (refused.value.params["offset"], mine(ada).get().offset) == (0, 0)


def test_it_is_no_file_before_its_last_piece(ada):
    upload = append(ada, begin(ada))
    with pytest.raises(UploadIncomplete) as refused:
        finish(ada, upload)
    assert refused.value.params["offset"] == PIECE
    assert StoredFile.objects.count() == 0


def test_a_lying_extension_is_refused_at_the_end_and_leaves_nothing(ada, root):
    upload = sent(ada, b"MZ" + LONG)
    with pytest.raises(FileContentDiffers):
        finish(ada, upload)
    assert (on_disk(root), Upload.objects.count()) == ([], 0)


def test_what_the_question_asks_now_is_asked_again_at_the_end(ada):
    upload = sent(ada)
    with pytest.raises(FileTooLarge):
        finish(ada, upload, max_bytes=len(LONG) - 1)
    with pytest.raises(FileKindRefused):
        finish(ada, upload, kinds=["docx"])
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "error"),
    [({"size": 0}, FileEmpty), ({"size": 101, "max_bytes": 100}, FileTooLarge), ({"name": "a.exe"}, FileKindRefused)],
)
def test_what_cannot_be_kept_is_refused_before_a_byte_is_sent(ada, root, given, error):
    with pytest.raises(error):
        begin(ada, **given)
    assert (on_disk(root), Upload.objects.count()) == ([], 0)


def test_one_person_has_so_much_under_way_and_no_more(ada, person, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 2)
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    begin(ada, key="1", size=60)
    with pytest.raises(TooManyUploads):
        begin(ada, key="2", size=41)
    begin(ada, key="2", size=40)
    begin(person(), size=100)
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    with pytest.raises(TooManyUploads):
        begin(ada, key="3", size=1)
    assert begin(ada, key="1").size == 60


def test_one_that_is_cancelled_is_gone_and_one_that_is_a_file_stays(ada, root):
    uploads.cancel(among=mine(ada), public_id=append(ada, begin(ada)).public_id)
    assert (on_disk(root), Upload.objects.count()) == ([], 0)
    upload = sent(ada)
    finish(ada, upload)
    uploads.cancel(among=mine(ada), public_id=upload.public_id)
    assert (len(on_disk(root)), Upload.objects.count()) == (1, 1)


def test_a_file_is_never_changed_by_a_piece(ada):
    upload = sent(ada)
    stored = finish(ada, upload)
    with pytest.raises(OffsetDiffers):
        append(ada, upload, content=b"%PDF-evil" + LONG, offset=0)
    assert (
        uploads.append(among=mine(ada), public_id=upload.public_id, offset=upload.size, piece=b"").file_id == stored.pk
    )
    with pytest.raises(PieceRefused):
        uploads.append(among=mine(ada), public_id=upload.public_id, offset=upload.size, piece=b"more")
    assert disk.place_of(stored.stored_name).read_bytes() == LONG


def test_what_is_left_alone_for_a_day_is_given_up_and_what_was_finished_is_known_for_a_month(ada, root):
    left, moving, done = append(ada, begin(ada, key="1")), append(ada, begin(ada, key="2")), sent(ada, key="3")
    stored = finish(ada, done)
    with time_machine.travel(clock.now() + timedelta(hours=23), tick=False):
        jobs.give_up_uploads(0)
        assert Upload.objects.count() == 3
        append(ada, moving)
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        jobs.give_up_uploads(0)
    assert {upload.pk for upload in Upload.objects.all()} == {moving.pk, done.pk}
    assert left.stored_name not in {path.name for path in on_disk(root)}
    with time_machine.travel(clock.now() + timedelta(days=32), tick=False):
        jobs.give_up_uploads(0)
    assert Upload.objects.count() == 0
    assert [path.name for path in on_disk(root)] == [stored.stored_name]


def test_the_sweep_leaves_what_is_on_its_way(ada, root):
    append(ada, begin(ada))
    assert actions.sweep(before=clock.now() + timedelta(hours=1)) == 0
    assert len(on_disk(root)) == 1


def test_fifteen_megabytes_take_the_memory_of_some_pieces(ada):
    content = LONG[:9] + bytes(15_000_000 - 9)
    tracemalloc.start()
    try:
        upload = begin(ada, size=len(content))
        while upload.offset < upload.size:
            upload = append(ada, upload, content)
        assert finish(ada, upload).size == 15_000_000
        assert tracemalloc.get_traced_memory()[1] < 4 * PIECE
    finally:
        tracemalloc.stop()
