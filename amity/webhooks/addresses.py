"""Which addresses a webhook may have: on the public internet, and by TLS.

What a name leads to is looked at when something is sent, since it can change; here stands what
can be known of the words alone, and of a number.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.ASCII)
PLAIN = re.compile(r"[\x21-\x7e]+", re.ASCII)
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: `host` as it is looked up, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the request names it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(address: str, *, loopback: bool) -> Target:
    """The parts of an address. `loopback`: in a demonstration this computer may be told too.

    Raises ValidationError where it can be no webhook's.
    """
    parts = _split(address)
    schemes = ("https", "http") if loopback else ("https",)
    if parts.scheme not in schemes:
        raise ValidationError(_("The address begins with https://."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValidationError(_("The address holds no name, password or part of a page."))
    host = _host(parts)
    number = _number(host)
    if number is not None and not may_reach(number, loopback=loopback):
        raise ValidationError(_("This address is not on the public internet."))
    if number is None and not loopback and "." not in host.strip("."):
        raise ValidationError(_("This address is not on the public internet."))
    port = parts.port or PORTS[parts.scheme]
    if port != PORTS[parts.scheme] and port < 1024:
        raise ValidationError(_("This port is another service’s."))
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def may_reach(number: str, *, loopback: bool) -> bool:
    """Whether a request may go to an IP address: one of the public internet, for one receiver.

    Addresses that carry another within (mapped, 6to4, Teredo, NAT64) are refused whatever that is.
    """
    found = ip_address(number.partition("%")[0])
    if loopback and found.is_loopback:
        return True
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    return isinstance(found, IPv4Address) or not _carries_another(found)


def _carries_another(found: IPv6Address) -> bool:
    within = (found.ipv4_mapped, found.sixtofour, found.teredo)
    return any(one is not None for one in within) or found.is_site_local


def _split(address: str) -> SplitResult:
    if not PLAIN.fullmatch(address):
        raise ValidationError(_("An address has no spaces or letters beyond the Latin ones."))
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        raise ValidationError(_("This cannot be an address.")) from None
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    if not NAME.fullmatch(host) and not _is_number(host):
        raise ValidationError(_("This cannot be an address."))
    return host


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _number(host: str) -> str | None:
    """The IP address that a host is by itself, in whatever notation; None where it is a name."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
