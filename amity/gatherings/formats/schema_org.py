"""Gatherings, sessions and contributions as schema.org events."""

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.links import absolute, url
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Contribution, Gathering, Session
from amity.languages.jinja import plain

CONTEXT = "https://schema.org"
TYPES = {GatheringKind.EXHIBITION: "ExhibitionEvent"}
STATUS = {
    GatheringStatus.CANCELLED: "EventCancelled",
    GatheringStatus.POSTPONED: "EventPostponed",
}


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


def session_data(session: Session) -> Thing:
    """A session as an `Event` within its gathering."""
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": plain(session.title),
        "url": absolute(url("gatherings:session", key=session.key)),
        **_times(session),
        "inLanguage": session.languages,
        "location": _place(session.gathering),
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
        **_times(contribution),
        "inLanguage": contribution.language,
        "performer": [
            {"@type": "Person", "name": plain(one.person.name)}
            for one in contribution.speakers.all()
        ],
        "location": _place(gathering),
        "superEvent": {"@type": "Event", **_event(gathering)},
    }
    if contribution.abstract:
        data["description"] = plain(contribution.abstract)
    return {name: value for name, value in data.items() if value}


def _event(gathering: Gathering) -> Thing:
    when = gathering.when
    status = STATUS.get(GatheringStatus(gathering.status), "EventScheduled")
    return {
        "name": plain(gathering.title),
        "url": absolute(url("gatherings:gathering", key=gathering.key)),
        "startDate": when.start.isoformat() if when and when.start else "",
        "endDate": when.end.isoformat() if when and when.end else "",
        "eventStatus": f"{CONTEXT}/{status}",
        "location": _place(gathering),
    }


def _place(gathering: Gathering) -> Thing | None:
    if gathering.place is None:
        return None
    return {
        "@type": "Place",
        "name": plain(gathering.venue or gathering.place.name),
        "address": plain(gathering.place.name),
    }


def _times(item: Session | Contribution) -> dict[str, str]:
    if item.starts_at is None or item.ends_at is None:
        return {}
    return {"startDate": item.starts_at.isoformat(), "endDate": item.ends_at.isoformat()}
