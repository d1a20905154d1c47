"""What the commands have in common: how they end."""

from django.core.management.base import CommandError


class WrongInput(CommandError):
    """What a command was given is wrong, or names what is not here; it ends with exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)
