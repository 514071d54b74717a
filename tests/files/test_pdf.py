"""The PDF files that are made: what PDF/UA asks of them, the order of their text, and hostile words in them."""

import io
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from guichet.files import made as keeping
from guichet.files import markdown, pdf
from guichet.files.documents import Contents, Document, Heading, Items, Pairs, Paragraph, Picture, Run, Table
from guichet.files.made import made

NBSP = "\u00a0"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def read(document):
    return PdfReader(io.BytesIO(pdf.make(document)))


def text(document):
    return spaced("\n".join(page.extract_text() for page in read(document).pages))


def said(words, **options):
    """What a document says whose one paragraph holds ``words``, its header and footer left out."""
    document = Document("T", options.get("language", "en"), [Paragraph(words)])
    return text(document).removeprefix("T\n").rsplit("\nPage ", 1)[0]


def spaced(words):
    """A no-break space is drawn as any space is, and comes out as one or the other: both are taken for the same."""
    return words.replace(NBSP, " ")


def elements(reader):
    """(kind, attributes) of every element of the structure tree, in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.root_object["/StructTreeRoot"]["/K"])
    return found


@pytest.fixture(params=["en", "fr"])
def language(request):
    """Each document in both languages."""
    return request.param


@pytest.fixture
def receipt(language):
    """Something of everything."""
    return Document(
        {"en": "Receipt", "fr": "Accusé de réception"}[language],
        language,
        [
            Paragraph("Lead", "lead"),
            Contents(),
            Heading(1, "First"),
            Pairs([("Number", [Paragraph("CXS-2026-00012-K")]), ("Digest", [Paragraph("0123456789abcdef" * 4)])]),
            Heading(2, "Second", "second"),
            Table(["What", "Cost"], [[f"row {n}", f"1{NBSP}234,56{NBSP}$"] for n in range(60)], numeric=[1]),
            Items([[Paragraph("item a")], [Paragraph("item b"), Items([[Paragraph("inner")]])]]),
            Items(
                [[Paragraph("third", "label")], [Paragraph([Run("see "), Run("above", address="#second")])]], start=3
            ),
            Paragraph([Run("out", address="https://a.example/?b=c"), Run("lost", address="#nowhere")], "small"),
            Picture(SQUARE, "A square"),
        ],
        source="Guichet",
    )


def test_it_is_tagged_and_says_its_language_and_title(receipt, language):
    root = read(receipt).root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == f"{language}-CA"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert read(receipt).metadata.title == receipt.title
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b'="1"', b">1<")


def test_the_structure_is_headings_lists_a_table_with_headers_and_a_picture_in_words(receipt):
    found = elements(read(receipt))
    kinds = [kind for kind, _node in found]
    for kind in ("/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/LBody", "/Link", "/Figure", "/TOC"):
        assert kind in kinds, kind
    assert kinds.count("/Table") == 1, "a table that goes over a page is still one"
    assert kinds.count("/TH") == 2
    headers = [node for kind, node in found if kind == "/TH"]
    assert all(_attribute(node, "/Scope") == "/Column" for node in headers)
    assert [node["/Alt"] for kind, node in found if kind == "/Figure"] == ["A square"]


def _attribute(node, name):
    attributes = node["/A"].get_object()
    listed = attributes if isinstance(attributes, list) else [attributes]
    return next((one.get_object()[name] for one in listed if name in one.get_object()), None)


def test_headings_are_bookmarks(receipt):
    reader = read(receipt)
    first = reader.outline[0]
    assert first.title == receipt.title or first.title == "First"
    titles = []

    def walk(entries):
        for entry in entries:
            walk(entry) if isinstance(entry, list) else titles.append(entry.title)

    walk(reader.outline)
    assert titles[-2:] == ["First", "Second"]


def test_pages_are_numbered_in_the_language(receipt, language):
    pages = read(receipt).pages
    word = {"en": "of", "fr": "de"}[language]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        lines = spaced(page.extract_text()).splitlines()
        assert lines[0] == "Guichet"
        assert lines[-1] == f"Page {number} {word} {len(pages)}"
    assert {"en": "Contents", "fr": "Table des matières"}[language] in pages[0].extract_text()


def test_the_text_comes_out_in_the_order_in_which_it_is_read(receipt):
    whole = text(receipt)
    order = ("Lead", "CXS-2026-00012-K", "row 0", "row 59", "item a", "inner", "3.", "third", "see above", "out")
    places = [whole.index(words, whole.index("Lead")) for words in order]
    assert places == sorted(places)
    assert "0123456789abcdef" * 4 in whole, "a digest is one word, to be copied"
    assert "1 234,56 $" in whole


def test_links_lead_out_or_to_a_place_in_the_document(receipt):
    links = [
        annotation.get_object()
        for page in read(receipt).pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    outside = [link["/A"]["/URI"] for link in links if "/A" in link and "/URI" in link["/A"]]
    assert outside == ["https://a.example/?b=c"]
    assert len(links) == 4, "two entries of the contents, one address, one place"


def test_the_same_document_gives_the_same_bytes(receipt):
    assert pdf.make(receipt) == pdf.make(receipt)


@pytest.mark.parametrize(
    "words",
    [f"«{NBSP}L’été{NBSP}», 14{NBSP}h{NBSP}30; où? Œuvre{NBSP}: 50{NBSP}000{NBSP}$", "Łódź, Nguyễn, Київ, Ωμέγα"],
)
def test_typography_and_letters_of_many_languages_come_out_as_they_went_in(words):
    assert said(words, language="fr") == spaced(words)


def test_no_line_begins_with_what_a_no_break_space_holds():
    lines = said(f"mot{NBSP}: «{NBSP}x{NBSP}» 12{NBSP}$ " * 200, language="fr").splitlines()
    assert len(lines) > 20
    assert {line[0] for line in lines} <= set("m«1")
    assert not any(line.rstrip().endswith("«") for line in lines)


# Hostile words ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd") #import "@preview/x:0.1.0": y',
        "*not strong* _not emphasis_ `code` $x^2$ <label> @reference \\ // no comment",
        "\"quotes\" -- --- ... 'single' ~",
        "= not a heading",
        "- not an item",
        "{{ template }} {% tag %} <script>alert(1)</script>",
    ],
)
def test_nothing_is_read_as_a_command(words):
    assert said(words) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Acme\x00 Ltd\x07", "Acme Ltd"),
        ("abc\u202edef", "abcdef"),
        ("Cafe\u0301", "Café"),
        ("\ufeffa\ufffe", "a"),
        ("一 and 😀", "[U+4E00] and [U+1F600]"),
        ("ᐃᓄᒃ", "[U+1403][U+14C4][U+1483]"),
    ],
)
def test_signs_that_cannot_stand_on_paper(words, shown):
    document = Document(words, "en", [Heading(1, words), Paragraph(words), Table([words], [[words]])])
    reader = read(document)
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True, "made to the standard"
    assert said(words) == shown
    assert reader.metadata.title == shown


def test_a_script_from_right_to_left_is_kept():
    assert "שלום" in said("שלום Ltd")


def test_what_is_very_long_stays_on_the_paper():
    document = Document("T", "en", [Paragraph("W" * 5000), Table(["A", "B"], [["x" * 900, "word " * 400]])])
    reader = read(document)
    for page in reader.pages:
        edges = []
        page.extract_text(
            visitor_text=lambda words, _cm, matrix, _font, size, edges=edges: edges.append((words, matrix[4]))
        )
        assert all(x < page.mediabox.width for words, x in edges if words.strip())
    whole = "".join(page.extract_text().replace("\n", "") for page in reader.pages)
    assert whole.count("W") == 5000
    assert whole.count("x") == 900
    lines = [line for page in reader.pages for line in page.extract_text().splitlines() if set(line) == {"W"}]
    assert max(len(line) for line in lines) < 80


def test_an_empty_table_and_empty_words():
    assert "A B" in text(Document("T", "fr", [Table(["A", "B"], []), Items([]), Paragraph("")]))


@pytest.mark.parametrize("language", ["de", ""])
def test_a_third_language_is_refused(language):
    with pytest.raises(ValueError, match="unknown language"):
        pdf.make(Document("T", language, []))


def test_a_heading_that_leaves_out_a_level_is_a_mistake_of_ours_and_never_stops_the_file(caplog):
    reader = read(Document("T", "en", [Heading(3, "Deep")]))
    assert "Deep" in reader.pages[0].extract_text()
    assert "without ua-1" in caplog.text


def test_a_fault_in_the_template_is_raised(monkeypatch):
    monkeypatch.setattr(pdf, "_template", lambda: b"#nothing-of-this-name")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        pdf.make(Document("T", "en", []))


# Markdown -------------------------------------------------------------------------------------------------------------
def test_markdown_becomes_blocks():
    found = markdown.blocks(
        "A *b* **c** [d](https://e.example)\nf\n\n- one\n  1. two\n\n## Own\n\n| G | H |\n| - | - |\n| i | **j** |\n",
        level=2,
    )
    paragraph, items, heading, table = found
    assert paragraph == Paragraph(
        (
            *(Run("A "), Run("b", emphasis=True), Run(" "), Run("c", strong=True), Run(" ")),
            *(Run("d", address="https://e.example"), Run(" "), Run("f")),
        )
    )
    assert items == Items([[Paragraph((Run("one"),)), Items([[Paragraph((Run("two"),))]], start=1)]])
    assert heading == Heading(2, (Run("Own"),))
    assert table == Table([(Run("G"),), (Run("H"),)], [[(Run("i"),), (Run("j", strong=True),)]])


def test_an_address_of_another_kind_leads_nowhere():
    document = Document(
        "T", "en", markdown.blocks("[a](javascript:alert(1)) [b](/en/) [c](data:x) [d](mailto:e@f.example)")
    )
    (page,) = read(document).pages
    assert [one.get_object()["/A"]["/URI"] for one in page["/Annots"]] == ["mailto:e@f.example"]


# Kept ---------------------------------------------------------------------------------------------------------------
@pytest.fixture
def folder(settings, tmp_path):
    settings.MADE_ROOT = tmp_path / "made"
    return settings.MADE_ROOT


def counted(monkeypatch):
    calls = []
    make = pdf.make
    monkeypatch.setattr(pdf, "make", lambda document: calls.append(document) or make(document))
    return calls


def test_a_file_is_made_once_and_anew_when_its_words_or_the_recipe_change(folder, monkeypatch):
    calls = counted(monkeypatch)
    one, two = (Document("T", "en", [Paragraph(words)]) for words in ("one", "two"))
    assert made(one) == made(one)
    assert len(calls) == 1
    assert made(two) != made(one)
    assert len(calls) == 2
    monkeypatch.setattr(pdf, "recipe", lambda: ["another"])
    made(one)
    assert len(calls) == 3
    assert {path.suffix for path in folder.iterdir()} == {".pdf"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder,))


def test_the_oldest_are_dropped(folder, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 3)
    monkeypatch.setattr(pdf, "make", lambda document: document.title.encode())
    for number in range(6):
        made(Document(str(number), "en", []))
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_costs_time_and_not_the_file(settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.MADE_ROOT = Path(tmp_path / "file" / "made")
    assert made(Document("T", "en", [])).startswith(b"%PDF-")
    assert "cannot be kept" in caplog.text
