"""A form as it stands before anybody has answered: every question with its hints, limits, options and conditions.

For who wants to read all of it beforehand, and for who checks an edition. It asks each question what it has to say; a
type that is new says it by the same options.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.kernel import formats
from guichet.kernel.clock import today
from guichet.programs.definitions import EditionDefinition
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.pages import GuideLink
from guichet.web.guides import guide_links

SHORT = 20  # options listed at the question itself; a longer list stands once, at the end


@dataclass(frozen=True)
class Choosable:
    """A long list of options, with its own place on the page; ``label`` is that of the first question that uses it."""

    number: int
    label: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question. ``body`` is Markdown; ``limits`` are sentences; ``checks`` what is said of an answer that does not
    fit; ``when`` the condition under which it is asked at all.
    """

    path: str
    label: str
    hint: str
    body: str
    guide: GuideLink | None
    optional: bool
    worked_out: bool
    document: bool
    limits: tuple[str, ...]
    checks: tuple[str, ...]
    when: str
    needed_when: str
    options: tuple[Any, ...]
    choosable: Choosable | None
    row: str
    columns: tuple["Asked", ...]


@dataclass(frozen=True)
class Part:
    """One section of a form; ``intro`` is Markdown."""

    key: str
    title: str
    intro: str
    guide: GuideLink | None
    when: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Read:
    """A form to read; ``key`` is its place on the page."""

    key: str
    title: str
    parts: list[Part]


@dataclass(frozen=True)
class Wanted:
    """A question that asks for files: its label, its ``anchor`` on the page, and in words where it stands and when it
    need not be answered.
    """

    label: str
    anchor: str
    place: str


class Outline:
    """The forms of one edition in one language; long lists are gathered in ``choosables`` as they are met."""

    def __init__(self, definition: EditionDefinition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.guide = guide_links(definition, language)
        self._choosables: dict[tuple[str, ...], Choosable] = {}

    @property
    def choosables(self) -> list[Choosable]:
        """The long lists of the forms read so far."""
        return list(self._choosables.values())

    def read(self) -> list[Read]:
        """The three forms in the order in which they are met."""
        return [
            Read("profile", _("My profile"), self.form(self.definition.profile)),
            Read("account-profile", _("Account profile"), self.form(self.definition.account_profile)),
            Read("application", _("Application"), self.form(self.definition.application)),
        ]

    def form(self, form: Form) -> list[Part]:
        """The sections of a form, each with its questions."""
        context = blank(self.definition, form)
        return [self._part(section, context) for section in form.sections]

    def _part(self, section: Section, context: Context) -> Part:
        return Part(
            key=section.key,
            title=section.title.in_(self.language),
            intro=section.intro.in_(self.language) if section.intro else "",
            guide=self.guide.get(section.guide or ""),
            when=section.visible.condition(context, self.language) if section.visible else "",
            questions=tuple(
                self._asked(question, question.key, context, group)
                for _way, question, group in section.placed()
                if says(question)
            ),
        )

    def _asked(self, question: Question, path: str, context: Context, group: Question | None = None) -> Asked:
        label = question.under(group).in_(self.language)
        rules = [one.visible for one in (group, question) if one is not None and one.visible is not None]
        required, body, row = question.required, getattr(question, "text", None), getattr(question, "row_label", None)
        options, choosable = self._options(question, label)
        within = context.in_row(path, "1")
        return Asked(
            path=path,
            label=label,
            hint=question.hint.in_(self.language) if question.hint else "",
            body=body.in_(self.language) if body else "",
            guide=self.guide.get(question.guide or ""),
            optional=required is False and question.asked,
            worked_out=question.answers and not question.asked,
            document=question.uploads,
            limits=tuple(limits(question, self.language)),
            checks=tuple(check.message.in_(self.language) for check in question.checks),
            when=" ".join(rule.condition(context, self.language) for rule in rules),
            needed_when="" if isinstance(required, bool) else required.condition(context, self.language),
            options=options,
            choosable=choosable,
            row=row.in_(self.language) if row else "",
            columns=tuple(
                self._asked(part, f"{path}.{part.key}", within, holder)
                for _way, part, holder in question.placed()
                if says(part)
            ),
        )

    def _options(self, question: Question, label: str) -> tuple[tuple[Any, ...], Choosable | None]:
        listing = getattr(question, "options", None)
        options = tuple(listing(self.language, ())) if listing else ()
        if len(options) <= SHORT:
            return options, None
        labels = tuple(option.label for option in options)
        if labels not in self._choosables:
            number = len(self._choosables) + 1
            self._choosables[labels] = Choosable(number, label, labels)
        return (), self._choosables[labels]


class Unconditional(Context):
    """A form in which everything is shown, whatever its conditions say."""

    def shows(self, path: str) -> bool:
        """Always. Raises KeyError for a path that the form does not have."""
        return self.form.question(path) is not None

    def needs(self, section: Section) -> bool:
        """Always."""
        return True


def blank(definition: EditionDefinition, form: Form, *, unconditional: bool = False) -> Context:
    """A form of the edition without any answer; ``unconditional``: as if every condition were met."""
    earliest = definition.business_days.add(today(definition.program.zone), definition.lead_time.days).date
    context = definition.context(form, {}, profile=definition.context("profile", {}), earliest_start=earliest)
    if not unconditional:
        return context
    return Unconditional(**{each.name: getattr(context, each.name) for each in fields(context) if each.init})


def says(question: Question) -> bool:
    """Whether a question has a place of its own here: a group only when it says more than its label, which stands with
    each of its questions.
    """
    return not question.inside() or bool(getattr(question, "text", None) or question.hint or question.guide)


def documents(forms: list[Read]) -> list[Wanted]:
    """The questions that ask for files, in the order in which they are met."""
    return [
        Wanted(question.label, f"{form.key}-{question.path}", _place(form, part, question))
        for form in forms
        for part in form.parts
        for question in part.questions
        if question.document
    ]


def _place(form: Read, part: Part, question: Asked) -> str:
    """ "Application, Project (in certain cases)"."""
    place = f"{form.title}, {part.title}"
    if question.optional:
        place += " " + _("(optional)")
    if part.when or question.when or question.needed_when:
        place += " " + _("(in certain cases)")
    return place


def limits(question: Question, language: str) -> Iterator[str]:
    """What an answer must be, one sentence each: the type's own words, bounds, numbers."""
    note = question.note(language)
    longest = getattr(question, "max_length", None)
    if note:
        yield note
    elif longest:
        yield _("Up to %(limit)s characters.") % {"limit": formats.integer(longest, language)}
    yield from _bounds(question, language)
    yield from _numbers(question)


def _bounds(question: Question, language: str) -> Iterator[str]:
    """The smallest and the largest value, where the package gives them."""
    low, high = (
        question.show(getattr(question, name), language) if _given(question, name) else "" for name in ("min", "max")
    )
    if low and high:
        yield _("From %(low)s to %(high)s.") % {"low": low, "high": high}
    elif low:
        yield _("%(low)s or more.") % {"low": low}
    elif high:
        yield _("%(high)s or less.") % {"high": high}


def _numbers(question: Question) -> Iterator[str]:
    """How many rows, files, options and decimals."""
    several = {
        "rows_min": lambda n: ngettext("At least %(n)s row.", "At least %(n)s rows.", n),
        "rows_max": lambda n: ngettext("At most %(n)s row.", "At most %(n)s rows.", n),
        "min_chosen": lambda n: ngettext("At least %(n)s answer.", "At least %(n)s answers.", n),
        "max_chosen": lambda n: ngettext("At most %(n)s answer.", "At most %(n)s answers.", n),
        "max_files": lambda n: ngettext("At most %(n)s file.", "At most %(n)s files.", n),
    }
    for name, sentence in several.items():
        number = getattr(question, name, None)
        if number:
            yield sentence(number) % {"n": number}


def _given(question: Question, name: str) -> bool:
    """Whether an option was set, and not to what the type has by itself."""
    field = type(question).model_fields.get(name)
    value = getattr(question, name, None)
    return field is not None and value is not None and value != field.default
