"""What the check finds at single contributions: their room, their slot, their people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from planning.programme import rules
from planning.programme.breach import Breach, Span, Talk, overlap, period, when
from planning.programme.problem import Preference, Problem
from planning.results import Parameter


def _zone(name: str) -> tzinfo:
    if name.startswith("UTC") and name != "UTC":
        hours, minutes = name[4:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[3] == "-" else offset)
    return UTC if name == "UTC" else ZoneInfo(name)


def _at(day: datetime, hour: str) -> datetime:
    midnight = day.replace(hour=0, minute=0)
    return midnight + timedelta(hours=int(hour[:2]), minutes=int(hour[3:]))


def _hours(problem: Problem, zone: str, span: Span) -> tuple[bool, bool]:
    """(outside the possible hours, else outside the comfortable ones) where the person is."""
    venue, there = _zone(problem.zone), _zone(zone)
    start = span[0].replace(tzinfo=venue).astimezone(there)
    end = span[1].replace(tzinfo=venue).astimezone(there)
    outside = [
        start < _at(start, low) or end > _at(start, high)
        for low, high in (problem.possible_hours, problem.comfortable_hours)
    ]
    return outside[0], outside[1] and not outside[0]


def talk_breaches(problem: Problem, talks: list[Talk]) -> Iterator[Breach]:
    """Breaches of the rules that look at one contribution at a time."""
    preferences: dict[str, list[Preference]] = {}
    for wanted in problem.preferences:
        preferences.setdefault(wanted.contribution, []).append(wanted)
    for talk in talks:
        yield from _room(problem, talk)
        yield from _people(problem, talk)
        given = talk.given
        for fixed, place in ((given.slot, talk.slot), (given.room, talk.room)):
            if fixed and fixed != place:
                yield Breach.of(
                    rules.FIXED,
                    contribution=given.id,
                    fixed=fixed,
                    place=place,
                    time=when(talk.on),
                )
        if talk.slot in given.not_slots:
            yield Breach.of(rules.KEPT_OUT, contribution=given.id, slot=talk.slot, room=talk.room)
        for wanted in preferences.get(given.id, ()):
            if wanted.slot in ("", talk.slot) and wanted.room in ("", talk.room) and wanted.cost:
                yield Breach.of(
                    rules.PREFERENCE, wanted.cost, subject=given.id, slot=talk.slot, room=talk.room
                )


def _room(problem: Problem, talk: Talk) -> Iterator[Breach]:
    given = talk.given
    room = next(held for held in problem.rooms if held.id == talk.room)
    missing = tuple(sorted(set(given.equipment) - set(room.equipment)))
    if missing:
        yield Breach.of(
            rules.EQUIPMENT,
            len(missing),
            contribution=given.id,
            missing=missing,
            room=room.id,
            time=when(talk.on),
        )
    if given.interest > room.seats:
        yield Breach.of(
            rules.CAPACITY,
            given.interest - room.seats,
            contribution=given.id,
            interest=given.interest,
            room=room.id,
            seats=room.seats,
            time=when(talk.on),
        )
    if given.language and room.languages and given.language not in room.languages:
        yield Breach.of(
            rules.LANGUAGE,
            contribution=given.id,
            language=given.language,
            room=room.id,
            time=when(talk.on),
        )


def _people(problem: Problem, talk: Talk) -> Iterator[Breach]:
    named = set(talk.given.people)
    persons = {person.id: person for person in problem.persons if person.id in named}
    for name in talk.given.people:
        person = persons.get(name)
        if person is None:
            continue
        told: dict[str, Parameter] = {
            "person": name,
            "subject": talk.given.id,
            "time": when(talk.sits),
        }
        if any(overlap(talk.sits, period(away.start, away.end)) for away in person.away):
            yield Breach.of(rules.AWAY, **told)
        if person.zone:
            night, awkward = _hours(problem, person.zone, talk.sits)
            told = {"person": name, "contribution": talk.given.id, "time": when(talk.sits)}
            if night:
                yield Breach.of(rules.NIGHT, **told)
            if awkward:
                yield Breach.of(rules.AWKWARD, **told)
