"""The tables: an application, its frozen submission, its way to newer editions, more time for one organization, the
counter of reference numbers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from guichet.applications.states import State
from guichet.kernel.identifiers import new_id


class Application(models.Model):
    """One request for funding by an organization, pinned to its edition: a draft moves to a newer one when asked to.

    Answers are in its sheet; once submitted, this row and the sheet are frozen by triggers (migration 0002).
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="applications"
    )
    program_key = models.CharField(max_length=64)
    edition = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField("answers.Sheet", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    # The applicant's name for the project, copied from its answer (the edition says which) for lists and letters.
    title = models.CharField(max_length=250, blank=True, default="")
    reference = models.CharField(max_length=30, null=True, unique=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    # Of a deleted draft: when and by whom (None: it had waited too long), and the last day to recover it, where the
    # program lives. Of one that was recovered: when.
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    last_day = models.DateField(null=True)
    recovered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(fields=("organization", "-started_at", "-id"), name="application_of_organization"),
            models.Index(fields=("last_day",), condition=Q(state=State.DELETED), name="application_to_close"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state=State.DRAFT,
                    reference=None,
                    submitted_at=None,
                    submitted_by=None,
                    deleted_at=None,
                    deleted_by=None,
                    last_day=None,
                )
                | Q(
                    state__in=(State.DELETED, State.CLOSED),
                    reference=None,
                    submitted_at=None,
                    submitted_by=None,
                    deleted_at__isnull=False,
                    last_day__isnull=False,
                )
                | Q(
                    state=State.SUBMITTED,
                    reference__isnull=False,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    deleted_at=None,
                    deleted_by=None,
                    last_day=None,
                ),
                name="application_state_fits_fields",
            ),
            models.UniqueConstraint(
                fields=("organization", "program_key"),
                condition=Q(state=State.DRAFT),
                name="application_one_draft_per_program",
            ),
        )

    def __str__(self) -> str:
        return self.reference or self.public_id

    @property
    def is_draft(self) -> bool:
        """Whether the applicant can still change it."""
        return self.state == State.DRAFT

    @property
    def is_submitted(self) -> bool:
        """Whether the program has received it."""
        return self.state == State.SUBMITTED


class Submission(models.Model):
    """What was submitted, frozen: append-only by trigger, its digest checked by the database itself.

    ``canonical`` is the text of RFC 8785 whose SHA-256 is ``digest``; ``document`` is the same as jsonb, for reading.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="submission")
    reference = models.CharField(max_length=30, unique=True)
    document = models.JSONField()
    canonical = models.TextField()
    digest = models.CharField(max_length=64)
    edition_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    role = models.CharField(max_length=20)
    attestations = models.JSONField()
    request_key = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-submitted_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(language__in=("en", "fr")), name="submission_language_known"),
        )

    def __str__(self) -> str:
        return self.reference


class PersonalExtension(models.Model):
    """More time for one organization after an intake of the edition closes, with the reason. Append-only.

    The newest of an organization and edition counts.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("organization", "edition", "-id"), name="extension_of_organization"),)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="personal_extension_has_reason"),)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.edition_id} {self.until}"


class CarriedOver(models.Model):
    """A draft moved to a newer edition: what is new, changed and gone (questions, no answers). Append-only.

    ``differences``: [{kind, path, label, section, table, what}] as ``questions.moving.Difference`` has them.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="carried_over")
    before = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    differences = models.JSONField()
    carried_at = models.DateTimeField()
    carried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=~Q(before=models.F("after")), name="carried_to_another"),)

    def __str__(self) -> str:
        return f"{self.application_id}: {self.before_id} → {self.after_id}"


class Told(models.Model):
    """Those who can submit a draft were written to about something, and are not a second time. Append-only.

    ``about``: "decision:<id>" (what an officer decided about intakes), "closing:<moment>" (it closes soon).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("application", "about"), name="told_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.about}"


class SerialCounter(models.Model):
    """The last serial given in a program's year; its row lock makes the numbers gapless."""

    program_key = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("program_key", "year")
        constraints = (models.UniqueConstraint(fields=("program_key", "year"), name="one_counter_per_program_year"),)

    def __str__(self) -> str:
        return f"{self.program_key} {self.year}: {self.last}"
