"""Taking a draft away as one file, and bringing back what was filled in offline."""

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.accounts import permissions
from guichet.answers.actions import Conflict
from guichet.answers.queries import answers
from guichet.applications import takeaway as files
from guichet.applications.errors import TakenFileTooLarge
from guichet.applications.takeaway import BOTH, MINE, THEIRS, Brought, Choice, Outcome
from guichet.kernel import differences
from guichet.kernel.errors import Refusal
from guichet.programs.errors import UnknownProgram
from guichet.programs.queries import edition_called
from guichet.questions import pages
from guichet.questions.definitions import Form
from guichet.questions.summary import row_title, summary_columns
from guichet.web.access import page
from guichet.web.applicant import offline, offline_reading
from guichet.web.applicant.answering import Sheet, display, label, label_in
from guichet.web.applicant.application import draft_context
from guichet.web.applicant.files import File, opened
from guichet.web.applicant.saving import to_copy
from guichet.web.applicant.summary import of_problems
from guichet.web.requests import MemberRequest
from guichet.web.sentences import sentence

LIMIT = 8_000_000  # bytes; a form of a hundred full rows has less than half of that, in whatever alphabet
_VERSION = re.compile("[0-9]{1,9}")


def _editable(request: MemberRequest, public_id: str) -> File:
    """The draft, for its editors. Raises Http404 for strangers, PermissionDenied for members who only read."""
    file = opened(request, public_id)
    if file.application.is_draft and not file.editable:
        raise PermissionDenied(permissions.EDIT_APPLICATION)
    return file


@page(who="member")
def download(request: MemberRequest, public_id: str) -> HttpResponseBase:
    """The draft as one file. It is nothing that a browser would show at our address."""
    file = _editable(request, public_id)
    if not file.application.is_draft:
        return redirect("applicant:file", public_id)
    note = files.give(actor=request.user, application=file.application, stored=answers(file.application.sheet))
    disposition = content_disposition_header(True, f"{offline.file_name(file)}.html") or ""
    return HttpResponse(
        offline.drawn(file, note),
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )


@page(who="member", methods=("GET", "POST"))
def takeaway(request: MemberRequest, public_id: str) -> HttpResponseBase:
    """What the file is for, and the place to bring it back; a post brings one, or what was chosen of two texts."""
    file = _editable(request, public_id)
    if request.method != "POST":
        return _draw(request, file) if file.application.is_draft else redirect("applicant:file", public_id)
    try:
        note, typed = _sent(request)
        brought = offline_reading.brought(note, typed, file.application)
    except Refusal as refusal:
        return _draw(request, file, [{"target": "file", "text": sentence(refusal)}], status=422)
    return _bring(request, file, brought, note, typed)


def _sent(request: MemberRequest) -> tuple[str, str]:
    """The two pieces of the file, uploaded now or sent along with the choices.

    Raises TakenFileTooLarge, NotATakenFile.
    """
    if "note" in request.POST:
        return request.POST["note"], request.POST.get("typed", "")
    upload = request.FILES.get("file")
    if upload is not None and (upload.size or 0) > LIMIT:
        raise TakenFileTooLarge(limit=LIMIT)
    return offline_reading.pieces(upload.read() if upload is not None else b"")


def _bring(request: MemberRequest, file: File, brought: Brought, note: str, typed: str) -> HttpResponseBase:
    choices = _choices(request)
    brought = replace(brought, choices=choices)
    try:
        outcome = files.bring_back(actor=request.user, application=file.application, brought=brought)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except (Refusal, PermissionDenied) as refusal:
        return _not_saved(request, file, brought, refusal)
    if outcome.saved.conflicts:
        return _choose(request, file, outcome, note, typed)
    _say(request, outcome, chosen=bool(choices))
    if outcome.refused:
        lines = of_problems(outcome.refused, file.context(), file.language)
        return _draw(request, file, [{"target": "file", "text": line["text"]} for line in lines], status=422)
    return redirect("applicant:application", file.application.public_id)


def _choices(request: MemberRequest) -> dict[str, Choice]:
    """What was chosen on the page of two texts, by path."""
    found = {}
    for name, kept in request.POST.items():
        path = name.removeprefix("keep.")
        version = request.POST.get(f"version.{path}", "")
        if path != name and kept in (MINE, THEIRS, BOTH) and _VERSION.fullmatch(version):
            found[path] = Choice(str(kept), int(version))
    return found


def _say(request: MemberRequest, outcome: Outcome, *, chosen: bool) -> None:
    count = len(outcome.written)
    if count:
        said = ngettext(
            "%(count)s answer was brought back from the file and is saved.",
            "%(count)s answers were brought back from the file and are saved.",
            count,
        )
        messages.success(request, said % {"count": count})
    elif chosen:
        messages.success(request, _("The other text stays. Nothing else in the file differs from the draft."))
    else:
        messages.info(request, _("Nothing was changed: the draft already has everything that was typed in the file."))


def _draw(
    request: MemberRequest, file: File, lines: list[dict[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **draft_context(file),
        "title": _("Take this draft with you"),
        "limit": LIMIT,
        "error_summary": lines or [],
    }
    return render(request, "applicant/takeaway.html", context, status=status)


def _choose(request: MemberRequest, file: File, outcome: Outcome, note: str, typed: str) -> HttpResponse:
    """The page of two texts. What nobody else had changed is saved already."""
    sheet = file.whole()
    conflicts = [_both(sheet, conflict) for conflict in outcome.saved.conflicts]
    context = {
        **draft_context(file),
        "title": _("Two versions of the same answer"),
        "conflicts": conflicts,
        "written": len(outcome.written),
        "note": note,
        "typed": typed,
        "error_summary": [
            {
                "target": f"{conflict['id']}-mine",
                "text": _("%(label)s: %(name)s changed this answer in the meantime. Choose which text to keep.")
                % {"label": conflict["label"], "name": conflict["by"]},
            }
            for conflict in conflicts
        ],
    }
    return render(request, "applicant/takeaway_choose.html", context, status=409)


def _both(sheet: Sheet, conflict: Conflict) -> dict[str, Any]:
    mine, theirs = differences.words(
        display(sheet, conflict.path, conflict.mine), display(sheet, conflict.path, conflict.theirs)
    )
    is_row = conflict.path.count(".") == 1
    row = _row(sheet, conflict.path)
    return {
        "path": conflict.path,
        "id": pages.element_id(conflict.path),
        "label": label(sheet, conflict.path) + (f" ({row})" if row else ""),
        "version": conflict.version,
        "by": conflict.by,
        "at": conflict.at,
        "mine": mine,
        "theirs": theirs,
        "joins": not is_row and sheet.context.form.question(conflict.path).joins,
    }


def _row(sheet: Sheet, path: str) -> str:
    """In which row an answer stands: “Activity 2”, or what a row says that is no longer there; "" outside of tables."""
    key, _dot, rest = path.partition(".")
    row, ctx = rest.partition(".")[0], sheet.context
    if not row:
        return ""
    table, rows = ctx.form.question(key), ctx.rows(key)
    if row in rows:
        return row_title(table, rows.index(row) + 1, sheet.language)
    cells = [part.display(ctx.values.get(f"{key}.{row}.{part.key}"), sheet.language) for part in summary_columns(table)]
    return ", ".join(filter(None, cells))


def _not_saved(
    request: MemberRequest, file: File, brought: Brought, refusal: Refusal | PermissionDenied
) -> HttpResponse:
    """Nothing may be saved: the reason, and everything that was typed, to be copied."""
    form = _form_of(file, brought)
    if form is None:
        return to_copy(request, refusal, ())
    typed = (
        (label_in(form, path, file.language), form.question(path).display(value, file.language))
        for path, value in brought.changed(form).items()
    )
    return to_copy(request, refusal, typed)


def _form_of(file: File, brought: Brought) -> Form | None:
    """The form in which the file was filled in; None when its edition is gone."""
    if brought.given.edition_hash == file.edition.hash:
        return file.edition.definition.application
    try:
        return edition_called(brought.given.program, brought.given.edition).definition.application
    except UnknownProgram:
        return None
