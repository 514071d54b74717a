"""The record of a stored file; its bytes are under ``settings.FILES_ROOT``."""

from django.conf import settings
from django.db import models

from guichet.kernel import clock, identifiers


class ScanState(models.TextChoices):
    """What the scanner said. No scanner is connected yet: everything is "not_scanned"."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"


class StoredFile(models.Model):
    """One upload. ``name`` is the person's, tidied; ``stored_name`` is ours, random, and never shown."""

    public_id = models.CharField(max_length=22, unique=True, default=identifiers.new_id, editable=False)
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=80, db_index=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    scan_state = models.CharField(max_length=12, choices=ScanState.choices, default=ScanState.NOT_SCANNED)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=1), name="files_not_empty")]

    def __str__(self) -> str:
        return self.name
