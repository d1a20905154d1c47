"""The `amity` command: Django's management commands, and those of the rooms, by one name."""

import argparse
import os
import sys

from amity.settings.environment import ConfigurationError

WITHOUT_INSTALLATION = {("demo",), ("dossier", "check")}
"""Commands that run without anything having been decided for this computer."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 2 when the environment or the arguments are wrong."""
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"amity.settings.{_settings_for(given)}")
    if given[:1] == ["demo"]:
        os.environ.setdefault("AMITY_BASE_URL", _demonstration_address(given[1:]))
    from django.core.management import execute_from_command_line
    from django.db.utils import DatabaseError

    try:
        execute_from_command_line(["amity", *given])
    except ConfigurationError as error:
        return _complain(str(error), 2)
    except DatabaseError as error:
        if not _database_answers():
            return _complain(_why_no_database(error), 1)
        if reason := _what_it_lacks():
            return _complain(reason, 1)
        raise
    return 0


def _why_no_database(error: Exception) -> str:
    from django.conf import settings

    embedded = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    if embedded and not settings.DATA_DIR.is_dir():
        return (
            f"there is no folder {settings.DATA_DIR}; create it, or name another in AMITY_DATA_DIR"
        )
    return f"the database does not answer: {' '.join(str(error).split())}"


def _database_answers() -> bool:
    from django.db import connection
    from django.db.utils import OperationalError

    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def _what_it_lacks() -> str:
    from amity.foundation.schema import why_not_current

    return why_not_current()


def _settings_for(given: list[str]) -> str:
    return "demo" if {tuple(given[:1]), tuple(given[:2])} & WITHOUT_INSTALLATION else "production"


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
