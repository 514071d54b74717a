"""Where the portal does otherwise than the sign-in library."""

from typing import Any

from allauth.account import views
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guichet.web.access import page


class Registration(views.SignupView):
    """Register: the account, its event and its letter are made together, or none of them is."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Of the same address twice at once, the second is answered as an address that is known already."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.account_already_exists = True
            return super().form_valid(form)


@page(who="person", methods=("GET", "POST"))
def email(request: HttpRequest) -> HttpResponse:
    """The library's flows end here where nothing else is said: the person's own first page."""
    return redirect(settings.LOGIN_REDIRECT_URL)
