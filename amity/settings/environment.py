"""Configuration from the environment, strict: what is unknown or malformed stops the start.

`SETTINGS` declares every variable once: its name, how it is read, its default and what it is for.
`docs/settings.md` is held to this list by a test.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from amity.settings import readers

PREFIX = "AMITY_"


class ConfigurationError(Exception):
    """The environment does not make sense; the message is one line for the person who set it."""


Values = dict[str, Any]
"""What the settings say, by name; each is what its setting's `read` gives."""


@dataclass(frozen=True)
class Setting:
    """One variable: `read` turns words into a value, or says with ValueError what it expects."""

    name: str
    read: Callable[[str], object]
    purpose: str
    default: object = None
    required_in_production: bool = False


SETTINGS = (
    Setting(
        "AMITY_SECRET_KEY",
        readers.secret,
        f"Secret of this installation, at least {readers.SHORTEST_SECRET} characters.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_BASE_URL",
        readers.base_url,
        "Public address of this installation, scheme and host: feeds and calendars name it.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_DATA_DIR",
        readers.folder,
        "Folder for what this installation keeps: embedded database, media, prepared static files.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_ALLOWED_HOSTS",
        readers.hosts,
        "Host names it answers to, separated by commas; by default the one of AMITY_BASE_URL.",
    ),
    Setting(
        "DATABASE_URL",
        readers.database_url,
        "PostgreSQL 15 or newer, as postgresql://user:password@host:port/name; by default an "
        "embedded SQLite database in AMITY_DATA_DIR.",
    ),
    Setting(
        "AMITY_LOG_LEVEL",
        readers.log_level,
        "How much is written to standard error: " + ", ".join(readers.LOG_LEVELS) + ".",
        default="INFO",
    ),
    Setting(
        "AMITY_TRUST_PROXY",
        readers.yes_or_no,
        "yes when a proxy in front sets X-Forwarded-Proto itself and strips a visitor's.",
        default=False,
    ),
    Setting(
        "AMITY_MAIL_URL",
        readers.mail_url,
        "Mail server, as smtp+tls://user:password@host:587 (or smtps://, smtp://); without one, "
        "letters wait in the outbox.",
    ),
    Setting(
        "AMITY_MAIL_FROM",
        readers.mail_address,
        "Sender of all letters, like Amity <amity@example.org>.",
    ),
    Setting(
        "AMITY_OIDC_URL",
        readers.oidc_url,
        "Provider of identities by which people who were invited can sign in (OpenID Connect), as "
        "https://client:secret@issuer.",
    ),
    Setting(
        "AMITY_OIDC_NAME",
        readers.one_line,
        "What that provider is called on the button; by default its host.",
    ),
    Setting(
        "AMITY_OIDC_SECOND_FACTOR",
        readers.words,
        "Values of amr or acr by which it says that it asked for a second factor, separated by "
        "commas; without them it is not believed.",
    ),
    Setting(
        "AMITY_PUBLISHER",
        readers.one_line,
        "Who answers for this installation, in one line: the foot of every page names it.",
    ),
    Setting(
        "AMITY_CONTACT",
        readers.contact,
        "Where readers report an error: a mail address, or the address of a page.",
    ),
    Setting(
        "AMITY_IMPRINT",
        readers.page,
        "Page with the imprint and what becomes of readers' data, which every page leads to.",
    ),
    Setting(
        "AMITY_BACKUPS_DIR",
        readers.folder,
        "Folder for a copy of database and media each night; without one none is made.",
    ),
    Setting(
        "AMITY_BACKUPS_AT",
        readers.hour,
        "When the night's copy is made, in UTC.",
        default=time(2, 0),
    ),
    Setting(
        "AMITY_BACKUPS_KEPT",
        readers.kept,
        "How many of these copies are kept.",
        default=14,
    ),
    Setting(
        "AMITY_BACKUPS_FOR",
        readers.recipient,
        "Recipient for whom these copies are encrypted, a public key of age.",
    ),
    Setting(
        "AMITY_PAGE_CACHE_MB",
        readers.megabytes,
        "Memory for rendered pages per process, in megabytes; 0 keeps none.",
        default=32,
    ),
    Setting(
        "AMITY_WORKERS",
        readers.few,
        "Processes of amity serve.",
        default=2,
    ),
    Setting(
        "AMITY_THREADS",
        readers.few,
        "Threads in each process of amity serve: pages that are made at the same time.",
        default=4,
    ),
    Setting(
        "AMITY_CHROMIUM",
        str,
        "For the tests: path of the Chromium to run the pages in.",
    ),
    Setting(
        "AMITY_SHARED",
        readers.folder,
        "For the tests: folder of test input that is not part of the project.",
    ),
)


def read(environ: Mapping[str, str], *, production: bool) -> Values:
    """Values of all settings, by name; defaults where the environment says nothing.

    Raises ConfigurationError naming every unknown, malformed or missing variable in one line.
    """
    known = {setting.name for setting in SETTINGS}
    wrong = [_unknown(name, known) for name in sorted(environ) if _is_unknown(name, known)]
    values: Values = {}
    for setting in SETTINGS:
        words = environ.get(setting.name)
        if words is None or words == "":
            values[setting.name] = setting.default
            if production and setting.required_in_production:
                wrong.append(f"{setting.name} is required in production")
            continue
        try:
            values[setting.name] = setting.read(words)
        except ValueError as error:
            wrong.append(f"{setting.name} is malformed, expected {error}")
    if wrong:
        raise ConfigurationError("; ".join(wrong))
    return values


def _is_unknown(name: str, known: set[str]) -> bool:
    return name.startswith(PREFIX) and name not in known


def _unknown(name: str, known: set[str]) -> str:
    ends = [one.removeprefix(PREFIX) for one in sorted(known) if one.startswith(PREFIX)]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, n=1, cutoff=0.7)
    return f"{name} is not a setting" + (f" (perhaps {PREFIX}{near[0]}?)" if near else "")
