"""An application as the applicant's pages see it: found, readable, with its edition and answers."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from guichet.answers import queries as answers
from guichet.applications import access, actions, queries
from guichet.files.queries import files_of
from guichet.organizations.attachments import holder
from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context
from guichet.web.applicant.answering import Documents, Door, Sheet
from guichet.web.requests import MemberRequest


@dataclass(frozen=True)
class File:
    """One application, with the edition it is pinned to; ``editable`` by this reader now."""

    application: Any
    edition: PublishedEdition
    editable: bool
    language: str
    user: Any

    def context(self) -> Context:
        """The answers as the form engine reads them."""
        return queries.application_context(self.application)

    def sheet(self, key: str) -> Sheet:
        """The page of one section. Raises Http404 for a section that the form does not have or does not need."""
        whole = self.whole()
        found = [section for section in whole.sections if section.key == key and whole.context.needs(section)]
        if not found:
            raise Http404
        return replace(whole, sections=(found[0],))

    def whole(self) -> Sheet:
        """All sections, those that are not needed too."""
        stored = answers.answers(self.application.sheet)
        values = {path: answer.value for path, answer in stored.items()}

        def save(changes: Any, request_key: str) -> Any:
            return actions.save_answers(
                actor=self.user, application=self.application, changes=changes, request_key=request_key
            )

        key = self.application.public_id
        return Sheet(
            self.edition,
            self.edition.definition.application.sections,
            queries.application_context(self.application, values=values),
            stored,
            self.language,
            self.editable,
            save,
            documents=Documents(self._attach, self._remove, self.file_url, self.file_state),
            door=Door(f"application:{key}", "applicant:save", "applicant:uploads", (key,)),
        )

    def _attach(self, path: str, upload: Any) -> object:
        return actions.attach_file(actor=self.user, application=self.application, path=path, upload=upload)

    def _remove(self, path: str, file_id: str) -> None:
        actions.remove_file(actor=self.user, application=self.application, path=path, file_id=file_id)

    @cached_property
    def _scanned(self) -> dict[str, str]:
        return {file.public_id: file.scan_state for file in files_of(holder(self.application.sheet))}

    def file_state(self, value: Any) -> str:
        """What the scanner said of an attachment. One query, for a page that shows any."""
        return self._scanned.get(value["file"], "")

    def file_url(self, value: Any) -> str:
        """Where an attachment is downloaded from."""
        return reverse("applicant:attachment", args=[self.application.public_id, value["file"]])


def opened(request: MemberRequest, public_id: str) -> File:
    """The application of that id. Raises Http404 for an unknown one and for anybody else's."""
    application = queries.application(public_id, request.organization)
    if application is None:
        raise Http404
    rights = access.rights(request.user, application, request.membership)
    if not rights.read:
        raise Http404
    edition = queries.edition_of(application)
    return File(application, edition, rights.edit, request.LANGUAGE_CODE, request.user)
