"""Language by path, sessions that end, and pages that no cache may keep."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import parse_accept_lang_header

from guichet.accounts import sessions
from guichet.kernel import clock
from guichet.web.held import hold
from guichet.web.scripts import is_quiet, told, wants_json

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "accelerometer", "gyroscope", "midi")
)


def preferred_language(request: HttpRequest) -> str:
    """The language chosen last (cookie), else the first of the browser's that we speak, else English."""
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if remembered in ("en", "fr"):
        return remembered
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in ("en", "fr"):
            return tag.split("-")[0]
    return "en"


class LanguageMiddleware:
    """The path decides the language (/en/…, /fr/…) and the choice is remembered.

    An address without a language (``/``, a mistyped one) is answered in the preferred language.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        of_path = get_language_from_path(request.path_info)
        language = of_path or preferred_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self._home(request, language) or self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if of_path is None:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        elif request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            self._remember(response, language)
        return response

    def _home(self, request: HttpRequest, language: str) -> HttpResponseBase | None:
        if request.path_info != "/":
            return None
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"/{language}/" + (f"?{query}" if query else ""))

    def _remember(self, response: HttpResponseBase, language: str) -> None:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )


class SizeMiddleware:
    """Refuses a request that says it is larger than any page's, before a byte of it is written to the disk.

    The framework limits the fields of a form, not its files; and forms are read before it is known who sends them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.LARGEST_REQUEST:
            raise RequestDataTooBig(f"a request of {length} bytes")
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Closed by default; a form sent after the session ended is held on a page instead of being thrown away."""

    def handle_no_permission(  # type: ignore[override] # a held form is a page, not a redirection
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        ended = settings.SESSION_COOKIE_NAME in request.COOKIES
        if wants_json(request):
            return told("signed_out", 401)
        if request.method == "POST":
            return hold(request, reason="session_ended", status=403)
        query = {"next": request.get_full_path(), **({"ended": "1"} if ended else {})}
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")


class PrivateMiddleware:
    """A session ends after two hours without activity and after twelve hours in all, on the server.

    Pages of somebody signed in are kept by no cache (ASVS 14.3.2); the browser's sensors are closed to every page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without the cookie there is no session to read: public pages cost no query.
        private = settings.SESSION_COOKIE_NAME in request.COOKIES
        if private and request.user.is_authenticated:
            self._end_or_touch(request)
        response = self.get_response(request)
        if private or settings.SESSION_COOKIE_NAME in response.cookies:
            add_never_cache_headers(response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if _logged_out(request):
            response.headers["Clear-Site-Data"] = '"storage"'  # nothing stays on the device (ASVS 14.3.1)
        return response

    def _end_or_touch(self, request: HttpRequest) -> None:
        now = clock.now()
        if not sessions.alive(request.session, now):
            logout(request)
        elif not is_quiet(request):
            sessions.seen(request.session, now)


def _logged_out(request: HttpRequest) -> bool:
    """Whether the person has just logged out. A session that ended by itself is no reason: text may be waiting."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name == "account_logout"
