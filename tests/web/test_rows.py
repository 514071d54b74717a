"""The buttons of a table, pressed by a script: the rows that changed come back, and the others are named alone."""

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from guichet.answers.paths import new_row
from guichet.answers.queries import state, values
from tests import people
from tests.web import applying
from tests.web.applying import ROW, fields

OTHER, THIRD = "rowrowrow2", "rowrowrow3"


@pytest.fixture
def firm(db):
    return people.firm("transmitted")


@pytest.fixture
def draft(firm):
    return applying.started(firm)


@pytest.fixture
def signed(client, firm):
    client.force_login(firm.signatory)
    return client


def at(draft, language="en"):
    with translation.override(language):
        return reverse("applicant:section", args=[draft.public_id, "activities"])


@pytest.fixture
def url(firm, draft):
    """The table of a draft, of three rows."""
    base = applying.application_answers(firm.edition)
    more = {
        path.replace(ROW, row): value
        for row in (OTHER, THIRD)
        for path, value in base.items()
        if path.startswith("activities.")
    }
    applying.save(firm, draft, {**base, **more, f"activities.{OTHER}": 1, f"activities.{THIRD}": 2})
    return at(draft)


def press(signed, url, **button):
    """What the script is told, and the rows of the table in it: "same" for those that it has already."""
    sent = fields(signed.get(url))
    response = signed.post(url, sent | button, headers={"accept": "application/json"})
    answer = response.json()
    rows = []
    if answer["state"] == "drawn":
        root = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(answer["table"])
        (found,) = [each for each in root.iter("ol") if each.get("class") == "row-list"]
        rows = ["same" if each.get("data-same") else each.get("class") for each in found]
    return response.status_code, answer, rows


CLOSED, OPEN = "row is-closed", "row is-open"


def test_to_open_a_row_sends_two(signed, url, draft):
    status, answer, rows = press(signed, f"{url}?row={ROW}", open=THIRD)
    assert (status, rows) == (200, [CLOSED, "same", OPEN])
    assert (answer["text"], answer["grown"]) == ("Open: Activity 3", 0)
    assert (answer["address"], answer["focus"]) == (f"{url}?row={THIRD}", f"q-activities-{THIRD}")
    assert answer["seen"][f"activities.{THIRD}.cost"] == 1
    assert set(answer["before"]) == set(answer["seen"]) == {p for p in values(draft.sheet) if THIRD in p}


def test_to_close_one_sends_it_alone(signed, url):
    _status, answer, rows = press(signed, f"{url}?row={OTHER}", close=OTHER)
    assert (rows, answer["text"], answer["seen"]) == (["same", CLOSED, "same"], "Saved and closed: Activity 2", {})


def test_a_row_that_is_added_is_open_and_counted(signed, url, draft):
    before, ready = state(draft.sheet), new_row()
    _status, answer, rows = press(signed, f"{url}?row={ROW}", add="activities", **{"new-activities": ready})
    assert (rows, answer["text"]) == ([CLOSED, "same", "same", OPEN], "Added: Activity 4")
    assert answer["grown"] == state(draft.sheet) - before == 1
    assert values(draft.sheet)[f"activities.{ready}"] == 3
    again, twice, rows = press(signed, f"{url}?row={ROW}", add="activities", **{"new-activities": ready})
    assert (again, twice["grown"], rows) == (200, 0, [CLOSED, "same", "same", OPEN])


def test_those_below_a_row_that_is_removed_have_other_numbers(signed, url, draft):
    _status, answer, rows = press(signed, f"{url}?row={OTHER}", remove=OTHER)
    assert (rows, answer["text"]) == (["same", CLOSED], "Removed: Activity 2")
    assert answer["focus"] == "q-activities-removed" and f'value="{OTHER}.1">Put it back' in answer["table"]
    _status, answer, rows = press(signed, f"{url}?row=none", undo=f"{OTHER}.1")
    assert (rows, answer["text"]) == (["same", OPEN, CLOSED], "Put back: Activity 2")
    assert values(draft.sheet)[f"activities.{OTHER}"] == 1


def test_a_moved_row_changes_place_with_one(signed, url, draft):
    _status, answer, rows = press(signed, f"{url}?row={ROW}", move=f"{ROW}.2")
    assert (rows, answer["text"]) == ([CLOSED, OPEN, "same"], "Moved, and now: Activity 2")
    assert (answer["focus"], answer["grown"]) == (f"q-activities-{ROW}-down", 2)


def test_what_a_script_cannot_draw_is_a_page(signed, url, firm, draft):
    sent = fields(signed.get(f"{url}?row={ROW}"))
    applying.save(firm, draft, {f"activities.{ROW}.cost": "5.00"}, actor=firm.colleague())
    both = sent | {f"activities.{ROW}.cost": "7", "open": OTHER}
    response = signed.post(url, both, headers={"accept": "application/json"})
    assert (response.status_code, response["content-type"]) == (409, "text/html; charset=utf-8")
    gone = fields(signed.get(url)) | {"remove": "rowrowrow9"}  # somebody else was quicker
    assert signed.post(url, gone, headers={"accept": "application/json"}).status_code == 302


def test_a_long_list_comes_with_the_row_that_searches_it_once(signed, url):
    _status, answer, _rows = press(signed, f"{url}?row=none", open=ROW)
    assert answer["lists"].count("<datalist") == 1
    name = answer["lists"].split('id="')[1].split('"')[0]
    _status, answer, _rows = press(signed, f"{url}?row=none", open=ROW, lists=f"{name} more")
    assert answer["lists"] == ""


def test_in_the_language_of_the_page(signed, url, draft):
    _status, answer, _rows = press(signed, f"{at(draft, 'fr')}?row=none", open=ROW)
    assert answer["text"] == "Ligne ouverte\N{NO-BREAK SPACE}: Activité 1"
    assert "Activité 1" in answer["table"]
