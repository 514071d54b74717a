"""The message command: what it finds, where it puts it, and what it calls a fault."""

import pytest

from guichet.config import build, catalogue, po

TEMPLATE = """{% load i18n %}{% translate "Hello" %}{% translate "May" context "month" %}
{% blocktranslate trimmed count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""
CODE = 'from django.utils.translation import gettext_lazy as _\nHELLO = _("Hello")\nNAME = _("Dear {name}")\n'


@pytest.fixture
def package(tmp_path):
    for name, text in {
        "web/templates/public/home.html": TEMPLATE,
        "kernel/words.py": CODE,
        "web/applicant/a.py": '_("Shared")',
        "web/officer/b.py": '_("Shared")',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return tmp_path


def fill(folder, area, **translations):
    messages = po.read(folder / f"{area}.po")
    for message in messages:
        if message.text in translations.get("texts", {}):
            message.translations = translations["texts"][message.text]
    po.write(folder / f"{area}.po", messages)


def test_a_text_belongs_to_the_lowest_area_that_uses_it(package):
    found = {key[1]: entry.area for key, entry in catalogue.used(package).items()}
    assert found == {
        "Hello": "kernel",
        "Dear {name}": "kernel",
        "May": "public",
        "%(n)s day": "public",
        "Shared": "web",
    }


def test_updating_keeps_translations_wherever_they_stood(package):
    folder = package / "locale" / "fr"
    po.write(folder / "web.po", [po.Message("", "Hello", "", ("Bonjour",)), po.Message("", "Gone", "", ("Parti",))])
    assert catalogue.update(package, folder) == ["kernel", "web", "public"]
    kernel = {message.text: message.translations for message in po.read(folder / "kernel.po")}
    assert kernel == {"Dear {name}": ("",), "Hello": ("Bonjour",)}
    assert [message.text for message in po.read(folder / "web.po")] == ["Shared"]
    assert catalogue.update(package, folder) == []


def test_every_kind_of_fault_is_named(package):
    folder = package / "locale" / "fr"
    po.write(folder / "kernel.po", [po.Message("", "Dear {name}", "", ("Bonjour {nom}",))])
    po.write(folder / "web.po", [po.Message("", "Shared", "", ("Partagé",), fuzzy=True)])
    po.write(folder / "public.po", [po.Message("", "Gone", "", ("Parti",)), po.Message("", "Hello", "", ("Bonjour",))])
    assert catalogue.faults(package, folder) == [
        "kernel.po: 'Dear {name}' has other placeholders or tags than its translation",
        "public.po: '%(n)s day' is missing",
        "public.po: 'Gone' is not used any more",
        "public.po: 'Hello' belongs to kernel.po",
        "public.po: 'May' is missing",
        "web.po: 'Shared' is marked fuzzy",
    ]


def test_plurals_contexts_and_comments_survive(tmp_path):
    path = tmp_path / "web.po"
    message = po.Message("month", "May", "", ("mai",), ("The month, not the verb",))
    days = po.Message("", "%(n)s day", "%(n)s days", ("%(n)s jour", "%(n)s jours"))
    po.write(path, [message, days])
    assert po.read(path) == [days, message]


def test_the_catalogue_is_built_once_and_again_when_a_text_changed(tmp_path):
    folder = tmp_path / "locale" / "fr"
    po.write(folder / "web.po", [po.Message("", "Hello", "", ("Bonjour",))])
    assert build.catalogues(tmp_path, tmp_path / "build") is True
    assert build.catalogues(tmp_path, tmp_path / "build") is False
    po.write(folder / "web.po", [po.Message("", "Hello", "", ("Salut",))])
    assert build.catalogues(tmp_path, tmp_path / "build") is True
