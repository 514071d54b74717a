"""Saving a page of questions: nothing typed is lost, whatever it is and whoever else is at work."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from guichet.answers.queries import answers, history, values
from guichet.files.queries import files_of
from tests import people
from tests.web import applying
from tests.web.applying import ROW, fields

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


@pytest.fixture
def firm():
    return people.firm("transmitted")


@pytest.fixture
def draft(firm):
    return applying.started(firm)


@pytest.fixture
def page(draft):
    return lambda key, language="en": at(language, "section", draft.public_id, key)


@pytest.fixture
def signed(client, firm):
    client.force_login(firm.signatory)
    return client


def text(response):
    return re.sub(r"[ \n\t]+", " ", response.content.decode())


def test_save_keeps_incomplete_and_unreadable_text_and_shows_it_back(signed, draft, page):
    url = page("markets")
    sent = fields(signed.get(url)) | {"total_sales": "about ten 🍁", "action": "save"}
    response = signed.post(url, sent, follow=True)
    assert response.redirect_chain
    assert 'value="about ten 🍁"' in text(response)
    assert "error-summary" in text(response)
    assert values(draft.sheet)["total_sales"] == {"unreadable": "about ten 🍁"}


def test_forgiving_input_comes_back_tidy_in_the_language_of_the_page(signed, page):
    url = page("markets", "fr")
    response = signed.post(url, fields(signed.get(url)) | {"total_sales": "$1,234.56"}, follow=True)
    assert "1\u00a0234,56" in response.content.decode()


def test_save_and_continue_goes_on_only_when_the_section_is_complete(signed, page):
    url = page("project")
    sent = fields(signed.get(url)) | {"project_title": "Sap", "action": "continue"}
    response = signed.post(url, sent, follow=True)
    assert response.redirect_chain[-1][0] == f"{url}?check=section"
    assert 'value="Sap"' in text(response)
    sent = fields(response) | {"project_summary": "Summary", "action": "continue"}
    assert signed.post(url, sent).headers["Location"] == page("products")


def test_save_and_change_language_keeps_the_page_and_the_text(signed, page):
    url = page("project")
    sent = fields(signed.get(url)) | {"project_title": "Sève", "action": "language"}
    response = signed.post(url, sent, follow=True)
    assert response.redirect_chain[-1][0] == page("project", "fr")
    assert 'value="Sève"' in text(response)


@pytest.mark.parametrize("name", ["profile", "account_profile"])
def test_both_profiles_are_saved_on_the_way_to_the_other_language(signed, name):
    url, other = (at(language, name) for language in ("en", "fr"))
    question = {"profile": "legal_name", "account_profile": "activities_description"}[name]
    sent = fields(signed.get(url)) | {question: "Sève", "action": "language"}
    response = signed.post(url, sent, follow=True)
    assert response.redirect_chain[-1][0] == other
    assert "Sève" in text(response)


def test_rows_are_added_and_removed_by_buttons_that_save_everything(signed, draft, page):
    url = page("activities")
    sent = fields(signed.get(url))
    first = next(name.split(".")[1] for name in sent if name.startswith("activities."))
    sent |= {f"activities.{first}.description": "Fair", "add": "activities"}
    response = signed.post(url, sent, follow=True)
    rows = [path.partition(".")[2] for path in values(draft.sheet) if path.count(".") == 1]
    assert len(rows) == 2
    assert sum(f'name="activities.{row}.' in text(response) for row in rows) == 1
    response = signed.post(url, fields(response) | {"open": first}, follow=True)
    assert response.redirect_chain[-1][0] == f"{url}?row={first}#q-activities-{first}"
    assert "Fair" in text(response)
    response = signed.post(url, fields(response) | {"remove": first}, follow=True)
    assert values(draft.sheet)[f"activities.{first}"] is None
    assert "Fair" not in text(response).split('class="totals"')[0]
    kept = [change.value for change in history(draft.sheet, f"activities.{first}.description")]
    assert kept == ["Fair"]


def two_rows(firm, draft):
    base = applying.application_answers(firm.edition)
    second = {path.replace(ROW, "rowrowrow2"): value for path, value in base.items() if path.startswith("activities.")}
    applying.save(firm, draft, {**base, **second, "activities.rowrowrow2": 1})


def test_a_save_of_the_open_row_leaves_the_closed_ones_alone(signed, firm, draft, page):
    two_rows(firm, draft)
    sent = fields(signed.get(f"{page('activities')}?row={ROW}"))
    applying.save(firm, draft, {"activities.rowrowrow2.cost": "5.00"}, actor=firm.colleague())
    response = signed.post(page("activities"), sent | {f"activities.{ROW}.cost": "7", "open": "rowrowrow2"})
    assert response.status_code == 302
    kept = values(draft.sheet)
    assert (kept[f"activities.{ROW}.cost"], kept["activities.rowrowrow2.cost"]) == ("7.00", "5.00")
    assert len(history(draft.sheet, "activities.rowrowrow2.description")) == 1
    assert (kept[f"activities.{ROW}"], kept["activities.rowrowrow2"]) == (0, 1)


def test_what_was_typed_in_a_row_that_somebody_removed_meanwhile_is_a_conflict(signed, firm, draft, page):
    two_rows(firm, draft)
    sent = fields(signed.get(f"{page('activities')}?row={ROW}"))
    applying.save(firm, draft, {f"activities.{ROW}": None}, actor=firm.colleague(name="Colin Colleague"))
    response = signed.post(page("activities"), sent | {f"activities.{ROW}.description": "Mine"})
    assert response.status_code == 409
    assert "Row removed" in text(response) and "Colin Colleague" in text(response) and "Mine" in text(response)
    assert signed.post(page("activities"), fields(response) | {"action": "save"}).status_code == 302
    kept = values(draft.sheet)
    assert (kept[f"activities.{ROW}"], kept[f"activities.{ROW}.description"]) == (0, "Mine")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pasted_rows_beyond_the_limit_come_back_in_their_box(signed, draft, page, language):
    url = page("markets", language)
    lines = "\n".join(f"JP\t{number}\tGrand" for number in range(7))
    response = signed.post(url, fields(signed.get(url)) | {"paste-target_markets": lines, "paste": "target_markets"})
    assert response.status_code == 422
    assert sum(path.count(".") == 1 for path in values(draft.sheet)) == 5
    assert ">\nJP\t5\tGrand\nJP\t6\tGrand</textarea>" in response.content.decode()


def test_the_totals_are_the_server_s(signed, firm, draft, page):
    applying.save(firm, draft, applying.application_answers(firm.edition) | {f"activities.{ROW}.cost": "150000.00"})
    french = signed.get(page("activities", "fr")).content.decode()
    for amount in ("150\u00a0000\u00a0$", "75\u00a0000\u00a0$", "50\u00a0000\u00a0$", "100\u00a0000\u00a0$"):
        assert amount in french
    assert 'Maximum\u00a0: réduction de <span data-figure="amount">25\u00a0000\u00a0$</span>' in french
    assert '<li data-reduction="ceiling">' in french


def test_two_people_who_change_different_answers_do_not_meet(client, signed, firm, draft, page):
    url = page("project")
    mine = fields(signed.get(url))
    applying.save(firm, draft, {"project_title": "Theirs"}, actor=firm.colleague())
    response = signed.post(url, mine | {"project_summary": "Mine", "action": "save"})
    assert response.status_code == 302
    kept = values(draft.sheet)
    assert (kept["project_title"], kept["project_summary"]) == ("Theirs", "Mine")


def test_a_stale_form_shows_both_texts_and_loses_neither(signed, firm, draft, page):
    url = page("project")
    mine = fields(signed.get(url))
    applying.save(firm, draft, {"project_title": "Theirs"}, actor=firm.colleague(name="Colin Colleague"))
    mine |= {"project_title": "Mine", "project_summary": "Also mine", "action": "continue"}
    response = signed.post(url, mine)
    assert response.status_code == 409
    shown = text(response)
    assert "Colin Colleague" in shown and "Theirs" in shown and 'value="Mine"' in shown
    assert values(draft.sheet)["project_title"] == "Theirs"
    assert values(draft.sheet)["project_summary"] == "Also mine"
    theirs = fields(response) | {"keep.project_title": "theirs", "action": "save"}
    assert signed.post(url, theirs).status_code == 302
    assert values(draft.sheet)["project_title"] == "Theirs"
    assert signed.post(url, fields(response) | {"action": "save"}).status_code == 302
    assert values(draft.sheet)["project_title"] == "Mine"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_typed_comes_back_when_nothing_can_be_saved_any_more(signed, firm, draft, page, language):
    url = page("project", language)
    mine = fields(signed.get(url)) | {"project_summary": "Mon texte", "action": "save"}
    applying.submitted(firm)
    response = signed.post(url, mine)
    assert response.status_code == 409
    assert "Mon texte" in text(response)
    assert values(draft.sheet)["project_summary"] != "Mon texte"


def test_what_was_typed_comes_back_when_the_role_was_taken_away(client, firm, draft, page):
    colleague = firm.colleague()
    client.force_login(colleague)
    mine = fields(client.get(page("project"))) | {"project_summary": "My text"}
    membership = colleague.memberships.get()
    membership.role = "reader"
    membership.save()
    response = client.post(page("project"), mine)
    assert response.status_code == 403
    assert "My text" in text(response)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_too_large_to_keep_is_said_and_shown_back(signed, draft, page, language):
    url = page("project", language)
    sent = fields(signed.get(url)) | {"project_title": "Kept", "project_summary": "x" * 200_000}
    response = signed.post(url, sent)
    assert response.status_code == 422
    assert "x" * 200_000 in response.content.decode()
    assert values(draft.sheet)["project_title"] == "Kept"


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"project_title": "x"}', '{"project_title": [1]}', "null", "9" * 5000]
)
def test_a_damaged_page_saves_or_conflicts_but_never_breaks(signed, firm, draft, page, damage):
    applying.save(firm, draft, {"project_title": "Kept"})
    url = page("project")
    sent = fields(signed.get(url)) | {"seen": damage, "before": damage, "project_title": "New", "project_summary": "S"}
    response = signed.post(url, sent)
    assert response.status_code in (302, 409)
    assert {change.value for change in history(draft.sheet, "project_title")} <= {"Kept", "New"}


def test_the_same_post_twice_saves_once(signed, draft, page):
    url = page("project")
    sent = fields(signed.get(url)) | {"project_title": "Once"}
    assert [signed.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert len(history(draft.sheet, "project_title")) == 1


def test_fields_of_other_forms_and_of_the_model_are_ignored(signed, draft, page):
    url = page("project")
    forged = {"state": "submitted", "reference": "CXS-2026-00001-K", "organization": "1", "capacity": "elsewhere"}
    signed.post(url, fields(signed.get(url)) | {"project_title": "T"} | forged)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "capacity" not in values(draft.sheet)


def attach(client, url, name, content, **more):
    upload = SimpleUploadedFile(name, content)
    return client.post(url, fields(client.get(url)) | {"attachments": upload} | more, follow=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_is_attached_shown_downloaded_and_removed(signed, firm, draft, page, language):
    url = page("attachments", language)
    response = attach(signed, url, "Soumission élégante.pdf", PDF)
    assert "Soumission élégante.pdf" in text(response)
    stored = files_of(f"sheet:{draft.sheet.public_id}")[0]
    download = signed.get(at(language, "attachment", draft.public_id, stored.public_id))
    assert b"".join(download.streaming_content) == PDF
    assert download.headers["Content-Disposition"].startswith("attachment")
    response = signed.post(url, fields(response) | {"remove_file": f"attachments:{stored.public_id}"}, follow=True)
    assert "Soumission élégante.pdf" not in text(response)
    signed.force_login(people.stranger())
    assert signed.get(at(language, "attachment", draft.public_id, stored.public_id)).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("lies.pdf", b"MZ executable"), ("empty.pdf", b""), ("run.exe", b"MZ"), ("big.pdf", PDF * 300_000)],
)
def test_a_bad_file_is_refused_beside_its_box(signed, draft, page, language, name, content):
    response = attach(signed, page("attachments", language), name, content)
    assert response.status_code in (200, 422)
    assert values(draft.sheet).get("attachments") in (None, [])
    if content:
        assert response.status_code == 422
        assert 'id="q-attachments-error1"' in text(response)


def test_queries_do_not_grow_with_rows(signed, firm, draft, page, django_assert_max_num_queries):
    base = applying.application_answers(firm.edition)
    applying.save(firm, draft, base)
    row = {path: value for path, value in base.items() if path.startswith(f"activities.{ROW}.")}
    counts = []
    signed.get(page("activities"))  # the session notes that it began
    for number in (1, 30):
        for place in range(1, number):
            name = f"more{place:06d}"
            cells = {path.replace(ROW, name): value for path, value in row.items()}
            applying.save(firm, draft, {f"activities.{name}": place, **cells})
        with django_assert_max_num_queries(40) as seen:
            assert signed.get(page("activities")).status_code == 200
        counts.append(len(seen))
        sent = fields(signed.get(page("activities"))) | {f"activities.{ROW}.description": f"Changed {number}"}
        with django_assert_max_num_queries(60) as seen:
            assert signed.post(page("activities"), sent).status_code == 302
        counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_a_section_page_costs_few_queries(signed, draft, page, django_assert_max_num_queries):
    signed.get(page("project"))
    with django_assert_max_num_queries(12):
        signed.get(page("project"))


def test_one_answer_of_ten_megabytes_is_answered_by_a_page(signed, page):
    url = page("project")
    sent = fields(signed.get(url)) | {"project_summary": "é" * 5_000_000}
    assert signed.post(url, sent).status_code in (413, 422)


def test_the_history_says_who(signed, firm, draft, page):
    url = page("project")
    response = signed.post(url, fields(signed.get(url)) | {"project_title": "T"}, follow=True)
    assert answers(draft.sheet)["project_title"].by == firm.signatory.name
    assert firm.signatory.name in text(response)
