"""The record as one file: what is in it, and that nothing in it changes unseen."""

import hashlib
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile

import pytest

from guichet.applications import actions, bundle, verifying
from guichet.applications.verifying import CHANGED, FOREIGN, MISSING, SAME, NotARecord
from tests.applications.scene import pdf

ADDRESS = "https://portal.example/en/verify/?number=X"


@pytest.fixture
def submission(scene, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    application = scene.complete()
    for path, name in (("plan", "Plan d’été.pdf"), ("quotes", "a.pdf")):
        actions.attach_file(
            actor=scene.editor, application=application, path=path, upload=pdf(name, b"%PDF-1.7 " + name.encode())
        )
    return scene.submit(application)


@pytest.fixture
def whole(submission):
    """The bundle as a dictionary of its parts, by name inside its folder."""
    packed = io.BytesIO()
    bundle.write(packed, submission, receipt=b"%PDF-", address=ADDRESS)
    with zipfile.ZipFile(packed) as parts:
        start = f"{submission.reference}/"
        assert all(name.startswith(start) for name in parts.namelist())
        return {name.removeprefix(start): parts.read(name) for name in parts.namelist()}


def zipped(parts, start="x/", compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(start + name, content)
    packed.seek(0)
    return packed


def verdicts(parts, **options):
    found = verifying.examine_zip(zipped(parts, **options))
    return {part.name: part.verdict for part in found.files}


PLAN, QUOTES = "files/01-Plan d’été.pdf", "files/02-a.pdf"


def test_everything_of_the_record_is_in_it(whole, submission):
    assert set(whole) == {"submission.json", PLAN, QUOTES, *verifying.BESIDE}
    assert whole["submission.json"].decode() == submission.canonical
    assert whole[PLAN] == "%PDF-1.7 Plan d’été.pdf".encode()
    for name in ("README.txt", "LISEZ-MOI.txt"):
        assert submission.reference in whole[name].decode()
        assert submission.digest in whole[name].decode()
        assert ADDRESS in whole[name].decode()


@pytest.mark.parametrize("start", ["", "CXS/"])
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_packed_again_it_is_the_same(whole, submission, start, compression):
    found = verifying.examine_zip(zipped(whole, start, compression))
    assert (found.reference, found.digest) == (submission.reference, submission.digest)
    assert found.whole
    assert [(part.name, part.verdict) for part in found.files] == [(PLAN, SAME), (QUOTES, SAME)]


def test_the_same_submission_gives_the_same_bundle(submission):
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        bundle.write(target, submission, receipt=b"%PDF-", address=ADDRESS)
    assert first.getvalue() == second.getvalue()


def test_every_byte_counts(whole, submission):
    for place in range(0, len(whole["submission.json"]), 7):
        text = bytearray(whole["submission.json"])
        text[place] ^= 1
        try:
            found = verifying.examine_zip(zipped({**whole, "submission.json": bytes(text)}))
        except NotARecord:
            continue
        assert found.digest != submission.digest


@pytest.mark.parametrize("change", [b"", b"%PDF-1.7 b.pdf", b"%PDF-1.7 a.pdf ", b"%PDF-1.7 a.pd"])
def test_a_changed_file_is_named(whole, change):
    assert verdicts({**whole, QUOTES: change}) == {PLAN: SAME, QUOTES: CHANGED}


def test_two_files_swapped_are_both_named(whole):
    assert verdicts({**whole, PLAN: whole[QUOTES], QUOTES: whole[PLAN]}) == {PLAN: CHANGED, QUOTES: CHANGED}


def test_what_is_gone_and_what_was_added_are_named(whole):
    del whole[PLAN]
    added = {"files/03-b.pdf": b"%PDF", "../outside.txt": b"x", "/etc/passwd": b"x", "note.txt": b"x"}
    assert verdicts({**whole, **added}) == {PLAN: MISSING, QUOTES: SAME, **dict.fromkeys(added, FOREIGN)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_named(whole):
    packed = zipped(whole)
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr(f"x/{QUOTES}", whole[QUOTES])
    packed.seek(0)
    found = verifying.examine_zip(packed)
    assert not found.whole
    assert (found.files[-1].name, found.files[-1].verdict) == (QUOTES, FOREIGN)


def test_a_comfort_copy_may_be_missing_or_changed(whole):
    del whole["receipt.pdf"]
    assert verdicts({**whole, "README.txt": b"mine"}) == {PLAN: SAME, QUOTES: SAME}


def test_a_bomb_is_not_swallowed(whole):
    """Many megabytes that pack into a few bytes, as an attachment and as the text itself."""
    bomb = bytes(48 * 1024 * 1024)
    packed = zipped({**whole, QUOTES: bomb})
    text = zipped({**whole, "submission.json": bomb})
    tracemalloc.start()
    assert {part.name: part.verdict for part in verifying.examine_zip(packed).files}[QUOTES] == CHANGED
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    with pytest.raises(NotARecord):
        verifying.examine_zip(text)
    assert tracemalloc.get_traced_memory()[1] < 3 * verifying.LONGEST_TEXT
    tracemalloc.stop()


@pytest.mark.parametrize("compression", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_way_of_packing_that_needs_memory_is_not_read(whole, compression):
    with pytest.raises(NotARecord):
        verifying.examine_zip(zipped(whole, compression=compression))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"reference": 5, "files": []}',
        b'{"reference": "X", "files": [1]}',
        b'{"reference": "X", "files": [{"name": "a", "size": "x", "sha256": ""}]}',
        b"[" * 200_000,
        b"\xff\xfe",
    ],
)
def test_another_text_is_no_record(text):
    with pytest.raises(NotARecord):
        verifying.examine_zip(zipped({"submission.json": text}))


def test_what_is_no_zip_file_is_no_record(whole):
    good = zipped(whole).getvalue()
    for bad in (b"", b"PK", b"%PDF-1.7", good[:-40], good[: len(good) // 2]):
        with pytest.raises(NotARecord):
            verifying.examine_zip(io.BytesIO(bad))
    with pytest.raises(NotARecord):
        verifying.examine_zip(zipped({"plan.pdf": b"x"}))
    with pytest.raises(NotARecord):
        verifying.examine_zip(zipped({f"files/{number}": b"" for number in range(verifying.MOST_PARTS + 1)}))


def test_a_damaged_byte_anywhere_in_the_zip_file_is_no_crash(whole, submission):
    good = zipped(whole).getvalue()
    for place in range(0, len(good), 11):
        bad = bytearray(good)
        bad[place] ^= 255
        try:
            found = verifying.examine_zip(io.BytesIO(bytes(bad)))
        except NotARecord:
            continue
        assert not (found.whole and found.digest == submission.digest) or _reads_as(bad, whole)


def _reads_as(packed, whole):
    """The damage is in what no reader minds (a date, a comment, a mark): every part still reads as it was."""
    with zipfile.ZipFile(io.BytesIO(bytes(packed))) as file:
        return all(file.read(f"x/{name}") == whole[name] for name in ("submission.json", PLAN, QUOTES))


def test_the_program_in_the_bundle_says_the_same_without_a_network(whole, submission, tmp_path):
    for name, content in whole.items():
        path = tmp_path / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "bundle.zip").write_bytes(zipped(whole).getvalue())

    def run(*arguments):
        program = str(tmp_path / "unpacked" / "verify.py")
        done = subprocess.run([sys.executable, "-I", "-S", program, *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout

    for arguments in ((), (str(tmp_path / "bundle.zip"),)):
        code, said = run(*arguments)
        assert code == 0
        assert submission.reference in said
        assert submission.digest in said
        assert said.count("same / identique") == 2
    (tmp_path / "unpacked" / QUOTES).write_bytes(b"changed")
    code, said = run()
    assert code == 1
    assert f"{QUOTES}\n  NOT THE SAME / DIFFÉRENT" in said
    assert run(str(tmp_path / "nothing.zip")) == (
        2,
        "This is no record of the portal. / Ce n’est pas un dossier du portail.\n",
    )


def test_the_digests_are_those_of_the_bytes(whole):
    document = json.loads(whole["submission.json"])
    assert [entry["sha256"] for entry in document["files"]] == [
        hashlib.sha256(whole[name]).hexdigest() for name in (PLAN, QUOTES)
    ]
