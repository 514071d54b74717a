"""A draft taken away as a file and brought back: what the file is, what is saved, what is refused, what is chosen."""

import json
import re
from datetime import timedelta
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from guichet.answers import queries as stored
from guichet.answers.models import AnswerChange
from guichet.applications import actions, carry_over, deletion
from guichet.applications.errors import NotATakenFile
from guichet.audit.models import Event
from guichet.web.applicant import offline, offline_reading
from guichet.web.applicant.takeaway import LIMIT
from tests import page as pages
from tests import validator
from tests.applications.conftest import clock, scene  # noqa: F401 -- fixtures
from tests.applications.editions import newer
from tests.applications.scene import NOON, pdf
from tests.web.applying import fields as sent_of

FIRST, SECOND = "0123456789abcdef", "fedcba9876543210"


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


def main(response):
    return response.content.decode().split("<main")[1]


def values(draft):
    return {path: answer.value for path, answer in stored.answers(draft.sheet).items()}


def count(draft):
    return AnswerChange.objects.filter(sheet=draft.sheet).count()


@pytest.fixture
def draft(scene):  # noqa: F811
    return scene.complete()


@pytest.fixture
def editor(client, scene):  # noqa: F811
    client.force_login(scene.editor)
    return client


def taken(client, draft, language="en"):
    """The file as it is downloaded."""
    return client.get(at(language, "takeaway_file", draft.public_id)).content.decode()


def filled(file, typed, *, language="en", copies=(FIRST,), removed=()):
    """The file as its script saves it: fields by their names, in one language."""
    written = json.dumps({"copies": copies, "fields": {language: list(typed.items())}, "removed": removed})
    found = re.sub(
        r'(<script id="guichet-typed"[^>]*>).*?(</script>)',
        lambda part: part[1] + written.replace("<", "\\u003c") + part[2],
        file,
        flags=re.DOTALL,
    )
    assert found != file
    return found


def bring(client, draft, file, language="en"):
    content = file if isinstance(file, bytes) else file.encode()
    upload = SimpleUploadedFile("draft.html", content, "text/html")
    return client.post(at(language, "takeaway", draft.public_id), {"file": upload})


# -- the file ----


def test_the_file_is_a_page_of_its_own_in_both_languages(editor, scene, draft, tmp_path, language):  # noqa: F811
    answer = editor.get(at(language, "takeaway_file", draft.public_id))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    word = {"en": "draft", "fr": "brouillon"}[language]
    assert re.fullmatch(rf'attachment; filename="minimal-{word}-[\w-]+\.html"', answer.headers["Content-Disposition"])
    html = answer.content.decode()
    assert validator.faults({"file": html}, tmp_path) == []
    expected = ["a style element", "an inline script"]  # they stand in the policy of the file by their hashes
    assert [fault for fault in pages.faults(html, language=language) if fault not in expected] == []
    assert html.count("Semis boréaux") >= 2, "the answers stand in each language"
    assert 'name="move"' not in html, "no button that does nothing"
    for words in ("Summary", "Résumé", "Not submitted yet", "Pas encore transmise"):
        assert words in html


def test_the_policy_names_what_stands_in_the_file_and_nothing_else(editor, draft):
    html = taken(editor, draft)
    style, script = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1], html.rpartition("<script>")[2]
    script = script.partition("</script>")[0]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#x27;", "'")
    assert policy == offline.policy(style, script)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "url(" not in style, "nothing is asked for"
    assert re.findall(r'\s(?:src|action|srcset|poster|data)="', html) == []
    assert re.findall(r"<link|<img|<iframe|@import", html) == []


def test_every_question_is_in_it_the_hidden_ones_with_their_case(editor, draft):
    html = taken(editor, draft)
    form = html.split('data-version="en" autocomplete')[1].split("</form>")[0]
    assert 'name="partner"' in form, "hidden on the page, asked in the file"
    assert "Only in this case:" in form
    assert "Hidden &amp; Sons" in form
    # A question that stands in a file does not change what pages draw.
    with translation.override("en"):
        page = editor.get(at("en", "section", draft.public_id, "project")).content.decode()
    assert "Only in this case:" not in page


def test_attachments_are_named_and_stay(editor, scene, draft):  # noqa: F811
    actions.attach_file(actor=scene.owner, application=draft, path="plan", upload=pdf())
    html = taken(editor, draft)
    assert "plan.pdf" in html
    assert '<input class="input" type="file"' not in html


def test_the_file_costs_the_same_however_much_is_answered(editor, scene, django_assert_num_queries):  # noqa: F811
    empty = scene.start()
    taken(editor, empty)
    with CaptureQueriesContext(connection) as few:
        taken(editor, empty)
    many = {}
    for number in range(30):
        row = f"row{number:09}"
        many |= {f"steps.{row}": number, f"steps.{row}.what": f"Visit {number}", f"steps.{row}.cost": "10.00"}
    scene.save(empty, many)
    with django_assert_num_queries(len(few)):
        file = taken(editor, empty)
    rows = {f"steps.row{number:09}": str(number) for number in range(30)}
    with CaptureQueriesContext(connection) as one:
        bring(editor, empty, filled(file, {"summary": "One"}))
    with django_assert_num_queries(len(one)):
        typed = rows | {f"{path}.what": f"Fair {path}" for path in rows}
        assert bring(editor, empty, filled(file, typed, copies=[SECOND])).status_code == 302
    assert values(empty)["steps.row000000029.what"] == "Fair steps.row000000029"


# -- brought back ----


def test_what_was_typed_is_saved_in_the_language_in_which_it_was(editor, scene, draft, language):  # noqa: F811
    file = taken(editor, draft, language)
    typed = {"summary": "Tapé dans l’avion", "steps.firstrow": "0", "steps.firstrow.cost": "1 234,75"}
    answer = bring(editor, draft, filled(file, typed, language="fr"), language)
    assert (answer.status_code, answer.headers["Location"]) == (302, at(language, "application", draft.public_id))
    now = values(draft)
    assert now["summary"] == "Tapé dans l’avion"
    assert now["steps.firstrow.cost"] == "1234.75"
    assert now["project"] == "Semis boréaux"
    said = main(editor.get(answer.headers["Location"]))
    assert {"en": "2 answers were brought back", "fr": "2 réponses ont été rapportées"}[language] in said


def test_the_same_file_twice_changes_nothing(editor, draft):
    file = filled(taken(editor, draft), {"summary": "From the plane"})
    bring(editor, draft, file)
    before = count(draft)
    answer = bring(editor, draft, file)
    assert answer.status_code == 302
    assert "Nothing was changed" in main(editor.get(answer.headers["Location"]))
    assert count(draft) == before
    assert Event.objects.filter(event="draft_brought_back", subject_id=draft.public_id).count() == 1


def test_a_file_in_which_nothing_was_typed_changes_nothing(editor, draft):
    before = count(draft)
    answer = bring(editor, draft, taken(editor, draft))
    assert "Nothing was changed" in main(editor.get(answer.headers["Location"]))
    assert count(draft) == before


def test_a_text_typed_back_to_what_it_was_is_no_change(editor, scene, draft):  # noqa: F811
    file = taken(editor, draft)
    scene.save(draft, {"project": "Changed meanwhile"})
    assert bring(editor, draft, filled(file, {"project": "Semis boréaux"})).status_code == 302
    assert values(draft)["project"] == "Changed meanwhile"


def test_a_later_copy_goes_over_what_an_earlier_one_of_its_line_brought(editor, draft):
    file = taken(editor, draft)
    bring(editor, draft, filled(file, {"summary": "One"}))
    answer = bring(editor, draft, filled(file, {"summary": "One and two"}, copies=[FIRST, SECOND]))
    assert answer.status_code == 302
    assert values(draft)["summary"] == "One and two"


def test_two_lines_of_copies_are_two_texts(editor, draft):
    file = taken(editor, draft)
    bring(editor, draft, filled(file, {"summary": "One"}))
    answer = bring(editor, draft, filled(file, {"summary": "Two"}, copies=[SECOND]))
    assert answer.status_code == 409
    assert values(draft)["summary"] == "One"


def test_rows_are_added_and_taken_out(editor, draft):
    file = taken(editor, draft)
    typed = {"steps.newnewnew234": "2", "steps.newnewnew234.what": "Third", "steps.newnewnew234.cost": "5"}
    bring(editor, draft, filled(file, typed, removed=["steps.secondrow"]))
    now = values(draft)
    assert (now["steps.newnewnew234"], now["steps.newnewnew234.cost"]) == (2, "5.00")
    assert now["steps.secondrow"] is None
    assert now["steps.secondrow.what"] == "Fair", "its answers stay with it"


def test_what_could_not_be_read_is_kept_as_it_was_typed(editor, draft):
    typed = {"steps.firstrow": "0", "steps.firstrow.cost": "about ten"}
    bring(editor, draft, filled(taken(editor, draft), typed))
    assert values(draft)["steps.firstrow.cost"] == {"unreadable": "about ten"}


def test_an_answer_beyond_every_limit_is_told_and_the_others_are_saved(editor, draft):
    answer = bring(editor, draft, filled(taken(editor, draft), {"summary": "x" * 100_001, "project": "Kept"}))
    assert answer.status_code == 422
    assert "100,000" in main(answer)
    assert values(draft)["project"] == "Kept"


def test_the_history_says_where_it_came_from(editor, scene, draft, language, clock):  # noqa: F811
    scene.save(draft, {"summary": "Typed here"}, actor=scene.editor)
    file = taken(editor, draft)
    clock.move_to(NOON + timedelta(seconds=30))
    bring(editor, draft, filled(file, {"summary": "Typed in the plane"}), language)
    shown = main(editor.get(at(language, "history", draft.public_id), {"answer": "summary"}))
    card = shown.split('class="card"')[1]
    assert {"en": "brought back from a file", "fr": "rapporté d’un fichier"}[language] in card
    assert "plane" in card
    assert "Typed here" in "".join(card.replace("<del>", "").replace("</del>", "").split("</dd>")[0]), "an entry apart"


# -- two texts ----


@pytest.fixture
def conflict(editor, scene, draft):  # noqa: F811
    """A file in which the summary and the project were changed, and a summary that the owner has changed meanwhile."""
    file = filled(taken(editor, draft), {"summary": "Three fairs in Japan", "project": "New name"})
    scene.save(draft, {"summary": "Three fairs in Korea"})
    return file


@pytest.mark.parametrize(
    ("keep", "then"),
    [
        ("mine", "Three fairs in Japan"),
        ("theirs", "Three fairs in Korea"),
        ("both", "Three fairs in Korea\n\nThree fairs in Japan"),
    ],
)
def test_two_texts_are_shown_and_one_is_chosen(editor, draft, conflict, keep, then, language):
    asked = bring(editor, draft, conflict, language)
    assert asked.status_code == 409
    assert "Three fairs in <ins>Japan</ins>" in main(asked)
    assert "Three fairs in <ins>Korea</ins>" in main(asked)
    assert values(draft)["project"] == "New name", "what nobody else had changed is saved"
    assert values(draft)["summary"] == "Three fairs in Korea", "nothing is overwritten before the choice"
    typed = sent_of(asked) | {"keep.summary": keep}
    answer = editor.post(at(language, "takeaway", draft.public_id), typed)
    assert answer.status_code == 302
    assert values(draft)["summary"] == then
    editor.post(at(language, "takeaway", draft.public_id), typed)  # a double click
    assert values(draft)["summary"] == then


def test_a_third_text_meanwhile_is_asked_about_again(editor, scene, draft, conflict):  # noqa: F811
    typed = sent_of(bring(editor, draft, conflict)) | {"keep.summary": "both"}
    scene.save(draft, {"summary": "Four fairs"})
    again = editor.post(at("en", "takeaway", draft.public_id), typed)
    assert again.status_code == 409
    assert values(draft)["summary"] == "Four fairs"
    editor.post(at("en", "takeaway", draft.public_id), sent_of(again) | {"keep.summary": "both"})
    assert values(draft)["summary"] == "Four fairs\n\nThree fairs in Japan"


def test_two_values_in_a_row_say_in_which(editor, scene, draft, language):  # noqa: F811
    file = filled(taken(editor, draft), {"steps.secondrow": "1", "steps.secondrow.cost": "300"})
    scene.save(draft, {"steps.secondrow.cost": "400.00"})
    asked = main(bring(editor, draft, file, language))
    assert {"en": "Steps – Cost (Step 2)", "fr": "Étapes – Coût (Étape 2)"}[language] in asked
    assert "q-steps-secondrow-cost" in asked


def test_after_both_were_kept_the_same_file_takes_nothing_away(editor, draft, conflict):
    editor.post(
        at("en", "takeaway", draft.public_id), sent_of(bring(editor, draft, conflict)) | {"keep.summary": "both"}
    )
    both = values(draft)["summary"]
    assert bring(editor, draft, conflict).status_code == 409
    assert values(draft)["summary"] == both


def test_answers_typed_in_a_row_that_somebody_removed_ask_for_the_row(editor, scene, draft):  # noqa: F811
    file = filled(taken(editor, draft), {"steps.secondrow": "1", "steps.secondrow.what": "A fair after all"})
    scene.save(draft, {"steps.secondrow": None})
    asked = bring(editor, draft, file)
    assert asked.status_code == 409
    assert "Row <ins>removed</ins>" in main(asked)
    assert "Steps (A fair after all, " in main(asked), "which row it is, though it is not there any more"
    editor.post(at("en", "takeaway", draft.public_id), sent_of(asked) | {"keep.steps.secondrow": "mine"})
    now = values(draft)
    assert (now["steps.secondrow"], now["steps.secondrow.what"]) == (1, "A fair after all")


# -- refused ----


def refused(answer, draft, before, words, status=422):
    assert answer.status_code == status, answer.status_code
    assert words in main(answer)
    if status == 422:
        assert words in main(answer).split('id="file-error1"')[1].split("</p>")[0], "beside the field too"
    assert count(draft) == before


BROKEN = {
    "nothing": (lambda file: b"", "not a draft that was taken"),
    "another file": (lambda file: b"%PDF-1.7 \xff\xfe\x00", "not a draft that was taken"),
    "another page": (lambda file: "<!DOCTYPE html><p>Hello</p>", "not a draft that was taken"),
    "cut off": (lambda file: file[: file.index("guichet-typed") + 40], "not a draft that was taken"),
    "cut off inside what was typed": (lambda file: file[: file.index('"fields"')], "not a draft that was taken"),
    "no note": (lambda file: file.replace("guichet-note", "note"), "not a draft that was taken"),
    "what was typed is no JSON": (
        lambda file: re.sub(r'("guichet-typed"[^>]*>).', r"\1[", file),
        "not a draft that was taken",
    ),
    "fields of another shape": (
        lambda file: file.replace('"fields": {"en"', '"fields": {"en": 1, "fr"'),
        "not a draft",
    ),
    "another signature": (lambda file: re.sub(r'("guichet-note"[^>]*>")(.)', r"\1x", file), "was changed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(editor, draft, name):
    file, before = filled(taken(editor, draft), {"summary": "From the plane"}), count(draft)
    broken, words = BROKEN[name]
    refused(bring(editor, draft, broken(file)), draft, before, words)


def test_no_file_at_all(editor, draft, language):
    answer = editor.post(at(language, "takeaway", draft.public_id))
    assert answer.status_code == 422


def test_a_file_of_fifty_megabytes(editor, draft):
    before = count(draft)
    refused(bring(editor, draft, b"x" * 50_000_000), draft, before, "too large")
    assert LIMIT < 50_000_000


def test_versions_cannot_be_forged(editor, scene, draft):  # noqa: F811
    """The note of one moment does not fit answers of another: what is signed is what counts."""
    old = filled(taken(editor, draft), {"summary": "Old"})
    scene.save(draft, {"summary": "Newer"})
    assert bring(editor, draft, old).status_code == 409


def test_the_file_of_another_application(editor, scene, draft):  # noqa: F811
    file = filled(taken(editor, draft), {"summary": "x"})
    deletion.delete(actor=scene.owner, application=draft)
    other = scene.start()
    refused(bring(editor, other, file), other, 0, "belongs to another application")


def test_after_the_draft_moved_to_another_edition(editor, scene, draft, tmp_path):  # noqa: F811
    file = filled(taken(editor, draft), {"summary": "From the plane"})
    edition = newer(tmp_path)
    carry_over.carry_over(actor=scene.owner, application=draft, edition=edition, language="en")
    draft.refresh_from_db()
    answer = bring(editor, draft, file)
    refused(answer, draft, count(draft), "moved to another edition", status=409)
    assert "From the plane" in main(answer), "it can be copied"
    assert values(draft)["summary"] != "From the plane"


def test_after_the_draft_was_submitted(editor, scene, draft, language):  # noqa: F811
    file = filled(taken(editor, draft), {"summary": "From the plane"})
    scene.submit(draft)
    draft.refresh_from_db()
    answer = bring(editor, draft, file, language)
    words = {"en": "can no longer be changed", "fr": "ne peut plus être modifiée"}[language]
    refused(answer, draft, count(draft), words, status=409)
    assert "From the plane" in main(answer)
    assert editor.get(at(language, "takeaway", draft.public_id)).status_code == 302


def test_who_was_removed_meanwhile_saves_nothing(client, scene, draft):  # noqa: F811
    client.force_login(scene.reader)
    for name in ("takeaway", "takeaway_file"):
        assert client.get(at("en", name, draft.public_id)).status_code == 403
    client.force_login(scene.stranger)
    for name in ("takeaway", "takeaway_file"):
        assert client.get(at("en", name, draft.public_id)).status_code == 404
    assert bring(client, draft, b"").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 302),
        ("partner", 302),
        ("editor", 302),
        ("reader", 403),
        ("stranger", 404),
        ("officer", 403),
        ("nobody", 403),  # the page that says that the session has ended
    ],
)
def test_who_brings_a_file_back(editor, scene, draft, who, status):  # noqa: F811
    """The file is nobody's key: it counts who brings it, whoever has filled it in."""
    file, before = filled(taken(editor, draft), {"summary": "From the plane"}), count(draft)
    editor.logout()
    if who != "nobody":
        editor.force_login(getattr(scene, who))
    page = at("en", "application", draft.public_id)
    answer = bring(editor, draft, file)
    assert answer.status_code == status
    assert (answer.get("Location") == page) is (who in ("owner", "partner", "editor"))
    assert count(draft) - before == (1 if who in ("owner", "partner", "editor") else 0)
    assert (editor.get(at("en", "takeaway_file", draft.public_id)).status_code == 200) is (
        who in ("owner", "partner", "editor")
    )


def test_attachments_cannot_be_smuggled_in(editor, draft):
    before = count(draft)
    bring(editor, draft, filled(taken(editor, draft), {"plan": '{"file": "x"}', "nothing": "x", "remove": "firstrow"}))
    assert count(draft) == before


@pytest.mark.parametrize("before", ["", '<script id="guichet-note">', '<script id="guichet-note"></script>'])
@pytest.mark.parametrize("junk", ["<", "<!--", "<a ", "</", "<script ", "<![CDATA[", "&", '<a b="', "<script></"])
def test_hostile_markup_is_read_in_no_time(junk, before):
    content = (before + junk * (LIMIT // len(junk))).encode()
    begun = process_time()
    with pytest.raises(NotATakenFile):
        offline_reading.pieces(content)
    assert process_time() - begun < 5
