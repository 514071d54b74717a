"""Programs on offer, their published editions, and what officers decided about the intakes of these.

The rows of editions and of decisions are frozen by database triggers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


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


class IntakeDecision(models.Model):
    """What an officer decided about the intakes of a published edition, which itself never changes. Append-only.

    extended: the intake ``intake`` closes at ``ends`` for everybody. paused: nothing is received from ``begins`` to
    ``ends`` (None: until resumed), with a notice in both languages. resumed: the pause before it is over. Of the
    extensions of one intake, and of the pauses, the newest counts. ``reason`` is for the file, not for applicants.
    """

    class Kind(models.TextChoices):
        EXTENDED = "extended"
        PAUSED = "paused"
        RESUMED = "resumed"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="intake_decisions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    intake = models.CharField(max_length=64, blank=True)
    begins = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    notice_en = models.TextField(blank=True)
    notice_fr = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="extended", begins=None, ends__isnull=False) & ~Q(intake="") & ~Q(reason=""))
                | (
                    Q(kind="paused", intake="", begins__isnull=False)
                    & (Q(ends=None) | Q(ends__gt=models.F("begins")))
                    & ~Q(notice_en="")
                    & ~Q(notice_fr="")
                )
                | Q(kind="resumed", intake="", begins=None, ends=None),
                name="intake_decision_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"
