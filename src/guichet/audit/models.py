"""The log of events, and the one row that holds its last digest."""

from django.db import models


class Event(models.Model):
    """One act. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE. ``serial`` has no gaps."""

    serial = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=22, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    organization_id = models.CharField(max_length=22, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "serial"], name="audit_event_subject"),
            models.Index(fields=["organization_id", "serial"], name="audit_event_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.event}"


class Head(models.Model):
    """The end of the chain: one row, locked by whoever adds the next event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    serial = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"head at {self.serial}"
