"""Addresses of pages as they stand in letters: absolute, and in the language of the letter."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from guichet.kernel.bilingual import known


def link(name: str, language: str, *args: str) -> str:
    """The full address of the page called ``name`` in ``language``. Raises NoReverseMatch for an unknown name."""
    with translation.override(known(language)):
        return f"{settings.BASE_URL}{reverse(name, args=args)}"
