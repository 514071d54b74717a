"""The kinds of files that may be stored: one line each, and nothing else needs to change for a new one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """``magic``: any of these bytes at offset 0. ``member``: what an Office file holds beside its list of contents."""

    extensions: tuple[str, ...]
    mime: str
    magic: tuple[bytes, ...]
    member: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = (b"PK\x03\x04",)

KINDS: dict[str, Kind] = {
    "pdf": Kind(("pdf",), "application/pdf", (b"%PDF-",)),
    "docx": Kind(("docx",), f"{_OFFICE}.wordprocessingml.document", _ZIP, "word/document.xml"),
    "xlsx": Kind(("xlsx",), f"{_OFFICE}.spreadsheetml.sheet", _ZIP, "xl/workbook.xml"),
    "pptx": Kind(("pptx",), f"{_OFFICE}.presentationml.presentation", _ZIP, "ppt/presentation.xml"),
    "png": Kind(("png",), "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": Kind(("jpg", "jpeg"), "image/jpeg", (b"\xff\xd8\xff",)),
}
