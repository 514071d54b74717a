"""Making letters of texts."""

import pytest

from guichet.kernel.bilingual import Text
from guichet.mail import texts

LETTER = Text(
    en="Subject: Hello {name}\n\nDear {name},\n\n"
    "Open [your file]({link}) or write to [{support}](mailto:{support}).\n\n{list}",
    fr="Objet\u00a0: Bonjour {name}\n\nBonjour {name},\n\nOuvrez [votre dossier]({link}).\n\n{list}",
)
VALUES = {"name": "Ada", "link": "https://portal.example/x", "list": "-"}


def compose(language="en", override=LETTER, **values):
    return texts.compose(room="x", name="x", language=language, values={**VALUES, **values}, override=override)


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_NAME = {"en": "Portal", "fr": "Portail"}
    settings.SUPPORT_EMAIL = "help@portal.example"
    settings.BASE_URL = "https://portal.example"


def test_a_letter_in_both_languages():
    english, french = compose("en"), compose("fr")
    assert (english.subject, french.subject) == ("Hello Ada", "Bonjour Ada")
    assert english.text.startswith(
        "Dear Ada,\n\nOpen your file (https://portal.example/x) or write to help@portal.example."
    )
    assert '<a href="https://portal.example/x">votre dossier</a>' in french.html
    assert '<a href="mailto:help@portal.example">help@portal.example</a>' in english.html


def test_every_letter_ends_with_the_portal_and_its_mailbox():
    assert english_end(compose("en").text) == [
        "---",
        "Portal: https://portal.example/en/",
        "This message was sent automatically; replies to it are not read. Technical help: help@portal.example",
    ]
    assert "Portail\u00a0: https://portal.example/fr/" in compose("fr").text
    assert "Aide technique\u00a0: help@portal.example" in compose("fr").text


def english_end(text: str) -> list[str]:
    return [line for line in text.splitlines() if line][-3:]


def test_values_are_words_and_never_markup():
    evil = '<script>alert(1)</script> **bold** [x](https://other.example) {link} "q"'
    made = compose(name=evil)
    assert "<script" not in made.html
    assert "<strong>" not in made.html
    assert 'other.example"' not in made.html
    assert evil in made.text
    assert "&lt;script&gt;" in made.html
    assert "{link}" in made.html


@pytest.mark.parametrize("link", ["javascript:alert(1)", '" onclick="alert(1)', "//other.example/", "data:text/html,x"])
def test_a_value_in_an_address_cannot_leave_it(link):
    html = compose(link=link).html.lower()
    for danger in ('href="javascript', "<a onclick", '" onclick', 'href="//', 'href="data'):
        assert danger not in html


def test_the_subject_is_one_line_whatever_the_value():
    made = compose(name="Ada\r\nBcc: all@other.example\x00\u2028x" + "y" * 500)
    assert made.subject.startswith("Hello Ada Bcc: all@other.example")
    assert made.subject.isprintable()
    assert len(made.subject) <= 300


def test_no_break_spaces_stay_in_the_subject():
    assert compose(name="50\u00a0000\u00a0$").subject == "Hello 50\u00a0000\u00a0$"


def test_line_breaks_of_a_value_are_kept_in_the_body():
    assert "a<br>b" in compose(list="a\r\nb").html


def test_markdown_of_ours_is_taken_as_such():
    made = compose(list=texts.Markdown("- **2.1** one {name}\n- two"))
    assert "<li><strong>2.1</strong> one {name}</li>" in made.html
    assert "- 2.1 one {name}\n- two" in made.text


def test_an_unknown_placeholder_is_a_mistake():
    with pytest.raises(texts.UnknownPlaceholder, match="forgotten"):
        compose(override=Text(en="Subject: x\n\n{forgotten}", fr="Objet : x\n\n{forgotten}"))
    with pytest.raises(texts.UnknownPlaceholder, match="forgotten"):
        compose(override=Text(en="Subject: {forgotten}\n\nx", fr="Objet : x\n\nx"))


def test_a_letter_without_a_subject_is_a_mistake():
    with pytest.raises(texts.NoSubject):
        compose(override=Text(en="Dear all,\n\nno subject", fr="Objet : x\n\nx"))
    with pytest.raises(FileNotFoundError):
        texts.compose(room="mail", name="no_such", language="en", values={})


@pytest.mark.parametrize(("room", "name"), list(texts.found()))
def test_every_letter_of_the_house_has_both_languages_and_the_same_placeholders(room, name):
    english, french = (texts.split(texts.read(room, name, language)) for language in ("en", "fr"))
    assert texts.placeholders("".join(english)) == texts.placeholders("".join(french))
    assert english[0] != french[0]
    values = dict.fromkeys(texts.placeholders("".join(english)), "x")
    for language in ("en", "fr"):
        made = texts.compose(room=room, name=name, language=language, values=values)
        assert made.subject
        assert "GUICHET" not in made.text + made.html
