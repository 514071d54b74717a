"""An earlier text is restored, and a draft deleted and recovered: by keys alone, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import firms
from tests.journeys.look import look
from tests.journeys.typist import Typist
from tests.journeys.visitor import Visitor


def begun(visitor: Visitor) -> str:
    """The signatory of a firm of its own stands on the task list of a new draft; returns its address."""
    page = visitor.page
    visitor.log_in(firms.signatory(visitor.server, visitor.language), visitor.server.password)
    visitor.open(
        visitor.say(
            "/en/my-applications/canexport/new/canexport-smes/", "/fr/mes-demandes/canexport/nouvelle/canexport-smes/"
        )
    )
    page.get_by_role("main").locator("form button.button, a[href*='/application/'], a[href*='/demande/']").first.click()
    page.wait_for_url(lambda url: "/application/" in url or "/demande/" in url)
    return page.url


def written(visitor: Visitor, draft: str, text: str) -> None:
    visitor.page.goto(draft)
    visitor.page.locator(".tasks a").first.click()
    visitor.arrived()
    visitor.page.fill("[name=project_summary]", text)
    visitor.press("Save", "Enregistrer")
    visitor.page.wait_for_url("**/*check=save*")
    visitor.arrived()


def restores_deletes_and_recovers(visitor: Visitor, hand: Visitor) -> None:
    """``visitor`` prepares the draft; ``hand``, over the same page, does the rest."""
    page, say = visitor.page, visitor.say
    draft = begun(visitor)
    written(visitor, draft, "Three fairs abroad")
    written(visitor, draft, "")
    written(visitor, draft, "Nothing of the kind")
    hand.follow("History of this section", "Historique de cette section")
    card = page.locator(".history > li", has_text="Three fairs abroad").filter(has=page.locator("form")).first
    expect(card).to_be_visible()
    hand.tap(card.get_by_role("button"))
    visitor.sees("Restored:", "Texte rétabli\u00a0:")
    now = page.locator(".history > li").first
    expect(now).to_contain_text(say("This is the answer now", "C’est la réponse actuelle"))
    expect(now.locator("ins").first).to_contain_text("Three fairs abroad")
    page.goto(draft)
    visitor.arrived()
    hand.follow("Delete this draft", "Supprimer ce brouillon")
    hand.press("Delete the draft", "Supprimer le brouillon")
    visitor.sees("The draft is deleted.", "Le brouillon est supprimé.")
    hand.tap(page.locator("main form button").first)
    visitor.sees("The draft is recovered", "Le brouillon est récupéré")
    assert page.url == draft


@pytest.mark.parametrize("language", ["en", "fr"])
def test_by_keys_alone(portal: Any, chromium: Any, open_page: Any, language: str) -> None:
    page = open_page(chromium, language, reduced_motion="reduce")
    restores_deletes_and_recovers(Visitor(page, portal, language, look), Typist(page, portal, language, look))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_scripts(portal: Any, firefox: Any, open_page: Any, language: str) -> None:
    page = open_page(firefox, language, javascript=False)
    visitor = Visitor(page, portal, language)
    restores_deletes_and_recovers(visitor, visitor)
