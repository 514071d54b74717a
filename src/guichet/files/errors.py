"""Why an upload is refused. Params of all: name."""

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
