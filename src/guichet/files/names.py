"""The name a person gave a file, made fit to keep, to show and to send in a header."""

import re
import unicodedata

LONGEST = 150
_PATH_SIGNS = re.compile(r"[/\\]")
_REFUSED = re.compile(r'[<>:"|?*]')


def tidy(name: str) -> str:
    """``name`` without folders, control characters and marks that turn the direction of text; at most 150 characters.

    The extension survives the cut. A name with nothing left is "file".
    """
    last = _PATH_SIGNS.split(unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    kept = _REFUSED.sub("_", kept).strip(". \u00a0")
    stem, dot, extension = kept.rpartition(".")
    if not stem:
        return kept[:LONGEST] or "file"
    return f"{stem[: LONGEST - len(extension[:20]) - 1]}{dot}{extension[:20]}"


def extension_of(name: str) -> str:
    """The part after the last dot, in small letters; "" when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
