"""The checks of pages themselves: each one finds the fault planted for it, and a good page has none."""

import pytest

from tests import page

GOOD = (
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} – Guichet</title></head>'
    '<body><main><h1>{title}</h1><form method="post" action="/en/">{body}'
    '<label for="a">A</label><input id="a" name="a"></form></main></body></html>'
)


def made(body: str = "", lang: str = "en", title: str = "Page") -> str:
    return GOOD.format(body=body, lang=lang, title=title)


def test_good_pages_have_no_fault():
    assert page.faults(made("<p>Read the guide: it helps.</p>"), language="en") == []
    assert page.faults(made("<p>Le titre\N{NO-BREAK SPACE}: l’été. Que faire?</p>", lang="fr"), language="fr") == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div>x</div></p>", "not valid HTML"),
        ("<h1>Two</h1>", "2 h1"),
        ("<h3>Low</h3>", "jumps"),
        ('<p id="a">x</p>', "stands 2 times"),
        ('<p id="">x</p>', "blank"),
        ('<label for="none">x</label>', "not there"),
        ('<input name="b" aria-label="b" aria-describedby="none">', "not there"),
        ('<input name="b">', "no label"),
        ("<button></button>", "without words"),
        ('<a href="/en/"></a>', "without words"),
        ('<a href="#none">x</a>', "not there"),
        ('<p style="color: red">x</p>', "inline style"),
        ('<p onclick="x()">x</p>', "inline onclick"),
        ("<script>x()</script>", "inline script"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "another host"),
        ('<img src="/x.png">', "without alt"),
        ("<p>Enregistrez votre brouillon.</p>", "other language"),
        ("<p>Title : x</p>", "before a colon"),
    ],
)
def test_each_fault_is_found(body, fault):
    assert any(fault in found for found in page.faults(made(body), language="en"))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Titre : oui", "a plain space before a colon"),
        ("Titre: oui", "no space before a colon"),
        ("Quoi\N{NO-BREAK SPACE}? Oui", "a space before"),
        ('le "guide"', "quotation"),
        ("l'été", "apostrophe"),
        ("et...", "dots"),
        ("50 %", "%"),
        ("50 000 $", "$"),
        ("« oui »", "inside"),
        ("Save your draft", "other language"),
    ],
)
def test_each_fault_of_french_is_found(words, fault):
    assert any(fault in found for found in page.faults(made(f"<p>{words}</p>", lang="fr"), language="fr"))


def test_what_people_typed_and_the_other_language_are_left_alone():
    body = '<p data-user>Titre : "oui"</p><p><span lang="en" data-x>Save your draft: "now"</span></p>'
    assert page.faults(made(body, lang="fr"), language="fr") == []


def test_the_language_of_the_address_counts():
    assert page.faults(made(lang="en"), language="fr")


@pytest.mark.parametrize("title", ["", " "])
def test_a_title_must_say_something(title):
    assert any("title" in fault for fault in page.faults(made(title=title)))


def test_missing_headers_are_found():
    assert len(page.header_faults({}, "en", signed_in=True)) == 7
    assert len(page.header_faults({"X-Content-Type-Options": "nosniff"}, "en", signed_in=False)) == 5
