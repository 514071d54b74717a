"""The outbox."""

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString

from guichet.kernel import clock, identifiers
from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.markup import clean


class LetterState(models.TextChoices):
    """Where a letter stands. "sent" means the mail server answered 250, no less."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Letter(models.Model):
    """One letter to one address, in the recipient's language.

    ``html`` is what stands between <body> and </body>; the page around it is made when it is sent. ``answer`` is the
    last answer of the mail server. ``in_portal`` False keeps it out of the messages page (codes).
    """

    public_id = models.CharField(max_length=22, unique=True, default=identifiers.new_id, editable=False)
    name = models.CharField(max_length=80)
    recipient_email = models.CharField(max_length=254)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    organization_id = models.CharField(max_length=22, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    in_portal = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    message_id = models.CharField(max_length=200, unique=True)
    tries = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="mail_language"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="mail_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=models.Q(in_portal=True), name="mail_messages"),
            models.Index(
                fields=["organization_id", "-id"], condition=models.Q(in_portal=True), name="mail_organization"
            ),
            models.Index(fields=["reference", "-id"], condition=models.Q(in_portal=True), name="mail_reference"),
            models.Index(fields=["state", "created_at"], name="mail_health"),
        ]

    def __str__(self) -> str:
        return f"{self.name} to {self.recipient_email}"

    @property
    def body(self) -> SafeString:
        """The letter's HTML, safe to place in a page."""
        return clean(self.html)
