"""Every type of question in a browser: what axe finds, the keyboard, and characters counted as the server counts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from guichet.questions.values import length
from tests.journeys import every_type
from tests.journeys.look import violations
from tests.questions.sample import asked, one


@pytest.fixture
def page(chromium: Any, settings: Any) -> Iterator[Any]:
    """A page without a portal: the templates of this folder beside the product's."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]
    page = chromium.new_page(viewport={"width": 768, "height": 1000})
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert page.faults == []
    page.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", ["empty", "filled", "faults"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(page, language, state):
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 1000})
        every_type.opened(page, language, state)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert violations(page) == []
    every_type.opened(page, language, state, editable=False)
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_page_shows_comes_back_as_it_was(page, language, scripts):
    sent = every_type.opened(page, language, "filled", scripts=scripts)
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/sent")
    kept = every_type.values("filled")
    wanted = {path: value for path, value in kept.items() if path not in ("statement", "attachments")}
    found = every_type.read(sent, language)
    assert {path: found[path] for path in wanted} == wanted


def test_a_box_offers_answers_and_the_keyboard_picks_one(page):
    sent = every_type.opened(page, "fr", "empty")
    box = page.get_by_role("combobox", name="Marché cible")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("etats")
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["États-Unis", "Îles mineures éloignées des États-Unis"])
    assert violations(page) == []
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("États-Unis")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Enter")
    page.wait_for_url("**/sent")
    assert every_type.read(sent, "fr")["market"] == "US"


def test_escape_and_leaving_close_the_list_and_keep_the_text(page):
    every_type.opened(page, "en", "empty")
    box = page.get_by_role("combobox", name="Target market")
    for leave in (lambda: box.press("Escape"), lambda: box.press("Tab")):
        box.fill("new")
        expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(
            ["New Caledonia", "New Zealand", "Papua New Guinea"]
        )
        leave()
        expect(page.get_by_role("listbox")).to_have_count(0)
        expect(box).to_have_value("new")


def test_a_long_list_is_searched_on_the_server_as_one_types(page):
    sent = every_type.opened(page, "en", "empty")
    box = page.get_by_role("combobox", name="Industry")
    box.press_sequentially("food ma")
    page.get_by_role("listbox").get_by_role("option", name="311 Food manufacturing").click()
    expect(box).to_have_value("311 Food manufacturing")
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/sent")
    assert every_type.read(sent, "en")["industry"] == "311"


def test_several_answers_are_added_one_by_one(page):
    sent = every_type.opened(page, "en", "filled")
    group = page.get_by_role("group", name="Fishes")
    box = group.get_by_role("combobox")
    for typed, picked in (("smoked s", "Smoked Salmon"), ("herr", "Fresh Herring")):
        box.press_sequentially(typed)
        page.get_by_role("listbox").get_by_role("option", name=picked).click()
        expect(box).to_have_value("")
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(4)
    group.get_by_role("checkbox", name="Fresh Cod").uncheck()
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/sent")
    assert every_type.read(sent, "en")["fishes"] == ["fresh-herring", "smoked-salmon", "smoked-tuna"]


def test_what_may_mean_several_answers_is_chosen_without_scripts(page):
    sent = every_type.opened(page, "en", "faults", scripts=False)
    page.get_by_label("Congo - Kinshasa").check()
    page.locator('[name="fish-match"][value="smoked-cod"]').check()
    page.locator('[name="fishes-match"][value="frozen-salmon"]').check()
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/sent")
    found = every_type.read(sent, "en")
    assert found[f"places.{every_type.ROW}.where"] == "CD"
    assert found["fish"] == "smoked-cod"
    assert found["fishes"] == ["fresh-cod", "frozen-salmon"]


JOINER = "\u200d"
TEXTS = [
    *("", " ", "a", "a\n", "\n\na\nb", "a\r\nb", "a\rb", "é", "e\u0301", "E\u0302\u0301", "ạ\u0301", "a\u0301\u0323"),
    *(
        "🍁",
        f"👩{JOINER}👩{JOINER}👧",
        "🇨🇦",
        "👍🏽",
        "\u00a0a\u00a0",
        "a\u2028b",
        "\ufeffa",
        "a\tb  ",
        "ﬁ",
        "中文",
        "עברית",
    ),
    *(
        "x" * 4000,
        "é" * 4001,
        "🍁\n" * 300,
        "  lead",
        "a\u0085b",
        "a\u3000",
        "İ",
        "\u212b",
        "\u2126",
        "\u1100\u1161\u11a8",
    ),
]
TYPE = "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', {bubbles: true})); }"


def test_characters_are_counted_as_the_server_counts_them(page):
    sent = every_type.opened(page, "en", "empty")
    question = one(asked("project_summary", "long_text", max_length=4000))
    box = page.locator('[name="project_summary"]')
    shown = page.locator(".question", has=box).locator(".count span").first
    for text in TEXTS:
        box.evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', {bubbles: true})); }", text
        )
        left = 4000 - length(question.parse(text) or "")
        words = "characters remaining" if left >= 0 else "character too many" if left == -1 else "characters too many"
        words = "character remaining" if left == 1 else words
        assert shown.text_content() == f"{abs(left):,} {words}", repr(text)
        assert (left < 0) == bool(question.parse(text) and question.problems(question.parse(text)))
    # What the browser sends of such a text is what was counted.
    box.fill("é\n🍁\ne\u0301")
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/sent")
    assert sent["project_summary"] == ["é\r\n🍁\r\ne\u0301"]
    assert every_type.read(sent, "en")["project_summary"] == "é\n🍁\né"


def test_what_is_left_is_said_politely_after_a_pause(page):
    every_type.opened(page, "fr", "empty")
    box = page.locator('[name="project_summary"]')
    status = page.locator(".question", has=box).get_by_role("status")
    expect(status).to_have_text("")
    box.press_sequentially("été")
    expect(status).to_have_text("3\u00a0997 caractères restants")
