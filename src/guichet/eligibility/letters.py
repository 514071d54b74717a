"""The letters of this room, each named for what has happened. Texts in ``texts/``; a program may give its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guichet.accounts.links import link
from guichet.accounts.models import User
from guichet.eligibility import queries
from guichet.eligibility.models import Case, Finding
from guichet.eligibility.states import Outcome
from guichet.kernel import formats
from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.kernel.canonical import sha256
from guichet.kernel.due import due_sentence
from guichet.mail.actions import send
from guichet.mail.texts import Composed, compose
from guichet.organizations.queries import primary_contact
from guichet.programs.queries import PublishedEdition
from guichet.programs.queries import edition as published_edition

ROOM = "eligibility"


@dataclass(frozen=True)
class Preview:
    """A letter as it would be sent: to whom, in which language, and its text."""

    email: str
    language: str
    composed: Composed

    @property
    def digest(self) -> str:
        """Tells one letter from another: sent back by the page on which it was read."""
        return sha256([self.email, self.language, self.composed.subject, self.composed.text])


OFFICERS_REASON = Text(en="Reason given by the program: {reason}", fr="Motif donné par le programme\u00a0: {reason}")
# One criterion that is not met, numbered: each value is still filled in, and escaped, by the letter.
CRITERION = Text(
    en=(
        "- **{title_#}** ([{guide}, section {section_#}, {heading_#}]({address_#}))\n\n"
        "  {why_#}\n\n"
        "  *To correct it:* {correct_#}\n"
    ),
    fr=(
        "- **{title_#}** ([{guide}, section {section_#}, {heading_#}]({address_#}))\n\n"
        "  {why_#}\n\n"
        "  *Pour corriger\u00a0:* {correct_#}\n"
    ),
)


def profile_received(*, case: Case, edition: PublishedEdition) -> None:
    """To the primary contact: the profile has arrived, and is answered by the due date."""
    recipient = primary_contact(case.organization)
    if recipient is None:
        return
    language = recipient.language
    letter = _letter(
        "profile_received",
        case,
        edition,
        recipient,
        due=formats.date(case.due_on, language),
        reason=due_sentence(queries.due(case), language),
        profile_link=link("applicant:profile", language),
    )
    send(**letter)


def outcome(*, case: Case) -> None:
    """To the primary contact: the criteria are met, and the next step; or which are not, and how to correct each."""
    letter = _outcome(case)
    if letter is not None:
        send(**letter)


def preview(*, case: Case) -> Preview | None:
    """The letter that concluding the case now would send; None when there is nobody to write to. Sends nothing."""
    letter = _outcome(case)
    if letter is None:
        return None
    names = ("room", "name", "language", "values", "override")
    return Preview(letter["email"], letter["language"], compose(**{name: letter[name] for name in names}))


def digest_of(case: Case) -> str:
    """The digest of the letter that concluding the case now would send; "" when there is nobody to write to."""
    letter = preview(case=case)
    return letter.digest if letter else ""


def _outcome(case: Case) -> dict[str, Any] | None:
    recipient = primary_contact(case.organization)
    if recipient is None:
        return None
    edition = published_edition(case.edition_id)
    failed = [finding for finding in case.findings.all() if finding.outcome == Outcome.NOT_MET]
    if not failed:
        account_profile = link("applicant:account_profile", recipient.language)
        return _letter("criteria_met", case, edition, recipient, account_profile_link=account_profile)
    return _letter(
        "criteria_not_met",
        case,
        edition,
        recipient,
        override=_with_criteria(edition, len(failed)),
        profile_link=link("applicant:profile", recipient.language),
        **_criteria_values(failed, edition, recipient.language),
    )


def _letter(
    name: str,
    case: Case,
    edition: PublishedEdition,
    recipient: User,
    *,
    override: Text | None = None,
    **values: str,
) -> dict[str, Any]:
    """What ``mail.actions.send`` takes."""
    definition, language = edition.definition, recipient.language
    return {
        "room": ROOM,
        "name": name,
        "language": language,
        "email": recipient.email,
        "user": recipient,
        "values": {
            "name": recipient.name,
            "organization": case.organization.legal_name,
            "program": definition.program.name.in_(language),
            "guide": definition.guide.title.in_(language),
            "guide_link": definition.guide.url.in_(language),
            "mailbox": definition.program.mailbox.program,
            **values,
        },
        "organization_id": case.organization.public_id,
        "override": override or definition.letters.get(name),
    }


def _with_criteria(edition: PublishedEdition, failed: int) -> Text:
    """The text of the letter, its placeholder {criteria} replaced by as many numbered criteria as were not met."""
    own = edition.definition.letters.get("criteria_not_met")
    whole = {}
    for language in LANGUAGES:
        text = own.in_(language) if own else _text("criteria_not_met", language)
        items = (CRITERION.in_(language).replace("#", str(number)) for number in range(1, failed + 1))
        whole[language] = text.replace("{criteria}", "\n".join(items))
    return Text(**whole)


def _criteria_values(failed: Iterable[Finding], edition: PublishedEdition, language: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, finding in enumerate(failed, start=1):
        criterion = edition.definition.criterion(finding.criterion)
        guide = edition.definition.guide
        values |= {
            f"title_{number}": criterion.title.in_(language),
            f"section_{number}": criterion.guide,
            f"heading_{number}": guide.sections[criterion.guide].title.in_(language),
            f"address_{number}": guide.link(criterion.guide, language),
            f"why_{number}": _why(finding, language),
            f"correct_{number}": criterion.correct.in_(language),
        }
    return values


def _why(finding: Finding, language: str) -> str:
    """The officer's reason where they decided otherwise than the rules, else the explanation of the rules."""
    if finding.override and finding.override != finding.computed:
        return OFFICERS_REASON.in_(language).format(reason=finding.override_reason)
    return queries.explanation(finding).in_(language)


def _text(name: str, language: str) -> str:
    return (Path(__file__).parent / "texts" / f"{name}.{language}.md").read_text(encoding="utf-8")
