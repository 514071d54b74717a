"""The documents that a page of questions sent along, and those that it takes out: after its answers were saved."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from guichet.files import reading
from guichet.kernel.errors import Refusal
from guichet.questions import engine
from guichet.questions.speech import before_answer
from guichet.web.applicant.answering import Sheet, show
from guichet.web.applicant.saving import Draw, problem_of
from guichet.web.applicant.summary import of_refusal


def attached(request: HttpRequest, sheet: Sheet, draw: Draw, fresh: Callable[[], Sheet]) -> HttpResponse | None:
    """Store what was sent for the file questions, take out what was asked to be removed.

    The page that says what was refused, or None when nothing was. ``fresh`` gives the sheet as it stands afterwards.
    """
    refused = _attach(request, sheet)
    if not refused:
        return None
    after = fresh()
    problems = [problem for refusal in refused if (problem := problem_of(refusal, after))]
    lines = [line for refusal in refused for line in _said(refusal, sheet.language)]
    return draw(show(after, problems=problems), lines, 422)


def download(stored: Any) -> FileResponse:
    """A stored file as something to keep, never to be shown in the page."""
    return FileResponse(
        reading.open_file(stored), as_attachment=True, filename=stored.name, content_type=reading.mime_of(stored)
    )


def _attach(request: HttpRequest, sheet: Sheet) -> list[Refusal]:
    """What was refused. ``remove_file`` of the post is “path:id”."""
    documents = sheet.documents
    if documents is None:
        return []
    acts: list[tuple[Callable[[str, Any], object], str, Any]] = [
        (documents.attach, path, upload)
        for section in sheet.sections
        for path, uploads in engine.uploads(section, request.FILES).items()
        for upload in uploads
    ]
    path, _colon, file_id = request.POST.get("remove_file", "").partition(":")
    if file_id:
        acts.append((documents.remove, path, file_id))
    refused = []
    for act, path, given in acts:
        try:
            act(path, given)
        except Refusal as refusal:
            refusal.field = refusal.field or path
            refused.append(refusal)
    return refused


def _said(refusal: Refusal, language: str) -> list[dict[str, str]]:
    """The refusal with the name of the file that it concerns: there may be several."""
    name = str(refusal.params.get("name", ""))
    start = f"{before_answer(name, language)} " if name else ""
    return [{**line, "text": f"{start}{line['text']}"} for line in of_refusal(refusal)]
