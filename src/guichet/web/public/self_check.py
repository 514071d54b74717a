"""Am I eligible? The criteria of an edition, over answers that nobody keeps.

Asks just what the criteria read, by the same questions, and decides by the same rules as the examination. Nothing is
stored: the page that comes back holds what was typed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.eligibility import queries as eligibility
from guichet.kernel.bilingual import ENGLISH, FRENCH, LANGUAGES
from guichet.programs.definitions import Criterion
from guichet.programs.queries import PublishedEdition
from guichet.questions import engine, pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.engine import Posted, Problem
from guichet.questions.row_acts import BUTTONS
from guichet.web.access import page
from guichet.web.guides import guide_links
from guichet.web.public.programs import opened
from guichet.web.sentences import names
from guichet.web.summary import of_problems

WRITTEN_IN = "written_in"  # the language of the page on which the answers were typed


@dataclass(frozen=True)
class Told:
    """One criterion with what the answers say of it: ``outcome`` is met, not_met or unknown."""

    criterion: Criterion
    outcome: str
    explanation: str
    guide: pages.GuideLink


@dataclass(frozen=True)
class Check:
    """What a visitor has typed, over the questions that the criteria read; ``asked_for`` when an answer is wanted."""

    edition: PublishedEdition
    language: str
    sections: list[Section]
    posted: list[Posted]
    asked_for: bool

    @cached_property
    def context(self) -> Context:
        """The answers as the examination would read them."""
        values = {path: value for part in self.posted for path, value in part.items()}
        return eligibility.snapshot_context(self.edition, values)

    @cached_property
    def problems(self) -> list[Problem]:
        """What cannot be read or kept. A form that is not filled in yet has no fault here."""
        refused = [problem for part in self.posted for problem in part.refused]
        checks = (engine.problems(self.context, level="save", section=section) for section in self.sections)
        return refused + [problem for found in checks for problem in found]


@page(who="public", methods=("GET", "POST"))
def self_check(request: HttpRequest, program: str) -> HttpResponse:
    """The questions; after a post, with what was typed, each criterion and what is wrong with an answer."""
    check = read(request, opened(program))
    definition = check.edition.definition
    context = {
        "definition": definition,
        "title": _("Am I eligible? %(program)s") % {"program": definition.program.name.in_(check.language)},
        **_drawn(check),
        **(_answered(tell(check)) if check.asked_for else {}),
        "error_summary": of_problems(check.problems, check.context, check.language),
    }
    return render(request, "public/self_check.html", context, status=422 if check.problems else 200)


def read(request: HttpRequest, edition: PublishedEdition) -> Check:
    """What the page sent; nothing of it is kept."""
    language = FRENCH if get_language() == FRENCH else ENGLISH
    sent = request.POST.get(WRITTEN_IN, language)
    written_in = sent if sent in LANGUAGES else language
    form = edition.definition.profile
    asked = questions_of(form, [path for one in edition.definition.criteria for path in one.rule.reads()])
    sections = sections_of(form, asked)
    posted = [engine.read_post(section, request.POST, language=written_in) for section in sections]
    asked_for = request.method == "POST" and _asks(request.POST)
    return Check(edition, language, sections, posted, asked_for)


def _asks(sent: QueryDict) -> bool:
    """Is an answer wanted? A row that comes or goes asks for none; the other language shows one that was there."""
    if any(button in sent for button in BUTTONS):
        return False
    return sent.get("action") != "language" or "told" in sent


def questions_of(form: Form, read: Iterable[str]) -> set[str]:
    """The keys of the questions behind these paths, and of those that decide whether they are asked."""
    found: set[str] = set()
    waiting = [path.partition(".")[0] for path in read]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        question, section = form.question(key), form.section_of(key)
        group = form.group_of(key)
        rules = [question.visible, section.visible, *(part.visible for part in question.parts())]
        rules += [group.visible] if group else []
        if not question.stored and not question.rowed:
            rules.append(getattr(question, "value", None))
        read = [path for rule in rules if rule is not None for path in rule.reads()]
        waiting += [path.partition(".")[0] for path in read if not path.startswith("*.")]  # not of the row itself
    return found


def sections_of(form: Form, asked: set[str]) -> list[Section]:
    """The sections of the form with only these questions. A document is not asked for: nothing would be kept of it."""
    narrowed = []
    for section in form.sections:
        kept = narrowed_to(asked, section.questions)
        if kept:
            narrowed.append(section.model_copy(update={"questions": kept}))
    return narrowed


def narrowed_to(asked: set[str], questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those of the questions, and of the questions of groups among them, that are asked."""
    kept = []
    for question in questions:
        inside = narrowed_to(asked, question.inside())
        if inside:
            kept.append(question.model_copy(update={"questions": inside}))
        elif question.key in asked and not question.uploads:
            kept.append(question)
    return tuple(kept)


def tell(check: Check) -> list[Told]:
    """Each criterion of the edition. What still lacks an answer, or has a faulty one, is not decided."""
    guide = guide_links(check.edition.definition, check.language)
    computed = eligibility.compute(check.edition, check.context.values)
    return [_told(check, one, guide[one.criterion.guide]) for one in computed]


def _told(check: Check, computed: eligibility.Computed, guide: pages.GuideLink) -> Told:
    context, keys = check.context, questions_of(check.context.form, computed.criterion.rule.reads())
    wrong = _labels(check, keys & {problem.path.partition(".")[0] for problem in check.problems})
    blank = _labels(check, {key for key in keys if context.shows(key) and context.blank(key)})
    outcome, explanation = str(computed.outcome), computed.explanation.in_(check.language)
    if wrong:
        outcome, explanation = "unknown", _("To be corrected first: %(names)s.") % {"names": wrong}
    elif blank and outcome != "met":
        outcome, explanation = "unknown", _("Not answered yet: %(names)s.") % {"names": blank}
    return Told(computed.criterion, outcome, explanation, guide)


def _answered(told: list[Told]) -> dict[str, Any]:
    """The criteria, and how many of them are met, are not, or cannot be told."""
    outcomes = Counter(line.outcome for line in told)
    return {"told": told, "outcomes": {**dict.fromkeys(("met", "not_met", "unknown"), 0), **outcomes, "all": len(told)}}


def _drawn(check: Check) -> dict[str, Any]:
    """The questions bound to what was typed."""
    typed = {path: text for part in check.posted for path, text in part.typed.items()}
    links = guide_links(check.edition.definition, check.language)
    sections = [
        pages.bind(
            check.context,
            section,
            check.language,
            problems=check.problems,
            typed=typed,
            guide=links,
            rows=pages.EVERY_ROW,
        )
        for section in check.sections
    ]
    return {"sections": sections}


def _labels(check: Check, keys: set[str]) -> str:
    """The labels of these questions, in the order of the form."""
    form = check.context.form
    found = (question.key for section in form.sections for question in section.every if question.key in keys)
    return names(_("“%(label)s”") % {"label": form.name_of(key).in_(check.language)} for key in found)
