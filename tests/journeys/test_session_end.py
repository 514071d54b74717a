"""The end of a session, seen from the browser: a warning, one key to stay, and nothing typed is lost after it ended."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("language", ["en", "fr"])
def test_warning_one_key_to_stay_and_a_form_sent_too_late(portal, chromium, open_page, language):
    page = open_page(chromium, language)
    page.clock.install()
    visitor = Visitor(page, portal, language)
    visitor.log_in("newcomer@demo.example", portal.password)
    visitor.open_menu("My profile", "Mon profil")
    name = page.locator("[name=legal_name]")
    name.focus()
    box = page.get_by_role("alertdialog")

    # The server's clock stands still in this test: its word about the time left would push the end back.
    page.route("**/save/*", lambda route: route.abort())
    page.route("**/enregistrer/*", lambda route: route.abort())
    page.clock.fast_forward("01:48:00")
    page.clock.run_for(2000)
    expect(box).to_be_hidden()
    page.clock.fast_forward("00:02:00")
    page.clock.run_for(2000)
    expect(box).to_be_visible()
    expect(box.get_by_role("button")).to_be_focused()
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.keyboard.press("Enter")
    assert kept.value.status == 200
    page.clock.run_for(1500)
    expect(box).to_be_hidden()
    expect(name).to_be_focused()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_scripts_a_form_sent_too_late_is_held(portal, chromium, open_page, language):
    page = open_page(chromium, language, javascript=False)
    visitor = Visitor(page, portal, language)
    visitor.log_in("newcomer@demo.example", portal.password)
    visitor.open_menu("My profile", "Mon profil")
    page.locator("[name=legal_name]").fill("Érables & fils « 100 % »")
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == "guichet")
    page.context.clear_cookies(name="guichet")
    visitor.press("Save", "Enregistrer")
    assert visitor.heading() == visitor.say("Your session has ended", "Votre session est terminée")
    page.context.add_cookies([session])
    visitor.press("Send the form again", "Envoyer de nouveau le formulaire")
    expect(page.locator("[name=legal_name]")).to_have_value("Érables & fils « 100 % »")
