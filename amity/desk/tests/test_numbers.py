"""Numbers that the desk gives, where several officers begin something at once."""

from functools import partial

import pytest
from django.db import connection
from django.urls import reverse

from amity.followup.models import Proposal
from tests.write.race import race
from tests.write.world import build

from .test_desk import somebody, typed

WRITERS = 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
def test_all_who_begin_at_once_are_given_numbers_of_their_own():
    build()
    address = reverse("desk_new", args=["proposals"])
    clients = [somebody("north-office", name=f"officer-{number}") for number in range(WRITERS)]
    forms = [
        typed(client.get(address)) | {"kind": "proposal", "title-en": f"Ask {n}", "act": "save"}
        for n, client in enumerate(clients)
    ]
    begins = [
        partial(client.post, address, form) for client, form in zip(clients, forms, strict=True)
    ]
    found = [getattr(answer, "status_code", answer) for answer in race(begins)]
    assert found == [302] * WRITERS
    keys = sorted(Proposal.everything.values_list("key", flat=True))
    assert [int(key.rpartition("-")[2]) for key in keys] == list(range(1, WRITERS + 1))
