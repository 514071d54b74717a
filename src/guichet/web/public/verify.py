"""Is this what was submitted? Anybody who holds a receipt or a bundle may ask; nothing but the verdict is told.

Number and digest are compared with the record. A bundle is recomputed part by part (applications/verifying.py); a
number that does not exist and a digest that is not its own are answered alike.
"""

import hmac
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.applications import queries, verifying
from guichet.kernel import formats, references
from guichet.kernel.bilingual import ENGLISH, FRENCH
from guichet.questions.values import line_of
from guichet.web.access import page

LARGEST = 256 * 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BETWEEN = re.compile(r"[\s\u00a0\u202f\u00ad\u200b:.-]+")
UNPROVEN = "unproven"


class NumberForm(forms.Form):
    """The number and the digest, as they stand on a receipt; however they were typed."""

    number = forms.CharField(
        label=gettext_lazy("Number of the application"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter the number.")},
    )
    digest = forms.CharField(
        label=gettext_lazy("Digest (SHA-256)"),
        max_length=200,
        help_text=gettext_lazy("64 digits and letters from a to f; the receipt and its PDF show it."),
        error_messages={"required": gettext_lazy("Enter the digest.")},
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(None if sent is None else {name: line_of(sent.get(name, "")) for name in self.base_fields})

    def clean_number(self) -> str:
        """The number in its one form; a mistyped one is told by its check character."""
        found = references.read(self.cleaned_data["number"])
        if found is None:
            raise forms.ValidationError(_("This is no number of an application: compare it with the receipt."))
        return found

    def clean_digest(self) -> str:
        """64 small hexadecimal digits."""
        found = _BETWEEN.sub("", self.cleaned_data["digest"]).lower().removeprefix("sha256")
        if not _DIGEST.fullmatch(found):
            raise forms.ValidationError(_("A digest has 64 signs, digits and letters from a to f."))
        return found


class BundleForm(forms.Form):
    """The file that the portal gave."""

    bundle = forms.FileField(
        label=gettext_lazy("The record (ZIP)"),
        help_text=gettext_lazy("As it was downloaded from the receipt. The portal keeps nothing of it."),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty: download it again."),
        },
    )

    def clean_bundle(self) -> Any:
        """Not larger than a server should read for anybody."""
        given = self.cleaned_data["bundle"]
        if given.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than %(size)s: use the program verify.py that lies in it.")
                % {"size": formats.file_size(LARGEST, _language())}
            )
        return given


@dataclass(frozen=True)
class Verdict:
    """``same`` when everything is what is on record; ``parts`` are those of a bundle with what each was found to be."""

    same: bool
    reference: str
    parts: tuple[verifying.Part, ...] = ()


@page(who="public", methods=("GET", "POST"))
def verify(request: HttpRequest) -> HttpResponse:
    """Two ways to ask, and the verdict above them. The square code of a receipt leads here with both filled in."""
    asked = "number" in request.GET
    number_form = NumberForm(request.GET if asked else None)
    bundle_form = BundleForm(request.POST, request.FILES) if request.method == "POST" else BundleForm()
    faulty = (asked and not number_form.is_valid()) or (request.method == "POST" and not bundle_form.is_valid())
    verdict, unreadable = None, False
    if not faulty:
        try:
            verdict = (
                _of_bundle(bundle_form) if request.method == "POST" else _of_number(number_form) if asked else None
            )
        except verifying.NotARecord:
            unreadable = True
    context = {
        "title": _("Verify a submission"),
        "form": number_form,
        "verify_form": bundle_form,
        "verdict": verdict,
        "unreadable": unreadable,
    }
    return render(request, "public/verify.html", context, status=422 if faulty or unreadable else 200)


def _of_number(form: NumberForm) -> Verdict:
    given = form.cleaned_data
    return Verdict(_is_on_record(given["number"], given["digest"]), given["number"])


def _of_bundle(form: BundleForm) -> Verdict:
    """Its files are proven only by a text that is itself the one on record. Raises NotARecord."""
    found = verifying.examine_zip(form.cleaned_data["bundle"].file)
    known = _is_on_record(found.reference, found.digest)
    text = verifying.Part(verifying.TEXT, verifying.SAME if known else verifying.CHANGED)
    files = found.files if known else tuple(_unproven(part) for part in found.files)
    return Verdict(known and found.whole, references.read(found.reference) or "", (text, *files))


def _unproven(part: verifying.Part) -> verifying.Part:
    return verifying.Part(part.name, UNPROVEN) if part.verdict == verifying.SAME else part


def _language() -> str:
    return FRENCH if get_language() == FRENCH else ENGLISH


def _is_on_record(reference: str, digest: str) -> bool:
    return hmac.compare_digest(queries.digest_of(reference), digest)
