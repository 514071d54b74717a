"""The letters of this room; their texts are in ``texts/<name>.<language>.md``."""

from datetime import date, datetime

from guichet.accounts import permissions
from guichet.accounts.links import link
from guichet.accounts.models import User
from guichet.applications import intakes, queries
from guichet.applications.models import Application, PersonalExtension, Submission
from guichet.kernel import clock, formats
from guichet.kernel.bilingual import Text
from guichet.kernel.due import due_sentence
from guichet.mail.actions import send
from guichet.mail.models import Letter
from guichet.mail.texts import Markdown
from guichet.organizations.letters import UNNAMED
from guichet.organizations.models import Organization
from guichet.organizations.queries import members, primary_contact, signatories
from guichet.programs.models import IntakeDecision
from guichet.programs.queries import PublishedEdition, edition
from guichet.programs.windows import Reception

# Until when the reader can submit, as a letter says it once an officer has decided something.
STANDS = {
    "open": Text(
        en="You can submit your application until **{closes}**.",
        fr="Vous pouvez transmettre votre demande jusqu’au **{closes}**.",
    ),
    "always": Text(
        en="You can submit your application now.", fr="Vous pouvez transmettre votre demande dès maintenant."
    ),
    "upcoming": Text(
        en="Applications are received from {opens}.",
        fr="Les demandes seront reçues à compter du {opens}.",
    ),
    "closed": Text(
        en="Applications are not received at the moment: the intake has closed.",
        fr="Aucune demande n’est reçue en ce moment\u00a0: la période de réception est terminée.",
    ),
    "paused": Text(
        en="Applications are paused at the moment.", fr="La réception des demandes est suspendue en ce moment."
    ),
}
RESUMES = Text(
    en="Applications are received again from {moment}.",
    fr="Les demandes seront de nouveau reçues à compter du {moment}.",
)
RESUMES_UNKNOWN = Text(
    en="The program’s page will announce when applications are received again; we will also write to you.",
    fr="La page du programme annoncera la reprise; nous vous écrirons aussi.",
)
EXAMINED = Text(
    en="The program examines the application and will write to you; you have nothing to do for now.",
    fr="Le programme examine la demande et vous écrira; vous n’avez rien à faire pour le moment.",
)
DECIDED = Text(
    en="The program examines the application and writes to you with its decision by {date}. {reason} You have nothing"
    " to do until then.",
    fr="Le programme examine la demande et vous communiquera sa décision au plus tard le {date}. {reason} Vous n’avez"
    " rien à faire d’ici là.",
)


def answer(submission: Submission, language: str) -> str:
    """What the program does next, by when it decides and why that day, where the submission was promised one."""
    due = queries.promised(submission.document)
    if due is None:
        return EXAMINED.in_(language)
    written = formats.date(due.date, language)
    return DECIDED.in_(language).format(date=written, reason=due_sentence(due, language))


def submission_received(*, application: Application, submission: Submission) -> list[Letter]:
    """To the person who submitted, and to the primary contact if that is somebody else, each in their language.

    Holds the number (in the subject too), the moment with its zone, and what was submitted.
    """
    recipients = [submission.submitted_by]
    contact = primary_contact(application.organization)
    if contact is not None and contact.pk != submission.submitted_by_id:
        recipients.append(contact)
    return [_write(person, application, submission) for person in recipients]


def more_time_given(*, given: PersonalExtension) -> None:
    """To every contact of the organization: until when it may begin and submit."""
    found = edition(given.edition_id)
    zone = found.definition.program.zone
    for member in members(given.organization):
        language = member.user.language
        _to(
            member.user,
            "more_time_given",
            given.organization,
            found,
            until=_moment(given.until, language, zone),
            applications_link=link("applicant:applications", language),
        )


def intake_decided(*, decision: IntakeDecision, application: Application) -> None:
    """To those who can change the draft: the intake closes at another moment, is paused, or is not paused any more."""
    found = edition(application.edition_id)
    names = {"extended": "intake_extended", "paused": "intake_paused", "resumed": "intake_resumed"}
    reception = intakes.reception(application.organization, found, clock.now())
    for person in owners(application):
        values = _decided(decision, found, person.language)
        values["stands"] = _stands(reception, found, person.language)
        _about_draft(person, names[decision.kind], application, found, **values)


def _decided(decision: IntakeDecision, found: PublishedEdition, language: str) -> dict[str, str]:
    """What a letter says of a decision."""
    zone = found.definition.program.zone
    if decision.kind == IntakeDecision.Kind.EXTENDED:
        titles = {each.key: each.title for each in found.definition.intakes}
        return {"intake": titles[decision.intake].in_(language), "closes": _moment(decision.ends, language, zone)}
    if decision.kind == IntakeDecision.Kind.RESUMED:
        return {}
    notice = Text(en=decision.notice_en, fr=decision.notice_fr).in_(language)
    begins = _moment(decision.begins, language, zone)
    return {"begins": begins, "notice": notice, "resumes": _resumes(decision, language, zone)}


def closing_soon(*, application: Application, closes: datetime) -> None:
    """To those who can change the draft: until when it can be submitted, and what happens to it then."""
    found = edition(application.edition_id)
    for person in owners(application):
        closing = _moment(closes, person.language, found.definition.program.zone)
        _about_draft(person, "closing_soon", application, found, closes=closing)


def draft_deleted(*, application: Application, actor: User) -> None:
    """To the others who sign for the organization: who deleted the draft, and until when it can be recovered."""
    for person in signatories(application.organization):
        if person.pk != actor.pk and person.is_active:
            _about_deleted(person, "draft_deleted", application, who=actor.name)


def draft_expiring(*, application: Application, on: date) -> None:
    """To those who can change the draft: when it is deleted if nobody changes it, and how to keep it."""
    found = edition(application.edition_id)
    for person in owners(application):
        _about_draft(person, "draft_expiring", application, found, day=formats.date(on, person.language))


def draft_expired(*, application: Application) -> None:
    """To those who can change the draft: nobody had changed it for long, it is deleted, and can be recovered."""
    for person in owners(application):
        _about_deleted(person, "draft_expired", application)


def _about_deleted(person: User, name: str, application: Application, **values: str) -> None:
    last_day = formats.date(application.last_day, person.language) if application.last_day else ""
    deleted = link("applicant:deleted", person.language)
    found = edition(application.edition_id)
    _about_draft(person, name, application, found, last_day=last_day, deleted_link=deleted, **values)


def owners(application: Application) -> list[User]:
    """Those whom a draft is in the hands of: members who can change it. One statement."""
    able = [
        each for each in members(application.organization) if permissions.has(each.role, permissions.EDIT_APPLICATION)
    ]
    return [member.user for member in able if member.user.is_active]


def _about_draft(person: User, name: str, application: Application, found: PublishedEdition, **values: str) -> None:
    language = person.language
    title = application.title or found.definition.title.in_(language)
    address = link("applicant:application", language, application.public_id)
    _to(person, name, application.organization, found, title=title, draft_link=address, **values)


def _to(person: User, name: str, organization: Organization, found: PublishedEdition, **values: str) -> None:
    definition, language = found.definition, person.language
    send(
        room="applications",
        name=name,
        language=language,
        email=person.email,
        user=person,
        organization_id=organization.public_id,
        override=definition.letters.get(name),
        values={
            "name": person.name,
            "organization": organization.legal_name or UNNAMED.in_(language),
            "program": definition.program.name.in_(language),
            "edition": definition.title.in_(language),
            "mailbox": definition.program.mailbox.program,
            **values,
        },
    )


def _stands(found: Reception, edition: PublishedEdition, language: str) -> Markdown:
    """Until when this organization can submit, its own extension included."""
    zone = edition.definition.program.zone
    state = "always" if found.is_open and found.closes is None else found.state
    moments = {"closes": found.closes, "opens": found.opens}
    words = {name: _moment(at, language, zone) for name, at in moments.items() if at}
    return Markdown(STANDS[state].in_(language).format(**words))


def _resumes(decision: IntakeDecision, language: str, zone: str) -> str:
    if decision.ends is None:
        return RESUMES_UNKNOWN.in_(language)
    return RESUMES.in_(language).format(moment=_moment(decision.ends, language, zone))


def _moment(at: datetime | None, language: str, zone: str) -> str:
    return formats.moment(at, language, zone, seconds=bool(at.second)) if at else ""


def _write(person: User, application: Application, submission: Submission) -> Letter:
    published = edition(application.edition_id)
    definition = published.definition
    program, language = definition.program, person.language
    return send(
        room="applications",
        name="submission_received",
        language=language,
        email=person.email,
        user=person,
        organization_id=application.organization.public_id,
        reference=submission.reference,
        override=definition.letters.get("submission_received"),
        values={
            "name": person.name,
            "reference": submission.reference,
            "program": program.name.in_(language),
            "edition": definition.title.in_(language),
            "organization": application.organization.legal_name,
            "title": application.title or definition.title.in_(language),
            "moment": formats.moment(submission.submitted_at, language, program.zone, seconds=True),
            "submitter": submission.submitted_by.name,
            "answer": answer(submission, language),
            "digest": submission.digest,
            "file_link": link("applicant:file", language, application.public_id),
            "mailbox": program.mailbox.program,
        },
    )
