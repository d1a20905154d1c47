"""Deadlines of commitments as events of a day in a calendar."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from amity.followup.formats.feeds import together
from amity.followup.models import Commitment
from amity.foundation.pages.links import absolute, url
from amity.foundation.words.typography import labelled
from amity.gatherings.formats.events import removed_event, uid
from amity.gatherings.formats.icalendar import Event
from amity.record.numbered import number_of
from amity.record.removals import Removal
from amity.record.titles import titled

LAST = date.max.toordinal()
"""The count of a deadline's last change: above that of every day on which it could be due."""


def removed_deadline(removal: Removal, day: date) -> Event:
    """The deadline of a commitment that was removed on a day, cancelled."""
    event = removed_event(removal, day, day)
    return event._replace(uid=uid("deadline", removal.entry.key), sequence=LAST)


def deadline_events(commitments: Iterable[Commitment]) -> Iterator[Event]:
    """One event for each commitment on the day it is next due; a later day takes its place."""
    for one in commitments:
        if one.due_on is None:
            continue
        title = titled(one.title, invented=one.dossier.fictional)
        yield Event(
            uid=uid("deadline", one.key),
            title=labelled(_("Due"), title),
            start=one.due_on,
            end=one.due_on,
            address=absolute(url("followup:commitment", key=one.key)),
            description=f"{number_of(one.key)} · {together(one)}",
            sequence=one.due_on.toordinal(),
        )
