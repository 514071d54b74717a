"""What the script that saves while one types is answered: nothing is said to be saved that is not."""

import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from guichet.accounts import sessions
from guichet.answers.queries import history, values
from guichet.applications import actions as applications
from guichet.applications.queries import edition_of
from guichet.organizations.models import Organization
from guichet.questions import rules
from tests import people
from tests.applications.scene import NOON, Scene
from tests.web import applying

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


@pytest.fixture
def firm():
    return people.firm("transmitted")


@pytest.fixture
def draft(firm):
    return applying.started(firm)


@pytest.fixture
def signed(client, firm):
    client.force_login(firm.signatory)
    return client


def address(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


def save(client, draft, fields, *, language="en", seen=None, key="k1", edition=None, **headers):
    sent = {
        "seen": json.dumps(seen or {}),
        "request_key": key,
        "edition": edition_of(draft).hash if edition is None else edition,
        **fields,
    }
    return client.post(address("save", draft.public_id, language=language), sent, headers=JSON | headers)


def test_what_is_typed_is_saved_as_it_is_and_the_time_is_told(client, firm, draft):
    with time_machine.travel("2026-11-25T19:03:22+00:00", tick=False):
        client.force_login(firm.signatory)
        answer = save(client, draft, {"project_title": "Sève", "total_sales": "about ten"}).json()
    assert (answer["state"], answer["time"]) == ("saved", "2:03:22 p.m.")
    assert answer["versions"] == {"project_title": 1, "total_sales": 1}
    assert (answer["conflicts"], answer["refused"]) == ([], [])
    assert values(draft.sheet) == {"project_title": "Sève", "total_sales": {"unreadable": "about ten"}}


def test_the_time_is_told_in_the_language_of_the_page(client, firm, draft):
    with time_machine.travel("2026-11-25T19:03:22+00:00", tick=False):
        client.force_login(firm.signatory)
        answer = save(client, draft, {"total_sales": "1 234,5"}, language="fr").json()
    assert answer["time"] == "14\u00a0h\u00a003\u00a0min\u00a022\u00a0s"
    assert values(draft.sheet) == {"total_sales": "1234.50"}


def test_a_save_costs_four_statements_and_one_commit(signed, draft):
    save(signed, draft, {"project_summary": "Warm"})
    with CaptureQueriesContext(connection) as captured:
        save(signed, draft, {"project_summary": "Once"}, seen={"project_summary": 1}, key="k2")
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) == 4, asked
    with CaptureQueriesContext(connection) as captured:
        several = {"project_summary": "Twice", "products": "Sap", "capacity": "Two"}
        save(signed, draft, several, seen={"project_summary": 2}, key="k3")
    assert len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 4


def test_a_retry_with_the_same_key_writes_once(signed, draft):
    for _ in range(3):
        answer = save(signed, draft, {"project_title": "Sap"}, key="same").json()
        assert answer["versions"] == {"project_title": 1}
    assert [change.value for change in history(draft.sheet, "project_title")] == ["Sap"]


def test_the_other_text_comes_back_word_by_word(signed, draft, firm):
    save(signed, draft, {"project_summary": "A fair in Lyon"}, key="k1")
    answer = save(signed, draft, {"project_summary": "A fair in Paris"}, key="k2").json()
    (conflict,) = answer["conflicts"]
    assert conflict["path"] == "project_summary"
    assert conflict["mine"] == [["A fair in ", False], ["Paris", True]]
    assert conflict["theirs"] == [["A fair in ", False], ["Lyon", True]]
    assert (conflict["version"], conflict["by"], conflict["joins"]) == (1, firm.signatory.name, True)
    assert conflict["label"] == "Project summary"
    assert values(draft.sheet)["project_summary"] == "A fair in Lyon"


def test_a_choice_of_two_texts_cannot_be_both(signed, draft):
    save(signed, draft, {"project_title": "One"}, key="k1")
    (conflict,) = save(signed, draft, {"project_title": "Two"}, key="k2").json()["conflicts"]
    assert conflict["joins"] is False


def test_a_text_beyond_all_limits_is_refused_with_the_reason(signed, draft):
    answer = save(signed, draft, {"project_summary": "x" * 100_001, "products": "Sap"}).json()
    (refused,) = answer["refused"]
    assert refused["path"] == "project_summary"
    assert "100,001" in refused["text"]
    assert values(draft.sheet) == {"products": "Sap"}


def test_a_row_is_saved_with_its_place(signed, draft):
    save(signed, draft, {"activities.abcdefgh2345": "0", "activities.abcdefgh2345.cost": "12,50"}, language="fr")
    assert values(draft.sheet) == {"activities.abcdefgh2345": 0, "activities.abcdefgh2345.cost": "12.50"}


def test_nothing_is_saved_in_a_form_that_is_no_longer_the_draft_s(signed, draft):
    answer = save(signed, draft, {"project_title": "Sap"}, edition="another")
    assert (answer.status_code, answer.json()["state"], answer.json()["code"]) == (409, "refused", "edition_changed")
    assert values(draft.sheet) == {}


def test_a_submitted_application_says_so(client):
    with time_machine.travel(NOON, tick=False):
        scene = Scene()
        draft = scene.complete()
        applications.submit(
            actor=scene.owner, application=draft, attestations={"authority", "truth"}, language="en", request_key="k"
        )
    client.force_login(scene.owner)
    answer = save(client, draft, {"project": "Late"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already_submitted")


def test_who_may_not_change_it_is_told_and_strangers_find_nothing(client, firm, draft):
    reader = firm.colleague("reader")
    client.force_login(reader)
    answer = save(client, draft, {"project_title": "Mine"})
    assert (answer.status_code, answer.json()["state"]) == (403, "refused")
    client.force_login(people.firm("transmitted").signatory)
    assert save(client, draft, {"project_title": "Mine"}).status_code == 404
    assert values(draft.sheet) == {}


def test_a_session_that_has_ended_is_told_in_json(client, draft):
    answer = save(client, draft, {"project_title": "Sap"})
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})


def test_a_page_of_an_older_sign_in_is_told_in_json(firm, draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(firm.signatory)
    answer = save(strict, draft, {"project_title": "Sap"})
    assert (answer.status_code, answer.json()) == (403, {"state": "stale"})


def test_an_attachment_cannot_be_typed(signed, draft):
    before = values(draft.sheet)
    save(signed, draft, {"attachments": '{"file": "x"}'})
    assert values(draft.sheet) == before


def test_a_look_at_what_is_new_says_who_is_here_and_keeps_no_session_alive(client, firm, draft):
    colleague = firm.colleague("editor")
    other = Client()
    with time_machine.travel("2026-11-25T12:00:00+00:00", tick=False):
        other.force_login(colleague)
        client.force_login(firm.signatory)
        save(client, draft, {"project_title": "Sap"})
        assert save(other, draft, {}).json()["others"] == []
    with time_machine.travel("2026-11-25T12:00:20+00:00", tick=False):
        answer = save(client, draft, {}, **{"Guichet-Quiet": "1"}).json()
        assert (answer["others"], answer["sheet"], answer["versions"]) == ([colleague.name], 1, {})
    with time_machine.travel("2026-11-25T13:00:00+00:00", tick=False):
        answer = save(client, draft, {}, **{"Guichet-Quiet": "1"}).json()
        assert answer["others"] == []
        assert answer["ends_in"] == 3600
        assert client.session[sessions.SEEN].startswith("2026-11-25T12:00")
    with time_machine.travel("2026-11-25T13:00:00+00:00", tick=False):
        assert save(client, draft, {}).json()["ends_in"] == 7200


def test_my_profile_is_founded_by_what_is_typed_first(client):
    person = people.person()
    client.force_login(person)
    edition = people.edition()
    sent = {"seen": "{}", "request_key": "k", "edition": edition.hash, "legal_name": "Semis inc."}
    answer = client.post(address("profile_save"), sent, headers=JSON).json()
    assert answer["versions"] == {"legal_name": 1}
    again = client.post(address("profile_save"), sent | {"legal_name": "Semis"}, headers=JSON).json()
    assert [conflict["path"] for conflict in again["conflicts"]] == ["legal_name"]


def test_the_account_profile_is_the_signatory_s(client, firm):
    sent = {"seen": "{}", "request_key": "k", "edition": firm.edition.hash, "activities_description": "Sap"}
    client.force_login(firm.colleague("editor"))
    assert client.post(address("account_profile_save"), sent, headers=JSON).status_code == 409
    client.force_login(firm.signatory)
    sent["seen"] = '{"activities_description": 1}'
    answer = client.post(address("account_profile_save"), sent, headers=JSON)
    assert answer.json()["versions"] == {"activities_description": 2}


def test_who_is_signed_in_is_told_to_our_own_pages_only(client, firm):
    assert client.get("/en/session/who/").json()["person"] == ""
    client.force_login(firm.signatory)
    answer = client.get("/en/session/who/")
    assert answer.json()["person"] == firm.signatory.public_id
    assert answer.json()["token"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_text_is_written_over_the_one_it_grew_from_though_nobody_heard_of_that_one(signed, draft):
    save(signed, draft, {"project_title": "Sap"}, key="first")
    grown = {"project_title": "Sap for Japan", "after": "first"}
    assert save(signed, draft, grown, key="second").json()["versions"] == {"project_title": 2}
    late = save(signed, draft, {"project_title": "Sap"}, key="first").json()
    assert (late["versions"], late["conflicts"]) == ({"project_title": 1}, [])
    assert values(draft.sheet)["project_title"] == "Sap for Japan"
    stranger = {"project_title": "Another", "after": "first"}  # what stands now did not come from it
    assert save(signed, draft, stranger, key="third").json()["versions"] == {}
    assert values(draft.sheet)["project_title"] == "Sap for Japan"


def test_who_only_looks_founds_no_organization(client):
    client.force_login(people.person())
    sent = {"seen": "{}", "edition": people.edition().hash}
    assert client.post(address("profile_save"), sent, headers=JSON).status_code == 200
    assert not Organization.objects.exists()


def test_the_person_s_own_part_saves_itself_when_all_of_it_can_be_kept(client):
    person = people.person()
    client.force_login(person)
    sent = {"seen": "{}", "request_key": "k", "edition": people.edition().hash, "person-language": "fr"}
    sent |= {"person-name": "Ada Lovelace", "person-title": "Analyst", "person-phone": "514 555 0123"}
    assert client.post(address("profile_save"), sent, headers=JSON).json()["versions"] == {"person": 0}
    person.refresh_from_db()
    assert (person.name, person.title, person.phone) == ("Ada Lovelace", "Analyst", "514-555-0123")
    answer = client.post(address("profile_save"), sent | {"person-name": ""}, headers=JSON).json()
    assert answer["versions"] == {}
    assert [one["path"] for one in answer["refused"]] == ["person"]
    person.refresh_from_db()
    assert person.name == "Ada Lovelace"


@pytest.fixture
def evaluated(monkeypatch):
    """The rules that are evaluated from now on, each with the row from which it looked."""
    found = []

    def watched(rule):
        evaluate = rule.evaluate

        def noted(self, ctx):
            found.append((self, ctx.row))
            return evaluate(self, ctx)

        monkeypatch.setattr(rule, "evaluate", noted)

    for rule in rules.operators().values():
        watched(rule)
    return found


def test_a_save_in_a_long_table_evaluates_no_rule(signed, firm, draft, evaluated):
    """Each of a hundred rows has conditions and checks of its own; one answer of one row is saved."""
    applying.save(firm, draft, applying.application_answers(firm.edition))
    rows = {f"activities.row{number:07}": number + 1 for number in range(100)}
    applying.save(firm, draft, rows | {f"{row}.cost": "100.00" for row in rows})
    evaluated.clear()
    row = "activities.row0000050"
    sent = {row: "51", f"{row}.cost": "200.00"}
    answer = save(signed, draft, sent, seen={row: 1, f"{row}.cost": 1}).json()
    assert answer["versions"] == {row: 1, f"{row}.cost": 2}
    assert evaluated == [], "what follows from an answer is told by the page's script, and by the next page"
    assert signed.get(address("section", draft.public_id, "activities")).status_code == 200
    assert {seen_from for _rule, seen_from in evaluated} >= {tuple(row.split(".")) for row in rows}, "the watch sees"
