"""Programs on offer, and their published editions. An edition row is frozen by a database trigger."""

from django.conf import settings
from django.db import models


class Program(models.Model):
    """A program; ``document`` is its program.yaml as last published (names, mailboxes, zone)."""

    key = models.CharField(max_length=64, unique=True)
    document = models.JSONField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Edition(models.Model):
    """A published edition: ``document`` is the package as JSON without its program, ``hash`` its SHA-256.

    The row is append-only: a trigger refuses to change or delete it.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="editions")
    key = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    document = models.JSONField()
    begins = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["program", "begins", "key"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="one_edition_per_key")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.key}"
