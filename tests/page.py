"""What every page of the portal must be, as a list of faults: HTML, names of fields, headings, language, headers.

Used by the client of the tests on every answer, and by the browser journeys on what the browser received.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

OUR_HOSTS = ("", "testserver", "localhost", "127.0.0.1")
RESOURCES = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href", "form": "action"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list")
SPEECHLESS = ("script", "style", "template", "head")
TITLE_OF_NOTHING = re.compile(r"^\W*$")

# Words that only one of the languages has; enough of a page is made of them to tell a text left untranslated.
ONLY = {
    "en": re.compile(r"\b(the|your|you|with|and|this|was|are|from)\b"),
    "fr": re.compile(r"\b(les|votre|vous|avec|une|dans|cette|êtes|aux)\b"),
}
NBSP = "\N{NO-BREAK SPACE}"
FRENCH_FAULTS = {
    "a plain space before a colon": re.compile(r" :(?=\s|$)"),
    "no space before a colon": re.compile(r"[^\W\d]:(?=\s|$)"),
    "a space before ; ! or ?": re.compile(rf"[ {NBSP}][;!?](?=\s|$)"),
    "straight quotation marks": re.compile(r'"'),
    "a straight apostrophe": re.compile(r"\w'\w"),
    "three dots for an ellipsis": re.compile(r"\.\.\."),
    "a number and % without a no-break space": re.compile(r"\d ?%"),
    "a number and $ without a no-break space": re.compile(r"\d ?\$|\$\d"),
    "a plain space inside « »": re.compile(r"« | »|«\w|\w»"),
}
ENGLISH_FAULTS = {"a space before a colon": re.compile(rf"\w[ {NBSP}]:(?=\s|$)")}


def faults(html: str, *, language: str | None = None) -> list[str]:
    """Every fault of a page; empty when it is well made. ``language`` is what its address says."""
    try:
        root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid HTML: {error}"]
    found = [*_frame(root, language), *_ids(root), *_fields(root), *_headings(root), *_inline(root), *_hosts(root)]
    spoken = (root.get("lang") or "")[:2]
    return found + (_words(root, spoken) if spoken in ONLY else [])


def header_faults(headers: Mapping[str, str], language: str, *, signed_in: bool) -> list[str]:
    """What is missing among the headers that protect a page."""
    policy = headers.get("Content-Security-Policy", "")
    wanted = {
        "Content-Security-Policy": "default-src 'none'" in policy and "unsafe" not in policy,
        "X-Content-Type-Options": headers.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": headers.get("Referrer-Policy") == "same-origin",
        "X-Frame-Options": headers.get("X-Frame-Options") == "DENY",
        "Content-Language": headers.get("Content-Language") == language,
        "Permissions-Policy": "camera=()" in headers.get("Permissions-Policy", ""),
        "Cache-Control": not signed_in or "no-store" in headers.get("Cache-Control", ""),
    }
    return [f"header {name}: {headers.get(name, 'missing')}" for name, right in wanted.items() if not right]


def _frame(root: Element, language: str | None) -> Iterator[str]:
    title = "".join(root.findtext("head/title") or "")
    if TITLE_OF_NOTHING.match(title.split("–")[0]):
        yield f"the title says nothing: {title!r}"
    if root.get("lang") not in ONLY:
        yield f"lang is {root.get('lang')!r}"
    elif language and root.get("lang") != language:
        yield f"lang is {root.get('lang')!r} at an address in {language!r}"
    mains = len(root.findall(".//main"))
    if mains != 1:
        yield f"{mains} main elements"


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} stands {times} times"
        if not name or re.search(r"\s", name):
            yield f"id {name!r} is blank or has a space"
    for element in root.iter():
        for attribute in REFERENCES:
            for target in (element.get(attribute) or "").split():
                if target not in ids:
                    yield f"{element.tag} {attribute} names {target!r}, which is not there"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href!r}, which is not there"


def _shown(element: Element) -> Iterator[Element]:
    """The element and what it holds, without what is hidden."""
    if element.get("hidden") is None and element.tag not in SPEECHLESS:
        yield element
        for child in element:
            yield from _shown(child)


def _fields(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label")}
    wrapped = {id(inner) for label in root.iter("label") for inner in label.iter()}
    for element in _shown(root.find("body")):
        if element.tag == "button" and not ("".join(element.itertext()).strip() or element.get("aria-label")):
            yield "a button without words"
        if element.tag == "a" and element.get("href") is not None and not "".join(element.itertext()).strip():
            yield f"a link without words, to {element.get('href')!r}"
        if element.tag == "img" and element.get("alt") is None:
            yield "an image without alt"
        if element.tag not in ("input", "select", "textarea") or element.get("type") in ("hidden", "submit"):
            continue
        named = element.get("aria-label") or element.get("aria-labelledby") or id(element) in wrapped
        if not named and (element.get("id") is None or element.get("id") not in labelled):
            yield f"the field {element.get('name')!r} has no label"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in _shown(root.find("body")) if re.fullmatch("h[1-6]", str(element.tag))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading jumps from h{before} to h{after}"


def _inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style":
            yield "a style element"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "an inline script"
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{element.tag} has an inline {attribute}"


def _hosts(root: Element) -> Iterator[str]:
    for element in root.iter():
        address = element.get(RESOURCES.get(str(element.tag), ""), "")
        if address and urlsplit(address).hostname not in (None, *OUR_HOSTS):
            yield f"{element.tag} reaches another host: {address}"


def texts(element: Element, language: str) -> Iterator[str]:
    """Our own words in ``language``: without what people typed (data-user) and passages in the other language."""
    other = (element.get("lang") or language)[:2] != language
    if element.tag in SPEECHLESS or element.get("data-user") is not None or other or not isinstance(element.tag, str):
        return
    if element.tag != "textarea":
        yield element.text or ""
    for attribute in ("aria-label", "alt", "placeholder"):
        if element.get(attribute):
            yield f"\n{element.get(attribute)}\n"
    for child in element:
        yield from texts(child, language)
        yield child.tail or ""


def _words(root: Element, language: str) -> list[str]:
    heading = root.find(".//h1")
    strange = heading is not None and any((part.get("lang") or language)[:2] != language for part in heading.iter())
    title = "" if strange else root.findtext("head/title") or ""  # a letter's subject, in the letter's language
    words = title + "\n" + "".join(texts(root.find("body"), language))
    words = re.sub(r"https?://\S+|\S+@\S+", "", words)
    found = []
    stranger = ONLY["fr" if language == "en" else "en"].search(words)
    if stranger:
        found.append(f"a text of the other language: {_around(words, stranger)}")
    rules = FRENCH_FAULTS if language == "fr" else ENGLISH_FAULTS
    for name, rule in rules.items():
        match = rule.search(words)
        if match:
            found.append(f"{name}: {_around(words, match)}")
    return found


def _around(words: str, match: re.Match[str]) -> str:
    return repr(" ".join(words[max(0, match.start() - 40) : match.end() + 40].split(" ")))
