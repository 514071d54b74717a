"""The person's own part of My profile, saved by the page's buttons and by itself."""

from typing import Any

from guichet.accounts import actions as accounts
from guichet.kernel.errors import Refusal
from guichet.web.applicant.forms import PersonForm
from guichet.web.applicant.summary import put
from guichet.web.requests import PersonRequest

PERSON = "person"  # the names of its fields begin so


def save_person(request: PersonRequest) -> PersonForm | None:
    """Save it on its own, where it was sent; the bound form when something in it was refused."""
    form = PersonForm(request.POST, prefix=PERSON)
    if f"{PERSON}-name" not in request.POST or not form.is_valid():
        return form if form.errors else None
    user: Any = request.user
    values = {**form.cleaned_data, "language": form.cleaned_data["language"] or user.language}
    try:
        accounts.update_person(actor=user, **values)
    except Refusal as refusal:
        put(form, refusal)
        return form
    return None
