"""For tests that what is not public changes nothing of what strangers read."""

from collections.abc import Iterable

from django.test import Client

from amity.foundation.models import Change

HIDDEN = "organization:somebody"
"""Readers of what strangers may not read."""


def read_anew(client: Client, addresses: Iterable[str]) -> dict[str, bytes]:
    """What each address gives, made anew: the record gets a newer version as of the same moment.

    So neither pages nor totals in memory can serve, and pages that say when the record changed
    say the same as before.
    """
    at = Change.objects.earliest("id").at
    Change.objects.create(at=at, command="test", verb="read")
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = b"".join(answer)
    return found
