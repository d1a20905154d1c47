"""What the gatherings room offers to all templates: days, zones and kinds in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from amity.foundation.dates.zones import offset_at
from amity.foundation.pages.formatting import day, zone_name
from amity.foundation.pages.public import today
from amity.network.models import Agreement

from .agreement import state_on, state_words
from .choices import ProgrammeStatus, SessionKind
from .models import Gathering


def install(environment: Environment) -> None:
    """Offer days at the venue, its time zone, kinds of sessions and states in words."""
    environment.globals.update(
        capital=capital,
        clocks_change=clocks_change,
        later_day=later_day,
        local_day=local_day,
        programme_status=programme_status,
        session_kind=session_kind,
        gathering_state=gathering_state,
        signed_at=signed_at,
        state_words=state_words,
        zone_words=zone_name,
    )


@pass_context
def gathering_state(context: Context, gathering: Gathering) -> str:
    """The state of a gathering on the day of the page: a status, or what follows from its days."""
    return str(state_on(gathering.status, gathering.when, today(context)))


def signed_at(agreement: Agreement, gathering: Gathering) -> bool:
    """Whether an agreement was signed within the days of a gathering that it belongs to.

    What a gathering celebrates, or speaks of, is linked to it too, and was signed long before.
    """
    signed, held = agreement.signed, gathering.when
    if not (signed and held and signed.start and signed.end and held.start and held.end):
        return False
    return held.start <= signed.start and signed.end <= held.end


def local_day(moment: datetime, zone: str) -> str:
    """The day of a moment at the venue, in words."""
    return day(moment.astimezone(ZoneInfo(zone)))


def later_day(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The day on which it ends at the venue, in words, where it does not end as it began."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (starts_at, ends_at))
    nights = (last - first).days
    if not nights:
        return ""
    return _("next day") if nights == 1 else day(last)


def clocks_change(starts_at: datetime, ends_at: datetime | None, zone: str) -> bool:
    """Whether the clocks of the venue are put forward or back meanwhile."""
    return ends_at is not None and offset_at(starts_at, zone) != offset_at(ends_at, zone)


def session_kind(kind: str) -> str:
    """The words for a kind of session, for long lists.

    `get_kind_display` translates the words of all kinds each time: 38 µs, and here 5.
    """
    return str(SessionKind(kind).label)


def programme_status(status: str) -> str:
    """The words for what became of a part of a programme."""
    return str(ProgrammeStatus(status).label)


def capital(words: str) -> str:
    """Words with a capital letter at the front; the others stay as they are."""
    return words[:1].upper() + words[1:]
