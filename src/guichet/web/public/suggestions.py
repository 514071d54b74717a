"""What a text may mean in a long published list, for the boxes that search while one types."""

import re

from django.http import Http404, HttpRequest, JsonResponse

from guichet.questions import lists
from guichet.web.access import page

# As many as a person reads; texts longer than any title are no search.
_OFFERED = 12
_LONGEST = 200


@page(who="public")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Codes with their titles, best first, as a JSON list; ``list``, ``digits`` ("2.3") and ``q`` say of what."""
    name, digits, text = (request.GET.get(key, "") for key in ("list", "digits", "q"))
    if name not in lists.names() or not re.fullmatch(r"[1-9]\d?(\.[1-9]\d?){0,9}", digits, re.ASCII):
        raise Http404
    levels = frozenset(int(number) for number in digits.split("."))
    answer = JsonResponse(lists.suggestions(name, levels, text[:_LONGEST], request.LANGUAGE_CODE, _OFFERED), safe=False)
    answer["Cache-Control"] = "max-age=300"
    return answer
