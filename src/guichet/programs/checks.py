"""What a typed edition must satisfy besides its grammar: everything it refers to exists, and can be used."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.near import meant
from guichet.mail import texts as letters
from guichet.programs import reach, wording
from guichet.programs.conditions import Conditions
from guichet.programs.cost_checks import check_costs, near_of, question_at
from guichet.programs.definitions import DECISION, EditionDefinition
from guichet.programs.forms import check_form, items
from guichet.programs.intake_checks import check_begins, check_intakes
from guichet.programs.reading import Steps
from guichet.questions.expressions import Scope

Found = Iterator[tuple[Steps, str]]

# The dates that the application gives to the rules of its form.
DATES = frozenset({"earliest_start"})
# The forms of an edition, as the document names them.
FORMS = ("profile", "account_profile", "application")
_BRACED = re.compile(r"\{([^{}\n]*)\}")
_OPEN_ALL_YEAR = timedelta(days=366)  # for how long the calendar of an edition without a closing date must do
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(edition: EditionDefinition, unsound: frozenset[str] = frozenset()) -> Found:
    """(way through the document, sentence) for each fault of an edition whose parts are well-formed.

    ``unsound`` names the parts (fields of EditionDefinition) that are not; ``edition`` lacks them, and what needs one
    of them is not looked at: the faults of one file never hide those of another.
    """
    for needs, look in _LOOKS:
        if not unsound & set(needs):
            yield from look(edition)


def _guide_of_edition(edition: EditionDefinition) -> Found:
    yield from _guide(edition, ("lead_time",), edition.lead_time.guide)


def _guide_of_criteria(edition: EditionDefinition) -> Found:
    for index, criterion in enumerate(edition.criteria):
        yield from _guide(edition, ("criteria", index), criterion.guide)


def _guide_of_form(name: str) -> Callable[[EditionDefinition], Found]:
    def look(edition: EditionDefinition) -> Found:
        for steps, item, _table in items(getattr(edition, name)):
            yield from _guide(edition, (name, *steps), item.guide)

    return look


def _guide_of_page(edition: EditionDefinition) -> Found:
    for at, figure in enumerate(edition.page.figures):
        for index, step in enumerate(figure.steps):
            yield from _guide(edition, ("page", "figures", at, "steps", index), step.guide)
    for index, note in enumerate(edition.page.categories.notes if edition.page.categories else ()):
        yield from _guide(edition, ("page", "categories", "notes", index), note.guide)


def _guide(edition: EditionDefinition, steps: Steps, section: str | None) -> Found:
    if section and section not in edition.guide.sections:
        yield (*steps, "guide"), f"the guide of edition.yaml has no section {section}"


def _organization(edition: EditionDefinition) -> Found:
    for name in ("legal_name", "operating_name", "business_number"):
        path = getattr(edition.organization, name)
        found = question_at(edition.profile, path)
        if found is None or "." in path:
            yield ("organization", name), f"the profile has no question {path!r}{near_of(edition.profile, path)}"
        elif found.kind != "text":
            yield ("organization", name), f"the question {path!r} is not a text"


def _title(edition: EditionDefinition) -> Found:
    if edition.application_title is not None:
        titled = question_at(edition.application, edition.application_title)
        if titled is None or titled.kind != "text":
            near = near_of(edition.application, edition.application_title) or " that is a text"
            yield ("application_title",), f"the application has no question {edition.application_title!r}{near}"


def _lead_time(edition: EditionDefinition) -> Found:
    start = question_at(edition.application, edition.lead_time.path)
    if start is None:
        near = near_of(edition.application, edition.lead_time.path)
        yield ("lead_time", "column"), f"the application has no question {edition.lead_time.path!r}{near}"
    elif start.kind != "date":
        yield ("lead_time", "column"), f"the question {edition.lead_time.path!r} is not a date"


def _standards(edition: EditionDefinition) -> Found:
    if "profile_examination" not in edition.service_standards:
        yield ("service_standards",), "'profile_examination' (business days) is missing"


def _decision(edition: EditionDefinition) -> Found:
    """The delays that rules choose are exceptions to one that is there; their rules read the application."""
    if edition.decision_delays and DECISION not in edition.service_standards:
        yield ("decision_delays",), f"service_standards needs {DECISION!r} as well: the delay where no rule holds"
    conditions = Conditions(edition, "application")
    for index, delay in enumerate(edition.decision_delays):
        way = ("decision_delays", index, "when")
        faults = delay.when.check(scope_of(edition, "application"))
        yield from ((way, sentence) for sentence in faults)
        if not faults and (reason := conditions.never(delay.when)):
            yield way, f"this delay is never chosen: {reason}. Mend the rule, or remove it"


def _calendar(edition: EditionDefinition) -> Found:
    """It covers the edition from its first day to the end of the longest delay after its last intake has closed."""
    calendar, zone = edition.business_days, edition.program.timezone
    if edition.begins.year < calendar.definition.first_year:
        sentence = f"the edition begins in {edition.begins.year}; write that year, or an earlier one"
        yield ("calendar", "first_year"), sentence
    closes = [intake.closes.astimezone(zone).date() for intake in edition.intakes if intake.closes]
    always = len(closes) < len(edition.intakes)
    last = max([edition.begins + _OPEN_ALL_YEAR] if always else closes)
    delays = [*edition.service_standards.values(), *(delay.days for delay in edition.decision_delays)]
    days = max([edition.lead_time.days, *delays])
    until = calendar.add(min(last, calendar.horizon), days).date
    if max(last, until) > calendar.horizon:
        why = "applications are received all year" if always else f"the last intake closes on {last}"
        year = max(last.year, until.year)
        sentence = f"this ends too soon: {why}, and {days} business days are counted from there; write {year} or later"
        yield ("calendar", "last_year"), sentence


def _drafts(edition: EditionDefinition) -> Found:
    after = edition.drafts.expire_after_days
    if after is not None and edition.drafts.warn_days_before >= after:
        yield ("drafts", "warn_days_before"), "the warning comes before the draft is deleted, and after its last change"


def _page(edition: EditionDefinition) -> Found:
    categories = edition.page.categories
    if categories is None:
        return
    question = question_at(edition.application, categories.question)
    options = {option.key for option in getattr(question, "choices", ())}
    if not options:
        near = near_of(edition.application, categories.question)
        sentence = f"the application has no question with options {categories.question!r}{near}"
        yield ("page", "categories", "question"), sentence
        return
    noted = [note.option for note in categories.notes]
    for index, option in enumerate(noted):
        if option not in options:
            sentence = f"{categories.question!r} has no option {option!r}{meant(option, sorted(options))}"
            yield ("page", "categories", "notes", index, "option"), sentence
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
                yield ("help", index, "figures", at), f"page.yaml has no figure {key!r}{meant(key, sorted(figures))}"
        for language in LANGUAGES:  # a page answers to both its slugs in either language
            slug = page.slug.in_(language)
            if not _SLUG.fullmatch(slug):
                yield ("help", index, "slug", language), "an address has small letters, digits and single hyphens only"
            elif taken.setdefault(slug, index) != index:
                yield ("help", index, "slug", language), f"the address {slug!r} is that of another page"


def scope_of(edition: EditionDefinition, name: str) -> Scope:
    """What the rules of the form ``name`` may speak of; the profile stands on its own."""
    numbers = frozenset(edition.numbers)
    if name == "profile":
        return Scope(edition.profile, numbers=numbers)
    dates = DATES if name == "application" else frozenset()
    return Scope(getattr(edition, name), numbers=numbers, profile=edition.profile, dates=dates)


def _form(name: str) -> Callable[[EditionDefinition], Found]:
    def look(edition: EditionDefinition) -> Found:
        for steps, sentence in check_form(scope_of(edition, name)):
            yield (name, *steps), sentence

    return look


def _of_form(look: Callable[[EditionDefinition, str], Found], name: str) -> Callable[[EditionDefinition], Found]:
    return lambda edition: look(edition, name)


def _criteria(edition: EditionDefinition) -> Found:
    profile = scope_of(edition, "profile")
    for index, criterion in enumerate(edition.criteria):
        for sentence in criterion.rule.check(profile):
            yield ("criteria", index, "rule"), sentence


def _letters(edition: EditionDefinition) -> Found:
    """A letter of the package must be one that the portal writes, with a subject and no other placeholders."""
    rooms = {name: room for room, name in letters.found()}
    for name, text in edition.letters.items():
        if name not in rooms:
            known = ", ".join(sorted(rooms))
            yield ("letters", name), f"the portal writes no letter {name!r}{meant(name, rooms)}; it writes {known}"
            continue
        for language in LANGUAGES:
            yield from _letter(rooms[name], name, text.in_(language), language)
        said = [letters.placeholders(text.in_(language)) for language in LANGUAGES]
        for placeholder in sorted(said[0] ^ said[1]):
            language = LANGUAGES[1] if placeholder in said[0] else LANGUAGES[0]
            yield ("letters", name, language), f"{{{placeholder}}} stands in the other language only; say it in both"


def _letter(room: str, name: str, text: str, language: str) -> Found:
    steps = ("letters", name, language)
    try:
        letters.split(text)
    except letters.NoSubject:
        yield steps, "a letter begins with its subject, on a line of its own (Subject: …)"
    known = letters.placeholders(letters.read(room, name, language))
    listed = ", ".join(f"{{{each}}}" for each in sorted(known))
    for braced in sorted(set(_BRACED.findall(text)) - known):
        yield steps, f"this letter has no {{{braced}}}{meant(braced, sorted(known))}; it has {listed}"


# What each look needs to be well-formed, and the look.
_LOOKS: tuple[tuple[tuple[str, ...], Callable[[EditionDefinition], Found]], ...] = (
    (("guide", "lead_time"), _guide_of_edition),
    (("guide", "criteria"), _guide_of_criteria),
    *((("guide", name), _guide_of_form(name)) for name in FORMS),
    (("guide", "page"), _guide_of_page),
    (("organization", "profile"), _organization),
    (("application_title", "application"), _title),
    (("lead_time", "application"), _lead_time),
    (("cost", "application"), check_costs),
    (("service_standards",), _standards),
    (("service_standards", "numbers", "profile", "application", "decision_delays"), _decision),
    (("begins", "calendar", "lead_time", "intakes", "service_standards", "decision_delays", "program"), _calendar),
    (("drafts",), _drafts),
    (("page", "application"), _page),
    (("page", "help"), _help),
    (("intakes", "program"), check_intakes),
    (("begins", "intakes", "program"), check_begins),
    (("letters",), _letters),
    (("numbers", "profile"), _form("profile")),
    *((("numbers", "profile", name), _form(name)) for name in FORMS if name != "profile"),
    (("numbers", "profile", "criteria"), _criteria),
    (("numbers", "profile", "criteria"), reach.criteria),
    (("numbers", "profile", "criteria"), reach.criteria_divisions),
    (("guide",), wording.guide_links),
    *(
        (("numbers", "profile", *({name} - {"profile"})), _of_form(look, name))
        for look in (reach.unreachable, reach.divisions, wording.alike)
        for name in FORMS
    ),
)
