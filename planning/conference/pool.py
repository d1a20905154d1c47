"""Enough interpreters for every slot, decided together with the frame of the programme.

Sessions with the same languages are alike: `on[i, s, g, b]` is 1 where interpreter i serves
sessions of languages g, booth b, in slot s. Only those are counted who take every language of the
floor directly, so that any teams made of them are whole. The teams stay valid when sessions with
the same languages change places, which is what the improvement of the programme may do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planning.conference.problem import Conference
from planning.interpreters import rules
from planning.interpreters.compiled import Compiled as Languages
from planning.interpreters.compiled import Shift
from planning.interpreters.problem import Duty, Part, Problem, Session
from planning.programme.compiled import Compiled
from planning.programme.problem import Place

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from planning.programme.frame import Meets

Group = tuple[tuple[str, ...], tuple[str, ...]]  # languages of the floor, languages heard


class Pool:
    """`extend` adds the constraints to a frame; `read` keeps what was decided."""

    def __init__(self, conference: Conference, compiled: Compiled) -> None:
        self.conference, self.c = conference, compiled
        self.group_of: dict[int, Group] = {
            compiled.track_index[row.track]: (row.floor, row.heard)
            for row in conference.interpreted
        }
        self.groups = sorted(set(self.group_of.values()))
        self.on: dict[tuple[int, int, int, int], cp_model.IntVar] = {}
        self.ready: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        sessions = tuple(
            Session(f"{s}/{g}", (Part(slot.start, slot.minutes),), *group)
            for s, slot in enumerate(compiled.slots)
            for g, group in enumerate(self.groups)
        )
        problem = Problem(
            sessions, conference.interpreters, conference.standard, conference.interpreting
        )
        self.languages = Languages(problem)

    def _shift(self, s: int, g: int) -> Shift:
        return self.languages.shifts[s * len(self.groups) + g]

    def _takes_all(self, i: int, shift: Shift, targets: tuple[str, ...]) -> bool:
        return all(
            self.languages.takes(i, source, target)
            for source in shift.session.floor
            for target in targets
            if source != target
        )

    def extend(self, model: cp_model.CpModel, meets: Meets) -> None:
        """Enough interpreters in every slot for the sessions that meet in it."""
        self.on.clear()
        people = range(len(self.languages.people))
        by_slot: dict[tuple[int, int], list[cp_model.LinearExpr | int]] = defaultdict(list)
        for (t, s, _), literal in meets.items():
            if t in self.group_of:
                by_slot[s, self.groups.index(self.group_of[t])].append(literal)
        works: dict[int, dict[int, list[cp_model.IntVar]]] = {i: defaultdict(list) for i in people}
        for (s, g), held in sorted(by_slot.items()):
            shift, sessions = self._shift(s, g), sum(held)
            everyone = []
            for b, (_, targets) in enumerate(shift.booths):
                booth = []
                for i in people:
                    if self._takes_all(i, shift, targets) and not self.languages.away(i, shift):
                        literal = model.new_bool_var("")
                        self.on[i, s, g, b] = literal
                        booth.append(literal)
                        works[i][s].append(literal)
                model.add(sum(booth) >= shift.booth * sessions)
                everyone.extend(booth)
            model.add(sum(everyone) >= shift.needed * sessions)
        for i in people:
            self._hours(model, works[i])

    def _hours(self, model: cp_model.CpModel, works: dict[int, list[cp_model.IntVar]]) -> None:
        """Working hours of one interpreter, by slot."""
        c, standard = self.c, self.conference.standard
        days: dict[str, list[int]] = defaultdict(list)
        for s in sorted(works):
            model.add_at_most_one(works[s])
            days[c.slots[s].start[:10]].append(s)
        on = {s: sum(literals) for s, literals in works.items()}
        for slots in days.values():
            model.add(sum(c.long[s] * on[s] for s in slots) <= standard.day_minutes)
            begun: dict[int, cp_model.IntVar] = {}
            first = []
            for s in slots:
                end = c.begin[s] + c.long[s]
                near = [
                    x
                    for x in slots
                    if x < s and c.begin[s] - c.begin[x] - c.long[x] < standard.rest_minutes
                ]
                begins = model.new_bool_var("")
                model.add(begins >= on[s] - sum(on[x] for x in near))
                first.append(begins)
                start = model.new_int_var(c.begin[slots[0]], c.begin[s], "")
                begun[s] = start
                slack = end - standard.stretch_minutes - c.begin[slots[0]]
                if slack > 0:
                    model.add(start >= c.begin[slots[0]] + slack * on[s])
                span = c.begin[s] - c.begin[slots[0]]
                for x in near:
                    model.add(start <= begun[x] + span * (2 - on[s] - on[x]))
            model.add(sum(first) <= standard.stretches)

    def read(self, solver: cp_model.CpSolver) -> None:
        """Keep who serves which languages in which slot."""
        self.ready.clear()
        for (i, s, g, b), literal in sorted(self.on.items()):
            if solver.boolean_value(literal):
                self.ready[s, g, b].append(i)

    def duties(self, places: Sequence[Place]) -> tuple[Duty, ...]:
        """Share the interpreters of each slot out to its sessions."""
        c = self.c
        cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        seen = set()
        for place in places:
            t = c.track_of[c.index[place.contribution]]
            if t in self.group_of and (place.slot, place.room) not in seen:
                seen.add((place.slot, place.room))
                g = self.groups.index(self.group_of[t])
                cells[c.slot_index[place.slot], g].append(place.room)
        found = []
        for (s, g), rooms in sorted(cells.items()):
            shift = self._shift(s, g)
            extra = shift.needed - shift.booth * len(shift.booths)
            for b, (name, _) in enumerate(shift.booths):
                ready = iter(self.ready[s, g, b])
                for room in sorted(rooms):
                    for _ in range(shift.booth + (extra if b == 0 else 0)):
                        i = next(ready, None)
                        if i is not None:
                            session = f"{c.slots[s].id}/{room}"
                            person = self.languages.people[i].id
                            found.append(Duty(session, 0, name, person))
        return tuple(found)

    def usable(self) -> bool:
        """Whether the rules that `extend` takes for granted must indeed be kept."""
        granted = (
            rules.TEAM,
            rules.DIRECTION,
            rules.AWAY,
            rules.STRETCH,
            rules.STRETCHES,
            rules.LONG_DAY,
        )
        return all(self.languages.hard(rule) for rule in granted)
