"""The log of events, and the chain that shows whether it is whole."""

from django.db import models


class Event(models.Model):
    """One act. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE. ``digest``: over every other column."""

    at = models.DateTimeField()
    actor_id = models.CharField(max_length=32, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    organization_id = models.CharField(max_length=32, blank=True)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_event_subject"),
            models.Index(fields=["organization_id", "id"], name="audit_event_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.event} of {self.subject_type} {self.subject_id}"


class Link(models.Model):
    """The place of an event in the chain. Written by the database when the act is committed; append-only.

    ``digest`` is SHA-256 over ``previous``, the digest of the link before, followed by the event's own.
    """

    serial = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, db_constraint=False)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"link {self.serial}"


class Head(models.Model):
    """The end of the chain: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    serial = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"head at {self.serial}"


class Seal(models.Model):
    """All that was linked since the seal before: the links ``first`` to ``last``, none when ``events`` is 0.

    ``root`` is that of the hash tree over the digests of their events, ``previous`` the digest of the seal before.
    ``digest`` is SHA-256 over the whole seal (``sealing.document``). Append-only.
    """

    serial = models.PositiveBigIntegerField(primary_key=True)
    day = models.DateField(unique=True)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True, unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first") - 1), name="audit_seal_in_order")
        ]

    def __str__(self) -> str:
        return f"seal of {self.day}"

    @property
    def events(self) -> int:
        """How many events it holds."""
        return self.last - self.first + 1
