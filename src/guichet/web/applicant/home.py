"""Home: what needs me now, one clear state and one next step for each program."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.mail import queries as mail
from guichet.organizations import queries as organizations
from guichet.programs import queries as programs
from guichet.web.access import page
from guichet.web.applicant.journey import journey
from guichet.web.requests import PersonRequest


@page(who="person")
def home(request: PersonRequest) -> HttpResponse:
    """Where each program's file stands; staff have their own home."""
    if request.user.staff_role:
        return redirect("officer:queue")
    organization = organizations.organization_of(request.user)
    language = request.LANGUAGE_CODE
    journeys = [
        journey(user=request.user, organization=organization, edition=edition, language=language)
        for edition in programs.programs()
    ]
    context = {
        "title": _("Home: what needs you now"),
        "organization": organization,
        "journeys": journeys,
        "letters": mail.letters_for(request.user, size=3).letters,
    }
    return render(request, "applicant/home.html", context)
