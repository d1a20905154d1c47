"""Noting what is said in the hall, while it is said."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from amity.desk.new.naming import new_key
from amity.foundation.actions import take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import Occasion
from amity.gatherings.models import Gathering, Statement
from amity.languages.text import Text
from amity.network.models import Organization, Person, Side
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting


@dataclass(frozen=True, slots=True)
class Heard:
    """What a clerk heard: who said it, for which side, as what, in which words and language."""

    person: Person | None
    side: Side | None
    kind: str
    words: str
    language: str


def note(acting: Acting, gathering: Gathering, heard: Heard) -> Statement:
    """Write a statement that the office acted for noted in the hall; the sides alone read it.

    Passages and recordings can follow. Raises what `record.actions.save` raises.
    """
    office = acting.organization
    said = Text.of(heard.words, heard.language)
    today = timezone.now().astimezone(ZoneInfo(gathering.timezone)).date()
    made = Statement(
        dossier=gathering.dossier,
        gathering=gathering,
        kind=heard.kind,
        text=said,
        words=said,
        noted_by=Organization.everything.filter(key=office).first(),
        occasion=Occasion.SPEECH,
        person=heard.person,
        side=heard.side,
        when=DateAsSaid.on(today, today),
    )
    with transaction.atomic():
        take_turn()
        made.key = new_key(kinds.get("statement"), made, office)
        writing.save(acting, made, verb="note")
    return made
