"""A draft is taken away as a file, filled in with the network off, kept as a copy, and brought back."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import page as pages
from tests import validator
from tests.journeys.look import look, violations
from tests.journeys.test_history import begun
from tests.journeys.visitor import Visitor
from tests.web.test_takeaway import filled

# Firefox is driven by a protocol that tells nothing of downloads: what the script hands over is caught on its way.
CATCH = """() => {
  HTMLAnchorElement.prototype.click = () => {};
  URL.createObjectURL = (blob) => { globalThis.caught = blob.text(); return "blob:caught"; };
}"""
EXPECTED = ("a style element", "an inline script")  # in the policy of the file by their hashes


def to_the_page(visitor: Visitor) -> None:
    """From the task list."""
    begins = visitor.say("Take this draft with you", "Emporter le brouillon")
    visitor.tap(visitor.page.get_by_role("link", name=re.compile(f"^{begins}")))


def taken(visitor: Visitor, draft: str, folder: Path) -> Path:
    """From the task list to the file on the disk."""
    page = visitor.page
    page.goto(draft)
    visitor.arrived()
    to_the_page(visitor)
    href = page.get_by_role(
        "link", name=visitor.say("Download the draft as a file", "Télécharger le brouillon dans un fichier")
    )
    answer = page.context.request.get(f"{visitor.server.base_url}{href.get_attribute('href')}")
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    file = folder / "draft.html"
    file.write_bytes(answer.body())
    return file


class Desk:
    """A browser without a network, in which files are opened; what it asks for and complains of is noted."""

    def __init__(self, browser: Browser, *, javascript: bool = True) -> None:
        self.context = browser.new_context(offline=True, java_script_enabled=javascript)
        self.context.set_default_timeout(15_000)
        self.faults: list[str] = []

    def open(self, file: Path) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: None if asked.url == file.as_uri() else self.faults.append(asked.url))
        page.goto(file.as_uri())
        return page

    def close(self) -> None:
        """Everything was at peace."""
        self.context.close()
        assert self.faults == []


def copied(page: Page, language: str, folder: Path, *, caught: bool, name: str = "canexport-smes") -> Path:
    """The copy that the file makes of itself."""
    button = page.locator(f"form[lang={language}] button[name=copy]")
    target = folder / "copy.html"
    if caught:
        page.evaluate(CATCH)
        button.click()
        target.write_text(page.evaluate("globalThis.caught"), encoding="utf-8")
    else:
        with page.expect_download() as download:
            button.click()
        download.value.save_as(target)
        assert re.fullmatch(rf"{name}-(draft|brouillon)-[\w-]+-1\.html", download.value.suggested_filename)
    return target


def filled_in_french(page: Page) -> None:
    """In a file that opened in any language: the other one, a text, a new row, and its total."""
    page.get_by_role("link", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(page.locator("form[lang=en]")).to_be_hidden()
    form = page.locator("form[lang=fr]")
    expect(form.locator("[data-told]")).to_have_text("Vous n’avez encore rien saisi dans ce fichier.")
    form.locator("[name=project_summary]").fill("Trois foires, tapées hors ligne")
    expect(form.locator("[data-told]")).to_contain_text("Pas encore conservé\u00a0: ce que vous avez saisi n’est que")
    form.locator("button[name=add][value=activities]").click()
    row = form.locator("[data-table=activities] [data-row]").last
    expect(row).to_be_focused()
    row.locator("[name$='.cost']").fill("1 234,50")
    expect(form.locator("[data-total=cost]").first).to_have_text("1\u00a0234,50\u00a0$")
    # What depends on an answer shows with it; what is typed is in the other language too.
    partner = form.locator("[data-path=consultant_name]")
    expect(partner).to_be_hidden()
    form.locator("[name=prepared_by_consultant][value=yes]").check()
    expect(partner).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("form[lang=en] [name=project_summary]")).to_have_value("Trois foires, tapées hors ligne")
    expect(page.locator("form[lang=en] [name=prepared_by_consultant][value=yes]")).to_be_checked()
    page.get_by_role("link", name="Français").click()


def brought(visitor: Visitor, draft: str, file: Path) -> None:
    """The copy on the page that takes it."""
    page = visitor.page
    page.goto(draft)
    visitor.arrived()
    visitor.tap(
        page.get_by_role("link", name=re.compile(visitor.say("^Take this draft with you", "^Emporter le brouillon")))
    )
    page.set_input_files("#file", file)
    visitor.press("Bring back this file", "Rapporter ce fichier")


def changed_meanwhile(visitor: Visitor, draft: str) -> None:
    page = visitor.page
    page.goto(draft)
    page.locator(".tasks a").first.click()
    visitor.arrived()
    page.fill("[name=project_summary]", "Two fairs, changed in the portal")
    visitor.press("Save", "Enregistrer")
    page.wait_for_url("**/*check=save*")
    visitor.arrived()


@pytest.mark.parametrize("name", ["chromium", "firefox"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_filled_in_offline_and_brought_back_with_one_choice(
    portal: Any, open_page: Any, request: Any, tmp_path: Path, language: str, name: str
) -> None:
    browser = request.getfixturevalue(name)
    visitor = Visitor(open_page(browser, language), portal, language, look)
    draft = begun(visitor)
    file = taken(visitor, draft, tmp_path)
    desk = Desk(browser)
    page = desk.open(file)
    filled_in_french(page)
    copy = copied(page, "fr", tmp_path, caught=name == "firefox")
    again = desk.open(copy)
    expect(again.locator("form[lang=fr] [name=project_summary]")).to_have_value("Trois foires, tapées hors ligne")
    expect(again.locator("form[lang=fr] [data-told]")).to_have_text("Ceci est une copie, avec ce qui y a été saisi.")
    desk.close()
    assert validator.faults({"copy": copy.read_text(encoding="utf-8")}, tmp_path) == []
    changed_meanwhile(visitor, draft)
    brought(visitor, draft, copy)
    page = visitor.page
    visitor.sees("Two versions of the same answer", "Deux versions de la même réponse")
    expect(page.locator("fieldset.card")).to_have_count(1)
    page.locator("[name='keep.project_summary'][value=both]").check()
    visitor.press("Keep what I chose", "Garder ce que j’ai choisi")
    assert page.url == draft
    page.locator(".tasks a").first.click()
    visitor.arrived()
    both = "Two fairs, changed in the portal\n\nTrois foires, tapées hors ligne"
    expect(page.locator("[name=project_summary]")).to_have_value(both)
    visitor.follow("History of this section", "Historique de cette section")
    expect(page.locator(".history > li").first).to_contain_text(
        visitor.say("brought back from a file", "rapporté d’un fichier")
    )
    brought(visitor, draft, copy)
    expect(page.locator("fieldset.card")).to_have_count(1)  # asked again; nothing is done to the text of both


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_file_is_accessible_in_both_languages(
    portal: Any, open_page: Any, chromium: Any, tmp_path: Path, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    file = taken(visitor, begun(visitor), tmp_path)
    html = file.read_text(encoding="utf-8")
    assert [fault for fault in pages.faults(html, language=language) if fault not in EXPECTED] == []
    desk = Desk(chromium)
    page = desk.open(file)
    for shown in ("en", "fr"):
        page.locator(f"[data-to={shown}]").click()
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (shown, width)
        # axe puts a style of its own into the page while it looks: our policy refuses it, which is as it should be
        known = len(desk.faults)
        assert violations(page) == []
        del desk.faults[known:]
    desk.close()


def test_a_window_with_texts_that_are_in_no_copy_asks_before_it_closes(
    portal: Any, open_page: Any, chromium: Any, tmp_path: Path
) -> None:
    visitor = Visitor(open_page(chromium, "en"), portal, "en")
    file = taken(visitor, begun(visitor), tmp_path)
    desk = Desk(chromium)
    page = desk.open(file)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("form[lang=en] [name=project_summary]").fill("Typed")
    page.close(run_before_unload=True)
    page.wait_for_timeout(1)
    expect(page.locator("form[lang=en] [name=project_summary]")).to_have_value("Typed")
    assert asked == ["beforeunload"]
    copied(page, "en", tmp_path, caught=False)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    desk.close()


def test_without_scripts_the_file_is_read_and_a_copy_brought_back(
    portal: Any, open_page: Any, chromium: Any, tmp_path: Path
) -> None:
    visitor = Visitor(open_page(chromium, "fr", javascript=False), portal, "fr")
    draft = begun(visitor)
    file = taken(visitor, draft, tmp_path)
    desk = Desk(chromium, javascript=False)  # Firefox runs scripts of files all the same when it is driven
    page = desk.open(file)
    expect(page.locator("button:visible")).to_have_count(0)
    for name, words in (("English", "Scripts are switched off"), ("Français", "Les scripts sont désactivés")):
        page.get_by_role("link", name=name).click()
        assert page.url.endswith(f"#{name[:2].lower()}-version")
        expect(page.locator(f"form[lang={name[:2].lower()}]")).to_be_visible()
        expect(page.get_by_text(words)).to_be_in_viewport()  # however far one has read
    desk.close()
    copy = tmp_path / "copy.html"
    html = filled(file.read_text(encoding="utf-8"), {"project_summary": "Tapé ailleurs"}, language="fr")
    copy.write_text(html, encoding="utf-8")
    brought(visitor, draft, copy)
    visitor.sees("1 answer", "1 réponse a été rapportée du fichier et est enregistrée.")
