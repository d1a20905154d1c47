"""Deadlines of commitments as events of a day in a calendar."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from amity.followup.formats.feeds import together
from amity.followup.models import Commitment
from amity.foundation.pages.links import absolute, url
from amity.foundation.typography import labelled
from amity.gatherings.formats.events import uid
from amity.gatherings.formats.icalendar import Event
from amity.record.numbered import number_of
from amity.record.titles import titled


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
