"""Lists of codes come from the files of their publishers, in both languages, and every version stays."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from guichet.audit.models import Event
from guichet.classifications import queries
from guichet.classifications.actions import import_list
from guichet.classifications.errors import ListFaults
from guichet.classifications.models import Entry, ListVersion
from guichet.questions import lists
from tests.questions.sample import asked, one

pytestmark = pytest.mark.django_db

# The columns of the published files; the French headings are ours, nobody could read theirs.
ENGLISH = """Level,Hierarchical structure,Code,Parent,Class title,Superscript,Class definition
1,Sector,31-33,,Manufacturing,T,"This sector comprises
establishments that make things."
2,Subsector,311,31-33,Food manufacturing,T,Text
3,Industry group,3114,311,Fruit and vegetable preserving,T,Text
4,Industry,31141,3114,Frozen food manufacturing,T,Text
5,Canadian industry,311410,31141,Children's frozen food,CAN,Text
"""
FRENCH = """Niveau,Structure hiérarchique,Code,Parent,Titres de classes,Exposant,Définitions de la classe
1,Secteur,31-33,,Fabrication,T,Texte
2,Sous-secteur,311,31-33,Fabrication d'aliments,T,Texte
3,Groupe,3114,311,Mise en conserve de fruits et de légumes,T,Texte
4,Classe,31141,3114,Fabrication d'aliments congelés,T,Texte
5,Classe canadienne,311410,31141,Aliments congelés pour enfants,CAN,Texte
"""


@pytest.fixture(autouse=True)
def imported_lists():
    """The wiring of the running portal."""
    lists.provide(queries.current)


@pytest.fixture
def files(tmp_path):
    def write(english=ENGLISH, french=FRENCH, encoding="utf-8"):
        paths = tmp_path / "en.csv", tmp_path / "fr.csv"
        for path, text in zip(paths, (english, french), strict=True):
            path.write_bytes(text.encode(encoding))
        return dict(zip(("english", "french"), paths, strict=True))

    return write


def told(files, name="naics"):
    with pytest.raises(ListFaults) as found:
        import_list(name=name, **files)
    assert not ListVersion.objects.exists()
    return [(fault.file[-6:], fault.line, fault.column, fault.message) for fault in found.value.faults]


def test_a_list_as_published_is_used_at_once_in_both_languages(files):
    imported = import_list(name="naics", **files())
    assert (imported.version, imported.codes, imported.new, imported.gone) == (1, 5, 5, 0)
    question = one(asked("industry", "industry", accepted=["national_industry"]))
    assert question.parse("311410") == "311410"
    assert question.parse("aliments congeles pour enfants") == "311410"
    assert question.display("311410", "en") == "311410 Children’s frozen food"
    assert question.display("311410", "fr") == "311410 Aliments congelés pour enfants"
    assert question.problems("311499")[0].en == "Select an industry of the list, by its NAICS code or its title."
    event = Event.objects.get(event="list_imported")
    assert (event.subject_id, event.data["version"], event.data["codes"]) == ("naics", 1, 5)


def test_without_an_import_the_first_digits_are_checked(files):
    question = one(asked("industry", "industry", accepted=["national_industry"]))
    assert question.parse("311410") == "311410"
    assert question.display("311410", "en") == "311410 (311 Food manufacturing)"
    assert question.parse("319410").text == "319410"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_files_are_read_however_an_office_saved_them(files, encoding, sign):
    if sign != ",":
        english, french = (text.replace(",", sign) for text in (ENGLISH, FRENCH))
    else:
        english, french = ENGLISH, FRENCH
    import_list(name="naics", **files(english, french, encoding))
    assert list(Entry.objects.values_list("code", "title_fr"))[2] == (
        "3114",
        "Mise en conserve de fruits et de légumes",
    )


def test_unknown_headings_are_found_by_the_published_order(files):
    import_list(name="naics", **files(french=FRENCH.replace("Titres de classes", "Nom").replace("Code", "Chiffres")))
    assert Entry.objects.get(code="311").title_fr == "Fabrication d’aliments"
    assert Entry.objects.count() == 5


def test_every_fault_is_told_at_its_place_and_nothing_is_imported(files):
    english = ENGLISH.replace("3114,311,Fruit", "3114x,311,Fruit").replace("Frozen food manufacturing", " ")
    english += "2,Subsector,311,31-33,Again,T,Text\n5,short\n"
    assert told(files(english)) == [
        ("en.csv", 5, 3, "'3114x' is not a code of this list"),
        ("en.csv", 6, 5, "the code 31141 has no title"),
        ("en.csv", 8, 3, "the code 311 stands in line 4 already"),
        ("en.csv", 9, 2, "the line has 2 fields; the title should be field 5"),
    ]


def test_both_languages_are_needed(files):
    found = told(files(french=FRENCH.replace("31141,3114,", "31149,3114,")))
    assert [(name, line, message.split(":")[0]) for name, line, _column, message in found] == [
        ("en.csv", 6, "31141 has no French title"),
        ("fr.csv", 5, "31149 has no English title"),
    ]


def test_a_column_that_cannot_be_found_is_named(files):
    french = "A,B\n1,2\n"
    ((name, line, _column, message),) = told(files(french=french))
    assert (name, line) == ("fr.csv", 1)
    assert message.startswith("no column of codes and of titles was found; the headings are: A, B.")


@pytest.mark.parametrize("text", ["", "Code,Title\n", "Code,Title\n\n,,\n"])
def test_a_file_without_codes_is_refused(files, text):
    assert [(line, message) for _name, line, _column, message in told(files(text, text))] == [
        (2, "there is no code in the file")
    ] * 2


def test_what_is_no_text_is_refused(files, tmp_path):
    paths = files()
    paths["french"].write_bytes(b"Code,Titre\n311,\x81\x8d\n")
    assert told(paths) == [("fr.csv", 1, 1, "the file cannot be read (not a text file)")]
    assert (
        told({**paths, "french": tmp_path / "none.csv"})[0][3] == "the file cannot be read (No such file or directory)"
    )


def test_the_same_file_twice_is_noticed(files):
    english = "Code,Title\n" + "".join(f"{code},Title {code}\n" for code in range(111, 140))
    assert told(files(english, english))[0][3].startswith("its titles are those of the English file")


def test_a_lost_line_and_a_lost_zero_are_noticed(files):
    english = ENGLISH.replace("2,Subsector,311,31-33,Food manufacturing,T,Text", "2,Subsector,312,31-33,Drinks,T,Text")
    french = FRENCH.replace("311,31-33,Fabrication d'aliments", "312,31-33,Boissons")
    assert [fault[3] for fault in told(files(english, french))] == ["3114 stands under 311, which is not in the file"]
    goods = files("HS Code,Description\n90121,Roasted coffee\n", "Code SH,Libellé\n090121,Café torréfié\n")
    assert told(goods, "hs")[0][3] == "'90121' has 5 digits; a spreadsheet may have dropped the 0 at its beginning"


def test_goods_are_checked_as_deep_as_the_list_goes(files):
    english = "HS Code,Description\n09,Coffee\n0901,Coffee and husks\n0901.21,Roasted\n0901.22,Decaffeinated\n"
    french = "Code SH,Libellé\n09,Café\n0901,Café et coques\n0901.21,Torréfié\n0901.22,Décaféiné\n"
    question = one(asked("goods", "hs_code"))
    assert question.display("090129", "fr") == "0901.29 (09 Café, thé et épices)"
    import_list(name="hs", **files(english, french))
    queries._kept.clear()
    assert question.display("090121", "fr") == "0901.21 Torréfié"
    assert question.display("0901210010", "en") == "0901.21.00.10 (0901.21 Roasted)"
    assert (question.parse("0901 22"), question.parse("decafeine")) == ("090122", "090122")
    assert question.parse("0901.29").text == "0901.29"


def test_a_newer_version_replaces_the_list_and_old_answers_still_show(files):
    import_list(name="naics", **files())
    english, french = (text.replace("311410,", "311411,") for text in (ENGLISH, FRENCH))
    imported = import_list(name="naics", **files(english, french))
    assert (imported.version, imported.new, imported.gone) == (2, 1, 1)
    assert import_list(name="naics", **files(english, french)).changed is False
    question = one(asked("industry", "industry", accepted=["national_industry"]))
    assert question.display("311410", "fr") == "311410 Aliments congelés pour enfants"
    assert question.problems("311410")[0].en == "This code is no longer in the list. Choose the one that replaces it."
    assert question.problems("311411") == []


def test_a_process_asks_once_a_minute(files, monkeypatch, django_assert_num_queries):
    now = [0.0]
    monkeypatch.setattr(queries, "monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        assert queries.current("naics") is queries.current("naics") is None
    import_list(name="naics", **files())
    now[0] = 59.0
    assert queries.current("naics") is None
    now[0] = 60.0
    with django_assert_num_queries(2):
        first = queries.current("naics")
    now[0] = 121.0
    with django_assert_num_queries(1):
        assert queries.current("naics") is first


def test_what_was_imported_cannot_be_changed(files):
    import_list(name="naics", **files())
    for change in (lambda: Entry.objects.update(title_en="x"), lambda: ListVersion.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_command_says_what_it_did(files):
    paths = list(map(str, files().values()))
    out = StringIO()
    call_command("data", "list", stdout=out)
    call_command("data", "import", "naics", *paths, stdout=out)
    call_command("data", "import", "naics", *paths, stdout=out)
    call_command("data", "list", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[:2] == [f"{name}: nothing imported; the upper levels that ship are used" for name in ("hs", "naics")]
    assert lines[2].startswith("naics: version 1, 5 codes (5 new, 0 gone).")
    assert lines[3] == "naics: the same as version 1; nothing to do"
    assert lines[5].startswith("naics: version 1, 5 codes, 20")
    with pytest.raises(CommandError, match=r"nothing was imported\."):
        call_command("data", "import", "naics", paths[0], paths[0].replace("en.csv", "no.csv"), stdout=out)


def test_the_portal_answers_what_a_text_may_mean(files, client):
    import_list(name="naics", **files())
    found = client.get("/fr/suggestions/", {"list": "naics", "digits": "5.6", "q": "congeles"})
    assert found.json() == ["31141 Fabrication d’aliments congelés", "311410 Aliments congelés pour enfants"]
    assert client.get("/en/suggestions/", {"list": "naics", "digits": "6", "q": "3114"}).json() == [
        "311410 Children’s frozen food"
    ]
    for wrong in ({"list": "passwords", "digits": "6"}, {"list": "naics", "digits": "6;"}, {"list": "naics"}):
        assert client.get("/en/suggestions/", wrong).status_code == 404
