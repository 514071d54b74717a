"""Answers saved by themselves while one types (static/js/saving.js; docs/nothing-lost.md has the protocol).

A script posts the fields that changed, under the names that they have in the page, with ``seen``, ``request_key`` and
``edition``; it is answered in JSON. A post without any field asks who else is here, and whether something is new.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from guichet.accounts import sessions
from guichet.answers import queries as answers
from guichet.answers.actions import Change, Conflict, Saved, present
from guichet.applications import actions as applications
from guichet.applications.errors import EditionChanged
from guichet.kernel import clock, differences, formats
from guichet.kernel.bilingual import Text
from guichet.kernel.errors import Refusal
from guichet.organizations import queries as organizations
from guichet.programs.queries import PublishedEdition
from guichet.questions import engine
from guichet.questions.definitions import Form, Question
from guichet.questions.engine import Problem
from guichet.web.access import page
from guichet.web.applicant.answering import label_in
from guichet.web.applicant.editions import chosen
from guichet.web.applicant.person import PERSON, save_person
from guichet.web.applicant.profiles import account_profile as account_sheet
from guichet.web.applicant.profiles import my_profile as profile_sheet
from guichet.web.requests import MemberRequest, PersonRequest
from guichet.web.scripts import told
from guichet.web.sentences import sentence

MOST_BEFORE = 50  # texts not yet acknowledged that another one grew from


class Typed:
    """What the script sent. ``read`` makes changes of it, given the form, and keeps what cannot be kept at all."""

    def __init__(self, request: HttpRequest) -> None:
        self.post = request.POST
        self.language = request.LANGUAGE_CODE
        self.request_key = self.post.get("request_key", "")[:64]
        self.edition_hash = self.post.get("edition", "")
        self.after = tuple(self.post.get("after", "").split()[:MOST_BEFORE])
        self.refused: list[Problem] = []
        self.form: Form | None = None

    def read(self, form: Form) -> Sequence[Change]:
        """The changes, over the whole form: what waited for a connection may belong to any section."""
        self.form = form
        values: dict[str, Any] = {}
        for section in form.sections:
            posted = engine.read_post(section, self.post, language=self.language)
            values.update(posted)
            self.refused.extend(posted.refused)
        return [replace(change, after=self.after) for change in engine.changes(values, engine.read_seen(self.post))]


@page(who="person", methods=("POST",))
def application(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Answers of a draft. Four statements and one commit, whatever the number of answers."""

    def save(typed: Typed) -> tuple[Any, Saved]:
        draft, saved = applications.save_typed(
            actor=request.user,
            public_id=public_id,
            edition_hash=typed.edition_hash,
            read=typed.read,
            request_key=typed.request_key,
        )
        return draft.sheet, saved

    return _respond(request, save)


@page(who="person", methods=("POST",))
def profile(request: PersonRequest) -> HttpResponseBase:
    """Answers of My profile; the first one founds the organization."""
    organization = organizations.organization_of(request.user)
    return _profile(request, organization, profile_sheet(request.user, organization, chosen(request), "en"), "profile")


@page(who="member", methods=("POST",))
def account_profile(request: MemberRequest) -> HttpResponseBase:
    """Answers of the account profile."""
    organization = request.organization
    sheet = account_sheet(request.user, organization, chosen(request), "en")
    return _profile(request, organization, sheet, "account_profile")


def _profile(request: PersonRequest, organization: Any, sheet: Any, kind: str) -> HttpResponseBase:
    edition: PublishedEdition = sheet.edition

    def save(typed: Typed) -> tuple[Any, Saved]:
        if edition.hash != typed.edition_hash:
            raise EditionChanged(edition=edition.definition.title)
        changes = typed.read(sheet.context.form)
        # Who only looks whether something is new founds no organization.
        saved = sheet.save(changes, typed.request_key) if changes else Saved({}, (), clock.now())
        if kind == "profile" and f"{PERSON}-name" in typed.post:
            saved = _with_person(request, typed, saved)
        found = organization and organizations.profile(organization, edition.program_key, kind)
        return found.sheet if found else None, saved

    return _respond(request, save)


def _with_person(request: PersonRequest, typed: Typed, saved: Saved) -> Saved:
    """The person's own part of My profile, saved when all of it can be; it has no versions, and no second author."""
    form = save_person(request)
    if form is None:
        return replace(saved, versions={**saved.versions, PERSON: 0})
    words = Text(**dict.fromkeys(("en", "fr"), " ".join(str(text) for texts in form.errors.values() for text in texts)))
    typed.refused.append(Problem("", PERSON, words, words, "person"))
    return saved


def _respond(request: PersonRequest, save: Callable[[Typed], tuple[Any, Saved]]) -> HttpResponseBase:
    """Save, and say what became of it. 404 for strangers; 403 and 409 when nothing may be saved, with the reason."""
    typed = Typed(request)
    try:
        sheet, saved = save(typed)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except PermissionDenied:
        return told("refused", 403, text=_("You may no longer change these answers."))
    except Refusal as refusal:
        return told("refused", 409, text=sentence(refusal), code=refusal.code)
    answer = {**_kept(typed, saved), "ends_in": sessions.seconds_left(request.session, clock.now())}
    if sheet is not None and not saved.versions and not saved.conflicts:
        present(actor=request.user, sheet=sheet)
        answer |= {"sheet": answers.state(sheet), "others": answers.also_here(sheet, request.user)}
    return JsonResponse(answer)


def _kept(typed: Typed, saved: Saved) -> dict[str, Any]:
    """What was kept, and when, as the page says it; what was not."""
    return {
        "state": "saved",
        "at": saved.at.isoformat(),
        "time": formats.local_time(saved.at, typed.language, settings.TIME_ZONE),
        "versions": saved.versions,
        "refused": [{"path": problem.path, "text": problem.text.in_(typed.language)} for problem in typed.refused],
        "conflicts": [_conflict(typed, conflict) for conflict in saved.conflicts],
    }


def _conflict(typed: Typed, conflict: Conflict) -> dict[str, Any]:
    """Both texts in pieces [text, differs]; ``joins`` where one may keep both."""
    form = typed.form
    assert form is not None  # noqa: S101 -- a conflict is about something that was read
    question = None if conflict.path.count(".") == 1 else form.question(conflict.path)
    mine, theirs = differences.words(
        *(_display(question, value, typed.language) for value in (conflict.mine, conflict.theirs))
    )
    return {
        "path": conflict.path,
        "label": label_in(form, conflict.path, typed.language),
        "version": conflict.version,
        "by": conflict.by,
        "time": formats.local_time(conflict.at, typed.language, settings.TIME_ZONE),
        "mine": [[piece.text, piece.differs] for piece in mine],
        "theirs": [[piece.text, piece.differs] for piece in theirs],
        "joins": question is not None and question.joins,
    }


def _display(question: Question | None, value: Any, language: str) -> str:
    return "" if question is None else question.display(value, language)
