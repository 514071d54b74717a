"""What a button of a table did, told without the page (static/js/rows.js): the rows that it changed, drawn, and words.

Without scripts the same buttons lead to the page (``saving.back_to``); what they do is in ``questions.row_acts``.
"""

from collections.abc import Sequence
from dataclasses import replace
from json import loads
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.accounts import sessions
from guichet.answers.actions import Saved
from guichet.kernel import clock, formats
from guichet.questions.pages import BoundQuestion, BoundRow, Rows, element_id
from guichet.questions.row_acts import ADD, CLOSE, MOVE, OPEN, PASTE, REMOVE, UNDO, RowAct
from guichet.web.applicant.answering import Sheet, Shown, problems_at, show


def way(request: HttpRequest, act: RowAct) -> tuple[str, str]:
    """Where the page goes on after a button of a table: its address, and the id of what has the focus there."""
    place = "-".join(filter(None, (element_id(act.path), "removed" if act.removed else act.button)))
    row, removed = ([one] if one else [] for one in (act.opens, act.removed))
    return address(request, row=row, removed=removed), place


def address(request: HttpRequest, **asked: list[str]) -> str:
    """The page with other checks and rows; what ``asked`` does not name stays, but for what was removed."""
    query = request.GET.copy()
    for name, values in {"removed": [], **asked}.items():
        query.setlist(name, values)
    encoded = query.urlencode()
    return request.path + (f"?{encoded}" if encoded else "")


def pasted(act: RowAct) -> str:
    """How many rows came in."""
    count = ngettext("%(count)s row was added.", "%(count)s rows were added.", act.pasted)
    return count % {"count": act.pasted}


def drawn(
    request: HttpRequest, act: RowAct, sheets: tuple[Sheet, Sheet], sent: Sequence[str], saved: Saved
) -> JsonResponse | None:
    """The table as it is now, for the script; None when it is not shown any more.

    ``sheets``: before the act and after it; ``sent``: the rows that were open. A line that was on the page already is
    not drawn again: ``data-same`` stands in its place. ``seen`` and ``before`` are those of the open rows; ``grown``
    counts the values that were written.
    """
    before, after = sheets
    shown = _shown(request, after, Rows(opened=[act.opens] if act.opens else None, removed=act.removed))
    table = _table(shown, act)
    stood = _table(_shown(request, before, Rows(opened=sent)), act)
    if table is None or stood is None:
        return None
    lines = {row.row: row.line for row in stood.extra["rows"]}
    rows = [_same(row) if row.line and lines.get(row.row) == row.line else row for row in table.extra["rows"]]
    href, focus = way(request, act)
    own = {name: _of(table, document) for name, document in (("seen", shown.seen), ("before", shown.before))}
    written = [
        version - (before.stored[path].version if path in before.stored else 0)
        for path, version in saved.versions.items()
    ]
    answer = {
        "state": "drawn",
        "table": render_to_string(table.template, {"q": replace(table, extra={**table.extra, "rows": rows})}),
        "lists": _lists(shown, request.POST.get("lists", "").split()),
        **own,
        "grown": sum(written),
        "address": href,
        "focus": focus,
        "text": _said(act, stood if act.removed else table),
        "time": formats.local_time(saved.at, after.language, settings.TIME_ZONE),
        "ends_in": sessions.seconds_left(request.session, clock.now()),
    }
    return JsonResponse(answer)


def _shown(request: HttpRequest, sheet: Sheet, rows: Rows) -> Shown:
    return show(sheet, problems=problems_at(sheet, request.GET.get("check", "")), rows=rows)


def _table(shown: Shown, act: RowAct) -> BoundQuestion | None:
    key = act.path.partition(".")[0]
    return next((q for section in shown.sections for q in section.questions if q.path == key), None)


def _same(row: BoundRow) -> BoundRow:
    return replace(row, line=format_html('<li data-same="{}"></li>', row.id))


def _of(table: BoundQuestion, document: str) -> dict[str, Any]:
    """The part of ``seen`` or ``before`` that is about the rows of the table."""
    return {path: value for path, value in loads(document).items() if path.startswith(f"{table.path}.")}


def _lists(shown: Shown, there: list[str]) -> str:
    """The long lists that boxes search, but for those that the page has."""
    return "".join(html for section in shown.sections for name, html in section.lists.items() if name not in there)


def _said(act: RowAct, table: BoundQuestion) -> str:
    """What happened, to be read out."""
    if act.name == PASTE:
        return pasted(act)
    words = {
        OPEN: _("Open: %(row)s"),
        CLOSE: _("Saved and closed: %(row)s"),
        ADD: _("Added: %(row)s"),
        REMOVE: _("Removed: %(row)s"),
        UNDO: _("Put back: %(row)s"),
        MOVE: _("Moved, and now: %(row)s"),
    }
    row = act.removed.partition(".")[0] or act.path.partition(".")[2]
    titles = {one.row: one.title for one in table.extra["rows"]}
    return words[act.name] % {"row": titles.get(row, table.label)}
