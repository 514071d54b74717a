"""Markdown: the small subset, safe wherever it is placed."""

import re

import pytest

from guichet.kernel.markup import clean, to_html, to_text

SAMPLE = """# Steps

Read the [guide](https://example.org/guide) *now*; write to [help](mailto:help@example.org).

1. First
2. Second
   - inner

| A | B |
|---|---|
| 1 | 2 |

End.
"""


def test_html_of_the_subset():
    html = to_html(SAMPLE)
    assert "<h2>Steps</h2>" in html
    assert '<a href="https://example.org/guide">guide</a> <em>now</em>' in html
    assert "<ol>" in html
    assert "<td>2</td>" in html
    assert "h1" not in html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hi)",
        "[x](//other.example/)",
        "[x](/\\other.example/)",
        "![x](https://other.example/pixel.png)",
        '[x](https://a.example/"onmouseover="alert(1))',
    ],
)
def test_nothing_dangerous_gets_through(markdown):
    html = to_html(markdown).lower()
    for danger in ("<script", "<img", 'href="javascript', 'href="data', 'href="//', 'href="/\\'):
        assert danger not in html
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_html_in_markdown_is_shown_as_it_was_typed():
    assert to_html("less < <b>more</b>") == "<p>less &lt; &lt;b&gt;more&lt;/b&gt;</p>\n"


def test_clean_refuses_other_hosts_written_as_paths():
    for address in ("//other.example/", "/\\other.example/", " \\/other.example", "\t//other.example"):
        assert clean(f'<a href="{address}">x</a>') == "<a>x</a>"


def test_clean_reduces_foreign_html():
    assert clean('<p style="x" onclick="y">a<iframe src="z"></iframe><b>b</b></p>') == "<p>ab</p>"


def test_headings_stay_between_two_and_four():
    assert to_html("# a\n\n###### b") == "<h2>a</h2>\n<h4>b</h4>\n"


def test_text():
    assert to_text(SAMPLE) == (
        "Steps\n\n"
        "Read the guide (https://example.org/guide) now; write to help (help@example.org).\n\n"
        "1. First\n2. Second\n  - inner\n\n"
        "A | B\n1 | 2\n\n"
        "End."
    )


def test_a_link_whose_label_is_its_address_is_written_once():
    assert to_text("[https://a.example/](https://a.example/)") == "https://a.example/"
