"""Why an upload is refused. Params of all: name, the person's."""

from guichet.kernel.errors import Refusal


class FileEmpty(Refusal):
    """It has no bytes."""

    code = "file_empty"


class FileTooLarge(Refusal):
    """It is larger than allowed. Params: max_bytes."""

    code = "file_too_large"


class FileKindRefused(Refusal):
    """Its extension is none of the kinds asked for. Params: kinds (keys)."""

    code = "file_kind_refused"


class FileContentDiffers(Refusal):
    """Its content is not what its extension says. Params: kind."""

    code = "file_content_differs"


class DiskFull(Refusal):
    """There is no room for it on the disk of the portal. Nothing was written that counts."""

    code = "disk_full"


class TooManyUploads(Refusal):
    """This person has as many files under way, or as many bytes, as one person may. No params."""

    code = "too_many_uploads"


class OffsetDiffers(Refusal):
    """The piece does not begin where the file ends so far. Params: offset, where it ends; size."""

    code = "offset_differs"


class PieceRefused(Refusal):
    """The piece has not the length that the place asks for, or not the digest that was sent with it. Params: offset."""

    code = "piece_refused"


class UploadIncomplete(Refusal):
    """Pieces are missing. Params: offset, size."""

    code = "upload_incomplete"
