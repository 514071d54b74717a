"""The coarse checks of a page: who may open it, by which methods."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from guichet.web.access import page
from tests import people

pytestmark = pytest.mark.django_db


def view_for(who, **options):
    @page(who=who, **options)
    def view(request):
        return HttpResponse("done")

    return view


def ask(who, user, method="get", **options):
    request = getattr(RequestFactory(), method)("/en/")
    request.user = user
    request._messages = SimpleNamespace(add=lambda *anything: None)
    with translation.override("en"):
        return view_for(who, **options)(request)


def test_declaration_is_data_on_the_view():
    view = view_for("member", methods=("GET", "POST"))
    assert (view.access, view.methods) == ("member", ("GET", "POST", "HEAD"))
    assert getattr(view, "login_required", True)
    assert view_for("public").login_required is False


def test_unknown_audience_fails_at_once():
    with pytest.raises(KeyError):
        view_for("anybody")


def test_other_methods_are_refused():
    assert ask("public", AnonymousUser(), "post").status_code == 405
    assert ask("public", AnonymousUser(), "head").status_code == 200
    assert ask("public", AnonymousUser(), "delete", methods=("GET", "POST")).status_code == 405


def test_member_pages_need_an_organization():
    assert ask("member", people.person()).headers["Location"] == "/en/my-profile/"
    assert ask("member", people.stranger()).status_code == 200


def test_signatory_pages_say_no_to_a_colleague():
    firm = people.firm("founded")
    assert ask("signatory", firm.signatory).status_code == 200
    with pytest.raises(PermissionDenied, match="not_signatory"):
        ask("signatory", firm.colleague())


def test_staff_pages_do_not_exist_for_others():
    assert ask("officer", people.officer()).status_code == 200
    with pytest.raises(Http404):
        ask("officer", people.stranger())
    with pytest.raises(PermissionDenied):
        ask("officer", people.person(staff_role="administrator"))
    with pytest.raises(PermissionDenied):
        ask("administrator", people.officer())
