"""The ways in of a program's package, made ready to draw (components/steps.html)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.kernel import markup
from guichet.programs.definitions import EditionDefinition, Step, StepFigure

# Where the page names of a package lead.
PAGES = {
    "register": "account_signup",
    "login": "account_login",
    "profile": "applicant:profile",
    "account_profile": "applicant:account_profile",
    "contacts": "applicant:contacts",
    "applications": "applicant:applications",
    "messages": "applicant:messages",
    "help": "public:help",
}


@dataclass(frozen=True)
class DrawnStep:
    """One step: its text as HTML and as plain words, and where it leads ("" = nowhere)."""

    text: SafeString
    plain: str
    href: str
    link: str


@dataclass(frozen=True)
class Figure:
    """A numbered way in."""

    key: str
    number: int
    title: str
    tab: str
    href: str
    steps: tuple[DrawnStep, ...]


def figures_of(definition: EditionDefinition) -> list[Figure]:
    """The figures of the program's page, numbered from 1, in the reader's language."""
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    return [
        _figure(figure, number, definition, language) for number, figure in enumerate(definition.page.figures, start=1)
    ]


def _figure(figure: StepFigure, number: int, definition: EditionDefinition, language: str) -> Figure:
    return Figure(
        key=figure.key,
        number=number,
        title=figure.title.in_(language),
        tab=figure.tab.in_(language),
        href=_address(figure.page, definition, language),
        steps=tuple(_step(step, definition, language) for step in figure.steps),
    )


def _step(step: Step, definition: EditionDefinition, language: str) -> DrawnStep:
    text = step.text.in_(language)
    href, link = "", ""
    if step.guide:
        href = definition.guide.link(step.guide, language)
        title = definition.guide.sections[step.guide].title.in_(language)
        link = _("Guide, section %(number)s: %(title)s") % {"number": step.guide, "title": title}
    return DrawnStep(markup.to_html(text), markup.to_text(text), href, link)


def _address(page: str, definition: EditionDefinition, language: str) -> str:
    return definition.guide.url.in_(language) if page == "guide" else reverse(PAGES[page])
