"""Gatherings, sessions and contributions as schema.org events."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.links import absolute, url
from amity.gatherings.choices import GatheringKind, ProgrammeStatus
from amity.gatherings.models import Contribution, Gathering, Series, Session
from amity.languages.jinja import plain

CONTEXT = "https://schema.org"
TYPES = {GatheringKind.EXHIBITION: "ExhibitionEvent"}
STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed", "moved": "EventRescheduled"}
"""Of gatherings and of what is in them."""


def gathering_data(gathering: Gathering) -> Thing:
    """A gathering as an `Event`, dated as precisely as it was announced."""
    data = {
        "@context": CONTEXT,
        "@type": TYPES.get(GatheringKind(gathering.kind), "Event"),
        **_event(gathering),
        "organizer": [
            {
                "@type": "Organization",
                "name": plain(one.organization.name),
                "url": absolute(url("network:organization", key=one.organization.key)),
            }
            for one in gathering.organizers.all()
        ],
    }
    if gathering.summary:
        data["description"] = plain(gathering.summary)
    return {name: value for name, value in data.items() if value}


def series_data(series: Series, editions: Iterable[Gathering]) -> Thing:
    """A series as an `EventSeries` with its editions."""
    data: Thing = {
        "@context": CONTEXT,
        "@type": "EventSeries",
        "name": plain(series.name),
        "url": absolute(url("gatherings:series", key=series.key)),
        "description": plain(series.summary),
        "subEvent": [{"@type": "Event", **_event(one)} for one in editions],
    }
    return {name: value for name, value in data.items() if value}


def session_data(session: Session) -> Thing:
    """A session as an `Event` within its gathering."""
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": plain(session.title),
        "url": absolute(url("gatherings:session", key=session.key)),
        **_times(session, session.gathering, session.status),
        "inLanguage": session.languages,
        **_where(session.gathering, session.url or session.gathering.url),
        "superEvent": {"@type": "Event", **_event(session.gathering)},
    }
    return {name: value for name, value in data.items() if value}


def contribution_data(contribution: Contribution) -> Thing:
    """A contribution as an `Event` with its performers."""
    gathering = contribution.session.gathering
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": plain(contribution.title),
        "url": absolute(url("gatherings:contribution", key=contribution.key)),
        **_times(contribution, gathering, _status(contribution)),
        "inLanguage": contribution.language,
        "performer": [
            {"@type": "Person", "name": plain(one.person.name)}
            for one in contribution.speakers.all()
        ],
        **_where(gathering, contribution.session.url or gathering.url),
        "superEvent": {"@type": "Event", **_event(gathering)},
    }
    if contribution.abstract:
        data["description"] = plain(contribution.abstract)
    return {name: value for name, value in data.items() if value}


def _event(gathering: Gathering) -> Thing:
    when = gathering.when
    status = STATUS.get(gathering.status, "EventScheduled")
    return {
        "name": plain(gathering.title),
        "url": absolute(url("gatherings:gathering", key=gathering.key)),
        "startDate": when.start.isoformat() if when and when.start else "",
        "endDate": when.end.isoformat() if when and when.end else "",
        "eventStatus": f"{CONTEXT}/{status}",
        **_where(gathering, gathering.url),
    }


def _where(gathering: Gathering, online: str) -> Thing:
    """Where it takes place: at a place, online, or both."""
    places: list[Thing] = []
    if gathering.place is not None:
        place: Thing = {
            "@type": "Place",
            "name": plain(gathering.venue or gathering.place.name),
            "address": plain(gathering.place.name),
        }
        places.append(place)
    if not online:
        return {"location": places[0]} if places else {}
    places.append({"@type": "VirtualLocation", "url": online})
    mode = "MixedEventAttendanceMode" if len(places) > 1 else "OnlineEventAttendanceMode"
    return {
        "location": places if len(places) > 1 else places[0],
        "eventAttendanceMode": f"{CONTEXT}/{mode}",
    }


def _status(contribution: Contribution) -> str:
    """Its own, or that of its session where that is not as announced."""
    session = contribution.session
    own = contribution.status
    return session.status if own == ProgrammeStatus.SCHEDULED else own


def _times(item: Session | Contribution, gathering: Gathering, status: str) -> Thing:
    """Times by the clocks of the venue on that day, and whether they hold."""
    zone = ZoneInfo(gathering.timezone)
    moments = {
        "startDate": item.starts_at,
        "endDate": item.ends_at,
        "previousStartDate": item.moved_from,
    }
    known = STATUS.get(status) or STATUS.get(gathering.status, "EventScheduled")
    return {
        **{
            name: moment.astimezone(zone).isoformat()
            for name, moment in moments.items()
            if moment is not None
        },
        "eventStatus": f"{CONTEXT}/{known}",
    }
