"""The `amity` command: Django's management commands, and those of the rooms, by one name."""

import argparse
import os
import sys

from amity.memory import collect_rarely
from amity.settings.environment import ConfigurationError
from amity.trouble import words_for

WITHOUT_INSTALLATION = {("demo",), ("help",), ("dossier", "check"), ("dossier", "new")}
"""Commands that run without anything having been decided for this computer."""
WRITTEN_FOR_OTHERS = {("dossier", "export"), ("dossier", "new"), ("dossier", "schema")}
"""Commands that write what somebody hands on; what all others write is the service's alone."""
FOR_THE_USER = 0o077
HELP = ("help", "--help", "-h")
FOR_DEVELOPERS = frozenset(
    {
        "compilemessages",
        "makemessages",
        "makemigrations",
        "optimizemigration",
        "runserver",
        "squashmigrations",
        "startapp",
        "startproject",
        "test",
        "testserver",
    }
)
"""Commands of Django's that are of no use to whoever runs an installation."""
INTERRUPTED = 130
"""The exit code of a program that ended at SIGINT, as shells have it."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 2 when the environment or the arguments are wrong."""
    given = sys.argv[1:] if arguments is None else arguments
    asks_for_help = given in ([], *([word] for word in HELP))
    if asks_for_help:
        given = ["help"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"amity.settings.{_settings_for(given)}")
    if given[:1] == ["demo"]:
        os.environ.setdefault("AMITY_BASE_URL", _demonstration_address(given[1:]))
    from django.core.management import execute_from_command_line
    from django.db.utils import DatabaseError

    collect_rarely()
    before = os.umask(FOR_THE_USER)
    if tuple(given[:2]) in WRITTEN_FOR_OTHERS:
        os.umask(before)
    try:
        if asks_for_help:
            return _help()
        execute_from_command_line(["amity", *given])
    except ConfigurationError as error:
        return _complain(str(error), 2)
    except DatabaseError as error:
        words = _why_no_database(error)
        if not words:
            raise
        return _complain(words, 1)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    finally:
        os.umask(before)
    return 0


def _help() -> int:
    """List Amity's own commands with what they do, and name Django's after them."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    by_app = {name: str(app) for name, app in sorted(get_commands().items())}
    ours = [name for name, app in by_app.items() if app.startswith("amity.")]
    sys.stdout.write("amity COMMAND; amity COMMAND --help says more.\n\n")
    for name in ours:
        command = load_command_class(by_app[name], name)
        sys.stdout.write(f"  {name:<10}{' '.join(command.help.split())}\n")
    sys.stdout.write("  migrate   Brings the database to the schema of this release.\n")
    rest = [name for name in by_app if name not in {*ours, "migrate", *FOR_DEVELOPERS}]
    sys.stdout.write(f"\nDjango's own, for administrators: {', '.join(rest)}\n")
    return 0


def _why_no_database(error: Exception) -> str:
    """What is wrong with the database; empty where it answers, and a statement is wrong."""
    from django.conf import settings

    embedded = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    if embedded and not settings.DATA_DIR.is_dir():
        return (
            f"there is no folder {settings.DATA_DIR}; create it, or name another in AMITY_DATA_DIR"
        )
    said = " ".join(str(error).split())
    if words := words_for(error):
        return f"the database: {words} ({said})"
    return _what_it_lacks() if _database_answers() else f"the database does not answer: {said}"


def _database_answers() -> bool:
    from django.db import connection
    from django.db.utils import OperationalError

    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def _what_it_lacks() -> str:
    from amity.foundation.database.schema import why_not_current

    return why_not_current()


def _settings_for(given: list[str]) -> str:
    nothing_decided = {tuple(given[:1]), tuple(given[:2])} & WITHOUT_INSTALLATION
    return "demo" if nothing_decided or {*HELP[1:]} & {*given} else "production"


def _demonstration_address(given: list[str]) -> str:
    """The address that pages, feeds and calendars of the demonstration name as their own."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    known, _ = parser.parse_known_args(given)
    host = f"[{known.host}]" if ":" in known.host else known.host
    port = known.port if known.port.isdigit() and 0 < int(known.port) < 65536 else "8000"
    return f"http://{host}:{port}"


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"amity: {words}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
