"""The tables: an examination of a profile as it was sent, and one finding per criterion."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from guichet.eligibility.states import Outcome, State
from guichet.kernel.identifiers import new_id


class Case(models.Model):
    """One examination: ``snapshot`` holds the visible answers of *My profile* as sent, ``due_reason`` the count.

    Cases are never removed: what was sent, found and answered is the history of the organization.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="cases")
    program_key = models.CharField(max_length=64)
    edition = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    snapshot = models.JSONField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    due_reason = models.JSONField()
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = (models.Index(fields=("state", "due_on", "id"), name="case_queue"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state__in=(State.MET, State.NOT_MET),
                    concluded_at__isnull=False,
                    concluded_by__isnull=False,
                )
                | Q(state__in=(State.OPEN, State.SUPERSEDED), concluded_at=None, concluded_by=None),
                name="case_state_fits_fields",
            ),
            models.UniqueConstraint(
                fields=("organization", "program_key"), condition=Q(state=State.OPEN), name="one_open_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id} ({self.state})"


class Finding(models.Model):
    """What the rules say of one criterion (``computed``, ``explanation`` in both languages), and any override."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=64)
    computed = models.CharField(max_length=16, choices=Outcome.choices)
    explanation = models.JSONField()
    override = models.CharField(max_length=16, choices=Outcome.choices, blank=True, default="")
    override_reason = models.TextField(blank=True, default="")
    overridden_at = models.DateTimeField(null=True)
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("case", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "criterion"), name="one_finding_per_criterion"),
            models.CheckConstraint(condition=Q(computed__in=Outcome.values), name="finding_outcome_known"),
            models.CheckConstraint(
                condition=Q(override="", override_reason="", overridden_at=None, overridden_by=None)
                | Q(
                    override__in=(Outcome.MET, Outcome.NOT_MET),
                    override_reason__gt="",
                    overridden_at__isnull=False,
                    overridden_by__isnull=False,
                ),
                name="finding_override_fits_fields",
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.outcome}"

    @property
    def outcome(self) -> str:
        """What counts: the officer's override where there is one, else what the rules say."""
        return self.override or self.computed
