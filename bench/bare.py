"""The yardstick: a bare Django site on the same database. A session, a sign-in, a template, one row to save."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """One signed-in page; a POST writes one row and redirects."""
    if request.method == "POST":
        get_user_model().objects.filter(pk=request.user.pk).update(title=request.POST["title"])
        return redirect("/")
    return render(request, "page.html", {"lines": range(20)})


@csrf_exempt
def update(request: HttpRequest) -> HttpResponse:
    """One row changed and committed, and nothing else: no session, no sign-in, no page."""
    get_user_model().objects.filter(pk=request.POST["row"]).update(title=request.POST["title"])
    return HttpResponse("kept")


urlpatterns = [path("", page), path("update/", update)]
application = get_wsgi_application()
