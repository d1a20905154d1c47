"""How each setting is read: words into a value, or a ValueError that says what is expected."""

import re
from datetime import time
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

import pyrage

LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET = 32
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def secret(value: str) -> str:
    """A secret that is long enough."""
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


def base_url(value: str) -> str:
    """Scheme and host."""
    expected = "an address like https://amity.example.org"
    parts = _split(value, expected)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(expected)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("scheme and host only, like https://amity.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def hosts(value: str) -> list[str]:
    """Host names."""
    named = [host.strip() for host in value.split(",")]
    if not all(HOST.fullmatch(host) for host in named):
        raise ValueError("host names separated by commas, like amity.example.org,www.example.org")
    return named


def folder(value: str) -> Path:
    """A folder, there or not yet."""
    path = Path(value)
    if not path.is_absolute():
        raise ValueError("an absolute path")
    if path.exists() and not path.is_dir():
        raise ValueError("a folder, and a file stands there")
    return path


def log_level(value: str) -> str:
    """A level of Python's logging."""
    if value not in LOG_LEVELS:
        raise ValueError("one of " + ", ".join(LOG_LEVELS))
    return value.upper()


def yes_or_no(value: str) -> bool:
    """Whether it is yes."""
    if value not in ("yes", "no"):
        raise ValueError("yes or no")
    return value == "yes"


def megabytes(value: str) -> int:
    """Up to 100,000 of them."""
    return _whole(value, 0, 100_000, "a whole number of megabytes, 0 to 100000")


def few(value: str) -> int:
    """Processes or threads, 1 to 64."""
    return _whole(value, 1, 64, "a whole number, 1 to 64")


def kept(value: str) -> int:
    """How many are kept, 1 to 1000."""
    return _whole(value, 1, 1000, "a whole number, 1 to 1000")


def _whole(value: str, least: int, most: int, expected: str) -> int:
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ValueError(expected)
    return int(value)


def database_url(value: str) -> str:
    """The address of a database, as it is."""
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


def mail_url(value: str) -> MailServer:
    """Where letters are handed in."""
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


def oidc_url(value: str) -> IdentityProvider:
    """Who says who somebody is."""
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


def words(value: str) -> list[str]:
    """Words without white space around them."""
    said = [word.strip() for word in value.split(",")]
    if not all(word.isprintable() and word for word in said):
        raise ValueError("words separated by commas, like mfa")
    return said


def mail_address(value: str) -> str:
    """A sender, with or without a name."""
    _, address = parseaddr(value)
    if "@" not in address or any(ord(one) < 32 for one in value):
        raise ValueError("an address like Amity <amity@example.org>")
    return value


def one_line(value: str) -> str:
    """One line of text."""
    if value != value.strip() or not value.isprintable() or len(value) > 300:
        raise ValueError("one line, at most 300 characters")
    return value


def page(value: str) -> str:
    """The address of a page."""
    expected = "an address like https://example.org/imprint"
    parts = _split(value, expected)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isprintable():
        raise ValueError(expected)
    return value


def contact(value: str) -> str:
    """A mail address, or the address of a page."""
    expected = "a mail address like amity@example.org, or an address like https://example.org/help"
    if value.startswith(("http://", "https://")):
        return page(value)
    name, _, host = value.partition("@")
    if not re.fullmatch(r"[A-Za-z0-9._+-]+", name) or not HOST.fullmatch(host):
        raise ValueError(expected)
    return value


def hour(value: str) -> time:
    """A time of the day."""
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError("a time of the day in UTC, like 02:30")
    return time.fromisoformat(value)


def recipient(value: str) -> str:
    """A public key of age."""
    try:
        pyrage.x25519.Recipient.from_str(value)
    except pyrage.RecipientError as error:
        raise ValueError("a recipient of age, like age1… (age-keygen makes one)") from error
    return value
