"""The records of stored files and of files on their way; the bytes are under ``settings.FILES_ROOT``."""

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


class Upload(models.Model):
    """A file on its way, piece by piece: the first ``offset`` bytes of ``size`` are on the disk, under ``stored_name``.

    ``holder`` and ``path`` say whose answer it will be, ``owner`` who sends it. ``chain`` is the digest of what is
    there: SHA-256 of the chain before and of the piece's SHA-256, both in hexadecimal; "" where nothing is. ``file`` is
    what became of it: the same bytes, which no piece can change any more.
    """

    public_id = models.CharField(max_length=22, unique=True, default=identifiers.new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    request_key = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    chain = models.CharField(max_length=64, blank=True, default="")
    stored_name = models.CharField(max_length=80, unique=True)
    touched_at = models.DateTimeField(default=clock.now, db_index=True)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="upload")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "holder", "request_key"], name="files_upload_once"),
            models.CheckConstraint(condition=models.Q(offset__lte=models.F("size")), name="files_upload_within"),
            models.CheckConstraint(
                condition=models.Q(file=None) | models.Q(offset=models.F("size")), name="files_upload_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.size}"
