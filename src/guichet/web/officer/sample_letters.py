"""A program's letters as they would be received: filled with samples, before there is anybody to write to.

What the edition knows is the edition's own (names, figures, links, dates counted by its calendar); persons, the
organization and the project are invented, and the same in every letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.safestring import SafeString

from guichet.accounts.links import link
from guichet.applications import letters as applications
from guichet.eligibility.letters import CRITERION
from guichet.eligibility.queries import STANDARD
from guichet.kernel import formats, references
from guichet.kernel.bilingual import Text
from guichet.kernel.canonical import sha256
from guichet.kernel.due import due_sentence
from guichet.kernel.markup import clean
from guichet.mail import texts
from guichet.mail.texts import Markdown
from guichet.organizations.letters import ABILITIES, NAMES
from guichet.programs.definitions import DECISION, EditionDefinition

OUR_OWN = ("accounts", "config")  # letters about signing in and about the record: no program words them
PERSON, COLLEAGUE, ADDRESS = "Camille Tremblay", "Dominique Roy", "dominique.roy@example.com"
ORGANIZATION = Text(en="Northern Maple Inc.", fr="Érablière du Nord inc.")
PROJECT = Text(en="Three trade fairs abroad", fr="Trois salons à l’étranger")
NOTICE = Text(
    en="(Here stands what the officer announces.)", fr="(Ici figure ce qu’annonce l’agente ou l’agent de programme.)"
)
NOON = time(17, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """One letter: its name, whether this edition words it, and how it reads; ``body`` may stand in a page."""

    name: str
    own: bool
    subject: str
    body: SafeString


def of_edition(definition: EditionDefinition, language: str) -> list[Sample]:
    """Every letter about the program: those that the edition words first, then by subject."""
    values, found = samples(definition, language), []
    for room, name in texts.found():
        if room not in OUR_OWN:
            own = definition.letters.get(name)
            composed = texts.compose(room=room, name=name, language=language, values=values, override=own)
            found.append(Sample(name, own is not None, composed.subject, clean(composed.html)))
    return sorted(found, key=lambda letter: (not letter.own, letter.subject))


def samples(definition: EditionDefinition, language: str) -> dict[str, str]:
    """A value for every placeholder that a letter about a program may have."""
    program, organization = definition.program, ORGANIZATION.in_(language)
    return {
        "name": PERSON,
        "organization": organization,
        "title": PROJECT.in_(language),
        "program": program.name.in_(language),
        "family": program.family.in_(language),
        "short": program.short.in_(language),
        "edition": definition.title.in_(language),
        "guide": definition.guide.title.in_(language),
        "guide_link": definition.guide.url.in_(language),
        "mailbox": program.mailbox.program,
        "criteria": _criteria(definition, language),
        **_people(language),
        **dict(_moments(definition, language)),
        **_submission(definition, language),
        **_links(language),
    }


def _people(language: str) -> dict[str, str]:
    return {
        **dict.fromkeys(("submitter", "inviter"), PERSON),
        **dict.fromkeys(("member", "who"), COLLEAGUE),
        "email": ADDRESS,
        "role": NAMES["editor"].in_(language),
        "abilities": ABILITIES["editor"].in_(language),
    }


def _moments(definition: EditionDefinition, language: str) -> Iterator[tuple[str, str]]:
    """Days and moments: the intake's own closing where it has one, the answer's day counted by the calendar."""
    zone, intake = definition.program.zone, definition.intakes[0]
    count = definition.business_days.add(definition.begins, definition.service_standards[STANDARD])
    closes = intake.closes or _noon(definition.begins + timedelta(days=60))
    yield "due", formats.date(count.date, language)
    yield "reason", due_sentence(count, language)
    yield "intake", intake.title.in_(language)
    for name in ("closes", "until"):
        yield name, formats.moment(closes, language, zone)
    yield "begins", formats.moment(_noon(definition.begins), language, zone)
    yield "resumes", applications.RESUMES_UNKNOWN.in_(language)
    yield "notice", NOTICE.in_(language)
    stands = applications.STANDS["open"].in_(language)
    yield "stands", Markdown(stands.format(closes=formats.moment(closes, language, zone)))
    later = formats.date(definition.begins + timedelta(days=definition.drafts.recover_days), language)
    for name in ("day", "last_day", "expires"):
        yield name, later


def _submission(definition: EditionDefinition, language: str) -> dict[str, str]:
    program, day = definition.program, definition.begins
    days = definition.service_standards.get(DECISION)
    answer = applications.EXAMINED.in_(language)
    if days is not None:
        count = definition.business_days.add(day, days)
        answer = applications.DECIDED.in_(language).format(
            date=formats.date(count.date, language), reason=due_sentence(count, language)
        )
    return {
        "reference": references.make(program.reference_prefix, day.year, 1),
        "moment": formats.moment(_noon(day), language, program.zone, seconds=True),
        "answer": answer,
        "digest": sha256(PROJECT.en),
    }


def _criteria(definition: EditionDefinition, language: str) -> Markdown:
    """One criterion that was not met, as the letter lists it."""
    criterion, guide = definition.criteria[0], definition.guide
    return Markdown(
        CRITERION.in_(language)
        .replace("_#", "")
        .format(
            title=criterion.title.in_(language),
            guide=guide.title.in_(language),
            section=criterion.guide,
            heading=guide.sections[criterion.guide].title.in_(language),
            address=guide.link(criterion.guide, language),
            why=criterion.meaning.in_(language),
            correct=criterion.correct.in_(language),
        )
    )


def _links(language: str) -> dict[str, str]:
    """Where the applicant's letter has an address of one file, the sample leads to the list that the file is in."""
    applications_page = link("applicant:applications", language)
    return {
        **dict.fromkeys(("applications_link", "draft_link", "file_link"), applications_page),
        "deleted_link": link("applicant:deleted", language),
        "contacts_link": link("applicant:contacts", language),
        "profile_link": link("applicant:profile", language),
        "account_profile_link": link("applicant:account_profile", language),
        "link": link("public:home", language),
    }


def _noon(day: date) -> datetime:
    """About noon in the program's country, on that day."""
    return datetime.combine(day, NOON)
