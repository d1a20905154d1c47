"""Configuration from the environment, strict: what is unknown or malformed stops the start.

`SETTINGS` declares every variable once: its name, how it is read, its default and what it is for.
`docs/settings.md` is held to this list by a test.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

import pyrage

PREFIX = "AMITY_"
LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET = 32
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


class ConfigurationError(Exception):
    """The environment does not make sense; the message is one line for the person who set it."""


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"at least {SHORTEST_SECRET} characters")
    return value


def _split(value: str, expected: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        if parts.port == 0:
            raise ValueError(expected)
    except ValueError as error:
        raise ValueError(expected) from error
    return parts


def _base_url(value: str) -> str:
    expected = "an address like https://amity.example.org"
    parts = _split(value, expected)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(expected)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("scheme and host only, like https://amity.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(value: str) -> list[str]:
    hosts = [host.strip() for host in value.split(",")]
    if not all(HOST.fullmatch(host) for host in hosts):
        raise ValueError("host names separated by commas, like amity.example.org,www.example.org")
    return hosts


def _folder(value: str) -> Path:
    path = Path(value)
    if not path.is_absolute():
        raise ValueError("an absolute path")
    if path.exists() and not path.is_dir():
        raise ValueError("a folder, and a file stands there")
    return path


def _log_level(value: str) -> str:
    if value not in LOG_LEVELS:
        raise ValueError("one of " + ", ".join(LOG_LEVELS))
    return value.upper()


def _yes_or_no(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError("yes or no")
    return value == "yes"


def _megabytes(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 100_000:
        raise ValueError("a whole number of megabytes, 0 to 100000")
    return int(value)


def _few(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 64:
        raise ValueError("a whole number, 1 to 64")
    return int(value)


def _database_url(value: str) -> str:
    expected = "postgresql://user:password@host:port/name or sqlite:////absolute/path"
    parts = _split(value, expected)
    if parts.scheme in ("postgres", "postgresql"):
        if not parts.path.strip("/"):
            raise ValueError("a database name after the host, like postgresql://user@host/amity")
        return value
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.startswith("//"):
        return value
    raise ValueError(expected)


class MailServer(NamedTuple):
    """Where letters are handed in. `scheme`: smtp, smtp+tls (STARTTLS) or smtps."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def _mail_url(value: str) -> MailServer:
    expected = "smtp+tls://user:password@host:587, smtps://… or smtp://host"
    parts = _split(value, expected)
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError(expected)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(
        parts.scheme, parts.hostname, parts.port or MAIL_PORTS[parts.scheme], user, password
    )


class IdentityProvider(NamedTuple):
    """Who tells who somebody is, by OpenID Connect, and as whom we ask them."""

    issuer: str
    client: str
    secret: str


def _oidc_url(value: str) -> IdentityProvider:
    expected = "https://client:secret@login.example.org/path, as the provider names its issuer"
    parts = _split(value, expected)
    here = parts.hostname in ("127.0.0.1", "localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise ValueError(expected)
    client, secret = unquote(parts.username or ""), unquote(parts.password or "")
    if not parts.hostname or not client or not secret or parts.query or parts.fragment:
        raise ValueError(expected)
    host = parts.netloc.rpartition("@")[2]
    return IdentityProvider(f"{parts.scheme}://{host}{parts.path}", client, secret)


def _words(value: str) -> list[str]:
    words = [word.strip() for word in value.split(",")]
    if not all(word.isprintable() and word for word in words):
        raise ValueError("words separated by commas, like mfa")
    return words


def _mail_address(value: str) -> str:
    _, address = parseaddr(value)
    if "@" not in address or any(ord(one) < 32 for one in value):
        raise ValueError("an address like Amity <amity@example.org>")
    return value


def _one_line(value: str) -> str:
    if value != value.strip() or not value.isprintable() or len(value) > 300:
        raise ValueError("one line, at most 300 characters")
    return value


def _page(value: str) -> str:
    expected = "an address like https://example.org/imprint"
    parts = _split(value, expected)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isprintable():
        raise ValueError(expected)
    return value


def _contact(value: str) -> str:
    expected = "a mail address like amity@example.org, or an address like https://example.org/help"
    if value.startswith(("http://", "https://")):
        return _page(value)
    name, _, host = value.partition("@")
    if not re.fullmatch(r"[A-Za-z0-9._+-]+", name) or not HOST.fullmatch(host):
        raise ValueError(expected)
    return value


def _kept(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 1000:
        raise ValueError("a whole number, 1 to 1000")
    return int(value)


def _hour(value: str) -> time:
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError("a time of the day in UTC, like 02:30")
    return time.fromisoformat(value)


def _recipient(value: str) -> str:
    try:
        pyrage.x25519.Recipient.from_str(value)
    except pyrage.RecipientError as error:
        raise ValueError("a recipient of age, like age1… (age-keygen makes one)") from error
    return value


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
        _secret,
        f"Secret of this installation, at least {SHORTEST_SECRET} characters.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_BASE_URL",
        _base_url,
        "Public address of this installation, scheme and host: feeds and calendars name it.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_DATA_DIR",
        _folder,
        "Folder for what this installation keeps: embedded database, media, prepared static files.",
        required_in_production=True,
    ),
    Setting(
        "AMITY_ALLOWED_HOSTS",
        _hosts,
        "Host names it answers to, separated by commas; by default the one of AMITY_BASE_URL.",
    ),
    Setting(
        "DATABASE_URL",
        _database_url,
        "PostgreSQL 15 or newer, as postgresql://user:password@host:port/name; by default an "
        "embedded SQLite database in AMITY_DATA_DIR.",
    ),
    Setting(
        "AMITY_LOG_LEVEL",
        _log_level,
        "How much is written to standard error: " + ", ".join(LOG_LEVELS) + ".",
        default="INFO",
    ),
    Setting(
        "AMITY_TRUST_PROXY",
        _yes_or_no,
        "yes when a proxy in front sets X-Forwarded-Proto itself and strips a visitor's.",
        default=False,
    ),
    Setting(
        "AMITY_MAIL_URL",
        _mail_url,
        "Mail server, as smtp+tls://user:password@host:587 (or smtps://, smtp://); without one, "
        "letters wait in the outbox.",
    ),
    Setting(
        "AMITY_MAIL_FROM",
        _mail_address,
        "Sender of all letters, like Amity <amity@example.org>.",
    ),
    Setting(
        "AMITY_OIDC_URL",
        _oidc_url,
        "Provider of identities by which people who were invited can sign in (OpenID Connect), as "
        "https://client:secret@issuer.",
    ),
    Setting(
        "AMITY_OIDC_NAME",
        _one_line,
        "What that provider is called on the button; by default its host.",
    ),
    Setting(
        "AMITY_OIDC_SECOND_FACTOR",
        _words,
        "Values of amr or acr by which it says that it asked for a second factor, separated by "
        "commas; without them it is not believed.",
    ),
    Setting(
        "AMITY_PUBLISHER",
        _one_line,
        "Who answers for this installation, in one line: the foot of every page names it.",
    ),
    Setting(
        "AMITY_CONTACT",
        _contact,
        "Where readers report an error: a mail address, or the address of a page.",
    ),
    Setting(
        "AMITY_IMPRINT",
        _page,
        "Page with the imprint and what becomes of readers' data, which every page leads to.",
    ),
    Setting(
        "AMITY_BACKUPS_DIR",
        _folder,
        "Folder for a copy of database and media each night; without one none is made.",
    ),
    Setting(
        "AMITY_BACKUPS_AT",
        _hour,
        "When the night's copy is made, in UTC.",
        default=time(2, 0),
    ),
    Setting(
        "AMITY_BACKUPS_KEPT",
        _kept,
        "How many of these copies are kept.",
        default=14,
    ),
    Setting(
        "AMITY_BACKUPS_FOR",
        _recipient,
        "Recipient for whom these copies are encrypted, a public key of age.",
    ),
    Setting(
        "AMITY_PAGE_CACHE_MB",
        _megabytes,
        "Memory for rendered pages per process, in megabytes; 0 keeps none.",
        default=32,
    ),
    Setting(
        "AMITY_WORKERS",
        _few,
        "Processes of amity serve.",
        default=2,
    ),
    Setting(
        "AMITY_THREADS",
        _few,
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
        _folder,
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
