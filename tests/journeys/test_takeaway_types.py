"""What the questions of a form do in a file that was taken away: it is drawn without a portal, and opened without one.

Groups in rows, what is hidden, calculated and checked, lists that follow other answers, notices, attachments.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import validator
from tests.journeys.look import violations
from tests.journeys.taken import Taken
from tests.journeys.test_takeaway import Desk, copied
from tests.questions.sample import asked, text

NBSP = "\u00a0"
ROW = "aaaaaaaaaaaa"
TOO_MUCH = text("More than the most.", "Plus que le maximum.")
GROUP = {
    **asked("whom", "group"),
    "visible": {"equals": [{"row": "pays"}, True]},
    "questions": [
        asked("person", "short_text"),
        asked(
            "share",
            "percent",
            visible={"answered": {"row": "person"}},
            checks=[{"rule": {"at_most": [{"row": "share"}, 60]}, "message": TOO_MUCH}],
        ),
        asked("half", "calculated", value={"product": [{"row": "share"}, "0.5"]}, shown_as="percent"),
    ],
}
PARTNERS = asked(
    "partners",
    "table",
    row_label=text("Partner", "Partenaire"),
    rows_max=2,
    columns=[
        asked("name", "short_text"),
        asked("home", "country"),
        asked("pays", "yes_no"),
        GROUP,
        asked("paid", "money"),
    ],
)
NOTICE = asked(
    "note",
    "content",
    text=text("See [the help](/en/help/).", "Voir [l’aide](/fr/aide/)."),
    tone="warning",
    required=False,
    visible={"answered": {"answer": "title"}},
)
SECTIONS = [
    {
        "key": "project",
        "title": text("Project", "Projet"),
        "questions": [
            {**asked("what", "group"), "questions": [asked("title", "short_text"), NOTICE]},
            asked("summary", "long_text", max_length=20),
            asked("legal_form", "choice"),
            asked("languages", "choices"),
            asked("plan", "file", required=False, kinds=["pdf"], max_bytes=1000),
        ],
    },
    {
        "key": "people",
        "title": text("People", "Gens"),
        "questions": [
            PARTNERS,
            asked("meeting", "country", among="partners.home"),
            asked("total", "calculated", value={"sum": "partners.share"}, shown_as="percent"),
        ],
    },
    {
        "key": "more",
        "title": text("More", "Suite"),
        "visible": {"more_than": [{"answer": "total"}, 50]},
        "questions": [asked("why", "short_text")],
    },
]
VALUES = {
    "plan": {"file": "x", "name": "plan.pdf", "size": 12, "sha256": "0"},
    f"partners.{ROW}": 0,
    f"partners.{ROW}.name": "Musée & fils",
    f"partners.{ROW}.home": "FR",
    f"partners.{ROW}.pays": False,
    "meeting": "FR",
}
COSTS = {"table": "partners", "amount": "paid"}


@pytest.fixture(params=["chromium", "firefox"])
def desk(request: Any) -> Any:
    opened = Desk(request.getfixturevalue(request.param))
    opened.name = request.param
    yield opened
    opened.close()


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: Any) -> Any:
    def made(language: str = "en", values: dict[str, Any] = VALUES) -> Taken:
        return Taken(tmp_path, monkeypatch, sections=SECTIONS, costs=COSTS, values=values, language=language)

    return made


def shown(page: Page, language: str = "en") -> Locator:
    return page.locator(f"form[lang={language}]")


def turn(page: Page, language: str) -> Locator:
    """To the other language, by the button of the bar."""
    page.locator(f"button[name=turn][value={language}]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return shown(page, language)


def row(form: Locator, place: int = 0) -> Locator:
    return form.locator("[data-table=partners] [data-row]").nth(place)


def test_what_is_in_a_row_s_group_is_asked_reckoned_and_brought_back(desk, taken, tmp_path):
    file = taken()
    page = desk.open(file.path)
    form = shown(page)
    group = row(form).locator("fieldset.group")
    expect(group).to_be_hidden()
    row(form).get_by_label("Yes").check()
    expect(group).to_be_visible()
    expect(group.locator("[name$='.share']")).to_be_hidden()
    group.locator("[name$='.person']").fill("Anne Roy")
    expect(group.locator("[name$='.share']")).to_be_visible()
    form = turn(page, "fr")
    share = row(form).locator("[name$='.share']")
    share.fill("40,5")
    expect(row(form).locator("[data-calculated$='.half']")).to_have_text(f"20,25{NBSP}%")
    expect(form.locator("[data-calculated=total]")).to_have_text(f"40,5{NBSP}%")
    # 40,5 was typed in French: in the other language it is the same number, and no other one.
    form = turn(page, "en")
    expect(row(form).locator("[name$='.share']")).to_have_value("40,5")
    expect(form.locator("[data-calculated=total]")).to_have_text("40.5%")
    expect(form.locator("[data-section=more]")).to_be_hidden()
    expect(form.locator("[data-to-section=more]")).to_be_hidden()
    form.locator("button[name=add][value=partners]").click()
    added = row(form, 1)
    expect(added).to_be_focused()
    expect(form.locator("button[name=add][value=partners]")).to_be_hidden()
    expect(form.get_by_text("2 rows are the most that there can be.")).to_be_visible()
    expect(added.locator("fieldset.group")).to_be_hidden()
    added.get_by_label("Yes").check()
    added.locator("[name$='.person']").fill("Bo Li")
    added.locator("[name$='.share']").fill("30")
    added.locator("[name$='.share']").press("Tab")
    expect(form.locator("[data-section=more]")).to_be_visible()
    form.locator("[name=why]").fill("Because")
    added.locator("[name$='.paid']").fill("$1,000")
    expect(form.locator("[data-total=cost]").first).to_have_text("$1,000")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    new = added.get_attribute("data-row")
    copy = copied(page, "en", tmp_path, caught=desk.name == "firefox", name="minimal")
    assert validator.faults({"copy": copy.read_text(encoding="utf-8")}, tmp_path) == []
    wanted = {
        f"partners.{ROW}.pays": True,
        f"partners.{ROW}.person": "Anne Roy",
        f"partners.{ROW}.share": "40.5",
        f"partners.{new}.pays": True,
        f"partners.{new}.person": "Bo Li",
        f"partners.{new}.share": "30",
        f"partners.{new}.paid": "1000.00",
        "why": "Because",
    }
    assert file.brought(copy) == (wanted, ())
    again = desk.open(copy)
    form = shown(again)
    expect(form.locator("[data-calculated=total]")).to_have_text("70.5%")
    expect(row(form, 1).locator("[name$='.person']")).to_have_value("Bo Li")
    row(form, 1).locator("button[name=remove]").click()
    expect(form.locator("[data-calculated=total]")).to_have_text("40.5%")
    expect(form.locator("button[name=back]")).to_be_focused()
    expect(form.locator("button[name=add][value=partners]")).to_be_visible()
    form.locator("button[name=back]").click()
    expect(form.locator("[data-calculated=total]")).to_have_text("70.5%")


def test_checks_marks_and_the_characters_left_are_told_in_both_languages(desk, taken):
    page = desk.open(taken().path)
    form = shown(page)
    row(form).get_by_label("Yes").check()
    row(form).locator("[name$='.person']").fill("Anne")
    share = row(form).locator("[name$='.share']")
    share.fill("140")
    expect(form.locator(".error")).to_have_count(0)  # while one types nothing is told
    share.press("Tab")
    expect(form.locator(".error")).to_have_text(re.compile("More than the most"))
    expect(form.locator("[data-check]")).to_have_text("More than the most.")
    form.locator("[name=summary]").fill("x" * 21)
    expect(form.locator(".count:visible")).to_contain_text("1 character too many")
    form = turn(page, "fr")
    expect(form.locator(".error")).to_have_text(re.compile("Plus que le maximum"))
    expect(form.locator(".count:visible")).to_contain_text("1 caractère en trop")
    row(form).locator("[name$='.share']").fill("60")
    expect(form.locator(".error")).to_have_count(0)
    turn(page, "en")
    expect(shown(page).locator(".error")).to_have_count(0)


def test_notices_lists_and_attachments(desk, taken, tmp_path):
    file = taken("fr")
    page = desk.open(file.path)
    form = shown(page, "fr")
    notice = form.locator(".notice-warning")
    expect(notice).to_be_hidden()
    form.locator("[name=title]").fill("Semis")
    expect(notice).to_be_visible()
    expect(notice.get_by_role("link")).to_have_attribute("href", "http://testserver/fr/aide/")
    form.locator("[name=title]").fill("")
    expect(notice).to_be_hidden()
    expect(form.locator("[name=title]")).to_be_visible()
    expect(form.locator("[data-path=plan]")).to_contain_text("plan.pdf")
    expect(form.locator("input[type=file]")).to_have_count(0)
    # A country that is in no row yet can be typed all the same; whoever reads it knows both languages.
    row(form).locator("[name$='.home']").fill("Allemagne")
    form.locator("[name=meeting]").fill("Germany")
    form.locator("[name=legal_form][value=partnership], [name=legal_form]").last.check()
    form.locator("[name=languages][value=french]").check()
    copy = copied(page, "fr", tmp_path, caught=desk.name == "firefox", name="minimal")
    chosen = form.locator("[name=legal_form]").last.get_attribute("value")
    wanted = {f"partners.{ROW}.home": "DE", "meeting": "DE", "legal_form": chosen, "languages": ["french"]}
    assert file.brought(copy) == (wanted, ())


def test_the_other_language_keeps_the_place_and_the_focus(chromium, taken):
    desk = Desk(chromium)
    page = desk.open(taken().path)
    page.set_viewport_size({"width": 700, "height": 500})
    box = shown(page).locator("[name=meeting]")
    page.evaluate("document.getElementById('en-q-meeting').scrollIntoView()")
    before = box.bounding_box()["y"]
    # With the keyboard: to point at a bar that sticks to the window, the driver scrolls.
    shown(page).locator("button[name=turn]").evaluate("button => button.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    expect(page.locator("button[name=turn][value=en]")).to_be_focused()
    assert abs(shown(page, "fr").locator("[name=meeting]").bounding_box()["y"] - before) < 60
    desk.close()


def test_the_keys_that_save_a_page_make_a_copy(chromium, taken, tmp_path):
    file = taken()
    desk = Desk(chromium)
    page = desk.open(file.path)
    shown(page).locator("[name=title]").fill("Typed")
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    download.value.save_as(tmp_path / "copy.html")
    assert file.brought(tmp_path / "copy.html") == ({"title": "Typed"}, ())
    expect(shown(page).locator("[data-told]")).to_contain_text("Your browser was given a copy")
    desk.close()


def test_what_is_long_in_no_copy_is_said_again(chromium, taken):
    desk = Desk(chromium)
    desk.context.clock.install()
    page = desk.open(taken("fr").path)
    told = shown(page, "fr").locator("[data-told]")
    shown(page, "fr").locator("[name=title]").fill("Saisi")
    expect(told).to_contain_text("Pas encore conservé")
    page.clock.fast_forward("09:50")
    expect(told).to_contain_text("Pas encore conservé")
    page.clock.fast_forward("00:20")
    expect(told).to_contain_text("Toujours pas conservé")
    desk.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_accessible_narrow_and_valid_with_faults_in_it(chromium, taken, tmp_path, language):
    file = taken(language)
    assert validator.faults({"file": file.path.read_text(encoding="utf-8")}, tmp_path) == []
    desk = Desk(chromium)
    page = desk.open(file.path)
    form = shown(page, language)
    row(form).locator("[name$='.pays'][value=yes]").check()
    row(form).locator("[name$='.person']").fill("Anne")
    row(form).locator("[name$='.share']").fill("140")
    row(form).locator("[name$='.share']").press("Tab")
    expect(form.locator(".error")).to_have_count(1)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    known = len(desk.faults)
    assert violations(page) == []
    del desk.faults[known:]  # the policy refuses axe a style of its own
    desk.close()
