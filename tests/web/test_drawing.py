"""What templates draw once: {% fixed %}."""

from django.template import engines
from django.utils import translation


def drawn(source, language, **values):
    with translation.override(language):
        return source.render(values)


def test_words_and_addresses_are_drawn_once_for_each_language(monkeypatch):
    page = engines["django"].from_string('{% fixed %}{% translate "Save" %} {% address "public:home" %}{% endfixed %}')
    expected = {"en": "Save /en/", "fr": "Enregistrer /fr/"}
    assert {language: drawn(page, language) for language in expected} == expected
    monkeypatch.setattr("django.templatetags.i18n.TranslateNode.render", None)  # not called again
    assert {language: drawn(page, language) for language in expected} == expected


def test_nothing_of_one_page_gets_into_the_next():
    page = engines["django"].from_string("{% fixed %}[{{ name }}{{ request.path }}]{% endfixed %} {{ name }}")
    assert drawn(page, "en", name="Ada") == "[] Ada"
    assert drawn(page, "en", name="Bea") == "[] Bea"
