"""What a typed edition must satisfy besides its grammar: everything it refers to exists, and keys are unique."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from guichet.kernel.bilingual import LANGUAGES
from guichet.mail import texts as letters
from guichet.programs.definitions import EditionDefinition
from guichet.programs.forms import check_form, items
from guichet.programs.reading import Steps
from guichet.questions.definitions import Form, Question
from guichet.questions.expressions import Scope

Found = Iterator[tuple[Steps, str]]

# The dates that the application gives to the rules of its form.
DATES = frozenset({"earliest_start"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(edition: EditionDefinition) -> Found:
    """(way through the document, sentence) for each fault of an edition that is well-formed."""
    yield from _unique(edition)
    yield from _guide(edition)
    yield from _references(edition)
    yield from _page(edition)
    yield from _help(edition)
    yield from _intakes(edition)
    yield from _letters(edition)
    yield from _forms(edition)


def _unique(edition: EditionDefinition) -> Found:
    lists: dict[Steps, Iterable[Any]] = {
        ("criteria",): edition.criteria,
        ("attestations",): edition.attestations,
        ("help",): edition.help,
        ("intakes",): edition.intakes,
        ("page", "blocks"): edition.page.blocks,
        ("page", "figures"): edition.page.figures,
    }
    for steps, listed in lists.items():
        seen: set[str] = set()
        for index, item in enumerate(listed):
            if item.key in seen:
                yield (*steps, index, "key"), f"the key {item.key!r} is used twice in this list"
            seen.add(item.key)


def _guide(edition: EditionDefinition) -> Found:
    for steps, section in _guide_sections(edition):
        if section not in edition.guide.sections:
            yield (*steps, "guide"), f"the guide of edition.yaml has no section {section}"


def _guide_sections(edition: EditionDefinition) -> Iterator[tuple[Steps, str]]:
    yield ("lead_time",), edition.lead_time.guide
    for index, criterion in enumerate(edition.criteria):
        yield ("criteria", index), criterion.guide
    for name, form in _forms_of(edition):
        for steps, item, _table in items(form):
            if item.guide:
                yield (name, *steps), item.guide
    for at, figure in enumerate(edition.page.figures):
        for index, step in enumerate(figure.steps):
            if step.guide:
                yield ("page", "figures", at, "steps", index), step.guide
    for index, note in enumerate(edition.page.categories.notes if edition.page.categories else ()):
        if note.guide:
            yield ("page", "categories", "notes", index), note.guide


def _forms_of(edition: EditionDefinition) -> Iterator[tuple[str, Form]]:
    yield "profile", edition.profile
    yield "account_profile", edition.account_profile
    yield "application", edition.application


def _references(edition: EditionDefinition) -> Found:
    for name in ("legal_name", "operating_name", "business_number"):
        path = getattr(edition.organization, name)
        if _question(edition.profile, path) is None:
            yield ("organization", name), f"the profile has no question {path!r}"
    if edition.application_title is not None:
        titled = _question(edition.application, edition.application_title)
        if titled is None or titled.kind != "text":
            yield (
                ("application_title",),
                f"the application has no question {edition.application_title!r} that is a text",
            )
    start = _question(edition.application, edition.lead_time.path)
    if start is None:
        yield ("lead_time", "column"), f"the application has no question {edition.lead_time.path!r}"
    elif start.kind != "date":
        yield ("lead_time", "column"), f"the question {edition.lead_time.path!r} is not a date"
    path = f"{edition.cost.table}.{edition.cost.amount}"
    amount = _question(edition.application, path)
    if amount is None:
        yield ("cost", "amount"), f"the application has no question {path!r}"
    elif amount.kind != "number":
        yield ("cost", "amount"), f"the question {path!r} is not an amount"
    if "profile_examination" not in edition.service_standards:
        yield ("service_standards",), "'profile_examination' (business days) is missing"


def _question(form: Form, path: str) -> Question | None:
    try:
        return form.question(path)
    except KeyError:
        return None


def _page(edition: EditionDefinition) -> Found:
    categories = edition.page.categories
    if categories is None:
        return
    question = _question(edition.application, categories.question)
    options = {option.key for option in getattr(question, "choices", ())}
    if not options:
        yield (
            ("page", "categories", "question"),
            f"the application has no question with options {categories.question!r}",
        )
        return
    noted = [note.option for note in categories.notes]
    for index, option in enumerate(noted):
        if option not in options:
            yield ("page", "categories", "notes", index, "option"), f"{categories.question!r} has no option {option!r}"
        if option in noted[:index]:
            yield ("page", "categories", "notes", index, "option"), f"the option {option!r} is noted twice"
    for option in sorted(options - set(noted)):
        yield ("page", "categories", "notes"), f"the option {option!r} of {categories.question!r} has no note"


def _help(edition: EditionDefinition) -> Found:
    figures = {figure.key for figure in edition.page.figures}
    taken: dict[str, int] = {}
    for index, page in enumerate(edition.help):
        for at, key in enumerate(page.figures):
            if key not in figures:
                yield ("help", index, "figures", at), f"page.yaml has no figure {key!r}"
        for language in LANGUAGES:  # a page answers to both its slugs in either language
            slug = page.slug.in_(language)
            if not _SLUG.fullmatch(slug):
                yield ("help", index, "slug", language), "an address has small letters, digits and single hyphens only"
            elif taken.setdefault(slug, index) != index:
                yield ("help", index, "slug", language), f"the address {slug!r} is that of another page"


def _intakes(edition: EditionDefinition) -> Found:
    for index, intake in enumerate(edition.intakes):
        if intake.opens and intake.closes and intake.closes <= intake.opens:
            yield ("intakes", index, "closes"), "this intake closes before it opens"


def _forms(edition: EditionDefinition) -> Found:
    numbers = frozenset(edition.numbers)
    profile = Scope(edition.profile, numbers=numbers)
    account = Scope(edition.account_profile, numbers=numbers, profile=edition.profile)
    application = Scope(edition.application, numbers=numbers, profile=edition.profile, dates=DATES)
    for name, scope in (("profile", profile), ("account_profile", account), ("application", application)):
        for steps, sentence in check_form(scope):
            yield (name, *steps), sentence
    for index, criterion in enumerate(edition.criteria):
        for sentence in criterion.rule.check(profile):
            yield ("criteria", index, "rule"), sentence


def _letters(edition: EditionDefinition) -> Found:
    """A letter of the package must be one that the portal writes, with a subject and no other placeholders."""
    rooms = {name: room for room, name in letters.found()}
    for name, text in edition.letters.items():
        if name not in rooms:
            yield ("letters", name), f"the portal writes no letter {name!r}; it writes {', '.join(sorted(rooms))}"
            continue
        for language in LANGUAGES:
            yield from _letter(rooms[name], name, text.in_(language), language)


def _letter(room: str, name: str, text: str, language: str) -> Found:
    steps = ("letters", name, language)
    try:
        letters.split(text)
    except letters.NoSubject:
        yield steps, "a letter begins with its subject, on a line of its own (Subject: …)"
    known = letters.placeholders(letters.read(room, name, language))
    for placeholder in sorted(letters.placeholders(text) - known):
        listed = ", ".join(f"{{{each}}}" for each in sorted(known))
        yield steps, f"this letter has no {{{placeholder}}}; it has {listed}"
