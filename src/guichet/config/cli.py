"""What ./guichet hands over to: ``up``, ``manage …``, ``program …``, ``data …`` and ``audit …``."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from guichet.config import environment as env
from guichet.config.embedded import Embedded

CHECKOUT = Path(__file__).resolve().parents[3]
# Commands that make or change tables run as the role that owns them.
OWNER_COMMANDS = {"migrate", "createcachetable", "sqlsequencereset"}
# Commands that never ask the database.
DRY_COMMANDS = {"messages", "makemigrations", "help", "diffsettings", "collectstatic"}


# Of ``program``; all but the last are those of the command in programs/management.
PROGRAM_ACTS = ("check", "publish", "test", "translated", "schema", "preview")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./guichet")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start the portal: database, web server, worker")
    up.add_argument("--port", type=int, default=8000)
    up.add_argument("--host", default="127.0.0.1", help="the address to listen on; 0.0.0.0 for every one")
    up.add_argument("--data", type=Path, help="the data folder; GUICHET_DATA, or var beside the program, by default")
    return parser


def _preview(arguments: list[str]) -> int:
    """``program preview DIR``: a portal of its own, with that package alone."""
    parser = argparse.ArgumentParser(prog="./guichet program preview")
    parser.add_argument("folder", type=Path, help="the folder of an edition")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    options = parser.parse_args(arguments)
    # Imported here: the other commands need none of it.
    from guichet.config import preview

    return preview.preview(folder=options.folder, host=options.host, port=options.port)


def _program(arguments: list[str]) -> int:
    """``program ACT …``; without an act that there is, which ones there are."""
    if arguments[:1] == ["preview"]:
        return _preview(arguments[1:])
    if arguments[:1] and arguments[0] in PROGRAM_ACTS:
        return _manage(["program", *arguments])
    asked = arguments[:1] in (["-h"], ["--help"])
    usage = f"usage: ./guichet program {{{','.join(PROGRAM_ACTS)}}} DIR"
    print(usage, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def data_folder(given: Path | None = None) -> Path:
    """The data folder, made and tried; raises SettingError when nothing can be written there."""
    data = given.expanduser().resolve() if given else env.folder("GUICHET_DATA", CHECKOUT / "var")
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise env.SettingError(
            f"the data folder {data} cannot be written ({error.strerror}); name another with --data or GUICHET_DATA."
        ) from error
    os.environ["GUICHET_DATA"] = str(data)
    return data


def _manage(arguments: list[str]) -> int:
    """Run one of Django's commands in a process of its own, with the database at hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")
    name = arguments[0] if arguments else "help"
    command = [sys.executable, "-P", "-m", "django", *(arguments or ["help"])]
    if name in DRY_COMMANDS or (name == "program" and arguments[1:2] != ["publish"]):
        return subprocess.call(command, env={"DATABASE_URL": "postgresql:///none", **os.environ})
    if env.secret("DATABASE_URL", ""):
        owner = env.secret("GUICHET_OWNER_DATABASE_URL", "")
        return subprocess.call(
            command, env={**os.environ, **({"DATABASE_URL": owner} if owner and name in OWNER_COMMANDS else {})}
        )
    server = Embedded(data_folder())
    try:
        url = server.owner_url if name in OWNER_COMMANDS else server.application_url
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    finally:
        server.stop()


def main(arguments: list[str]) -> int:
    """Run a command; returns the exit code. Raises SettingError (one sentence) on a setting that cannot be used."""
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    if arguments[:1] == ["program"]:
        return _program(arguments[1:])
    if arguments[:1] in (["data"], ["audit"]):
        return _manage(arguments)
    options = _parser().parse_args(arguments)
    # Imported here: the other commands need none of it.
    from guichet.config import up

    return up.up(host=options.host, port=options.port, data=data_folder(options.data))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
