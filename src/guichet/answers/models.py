"""Sheets of answers, and the append-only history of every value."""

from django.conf import settings
from django.db import models

from guichet.answers.paths import LONGEST
from guichet.kernel import clock, identifiers


class Sheet(models.Model):
    """What one profile or one application has answered. A frozen sheet is refused every change, by the database too."""

    public_id = models.CharField(max_length=22, unique=True, default=identifiers.new_id, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.public_id


class Answer(models.Model):
    """The value that stands now. ``value`` None is blank; ``version`` counts from 1."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="answers")
    path = models.CharField(max_length=LONGEST)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "path"], name="answers_one_per_path"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="answers_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"


class AnswerChange(models.Model):
    """One value that was given once. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE."""

    # Without an index of its own: two below begin with it, and one more would only lead the planner astray.
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="changes", db_index=False)
    path = models.CharField(max_length=LONGEST)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "path", "version"], name="answers_one_change_per_version"),
        ]
        indexes = [
            models.Index(
                fields=["sheet", "request_key"],
                condition=~models.Q(request_key=""),
                name="answers_change_request",
            ),
            models.Index(fields=["sheet", "-id"], name="answers_change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"


class Presence(models.Model):
    """Somebody has a sheet open on a screen, and was last heard of at ``seen_at``. One row a person and sheet."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="answers_presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.sheet_id}"
