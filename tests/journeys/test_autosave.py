"""Answers save themselves: while one types, between two people, without a connection, after the session has ended."""

import contextlib
import json
import re

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.visitor import Visitor

# What waits on the device, as [paths, fields] of each record.
WAITING = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  if (!names.includes("guichet")) return [];
  const opened = await new Promise((done) => {
    const asked = indexedDB.open("guichet", 1);
    asked.onsuccess = () => done(asked.result);
  });
  return new Promise((done) => {
    const asked = opened.transaction("waiting").objectStore("waiting").getAll();
    asked.onsuccess = () => { opened.close(); done(asked.result.map((one) => one.fields)); };
  });
}"""


def bar(page: Page):
    return page.locator(".saving [data-shown]")


@pytest.fixture(params=["chromium", "firefox"])
def browser(request, playwright):
    """Each of the two; ``playwright`` is named so that these run where the other journeys do."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def at_section(portal, browser, open_page):
    """Somebody of the demonstration, signed in, on a section of the organization's draft."""

    def opened(language="en", who="signatory", key="project", shared=False):
        page = open_page(browser, language)
        visitor = Visitor(page, portal, language)
        visitor.open({"en": "/en/log-in/", "fr": "/fr/se-connecter/"}[language])
        page.fill("[name=login]", f"{who}@demo.example")
        page.fill("[name=password]", portal.password)
        if shared:
            page.check("[name=shared_computer]")
        visitor.press("Log in", "Se connecter")
        page.goto("/en/my-applications/canexport/new/canexport-smes/")
        page.get_by_role("main").locator("form button.button, a[href*='/application/']").first.click()
        page.wait_for_url(re.compile("/application/"))
        draft = page.url.split("/application/")[1].split("/")[0]
        page.goto(
            {"en": f"/en/application/{draft}/section/{key}/", "fr": f"/fr/demande/{draft}/section/{key}/"}[language]
        )
        return page

    return opened


def emptied(page: Page):
    """The two answers of the section, blank and saved as blank."""
    for name in ("project_title", "project_summary"):
        page.fill(f"[name={name}]", "-")
        page.fill(f"[name={name}]", "")
    expect(bar(page)).to_contain_text(re.compile("Saved at|Enregistré à"))
    expect(page.locator("[data-save-state=saved]")).to_have_count(1)
    page.reload()


def on_the_server(page: Page, name: str) -> str:
    """The answer as a fresh page has it."""
    html = page.request.get(page.url).text()
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|<textarea[^>]*name="{name}"[^>]*>\n?([^<]*)<', html)
    assert found, name
    return (found[1] if found[1] is not None else found[2]).strip()


def test_it_saves_while_one_types_and_the_other_language_opens_at_the_same_word(at_section):
    page = at_section("en")
    emptied(page)
    page.click("[name=project_summary]")
    for number in range(12):
        page.keyboard.type(f"mot {number} ", delay=60)
        if number == 8:
            assert on_the_server(page, "project_summary").startswith("mot 0 mot 1 mot 2")
    page.keyboard.press("Control+Home")
    page.locator(".language a").click()
    page.wait_for_url(re.compile("/fr/"))
    field = page.locator("[name=project_summary]")
    expect(field).to_have_value("".join(f"mot {number} " for number in range(12)).strip())
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == 0
    page.keyboard.type("Un ")
    expect(bar(page)).to_contain_text(re.compile(r"^Enregistré à \d+\u00a0h\u00a0\d\d\u00a0min\u00a0\d+\u00a0s$"))
    assert on_the_server(page, "project_summary").startswith("Un mot 0")
    assert page.evaluate(WAITING) == []


def test_a_section_a_reload_and_a_closed_tab_keep_the_last_word(at_section):
    page = at_section("fr")
    emptied(page)
    page.click("[name=project_title]")
    page.keyboard.type("Sève")
    page.locator("[rel=next]").click()
    page.wait_for_url(re.compile("/section/products/"))
    page.go_back()
    expect(page.locator("[name=project_title]")).to_have_value("Sève")
    page.click("[name=project_title]")
    page.keyboard.press("End")
    page.keyboard.type(" d’érable")
    page.reload()
    expect(page.locator("[name=project_title]")).to_have_value("Sève d’érable")
    page.click("[name=project_title]")
    page.keyboard.press("End")
    page.keyboard.type(" rouge")
    context, address = page.context, page.url
    page.close(run_before_unload=True)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[name=project_title]")).to_have_value("Sève d’érable rouge")


def test_two_people_see_each_other_and_the_same_answer_is_chosen_not_lost(at_section):
    first, second = at_section("en"), at_section("fr", who="colleague")
    emptied(first)
    second.reload()
    first.click("[name=project_title]")
    first.keyboard.type("Sap for Japan")
    expect(bar(first)).to_contain_text("Saved at")
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(second.locator("[name=project_title]")).to_have_value("Sap for Japan")
    expect(second.locator("[data-names]")).not_to_be_empty()

    for choice, kept in (("mine", "Mine"), ("theirs", "Theirs")):
        first.fill("[name=project_title]", "Theirs")
        expect(bar(first)).to_contain_text("Saved at")
        second.fill("[name=project_title]", "Mine")
        box = second.locator(".merge")
        expect(box).to_be_visible()
        expect(box.locator("mark").first).to_have_text("Mine")
        expect(bar(second)).to_contain_text("choisissez le texte à garder")
        assert on_the_server(second, "project_title") == "Theirs"
        box.locator(f"[value={choice}]").click()
        expect(box).to_have_count(0)
        expect(second.locator("[name=project_title]")).to_have_value(kept)
        expect(bar(second)).to_contain_text("Enregistré à") if choice == "mine" else None
        first.reload()
        expect(first.locator("[name=project_title]")).to_have_value(kept)

    second.reload()
    first.fill("[name=project_summary]", "Their paragraph.")
    expect(bar(first)).to_contain_text("Saved at")
    second.fill("[name=project_summary]", "My paragraph.")
    second.locator(".merge [value=both]").click()
    expect(second.locator("[name=project_summary]")).to_have_value("Their paragraph.\n\nMy paragraph.")
    expect(bar(second)).to_contain_text("Enregistré à")
    assert on_the_server(second, "project_summary") == "Their paragraph.\n\nMy paragraph."
    assert second.evaluate(WAITING) == []


def test_a_page_that_was_drawn_before_the_last_save_takes_nothing_back(at_section):
    """The page looks for what others saved; its answer is on the way while somebody types here, and comes after."""
    page = at_section("en")
    emptied(page)
    held = []
    page.route(page.url, lambda route: held.append((route, route.fetch())))
    page.evaluate("document.addEventListener('guichet:drawn', () => (globalThis.drawn = true))")
    page.evaluate("document.dispatchEvent(new CustomEvent('guichet:look'))")
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    page.fill("[name=project_title]", "Sap")
    page.focus("[name=project_summary]")
    expect(bar(page)).to_contain_text("Saved at")
    for route, response in held:
        route.fulfill(response=response)
    page.unroute(page.url)
    page.wait_for_function("() => globalThis.drawn")
    expect(page.locator("[name=project_title]")).to_have_value("Sap")
    Visitor.press(Visitor(page, None, "en"), "Save", "Enregistrer")
    expect(page.locator(".error-summary")).to_have_count(0)
    assert on_the_server(page, "project_title") == "Sap"


def test_without_a_connection_the_text_waits_on_the_device_and_goes_when_it_is_back(at_section):
    page = at_section("en")
    emptied(page)
    page.context.set_offline(True)
    page.click("[name=project_title]")
    page.keyboard.type("Offline", delay=30)
    expect(bar(page)).to_contain_text("Not saved yet: no connection")
    page.keyboard.type(" words", delay=30)
    page.wait_for_function(f"async () => JSON.stringify(await ({WAITING})()).includes('Offline words')")
    page.locator(".language a").click()
    expect(bar(page)).to_contain_text("opens once it is saved")
    page.context.set_offline(False)
    page.wait_for_url(re.compile("/fr/"))
    expect(page.locator("[name=project_title]")).to_have_value("Offline words")
    assert page.evaluate(WAITING) == []


# Firefox has no page that crashes on purpose.
@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_what_waited_when_the_browser_died_is_sent_by_the_next_page(at_section):
    page = at_section("en")
    emptied(page)
    page.context.route("**/save/", lambda route: route.abort())
    page.click("[name=project_title]")
    page.keyboard.type("Before the crash", delay=20)
    expect(bar(page)).to_contain_text("Not saved yet")
    page.wait_for_function(f"async () => JSON.stringify(await ({WAITING})()).includes('Before the crash')")
    context, address = page.context, page.url
    with contextlib.suppress(Error):
        page.goto("chrome://crash")  # no farewell: what the page would send on being closed is not sent
    page.close()
    assert "Before the crash" not in context.request.get(address).text()
    context.unroute("**/save/")
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[name=project_title]")).to_have_value("Before the crash")
    again.wait_for_function(f"async () => (await ({WAITING})()).length === 0")


def test_on_a_shared_computer_nothing_is_kept_and_the_page_says_so(at_section):
    page = at_section("fr", shared=True)
    emptied(page)
    page.context.set_offline(True)
    page.click("[name=project_title]")
    page.keyboard.type("Secret", delay=20)
    said = (
        "Pas encore enregistré : aucune connexion au portail. Laissez cette page ouverte : rien n’est conservé sur cet"
    )
    expect(bar(page)).to_contain_text(said)  # with its no-break spaces, not with what HTML writes for them
    assert page.evaluate(WAITING) == []
    page.context.set_offline(False)
    expect(bar(page)).to_contain_text("Enregistré à")


def test_the_page_locks_when_the_session_has_ended_and_goes_on_where_one_was(at_section, portal):
    page = at_section("en")
    emptied(page)
    page.context.clear_cookies(name="guichet")
    page.fill("[name=project_title]", "Typed too late")  # at once: the door may open between two keys
    door = page.locator("#sign-in")
    expect(door).to_be_visible()
    expect(door.locator("[name=login]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(door).to_be_visible()
    door.locator("[name=login]").fill("signatory@demo.example")
    door.locator("[name=password]").fill("not the password")
    page.keyboard.press("Enter")
    expect(door.locator(".error-summary")).to_be_visible()
    door.locator("[name=password]").fill(portal.password)
    page.keyboard.press("Enter")
    expect(door).to_be_hidden()
    expect(page.locator("[name=project_title]")).to_have_value("Typed too late")
    expect(bar(page)).to_contain_text("Saved at")
    assert on_the_server(page, "project_title") == "Typed too late"


def test_somebody_else_who_logs_in_on_that_page_never_sees_the_text(at_section, portal):
    page = at_section("en")
    emptied(page)
    page.context.clear_cookies(name="guichet")
    page.fill("[name=project_title]", "For my eyes only")
    door = page.locator("#sign-in")
    door.locator("[name=login]").fill("stranger@demo.example")
    door.locator("[name=password]").fill(portal.password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/en/home/"))
    assert "For my eyes only" not in page.content()
    waiting = page.evaluate(WAITING)
    assert "For my eyes only" in json.dumps(waiting)  # it waits for the one who typed it
    page.get_by_role("button", name="Log out").click()
    page.wait_for_function(f"async () => (await ({WAITING})()).length === 0")
