"""Imported lists. Rows are never changed or deleted: an answer of long ago shows the title that its code had."""

from django.db import models


class ListVersion(models.Model):
    """One import of a list: ``number`` counts from 1, ``digest`` is the SHA-256 of its codes and titles."""

    list = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["list", "number"]
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="one_list_version_per_number")]

    def __str__(self) -> str:
        return f"{self.list} {self.number}"


class Entry(models.Model):
    """One code with its titles, in the order of the file (``id``)."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(max_length=12)
    title_en = models.CharField(max_length=1000)
    title_fr = models.CharField(max_length=1000)

    class Meta:
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_entry_per_code")]

    def __str__(self) -> str:
        return self.code
