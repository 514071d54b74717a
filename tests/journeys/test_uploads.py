"""Documents go up as soon as they are chosen, and what arrived is never sent again: after a cut, a kill, a reload."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from guichet.files.pieces import PIECE
from tests.chaos.world import World
from tests.journeys.look import violations

SIZE = 4 * PIECE + 1000
SLOW = 0.15  # seconds for each 64 KiB: a piece takes more than one
KEPT = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  if (!names.includes("guichet-files")) return [];
  const opened = await new Promise((done) => {
    const asked = indexedDB.open("guichet-files", 1);
    asked.onsuccess = () => done(asked.result);
  });
  return new Promise((done) => {
    const asked = opened.transaction("waiting").objectStore("waiting").getAll();
    asked.onsuccess = () => { opened.close(); done(asked.result.map((one) => one.name)); };
  });
}"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A portal of these journeys' own, behind a connection that can be cut."""
    made = World.begun(tmp_path_factory.mktemp("uploads"))
    yield made
    made.end()


@pytest.fixture
def opened(world: World) -> Iterator[Callable[..., Page]]:
    """``opened(browser)``: somebody who is signed in, on the page that asks for documents. The connection is mended."""
    contexts = []

    def at(browser: Browser, language: str = "en", *, script: str = "") -> Page:
        context = world.context(browser, fresh=True)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(world.address(language).replace("/project/", "/attachments/"))
        return page

    yield at
    world.proxy.mend()
    for context in contexts:
        context.close()


def pdf(folder: Path, name: str, size: int = SIZE, seed: str = "") -> Path:
    """A file that is a PDF to whoever looks at its beginning, and like no other."""
    path = folder / name
    noise = hashlib.shake_256(f"{name}{seed}".encode()).digest(size)
    path.write_bytes(b"%PDF-1.7\n" + noise[9:])
    return path


def choose(page: Page, *paths: Path) -> None:
    page.locator("input[type=file][name=attachments]").set_input_files([str(path) for path in paths])


def arrived(world: World, name: str) -> int:
    """How many bytes of the newest upload of that name count."""
    rows = world.ask('SELECT "offset" FROM files_upload WHERE name = %s ORDER BY id DESC LIMIT 1', name)
    return rows[0][0] if rows else 0


def until_some(world: World, page: Page, name: str, least: int = PIECE) -> int:
    """Wait for the first piece; what has arrived is then neither nothing nor all."""
    for _ in range(600):
        if arrived(world, name) >= least:
            break
        page.wait_for_timeout(50)
    found = arrived(world, name)
    assert least <= found < SIZE, found
    return found


def is_attached(world: World, page: Page, path: Path) -> None:
    """The page shows it, the portal has it byte by byte and once, and nothing is left on the way or on the device."""
    expect(page.locator(".files").get_by_role("link", name=path.name)).to_be_visible(timeout=60_000)
    expect(page.locator(".upload").filter(has_text=path.name)).to_have_count(0)
    rows = world.ask("SELECT size, sha256, stored_name FROM files_storedfile WHERE name = %s", path.name)
    content = path.read_bytes()
    assert [row[:2] for row in rows] == [(len(content), hashlib.sha256(content).hexdigest())]
    stored = rows[0][2]
    assert (world.portal.data / "files" / stored[:2] / stored).read_bytes() == content
    assert page.evaluate(KEPT) == []


def is_cancelled(world: World, page: Page, name: str) -> None:
    """The portal has forgotten it: it is told after the page has."""
    under_way = "SELECT 1 FROM files_upload WHERE name = %s AND file_id IS NULL"
    for _ in range(200):
        if not world.ask(under_way, name):
            break
        page.wait_for_timeout(50)
    assert world.ask(under_way, name) == []


def sent_by(page: Page) -> list[int]:
    """The offsets of the pieces that the page sends from now on."""
    found: list[int] = []

    def note(request: Any) -> None:
        if request.method == "PATCH":
            found.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return found


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Any:
    """Both."""
    return request.getfixturevalue(request.param)


def test_a_cut_connection_costs_nothing(world: World, opened: Any, browser: Browser, tmp_path: Path):
    page, path = opened(browser), pdf(tmp_path, f"cut-{browser.browser_type.name}.pdf")
    world.proxy.delay = SLOW
    sent = sent_by(page)
    choose(page, path)
    before = until_some(world, page, path.name)
    world.proxy.cut()
    box = page.locator(".upload")
    expect(box).to_contain_text(re.compile("No connection|The portal does not answer"))
    expect(box).to_contain_text("is kept on this device")
    expect(page.locator("[data-upload-told]")).to_contain_text(path.name)
    world.proxy.mend()
    is_attached(world, page, path)
    assert all(offset >= before - PIECE for offset in sent[sent.index(before - PIECE) + 1 :])


def test_the_web_server_killed_in_the_middle_costs_nothing(world: World, opened: Any, browser: Browser, tmp_path: Path):
    page, path = opened(browser), pdf(tmp_path, f"kill-{browser.browser_type.name}.pdf")
    world.proxy.delay = SLOW
    choose(page, path)
    before = until_some(world, page, path.name)
    world.kill("gunicorn")
    world.proxy.mend()
    is_attached(world, page, path)
    assert before >= PIECE


def test_a_reload_and_a_closed_tab_cost_nothing(world: World, opened: Any, browser: Browser, tmp_path: Path):
    page, path = opened(browser), pdf(tmp_path, f"reload-{browser.browser_type.name}.pdf")
    world.proxy.delay = SLOW
    choose(page, path)
    until_some(world, page, path.name)
    page.reload()
    before = until_some(world, page, path.name, 2 * PIECE)
    address = page.url
    page.close()
    page = page.context.new_page()
    sent = sent_by(page)
    page.goto(address.replace("/attachments/", "/project/"))  # it goes on in whatever section one opens
    expect(page.locator(".upload")).to_contain_text(path.name)
    world.proxy.mend()
    page.wait_for_function("() => !globalThis.guichet.uploading()")
    page.goto(address)
    is_attached(world, page, path)
    assert min(sent) >= before - PIECE


NO_STORE = "delete Object.getPrototypeOf(globalThis).indexedDB; delete globalThis.indexedDB"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_where_the_browser_keeps_nothing_the_file_is_chosen_again_and_only_the_rest_is_sent(
    world: World, opened: Any, chromium: Browser, tmp_path: Path, language: str
):
    page = opened(chromium, language, script=NO_STORE)
    path = pdf(tmp_path, f"again-{language}.pdf")
    world.proxy.delay = SLOW
    choose(page, path)
    until_some(world, page, path.name)
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it closes such a page
    page.reload()
    box = page.locator(".upload")
    said = {"en": "choose it once more", "fr": "choisissez-le encore une fois"}[language]
    expect(box).to_contain_text(said)
    before = arrived(world, path.name)
    world.proxy.mend()
    assert violations(page) == []
    sent = sent_by(page)
    again = {"en": "Choose the file again", "fr": "Choisir de nouveau le fichier"}[language]
    with page.expect_file_chooser() as chooser:
        box.get_by_role("button", name=again).press("Enter")
    chooser.value.set_files(str(path))
    expect(page.locator(".files").get_by_role("link", name=path.name)).to_be_visible()
    assert sent[0] == before
    assert len(world.ask("SELECT 1 FROM files_storedfile WHERE name = %s", path.name)) == 1


def test_another_file_of_the_same_length_is_another_upload(
    world: World, opened: Any, chromium: Browser, tmp_path: Path
):
    page, path = opened(chromium, script=NO_STORE), pdf(tmp_path, "other.pdf")
    world.proxy.delay = SLOW
    choose(page, path)
    until_some(world, page, path.name)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(".upload")).to_contain_text("choose it once more")
    world.proxy.mend()
    other = pdf(tmp_path, "other.pdf", seed="another")
    choose(page, other)
    expect(page.locator(".files").get_by_role("link", name="other.pdf")).to_be_visible()
    digests = world.ask("SELECT sha256 FROM files_storedfile WHERE name = 'other.pdf'")
    assert digests == [(hashlib.sha256(other.read_bytes()).hexdigest(),)]
    box = page.locator(".upload")
    expect(box).to_have_count(1)
    box.get_by_role("button", name="Cancel").press("Enter")
    expect(box).to_have_count(0)
    is_cancelled(world, page, path.name)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_keyboard_the_words_and_axe(world: World, opened: Any, chromium: Browser, tmp_path: Path, language: str):
    page = opened(chromium, language)
    page.set_viewport_size({"width": 320, "height": 800})
    path, lies = pdf(tmp_path, f"long-{language}.pdf"), tmp_path / "lies.pdf"
    lies.write_bytes(b"MZ this is a program")
    choose(page, lies)
    refused = page.locator("[data-upload=refused]")
    expect(refused).to_contain_text({"en": "does not match its name", "fr": "ne correspond pas"}[language])
    world.proxy.cut("hold")  # however quick the machine, it is under way for as long as one looks
    choose(page, path)
    going = page.locator("[data-upload=sending]")
    expect(going).to_contain_text(
        re.compile(r"Uploading: \d+%" if language == "en" else "Téléversement\u00a0: \\d+\u00a0%")
    )
    expect(going.get_by_role("progressbar", name=path.name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    refused.get_by_role("button").filter(visible=True).press("Enter")
    expect(refused).to_have_count(0)
    going.get_by_role("button", name={"en": "Cancel", "fr": "Annuler"}[language]).press("Enter")
    expect(page.locator(".upload")).to_have_count(0)
    expect(page.locator("[data-upload-told]")).to_contain_text(
        path.name + {"en": ": Cancelled.", "fr": "\u00a0: Annulé."}[language]
    )
    expect(page.locator("input[name=attachments]")).to_be_focused()
    world.proxy.mend()
    is_cancelled(world, page, path.name)
    assert page.evaluate(KEPT) == []


def test_a_file_that_is_dropped_goes_up_and_a_button_waits_for_it(
    world: World, opened: Any, chromium: Browser, tmp_path: Path
):
    page = opened(chromium)
    world.proxy.delay = SLOW
    drop = """(question) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([37, 80, 68, 70, 45]), new Uint8Array(600000)], "dropped.pdf"));
      question.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
    }"""
    page.locator(".question:has(input[name=attachments])").evaluate(drop)
    expect(page.locator(".upload")).to_contain_text("dropped.pdf")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".saving [data-shown]")).to_contain_text("press again to go at once")
    world.proxy.mend()
    page.wait_for_url(lambda url: "/attachments/" not in url)
    assert len(world.ask("SELECT 1 FROM files_storedfile WHERE name = 'dropped.pdf'")) == 1


def test_without_scripts_a_file_goes_with_the_button(world: World, chromium: Browser, tmp_path: Path):
    world.context(chromium, fresh=True).close()
    context = chromium.new_context(base_url=world.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/log-in/")
    page.fill("[name=login]", "signatory@demo.example")
    page.fill("[name=password]", world.portal.password)
    page.locator("main form button.button").first.click()
    page.wait_for_url(re.compile("/home/"))
    page.goto(world.address().replace("/project/", "/attachments/"))
    path = pdf(tmp_path, "plain.pdf")
    choose(page, path)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".files").get_by_role("link", name=path.name)).to_be_visible()
    assert world.ask("SELECT 1 FROM files_upload WHERE name = 'plain.pdf'") == []
    context.close()
