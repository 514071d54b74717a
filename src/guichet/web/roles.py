"""What the roles of people in an organization are called."""

from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {"signatory": _("Legal signatory"), "editor": _("Editor"), "reader": _("Reader")}
