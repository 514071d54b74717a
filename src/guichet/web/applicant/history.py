"""The history of answers: who changed what and when, and any earlier text back by one button.

To restore is a change like any other, through the save of the page and with the version seen: the history only grows.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.answers import history
from guichet.answers.actions import Change, Conflict
from guichet.answers.history import Entry
from guichet.answers.paths import is_path
from guichet.kernel import differences
from guichet.kernel.errors import Refusal
from guichet.kernel.identifiers import new_id
from guichet.organizations import queries as organizations
from guichet.organizations.attachments import can_be_typed
from guichet.web.access import page
from guichet.web.applicant.answering import Sheet, label
from guichet.web.applicant.editions import chosen
from guichet.web.applicant.files import opened
from guichet.web.applicant.profiles import account_profile as account_sheet
from guichet.web.applicant.profiles import my_profile as profile_sheet
from guichet.web.applicant.summary import of_refusal
from guichet.web.requests import MemberRequest

PAGE = 20


@dataclass(frozen=True)
class Source:
    """Whose history: the page over the whole form, the answers' own sheet (None before the first save), where it
    leads back to, what is said above."""

    sheet: Sheet
    held: Any
    title: str
    back: str
    back_label: str
    application: Any = None


@page(who="member", methods=("GET", "POST"))
def application(request: MemberRequest, public_id: str) -> HttpResponse:
    """The history of an application; of a submitted one to read."""
    file = opened(request, public_id)
    if not (file.application.is_draft or file.application.is_submitted):
        return redirect("applicant:deleted")
    name = file.edition.definition.program.name.in_(file.language)
    source = Source(
        sheet=file.whole(),
        held=file.application.sheet,
        title=_("History of the answers"),
        back=reverse("applicant:application", args=[public_id]),
        back_label=file.application.reference or name,
        application=file.application,
    )
    return _history(request, source)


@page(who="member", methods=("GET", "POST"))
def profile(request: MemberRequest) -> HttpResponse:
    """The history of My profile."""
    sheet = profile_sheet(request.user, request.organization, chosen(request), request.LANGUAGE_CODE)
    return _of_profile(request, sheet, "profile", _("My profile"), _("History of My profile"))


@page(who="member", methods=("GET", "POST"))
def account_profile(request: MemberRequest) -> HttpResponse:
    """The history of the account profile."""
    sheet = account_sheet(request.user, request.organization, chosen(request), request.LANGUAGE_CODE)
    return _of_profile(request, sheet, "account_profile", _("Account profile"), _("History of the account profile"))


def _of_profile(request: MemberRequest, sheet: Sheet, kind: str, name: str, title: str) -> HttpResponse:
    found = organizations.profile(request.organization, sheet.edition.program_key, kind)
    back = f"{reverse(f'applicant:{kind}')}?program={sheet.edition.program_key}"
    return _history(request, Source(sheet, found.sheet if found else None, title, back, name))


def _history(request: MemberRequest, source: Source) -> HttpResponse:
    if request.method != "POST":
        return _draw(request, source)
    path, version = _path(request.POST, "path"), _number(request.POST.get("version", ""))
    chosen_one = history.change(source.held, path, version) if source.held and path and version else None
    if chosen_one is None:
        raise Http404
    if request.POST.get("keep") == "theirs":
        return redirect(request.get_full_path())
    seen = _number(request.POST.get("seen", "")) or 0
    changes = [Change(path, chosen_one.value, seen), *_row_of(source, path)]
    try:
        saved = source.sheet.save(changes, request.POST.get("request_key", "")[:64])
    except Refusal as refusal:
        return _draw(request, source, of_refusal(refusal), status=409)
    if saved.conflicts:
        return _choose(request, source, chosen_one, saved.conflicts[0])
    said = _("Restored: %(label)s. What stood there before is in the history too.")
    messages.success(request, said % {"label": _label(source.sheet, path)})
    return redirect(request.get_full_path())


def _row_of(source: Source, path: str) -> list[Change]:
    """With an answer of a row that was removed comes the row."""
    row = path.rpartition(".")[0]
    if path.count(".") != 2 or row not in source.sheet.stored or source.sheet.stored[row].value is not None:
        return []
    return [Change(row, history.last_position(source.held, row), source.sheet.stored[row].version)]


def _choose(request: HttpRequest, source: Source, chosen_one: Any, conflict: Conflict) -> HttpResponse:
    """Somebody changed the answer since the page was made: both texts, and a choice."""
    sheet, path = source.sheet, conflict.path
    mine, theirs = differences.words(_display(sheet, path, conflict.mine), _display(sheet, path, conflict.theirs))
    context = {
        "title": _("Two versions of the same answer"),
        "source": source,
        "label": _label(sheet, path),
        "conflict": conflict,
        "version": chosen_one.version,
        "path": chosen_one.path,
        "mine": mine,
        "theirs": theirs,
        "request_key": new_id(),
        "error_summary": [
            {
                "target": "keep-mine",
                "text": _("%(label)s: %(name)s changed this answer in the meantime. Choose which text to keep.")
                % {"label": _label(sheet, path), "name": conflict.by},
            }
        ],
    }
    return render(request, "applicant/history_choose.html", context, status=409)


def _draw(
    request: HttpRequest, source: Source, lines: list[dict[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    sheet, query = source.sheet, request.GET
    sections = {section.key: section for section in sheet.sections}
    section = sections.get(query.get("section", ""))
    found = _entries(source, query, section)
    older = _with(query, before=str(found[PAGE - 1].id)) if len(found) > PAGE else ""
    context = {
        "title": source.title,
        "source": source,
        "editable": sheet.editable,
        "entries": [_shown(source, entry) for entry in found[:PAGE]],
        "sections": [(key, each.title.in_(sheet.language)) for key, each in sections.items()],
        "section": section.key if section else "",
        "answer": _label(sheet, _path(query)) if _path(query) else "",
        "every": "every" in query,
        "program": query.get("program", ""),
        "all_href": _with(query, answer="", every="", before=""),
        "older": older,
        "newer": _with(query, before="") if query.get("before") else "",
        "request_key": new_id(),
        "error_summary": lines or [],
    }
    return render(request, "applicant/history.html", context, status=status)


def _entries(source: Source, query: QueryDict, section: Any) -> list[Entry]:
    """The page that the address asks for, and one more to know whether there are older ones."""
    if source.held is None:
        return []
    return history.entries(
        source.held,
        keys=[question.key for question in section.every] if section else (),
        path=_path(query),
        every="every" in query,
        before=_number(query.get("before", "")),
        limit=PAGE + 1,
    )


def _shown(source: Source, entry: Entry) -> dict[str, Any]:
    """An entry as the template draws it; ``restore``: the button, where it would change something that can be typed."""
    sheet, path = source.sheet, entry.path
    now = sheet.stored.get(path)
    standing = now is not None and now.version == entry.version
    is_row = path.count(".") == 1
    before, after = differences.words(_display(sheet, path, entry.before), _display(sheet, path, entry.value))
    differs = now is not None and now.value != entry.value
    if is_row:  # a place is no text: a row that is gone can come back
        differs = entry.value is not None and now is not None and now.value is None
    return {
        "entry": entry,
        "id": f"change-{entry.id}",
        "label": _label(sheet, path),
        "row": _row_news(entry) if is_row else "",
        "before": before,
        "after": after,
        "is_row": is_row,
        "standing": standing,
        "seen": now.version if now else 0,
        "restore": sheet.editable and differs and entry.value is not None and can_be_typed(sheet.context.form, path),
        "values_href": _each(source, path),
    }


def _each(source: Source, path: str) -> str:
    program = "" if source.application else f"&program={source.sheet.edition.program_key}"
    return f"?answer={path}&every=1{program}"


def _row_news(entry: Entry) -> str:
    if entry.value is None:
        return _("Row removed")
    return _("Row added") if entry.before is None else _("Row moved")


def _label(sheet: Sheet, path: str) -> str:
    """What an answer is called, with the number of its row; what stands for a question that is not asked any more."""
    said = label(sheet, path)
    if said == path:
        return _("A question that is no longer asked")
    table, _dot, rest = path.partition(".")
    if not rest:
        return said
    return f"{said} ({_place(sheet, table, rest.partition('.')[0])})"


def _place(sheet: Sheet, table: str, row: str) -> str:
    there = {
        path.partition(".")[2]: answer.value
        for path, answer in sheet.stored.items()
        if path.startswith(f"{table}.") and path.count(".") == 1 and answer.value is not None
    }
    if row not in there:
        return _("a row that was removed")
    ordered = sorted(there, key=lambda key: (there[key], key))
    return _("row %(number)s") % {"number": ordered.index(row) + 1}


def _display(sheet: Sheet, path: str, value: Any) -> str:
    """A value as text; of a question that is not asked any more, what was written."""
    if path.count(".") == 1:
        return ""
    try:
        return sheet.context.form.question(path).display(value, sheet.language)
    except KeyError:
        return value if isinstance(value, str) else ""


def _path(query: QueryDict, name: str = "answer") -> str:
    """The answer that the address or the form names; "" for what cannot be one."""
    path = query.get(name, "")
    return path if is_path(path) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _with(query: QueryDict, **changed: str) -> str:
    """The page with other questions in its address."""
    asked = query.copy()
    for name, value in changed.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"?{asked.urlencode()}"
