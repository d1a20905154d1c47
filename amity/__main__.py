"""The `amity` command: Django's management commands, and those of the rooms, by one name."""

import os
import sys

from amity.settings.environment import ConfigurationError

DEMONSTRATION_COMMANDS = {"demo"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 2 when the environment or the arguments are wrong."""
    given = sys.argv[1:] if arguments is None else arguments
    wanted = "demo" if given and given[0] in DEMONSTRATION_COMMANDS else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"amity.settings.{wanted}")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["amity", *given])
    except ConfigurationError as error:
        sys.stderr.write(f"amity: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
