"""The account profile: filled in and submitted by the primary contact, the legal signatory; read by the others."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.eligibility import actions
from guichet.eligibility import queries as eligibility
from guichet.kernel.errors import Refusal
from guichet.organizations import queries
from guichet.web.access import page
from guichet.web.applicant.answering import Sheet, Shown, show
from guichet.web.applicant.attaching import attached
from guichet.web.applicant.editions import chosen, others
from guichet.web.applicant.profiles import account_profile as sheet_of
from guichet.web.applicant.profiles import changed_since_last
from guichet.web.applicant.saving import SAVE_IN_OTHER, as_asked, attempt, back_to, in_other_language
from guichet.web.applicant.summary import of_refusal
from guichet.web.requests import MemberRequest

KIND = "account_profile"


def _sheet(request: MemberRequest) -> Sheet:
    return sheet_of(request.user, request.organization, chosen(request), request.LANGUAGE_CODE)


def _draw(
    request: MemberRequest, sheet: Sheet, shown: Shown, lines: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    organization, edition = request.organization, sheet.edition
    context = {
        "title": _("Account profile"),
        "edition": edition.definition,
        "others": others(request, edition, sheet.language),
        "shown": shown,
        "editable": sheet.editable,
        "primary": queries.primary_contact(organization),
        "profile": queries.profile(organization, edition.program_key, KIND),
        "open": eligibility.has_met(organization, edition.program_key),
        "changed": changed_since_last(organization, edition, KIND, sheet.language),
        "save_in_other": SAVE_IN_OTHER[sheet.language],
        "error_summary": lines,
    }
    return render(request, "applicant/account_profile.html", context, status=status)


@page(who="member", methods=("GET", "POST"))
def account_profile(request: MemberRequest) -> HttpResponse:
    """The account profile; Save keeps whatever was typed, Save and submit transmits it."""
    sheet = _sheet(request)
    if request.method == "POST":
        return _post(request, sheet)
    return _draw(request, sheet, *as_asked(request, sheet))


def _post(request: MemberRequest, sheet: Sheet) -> HttpResponse:
    def draw(shown: Shown, lines: list[dict[str, str]], status: int) -> HttpResponse:
        return _draw(request, sheet, shown, lines, status)

    tried = attempt(request, sheet, draw, lambda: _sheet(request))
    answer = tried.answer or attached(request, sheet, draw, lambda: _sheet(request))
    if answer:
        return answer
    if request.POST.get("action") == "transmit":
        return _transmit(request)
    if request.POST.get("action") == "language":
        return in_other_language(request, request.LANGUAGE_CODE)
    return back_to(request, tried.received, check="save")


def _transmit(request: MemberRequest) -> HttpResponse:
    try:
        actions.transmit_account_profile(actor=request.user, organization=request.organization, edition=chosen(request))
    except Refusal as refusal:
        if refusal.params.get("problems"):
            return back_to(request, check="submit")
        sheet = _sheet(request)
        return _draw(request, sheet, show(sheet), of_refusal(refusal), status=422)
    messages.success(request, _("The account profile was saved and submitted. You can start an application."))
    return redirect("applicant:home")
