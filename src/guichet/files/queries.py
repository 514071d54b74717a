"""Finding stored files."""

from guichet.files.models import StoredFile


def file(public_id: str) -> StoredFile | None:
    """The file, or None."""
    return StoredFile.objects.filter(public_id=public_id).first()


def file_of(holder: str, public_id: str) -> StoredFile | None:
    """The file when ``holder`` holds it; None for anybody else's."""
    return StoredFile.objects.filter(public_id=public_id, holder=holder).first()


def files_of(holder: str) -> list[StoredFile]:
    """Every file that ``holder`` was given, oldest first."""
    return list(StoredFile.objects.filter(holder=holder).order_by("pk"))
