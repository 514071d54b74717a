"""Taking files in: what they are, where they go, and that nothing is left behind."""

import hashlib
import io
import os
import stat
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guichet.files import actions, jobs, queries, reading
from guichet.files.errors import DiskFull, FileContentDiffers, FileEmpty, FileKindRefused, FileTooLarge
from guichet.files.kinds import KINDS
from guichet.files.names import tidy
from guichet.kernel import clock

pytestmark = pytest.mark.django_db


def office(member: str, contents: str = "[Content_Types].xml", *, extra: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for number in range(extra):
            zipped.writestr(f"word/media/{number:080}.png", "")
        zipped.writestr(contents, "<Types/>")
        zipped.writestr(member, "<x/>")
    return made.getvalue()


GOOD = {
    "pdf": b"%PDF-1.7\n%...",
    "docx": office("word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpg": b"\xff\xd8\xff\xe0....",
}


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def store(name, content, *, kinds=tuple(KINDS), max_bytes=100_000, actor=None, holder="sheet:x"):
    upload = SimpleUploadedFile("x", content, content_type="text/html")
    upload._name = name
    return actions.store(actor=actor, upload=upload, holder=holder, kinds=kinds, max_bytes=max_bytes)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_every_kind_is_kept_and_comes_back(root, kind, person):
    ada = person()
    stored = store(f"Résumé été.{KINDS[kind].extensions[-1].upper()}", GOOD[kind], actor=ada)
    assert (stored.kind, stored.size, stored.uploaded_by_id) == (kind, len(GOOD[kind]), ada.pk)
    assert stored.sha256 == hashlib.sha256(GOOD[kind]).hexdigest()
    assert stored.scan_state == "not_scanned"
    with reading.open_file(stored) as file:
        assert file.read() == GOOD[kind]
    assert reading.mime_of(stored) == KINDS[kind].mime
    (path,) = on_disk(root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, root)} == {0o700}
    assert path.suffix == ""
    assert "sum" not in path.name


def test_every_kind_has_a_sample_here():
    assert set(GOOD) == set(KINDS)


def test_the_same_file_twice_is_two_files(root):
    assert store("a.pdf", GOOD["pdf"]).stored_name != store("a.pdf", GOOD["pdf"]).stored_name
    assert len(on_disk(root)) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", GOOD["png"]),
        ("a.pdf", b" %PDF-1.7"),
        ("a.pdf", b"<html><script>alert(1)</script>%PDF-"),
        ("a.png", GOOD["jpg"]),
        ("a.docx", GOOD["xlsx"]),
        ("a.docx", GOOD["pdf"]),
        ("a.docx", office("word/document.xml", "other.xml")),
        ("a.xlsx", b"PK\x03\x04 and then nothing"),
        ("a.docx", b"MZ" + GOOD["docx"]),
        ("a.jpg", b"\xff"),
        ("a.docx", office("word/document.xml", extra=8_000)),  # 1.1 MB of names
    ],
)
def test_a_lying_extension_is_refused_and_leaves_nothing(root, name, content):
    with pytest.raises(FileContentDiffers) as refused:
        store(name, content, max_bytes=10_000_000)
    assert refused.value.params["name"] == name
    assert on_disk(root) == []


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a", "", "a.svg", "a.html", "pdf", ".pdf "])
def test_another_kind_is_refused(root, name):
    with pytest.raises(FileKindRefused):
        store(name, GOOD["pdf"], kinds=["pdf"])
    assert on_disk(root) == []


def test_a_kind_that_the_question_does_not_take_is_refused():
    with pytest.raises(FileKindRefused) as refused:
        store("a.png", GOOD["png"], kinds=["pdf", "docx"])
    assert refused.value.params["kinds"] == ("pdf", "docx")


def test_an_empty_file_is_refused(root):
    with pytest.raises(FileEmpty):
        store("a.pdf", b"")
    assert on_disk(root) == []


def test_the_limit_is_inclusive_and_holds_for_what_really_comes(root):
    content = GOOD["pdf"] + b"x" * 1000
    assert store("a.pdf", content, max_bytes=len(content)).size == len(content)
    with pytest.raises(FileTooLarge) as refused:
        store("a.pdf", content, max_bytes=len(content) - 1)
    assert refused.value.params["max_bytes"] == len(content) - 1
    lying = SimpleUploadedFile("a.pdf", content)
    lying.size = 3  # what the browser said
    with pytest.raises(FileTooLarge):
        actions.store(actor=None, upload=lying, holder="h", kinds=["pdf"], max_bytes=100)
    assert len(on_disk(root)) == 1


def test_a_failure_while_writing_leaves_nothing(root, monkeypatch):
    def broken_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions.os, "fsync", broken_disk)
    with pytest.raises(DiskFull):
        store("a.pdf", GOOD["pdf"])
    assert on_disk(root) == []


def test_a_failure_at_the_row_leaves_nothing(root):
    with pytest.raises(Exception, match="too long"):
        store("a.pdf", GOOD["pdf"], holder="x" * 500)
    assert on_disk(root) == []


def test_the_bytes_are_flushed_before_the_row(monkeypatch):
    order = []
    flush, create = os.fsync, actions.StoredFile.objects.create
    monkeypatch.setattr(actions.os, "fsync", lambda descriptor: (order.append("flush"), flush(descriptor)))
    monkeypatch.setattr(actions.StoredFile.objects, "create", lambda **f: (order.append("row"), create(**f))[1])
    store("a.pdf", GOOD["pdf"])
    assert order == ["flush", "flush", "flush", "row"]


def test_a_file_is_found_only_with_its_holder():
    stored = store("a.pdf", GOOD["pdf"], holder="sheet:mine")
    assert queries.file_of("sheet:mine", stored.public_id) == stored
    assert queries.file_of("sheet:theirs", stored.public_id) is None
    assert queries.file(stored.public_id) == stored
    assert queries.file("x") is None
    assert queries.files_of("sheet:mine") == [stored]


def test_the_sweep_takes_only_old_bytes_without_a_row(root):
    kept, lost, fresh = store("a.pdf", GOOD["pdf"]), store("b.pdf", GOOD["pdf"]), store("c.pdf", GOOD["pdf"])
    for stored in (lost, fresh):
        stored.delete()  # as a rolled back transaction would leave it
    long_ago = time.time() - 3 * 86400
    for stored in (kept, lost):
        os.utime(reading.path_of(stored), (long_ago, long_ago))
    jobs.sweep(0)
    assert {path.name for path in on_disk(root)} == {kept.stored_name, fresh.stored_name}
    assert actions.sweep(before=clock.now() + timedelta(hours=1)) == 1
    assert {path.name for path in on_disk(root)} == {kept.stored_name}


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\Été 2026.pdf", "Été 2026.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("annexe\u202efdp.exe", "annexefdp.exe"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ('a"<b>|*?.pdf', "a__b____.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        (".pdf", "pdf"),
        ("a." + "y" * 300, "a." + "y" * 20),
    ],
)
def test_names_are_tidied(given, tidied):
    assert tidy(given) == tidied
    assert len(tidied) <= 150
