"""Programs: every published edition as applicants see it, in either language. Reading only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.programs import queries as programs
from guichet.programs.definitions import EditionDefinition
from guichet.programs.queries import PublishedEdition
from guichet.questions import pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Section
from guichet.questions.question import Question
from guichet.web.access import page
from guichet.web.guides import guide_links
from guichet.web.officer.figures import figures
from guichet.web.officer.opened import edition_at
from guichet.web.officer.sample_letters import of_edition as sample_letters
from guichet.web.outline import blank
from guichet.web.requests import PersonRequest


@dataclass(frozen=True)
class Place:
    """One section among those of its edition: in which form, and where it is previewed."""

    form: str
    form_title: str
    section: Section
    when: str
    href: str


@page(who="officer")
def editions(request: PersonRequest) -> HttpResponse:
    """Every published edition, by program, the newest first."""
    context = {"title": _("Programs"), "editions": programs.editions()}
    return render(request, "officer/editions.html", context)


@page(who="officer")
def edition(request: PersonRequest, program: str, edition: str) -> HttpResponse:
    """What one edition holds: its windows and figures, sections, criteria, statements and letters."""
    found, language = edition_at(program, edition), request.LANGUAGE_CODE
    definition = found.definition
    context = {
        "title": definition.title.in_(language),
        "edition": definition,
        "published": found,
        "figures": figures(definition, language),
        "places": _places(found, language),
        "criteria": [_criterion(one, definition, language) for one in definition.criteria],
        "letters": sample_letters(definition, language),
    }
    return render(request, "officer/edition.html", context)


@page(who="officer")
def section(request: PersonRequest, program: str, edition: str, form: str, section: str) -> HttpResponse:
    """One section, drawn by the templates that applicants fill in; nothing can be sent."""
    found, language = edition_at(program, edition), request.LANGUAGE_CODE
    places = _places(found, language)
    at = next((at for at, one in enumerate(places) if (one.form, one.section.key) == (form, section)), None)
    if at is None:
        raise Http404
    context = {
        "title": _("Preview: %(section)s") % {"section": places[at].section.title.in_(language)},
        "edition": found.definition,
        "published": found,
        "place": places[at],
        **_drawn(found, places[at], language),
        "previous": places[at - 1] if at else None,
        "next": places[at + 1] if at + 1 < len(places) else None,
    }
    return render(request, "officer/preview.html", context)


def _forms(definition: EditionDefinition) -> list[tuple[str, str, Form]]:
    """The forms of an edition: the name of each in an address, its title, and itself."""
    return [
        ("profile", _("My profile"), definition.profile),
        ("account-profile", _("Account profile"), definition.account_profile),
        ("application", _("Application"), definition.application),
    ]


def _places(found: PublishedEdition, language: str) -> list[Place]:
    """Every section, in the order in which applicants meet them."""
    places = []
    for key, title, form in _forms(found.definition):
        context = blank(found.definition, form)
        for section in form.sections:
            when = section.visible.condition(context, language) if section.visible else ""
            href = reverse("officer:preview", args=[found.program_key, found.key, key, section.key])
            places.append(Place(key, title, section, when, href))
    return places


def _drawn(found: PublishedEdition, place: Place, language: str) -> dict[str, Any]:
    """The questions bound without answers, those that are asked in certain cases only among them."""
    form = next(form for key, _title, form in _forms(found.definition) if key == place.form)
    context = blank(found.definition, form, unconditional=True)
    links = guide_links(found.definition, language)
    bound = pages.bind(context, place.section, language, guide=links, rows=pages.EVERY_ROW)
    questions = {question.key: question for question in place.section.questions}
    lines = [
        {
            "q": q,
            "when": _when(questions[q.path], context, language),
            "within": list(_within(questions[q.path], context, language)),
        }
        for q in bound.questions
    ]
    return {"bound": bound, "lines": lines, "sections": [bound]}


def _when(question: Question, context: Context, language: str) -> str:
    return question.visible.condition(context, language) if question.visible else ""


def _within(question: Question, context: Context, language: str) -> Iterator[tuple[str, str]]:
    """(label, condition) of what stands inside it and is asked in certain cases only: columns, questions of a group."""
    row = context.in_row(question.key, "1")
    parts = [(part, question.name_of(part.key), row) for part in question.parts()]
    parts += [(part, part.label, context) for part in question.inside()]
    for part, name, around in parts:
        if when := _when(part, around, language):
            yield name.in_(language), when


def _criterion(criterion: Any, definition: EditionDefinition, language: str) -> dict[str, Any]:
    context = blank(definition, definition.profile)
    asked = criterion.rule.condition(context, language)
    return {"criterion": criterion, "asked": asked, "guide": guide_links(definition, language)[criterion.guide]}
