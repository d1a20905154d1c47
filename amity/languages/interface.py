"""The languages in which Amity itself speaks."""

from django.conf import settings


def interface_languages() -> list[tuple[str, str]]:
    """What to choose from; asked for each time, so that a new language needs no migration."""
    return list(settings.LANGUAGES)
