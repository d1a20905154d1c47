"""Where something is sent from, as far as limits need to know it."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.utils.crypto import salted_hmac


def digest_of_place(place: str) -> str:
    """What is kept of a network address, for a day.

    One connection has as many IPv6 addresses as it likes, but all of them in one /64 (RFC 6177).
    """
    said = place_of(place)
    return salted_hmac("amity.collecting.place", said, algorithm="sha256").hexdigest()


def place_of(address: str) -> str:
    """What of a network address counts: all of an IPv4 one, the /64 of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), 64), strict=False))
