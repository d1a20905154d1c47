"""What stands of a day while meetings are laid into it one by one, and what it leaves to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.meetings.compiled import Day, Service
from planning.meetings.places import Draft


@dataclass(frozen=True)
class Obstacle:
    """What keeps a meeting out of a slot: a participant who is in another one or holds as many as
    they do, an order of two meetings, no table, or nobody who interprets. subject: the participant,
    or the two meetings of the order."""

    what: Literal["most", "met", "order", "table", "interpreters"]
    subject: tuple[int, ...] = ()


class Standing:
    """Meetings in slots that keep every rule but fairness."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.slots: dict[int, int] = {}
        self.taken: dict[tuple[int, int], int] = {}  # (participant, slot) -> meeting
        self._services: dict[int, Service] = {}
        self._held = [0 for _ in day.people]
        self._tables = list(day.tables)
        self._seats = [list(seats) for seats in day.seats]
        self._orders: dict[int, list[tuple[int, int]]] = {}
        for pair in day.before:
            for meeting in pair:
                self._orders.setdefault(meeting, []).append(pair)

    @classmethod
    def of(cls, day: Day, draft: Draft) -> Standing:
        """What stands in a draft."""
        standing = cls(day)
        left = {key: list(services) for key, services in draft.served.items()}
        for meeting, slot in sorted(draft.slots.items()):
            services = day.services[meeting]
            standing.hold(meeting, slot, () if services == ((),) else left[services, slot].pop(0))
        return standing

    def draft(self) -> Draft:
        """The same as a draft."""
        served: dict[tuple[tuple[Service, ...], int], list[Service]] = {}
        for meeting, slot in sorted(self.slots.items()):
            services = self.day.services[meeting]
            if services != ((),):
                served.setdefault((services, slot), []).append(self._services[meeting])
        return Draft(dict(sorted(self.slots.items())), served)

    def is_full(self, slot: int) -> bool:
        """Whether every table of the slot is taken."""
        return self._tables[slot] <= 0

    def in_slot(self, slot: int) -> list[int]:
        """The meetings held in it, in their order."""
        return sorted(meeting for meeting, held in self.slots.items() if held == slot)

    def service_of(self, meeting: int) -> Service:
        """The groups that interpret for a meeting that is held."""
        return self._services[meeting]

    def service(self, meeting: int, slot: int) -> Service | None:
        """The cheapest way to interpret for a meeting that is still open in the slot."""
        for service in self.day.services[meeting]:
            if all(self._seats[group][slot] > 0 for group in service):
                return service
        return None

    def obstacle(self, meeting: int, slot: int) -> Obstacle | None:
        """What keeps the meeting out of the slot, None where it can be held there."""
        for person in self.day.ends[meeting]:
            most = self.day.problem.participants[person].most
            if most is not None and self._held[person] >= most:
                return Obstacle("most", (person,))
            if (person, slot) in self.taken:
                return Obstacle("met", (person,))
        for first, then in self._orders.get(meeting, ()):
            other = then if meeting == first else first
            at = self.slots.get(other)
            if at is not None and (at <= slot if meeting == first else slot <= at):
                return Obstacle("order", (first, then))
        if self.is_full(slot):
            return Obstacle("table")
        return Obstacle("interpreters") if self.service(meeting, slot) is None else None

    def hold(self, meeting: int, slot: int, service: Service) -> None:
        """Hold a meeting in a slot where nothing keeps it out."""
        self.slots[meeting] = slot
        self._services[meeting] = service
        self._count(meeting, slot, 1)
        for person in self.day.ends[meeting]:
            self.taken[person, slot] = meeting

    def release(self, meeting: int) -> None:
        """Hold it no more."""
        slot = self.slots.pop(meeting)
        self._count(meeting, slot, -1)
        del self._services[meeting]
        for person in self.day.ends[meeting]:
            del self.taken[person, slot]

    def _count(self, meeting: int, slot: int, held: int) -> None:
        self._tables[slot] -= held
        for group in self._services[meeting]:
            self._seats[group][slot] -= held
        for person in self.day.ends[meeting]:
            self._held[person] += held
