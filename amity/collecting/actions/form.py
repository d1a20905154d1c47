"""Setting up the form of a gathering."""

import secrets

from django.db import transaction
from django.utils import timezone

from amity.collecting import queries
from amity.collecting.models import Call
from amity.foundation.actions import By, record_change, take_turn
from amity.gatherings.models import Gathering
from amity.record import rules
from amity.record.acting import Acting
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.refusals import NotAllowed
from amity.turns.actions.terms import set_term
from amity.turns.schedule import NO_TERM, Term

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What can be read from paper: without i, l, o, 0 and 1."""
LONG = 12
"""With 31 signs to choose from, 59 bits."""


def may_set(acting: Acting, gathering: Gathering) -> bool:
    """Whether whoever acts sets up the form of a gathering: as an officer of one of its sides."""
    mine = gathering.keeper in acting.partnerships
    return mine and rules.writes(acting) and bool(rules.RELEASING & acting.mandates)


def new_call(gathering: Gathering) -> Call:
    """A form that is not written yet."""
    return Call(gathering=Entry.everything.get(kind="gathering", key=gathering.key))


def keep(
    acting: Acting,
    gathering: Gathering,
    call: Call,
    *,
    closed: bool,
    renew: bool,
    term: Term = NO_TERM,
) -> None:
    """Write a form. `closed`: for those who were given its address; `renew`: a new code for it;
    `term`: until when the sides answer what is proposed at the gathering.

    Raises NotAllowed, ValidationError.
    """
    if not may_set(acting, gathering):
        raise NotAllowed("call")
    if not closed:
        call.code = None
    elif call.code is None or renew:
        call.code = "".join(secrets.choice(ALPHABET) for _ in range(LONG))
    call.keeper = gathering.keeper
    call.office, call.changed_at = acting.office, timezone.now()
    with transaction.atomic():
        take_turn()  # of two who open the form at once the second is told so
        call.full_clean(exclude=["gathering"] if call.pk else None)
        shown = queries.is_public(call.gathering) and gathering.readers == PUBLIC
        verb = "change_form" if call.pk else "open_form"
        call.save()
        set_term(call.gathering, term)
        by = By(acting.user, acting.command, acting.office)
        record_change(by, verb, "gathering", gathering.key, public=shown)
