"""My profile and the account profile as pages of questions."""

from typing import Any

from django.urls import reverse

from guichet.accounts import permissions
from guichet.answers import queries as answers
from guichet.answers.queries import Stored
from guichet.organizations import access, actions, queries
from guichet.organizations.errors import NotAFile
from guichet.programs.definitions import FormName
from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context
from guichet.questions.definitions import Form
from guichet.web.applicant.answering import Documents, Door, Sheet


def my_profile(user: Any, organization: Any, edition: PublishedEdition, language: str) -> Sheet:
    """My profile; before the organization exists (None) it is empty, and the first save founds it."""
    stored = stored_answers(organization, edition, "profile")
    form = edition.definition.profile

    def save(changes: Any, request_key: str) -> Any:
        return actions.save_profile(
            actor=user,
            organization=actions.found_organization(actor=user),
            edition=edition,
            changes=changes,
            request_key=request_key,
        )

    editable = organization is None or access.can_edit_profile(user, organization)
    context = _context(edition, "profile", stored)
    return Sheet(
        edition,
        form.sections,
        context,
        stored,
        language,
        editable,
        save,
        documents=_documents(user, organization, edition, "profile"),
        door=_door(edition, organization, "profile"),
    )


def account_profile(user: Any, organization: Any, edition: PublishedEdition, language: str) -> Sheet:
    """The account profile; only the primary contact, the legal signatory, may change it."""
    stored = stored_answers(organization, edition, "account_profile")
    form = edition.definition.account_profile
    profile = _context(edition, "profile", stored_answers(organization, edition, "profile"))

    def save(changes: Any, request_key: str) -> Any:
        return actions.save_account_profile(
            actor=user, organization=organization, edition=edition, changes=changes, request_key=request_key
        )

    context = _context(edition, "account_profile", stored, profile)
    editable = access.can_transmit(user, organization)
    door = _door(edition, organization, "account_profile")
    documents = _documents(user, organization, edition, "account_profile")
    return Sheet(edition, form.sections, context, stored, language, editable, save, documents, door)


def _documents(user: Any, organization: Any, edition: PublishedEdition, kind: FormName) -> Documents:
    """What is done with the documents of a profile. The answers, saved first, have founded the organization."""

    def attach(path: str, upload: Any) -> object:
        whose = organization or actions.found_organization(actor=user)
        return actions.attach_to_profile(
            actor=user, organization=whose, edition=edition, kind=kind, path=path, upload=upload
        )

    def remove(path: str, file_id: str) -> None:
        if organization is None:
            raise NotAFile(field=path)
        actions.remove_from_profile(
            actor=user, organization=organization, edition=edition, kind=kind, path=path, file_id=file_id
        )

    def stored(value: Any) -> Any:
        return organization and queries.profile_document(organization, value["file"])

    def url(value: Any) -> str:  # none for the invented documents of a preview
        return reverse("applicant:document", args=[value["file"]]) if stored(value) else ""

    def state(value: Any) -> str:
        found = stored(value)
        return found.scan_state if found else ""

    return Documents(attach, remove, url, state)


def _door(edition: PublishedEdition, organization: Any, kind: str) -> Door:
    """Where a script saves a profile; the first save of My profile founds the organization that names it."""
    key = f"{kind}:{organization.public_id if organization else ''}:{edition.program_key}"
    return Door(key, f"applicant:{kind}_save", f"applicant:{kind}_uploads", query=f"?program={edition.program_key}")


def stored_answers(organization: Any, edition: PublishedEdition, kind: str) -> dict[str, Stored]:
    """The answers of a profile as they stand; none before it is first saved."""
    profile = organization and queries.profile(organization, edition.program_key, kind)
    return answers.answers(profile.sheet) if profile else {}


def changed_since_last(organization: Any, edition: PublishedEdition, kind: str, language: str) -> list[dict[str, str]]:
    """What differs from what was last sent: label, before, after, as text."""
    profile = organization and queries.profile(organization, edition.program_key, kind)
    if not profile or profile.snapshot is None:
        return []
    form: Form = getattr(edition.definition, kind)
    lines = []
    for change in queries.changes_since_last(profile):
        try:
            question = form.question(change.path)
        except KeyError:
            continue  # the position of a row, or a question of an older edition
        before, after = (question.display(value, language) for value in (change.before, change.after))
        lines.append({"label": form.name_of(change.path).in_(language), "before": before, "after": after})
    return lines


def editors(organization: Any) -> list[str]:
    """The names of those who may fill in My profile."""
    found = queries.members(organization)
    return [member.user.name for member in found if permissions.has(member.role, permissions.EDIT_PROFILE)]


def _context(
    edition: PublishedEdition, name: FormName, stored: dict[str, Stored], profile: Context | None = None
) -> Context:
    values = {path: answer.value for path, answer in stored.items()}
    return edition.definition.context(name, values, profile=profile)
