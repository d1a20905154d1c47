"""Webhooks take turns: none stands before another, however much it is to be told."""

import pytest
from django.utils import timezone

from amity.desk.tests.test_desk import somebody
from amity.webhooks.actions.registering import try_out
from amity.webhooks.actions.sending import AT_ONCE, EACH, send_due

from .test_webhooks import ADDRESS, receiver, registered, world

__all__ = ["receiver", "world"]
pytestmark = pytest.mark.django_db


def test_what_one_is_to_be_told_holds_up_no_other(world, receiver):
    much = registered(somebody("north-office"))
    for _each in range(AT_ONCE * EACH + 1):
        try_out(much)
    other = registered(somebody("south-office"), f"{ADDRESS}/other")
    try_out(other)
    send_due(timezone.now())
    told_to = [address for address, _body, _headers in receiver.came]
    assert (told_to.count(much.address), told_to.count(other.address)) == (EACH, 1)


def test_each_of_more_than_are_told_at_once_has_its_turn(world, receiver):
    offices = [somebody(f"{side}-office") for side in ("north", "south")]
    hooks = [registered(offices[one % 2], f"{ADDRESS}/{one}") for one in range(AT_ONCE + 1)]
    for hook in hooks:
        for _each in range(EACH * 20):
            try_out(hook)
    for _round in range(20):
        send_due(timezone.now())
    told_to = {address for address, _body, _headers in receiver.came}
    assert told_to == {hook.address for hook in hooks}
