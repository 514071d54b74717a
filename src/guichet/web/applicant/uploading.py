"""Documents sent in pieces while the page is open (static/js/uploads.js; docs/nothing-lost.md has the protocol).

The names are those of the draft standard for resumable uploads (draft-ietf-httpbis-resumable-upload): an upload is made
by POST, HEAD says where it stands, PATCH adds a piece, DELETE forgets it. The last PATCH says ``Upload-Complete: ?1``,
and answers what became of the file; sent again, it answers the same. Each piece may carry its ``Content-Digest``.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.accounts import sessions
from guichet.applications.sending import desk as application_desk
from guichet.files.pieces import PIECE
from guichet.kernel import clock
from guichet.kernel.errors import Refusal
from guichet.organizations import actions as organizations
from guichet.organizations import queries
from guichet.organizations.actions import sending
from guichet.organizations.actions.sending import Desk
from guichet.programs.definitions import FormName
from guichet.web.access import page
from guichet.web.applicant.editions import chosen
from guichet.web.requests import MemberRequest, PersonRequest
from guichet.web.scripts import told
from guichet.web.sentences import sentence

PARTIAL = "application/partial-upload"
MISMATCH = "https://iana.org/assignments/http-problem-types#mismatching-upload-offset"

# What a script does about a refusal, and the status; another one is final, and 422. "offset": go on from where the
# answer says. "again": send it again. "full": as well, and tell the person.
_STATES = {
    "offset_differs": ("offset", 409),
    "upload_incomplete": ("offset", 409),
    "piece_refused": ("again", 400),
    "disk_full": ("full", 507),
    "file_too_large": ("refused", 413),
    "too_many_uploads": ("refused", 409),
    "already_submitted": ("refused", 409),
    "draft_deleted": ("refused", 409),
}

Address = Callable[[str], str]


@page(who="person", methods=("GET", "POST"))
def uploads(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """The documents on their way to a draft; a new one."""
    at = lambda upload: reverse("applicant:upload", args=[public_id, upload])  # noqa: E731
    return _many(request, lambda: application_desk(request.user, public_id), at)


@page(who="person", methods=("HEAD", "PATCH", "DELETE"))
def upload(request: PersonRequest, public_id: str, upload_id: str) -> HttpResponseBase:
    """One document on its way to a draft."""
    return _one(request, lambda: application_desk(request.user, public_id), upload_id)


@page(who="person", methods=("GET", "POST"))
def profile_uploads(request: PersonRequest) -> HttpResponseBase:
    """The same for My profile; the first document founds the organization."""
    return _many(request, lambda: _profile(request, "profile"), _profile_address(request, "profile"))


@page(who="person", methods=("HEAD", "PATCH", "DELETE"))
def profile_upload(request: PersonRequest, upload_id: str) -> HttpResponseBase:
    """One document on its way to My profile."""
    return _one(request, lambda: _profile(request, "profile"), upload_id)


@page(who="member", methods=("GET", "POST"))
def account_profile_uploads(request: MemberRequest) -> HttpResponseBase:
    """The same for the account profile."""
    return _many(request, lambda: _profile(request, "account_profile"), _profile_address(request, "account_profile"))


@page(who="member", methods=("HEAD", "PATCH", "DELETE"))
def account_profile_upload(request: MemberRequest, upload_id: str) -> HttpResponseBase:
    """One document on its way to the account profile."""
    return _one(request, lambda: _profile(request, "account_profile"), upload_id)


def _profile(request: PersonRequest, kind: FormName) -> Desk | None:
    """None for a newcomer, who has nothing on its way yet."""
    if request.user.staff_role:
        raise PermissionDenied
    organization = queries.organization_of(request.user)
    if organization is None and request.method == "POST":
        organization = organizations.found_organization(actor=request.user)
    if organization is None:
        return None
    return sending.profile_desk(request.user, organization, chosen(request), kind)


def _profile_address(request: PersonRequest, kind: str) -> Address:
    query = f"?program={chosen(request).program_key}"
    return lambda upload: reverse(f"applicant:{kind}_upload", args=[upload]) + query


def _many(request: PersonRequest, at_desk: Callable[[], Desk | None], address: Address) -> HttpResponseBase:
    def answer(desk: Desk | None) -> HttpResponseBase:
        if request.method != "POST":
            found = sending.under_way(desk) if desk else []
            return JsonResponse({"uploads": [_told(upload, address) for upload in found]})
        if desk is None:
            raise Http404
        desk.ask()
        size = _whole(request.headers.get("Upload-Length"))
        if size is None or not request.POST.get("request_key"):
            return told("malformed", 400)
        named = {name: request.POST.get(name, "") for name in ("path", "name", "request_key")}
        upload = sending.begin(desk, size=size, **named)
        response = JsonResponse(_told(upload, address) | _session(request), status=201)
        response.headers["Location"] = address(upload.public_id)
        response.headers["Upload-Limit"] = f"max-append-size={PIECE}, min-append-size={PIECE}"
        return _standing(response, upload)

    return _guarded(request, at_desk, answer)


def _one(request: PersonRequest, at_desk: Callable[[], Desk | None], upload_id: str) -> HttpResponseBase:
    def answer(desk: Desk | None) -> HttpResponseBase:
        if desk is None:
            raise Http404
        if request.method == "DELETE":
            sending.cancel(desk, upload_id)
            return HttpResponse(status=204)
        if request.method == "HEAD":
            return _standing(HttpResponse(status=204), sending.standing(desk, upload_id))
        return _piece(request, desk, upload_id)

    return _guarded(request, at_desk, answer)


def _piece(request: PersonRequest, desk: Desk, upload_id: str) -> HttpResponseBase:
    """Take a piece in, whole or not at all: it is in memory, and never larger than ``PIECE``."""
    length, offset = int(request.META.get("CONTENT_LENGTH") or 0), _whole(request.headers.get("Upload-Offset"))
    if length and request.content_type != PARTIAL:
        return told("malformed", 415)
    if offset is None:
        return told("malformed", 400)
    if length > PIECE:
        return told("malformed", 413)
    try:
        piece = request.body
    except UnreadablePostError:
        piece = b""
    if len(piece) != length:
        return told("again", 400)  # the connection was cut: nobody reads this
    digest = request.headers.get("Content-Digest", "")
    upload = sending.append(desk, upload_id, offset=offset, piece=piece, digest=digest)
    if request.headers.get("Upload-Complete") != "?1":
        return _standing(HttpResponse(status=204), upload)
    stored = sending.finish(desk, upload_id)
    upload.file = stored
    return _standing(JsonResponse({"state": "attached", "name": stored.name} | _session(request)), upload)


def _guarded(
    request: HttpRequest,
    at_desk: Callable[[], Desk | None],
    answer: Callable[[Desk | None], HttpResponseBase],
) -> HttpResponseBase:
    """404 for strangers and for what is not there; what may not be, or not now, with the reason."""
    try:
        return answer(at_desk())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except PermissionDenied:
        return told("refused", 403, text=_("You may no longer change these answers."))
    except Refusal as refusal:
        return _refused(request, refusal)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    state, status = _STATES.get(refusal.code, ("refused", 422))
    more: dict[str, Any] = {"text": sentence(refusal), "code": refusal.code}
    if refusal.code == "offset_differs":
        more |= {"type": MISMATCH, "expected-offset": refusal.params["offset"]}
    response = told(state, status, **more)
    if "offset" in refusal.params:
        response.headers["Upload-Offset"] = str(refusal.params["offset"])
    return response


def _told(upload: Any, address: Address) -> dict[str, Any]:
    """An upload as scripts know it."""
    return {
        "state": "begun",
        "key": upload.request_key,
        "path": upload.path,
        "name": upload.name,
        "size": upload.size,
        "offset": upload.offset,
        "chain": upload.chain,
        "address": address(upload.public_id),
    }


def _standing(response: HttpResponseBase, upload: Any) -> HttpResponseBase:
    """With where the upload stands, in the words of the standard."""
    response.headers["Upload-Offset"] = str(upload.offset)
    response.headers["Upload-Length"] = str(upload.size)
    response.headers["Upload-Complete"] = "?0" if upload.file_id is None else "?1"
    return response


def _session(request: HttpRequest) -> dict[str, int]:
    return {"ends_in": sessions.seconds_left(request.session, clock.now())}


def _whole(text: str | None) -> int | None:
    """A whole number of at most 15 digits (RFC 9651); None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 15 else None
