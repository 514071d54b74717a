"""What is made from the sources before the portal can serve: the French catalogue, the fonts, the static files.

Everything lands in the build folder, may be deleted at any time, and is made again only when its sources changed.
No gettext, Node or compiler is needed.
"""

import fcntl
import hashlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from babel.messages.mofile import write_mo

from guichet.config import po

# (name of the file, package, file in it, weight to cut out of a variable font or None)
FONTS = (
    ("noto-sans-400", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", 400),
    ("noto-sans-700", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", 700),
    ("lato-700", "fontpkg_lato", "Lato-Bold.ttf", None),
)
# Latin with its extensions (names of people and firms), and the signs of both languages' typography.
CHARACTERS = (
    *(range(0x20, 0x7F), range(0xA0, 0x180), range(0x1CD, 0x1DD), range(0x218, 0x21C), range(0x2BC, 0x2BD)),
    *(range(0x300, 0x305), range(0x1E80, 0x1E86), range(0x1EF2, 0x1EF4), range(0x2010, 0x2016)),
    *(range(0x2018, 0x2023), range(0x2026, 0x2027), range(0x202F, 0x2031), range(0x2039, 0x203B)),
    *(range(0x20AC, 0x20AD), range(0x2122, 0x2123), range(0x2190, 0x2194), range(0x2212, 0x2213)),
    *(range(0x2248, 0x2249), range(0x2260, 0x2266), range(0x2713, 0x2714)),
)
# The scripts of pages with questions, in the order in which they need each other: one file, one request.
FORMS = (
    *("decimal", "costs", "terms", "rules", "combobox", "count"),
    *("waiting", "place", "state", "saving", "uploads", "merging", "together", "rows", "telling", "live", "totals"),
)
# The script of a draft that was taken away as one file; it stands in the file.
TAKEAWAY = ("decimal", "costs", "terms", "rules", "count", "telling", "totals", "takeaway")


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """Two starts at once build one after the other."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _when_changed(build: Path, name: str, digest: str, make: Callable[[], None]) -> bool:
    stamp = build / f"{name}.stamp"
    with _alone(build):
        if stamp.exists() and stamp.read_text() == digest:
            return False
        make()
        stamp.write_text(digest)
    return True


def catalogues(package: Path, build: Path) -> bool:
    """Merge ``locale/fr/*.po`` into the one catalogue that Django reads; returns whether anything was to do."""
    sources = sorted((package / "locale" / "fr").glob("*.po"))

    def make() -> None:
        target = build / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with (target.with_suffix(".new")).open("wb") as stream:
            write_mo(stream, po.merged(sources, "fr"))
        target.with_suffix(".new").replace(target)

    return _when_changed(build, "catalogues", _digest(sources), make)


def fonts(build: Path) -> bool:
    """Cut the fonts to the characters and weights in use, as woff2; returns whether anything was to do."""
    versions = [importlib.metadata.version(name) for name in ("fontpkg-noto-sans", "fontpkg-lato", "fonttools")]
    recipe = repr((FONTS, CHARACTERS))

    def make() -> None:
        folder = build / "assets" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for name, package, file, weight in FONTS:
            _cut(str(files(package).joinpath("files", file)), weight, folder / f"{name}.woff2")

    return _when_changed(build, "fonts", _digest([], recipe, *versions), make)


def _cut(source: str, weight: int | None, target: Path) -> None:
    # Imported here: only the first start needs it, and it costs half a second.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source)
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for codes in CHARACTERS for code in codes])
    cutter.subset(font)
    if weight is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, updateFontNames=False)
    font.flavor = "woff2"
    font.save(target)


def bundle(scripts: Path, target: Path, names: Iterable[str]) -> None:
    """One script out of several; each is a block of its own, and what they share is ``globalThis.guichet``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = [(scripts / f"{name}.js").read_text(encoding="utf-8") for name in names]
    target.write_text("\n".join(parts), encoding="utf-8")


def static_files(static: Path, build: Path) -> bool:
    """Collect, compress and name the static files by their content; Django must be set up.

    Returns whether anything was to do.
    """
    bundle(static / "js", build / "assets" / "js" / "forms.js", FORMS)
    bundle(static / "js", build / "assets" / "js" / "takeaway-file.js", TAKEAWAY)
    sources = [path for folder in (static, build / "assets") for path in folder.rglob("*") if path.is_file()]

    def make() -> None:
        # Imported here: the other two parts need no Django.
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)

    return _when_changed(build, "static", _digest(sources, importlib.metadata.version("whitenoise")), make)
