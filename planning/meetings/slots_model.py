"""The CP-SAT model of a day: which meeting in which slot.

`x[m, s]` says that meeting m is in slot s, `used[p, s]` that participant p has one then. What makes
crowded days solvable, besides the usual constraints: participants without an idle break are taken
in one block (see `blocks`), blocks of two who meet must overlap, and attendance is counted per
participant. The tables of a slot are counted in several ways, of which each solves days in seconds
that take the others minutes: the people who attend, by a totalizer (O. Bailleux and Y. Boufkhad,
CP 2003), the meetings by their hosts (see `seats`), likewise, both, or the people by a linear
constraint, whose relaxation proves some days impossible.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ortools.sat.python import cp_model

from planning.meetings.blocks import Block, blocks
from planning.meetings.compiled import Day, Service
from planning.meetings.seats import hosts
from planning.meetings.totalizer import at_most

# CP-SAT parameters. The models are clauses nearly throughout and say what presolve would find: it
# takes longer than the search on most days, as does simplifying clauses (docs/performance.md).
CLAUSES: dict[str, object] = {
    "linearization_level": 0,
    "cp_model_presolve": False,
    "use_sat_inprocessing": False,
}

Encoding = Literal["linear", "people", "hosts", "both"]
Terms = list[tuple[cp_model.IntVar, int]]


@dataclass
class SlotsModel:
    """A model, its variables, and what its goals count.

    held      per meeting that need not be held, whether it is
    serving   per (class of services, slot, service), how many meetings are served that way
    """

    day: Day
    windows: list[tuple[int, ...]]
    encoding: Encoding = "people"
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    x: list[dict[int, cp_model.IntVar]] = field(default_factory=list)
    held: dict[int, cp_model.IntVar] = field(default_factory=dict)
    used: list[dict[int, cp_model.IntVar]] = field(default_factory=list)
    serving: dict[tuple[tuple[Service, ...], int, Service], cp_model.IntVar] = field(
        default_factory=dict
    )
    breaks: list[list[cp_model.IntVar]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._meetings()
        self._people()
        self._tables()
        self._interpreters()
        self._precedences()

    # What must hold

    def _meetings(self) -> None:
        for meeting, given in enumerate(self.day.meetings):
            window = self.windows[meeting] if self.day.services[meeting] else ()
            slots = {slot: self.model.new_bool_var(f"x{meeting}_{slot}") for slot in window}
            self.x.append(slots)
            if given.required:
                self.model.add_exactly_one(slots.values())
            elif slots:
                self.held[meeting] = self.model.new_bool_var(f"held{meeting}")
                self.model.add_exactly_one([*slots.values(), ~self.held[meeting]])

    def _people(self) -> None:
        for person in self.day.people:
            taken: dict[int, cp_model.IntVar] = {}
            mine = self.day.of[person]
            for slot in self.day.slots:
                options = [self.x[meeting][slot] for meeting in mine if slot in self.x[meeting]]
                if options:
                    taken[slot] = self.model.new_bool_var(f"used{person}_{slot}")
                    self.model.add_exactly_one([*options, ~taken[slot]])
            self.used.append(taken)
            most = self.day.problem.participants[person].most
            if most is not None and most < len(mine):
                self.model.add(sum(taken.values()) <= most)
            if all(self.day.meetings[meeting].required for meeting in mine) and taken:
                self.model.add(sum(taken.values()) == len(mine))

    def _tables(self) -> None:
        shared = hosts(self.day) if self.encoding in ("hosts", "both") else []
        for slot in self.day.slots:
            tables = self.day.tables[slot]
            there = [taken[slot] for taken in self.used if slot in taken]
            # Two people sit at each table, so an even number of people is taken.
            if self.encoding == "linear":
                pairs = self.model.new_int_var(0, tables, f"pairs{slot}")
                self.model.add(sum(there) == 2 * pairs)
            if shared:
                at_most(self.model, self._hosting(shared, slot), tables)
            if self.encoding in ("people", "both"):
                at_most(self.model, there, 2 * tables)

    def _hosting(
        self, shared: list[tuple[int, tuple[int, ...]]], slot: int
    ) -> list[cp_model.IntVar]:
        """One literal per host, true where one of the meetings counted there is in the slot."""
        literals = []
        for person, meetings in shared:
            options = [self.x[meeting][slot] for meeting in meetings if slot in self.x[meeting]]
            if not options:
                continue
            if len(meetings) == len(self.day.of[person]):
                literals.append(self.used[person][slot])
                continue
            literals.append(self.model.new_bool_var(f"host{person}_{slot}"))
            for option in options:
                self.model.add_implication(option, literals[-1])
            self.model.add_bool_or([*options, ~literals[-1]])
        return literals

    def _interpreters(self) -> None:
        classes: dict[tuple[Service, ...], list[int]] = {}
        for meeting, services in enumerate(self.day.services):
            if services and services != ((),):
                classes.setdefault(services, []).append(meeting)
        for slot in self.day.slots:
            load: list[Terms] = [[] for _ in self.day.seats]
            for services, meetings in classes.items():
                here = [self.x[meeting][slot] for meeting in meetings if slot in self.x[meeting]]
                if not here:
                    continue
                counts = []
                for service in services:
                    most = min([len(here), *(self.day.seats[group][slot] for group in service)])
                    count = self.model.new_int_var(0, most, "")
                    self.serving[services, slot, service] = count
                    counts.append(count)
                    for group in service:
                        load[group].append((count, 1))
                self.model.add(sum(counts) == sum(here))
            for group, terms in enumerate(load):
                if terms:
                    total = sum(count for count, _ in terms)
                    self.model.add(total <= self.day.seats[group][slot])

    def _precedences(self) -> None:
        for first, then in self.day.before:
            for slot in self.day.slots:
                late = [literal for at, literal in self.x[first].items() if at >= slot]
                early = [literal for at, literal in self.x[then].items() if at <= slot]
                if late and early:
                    self.model.add_at_most_one(late + early)

    # What the goals count

    def value(self) -> cp_model.LinearExprT:
        """Value of the meetings held, interpretation deducted; what must be held is included."""
        day = self.day
        costs = (0, day.problem.direct_cost, day.problem.relay_cost)
        terms = [(day.meetings[meeting].value, held) for meeting, held in self.held.items()]
        terms += [(-costs[len(service)], count) for (_, _, service), count in self.serving.items()]
        fixed = sum(meeting.value for meeting in day.meetings if meeting.required)
        total = cp_model.LinearExpr.weighted_sum(
            [term for _, term in terms], [weight for weight, _ in terms]
        )
        return total + fixed

    def moves(self) -> cp_model.LinearExprT:
        """Meetings that are not where they were in the previous plan."""
        kept = [
            self.x[meeting][slot]
            for meeting, slot in self.day.previous.items()
            if slot in self.x[meeting]
        ]
        return len(self.day.previous) - sum(kept)

    def idle_breaks(self) -> cp_model.LinearExprT:
        """All idle breaks; the first call adds what counts them, and fairness."""
        if not self.breaks:
            self._count_breaks()
        return sum(literal for steps in self.breaks for literal in steps)

    def _count_breaks(self) -> None:
        fairness = self.day.problem.fairness
        never = [self._most_breaks(person) for person in self.day.people]
        least_is_zero = fairness is not None and any(most == 0 for most in never)
        standing: dict[int, list[tuple[Block, cp_model.IntVar]]] = {}
        for person in self.day.people:
            most = never[person]
            if least_is_zero and fairness is not None:
                most = min(most, fairness)
            steps = [self.model.new_bool_var(f"break{person}_{step}") for step in range(most)]
            for step, more in pairwise(steps):
                self.model.add_implication(more, step)
            self.breaks.append(steps)
            self._starts(person, steps)
            if self._fixed(person):
                standing[person] = self._blocks(person, steps)
        self._overlaps(standing)
        if fairness is not None and not least_is_zero and self.breaks:
            least = self.model.new_int_var(0, max(never), "least")
            for steps in self.breaks:
                self.model.add(sum(steps) >= least)
                self.model.add(sum(steps) <= least + fairness)

    def _fixed(self, person: int) -> bool:
        """Whether it is known beforehand how many meetings the participant has, at least two."""
        mine = self.day.of[person]
        return len(mine) > 1 and all(self.day.meetings[meeting].required for meeting in mine)

    def _most_breaks(self, person: int) -> int:
        most = self.day.problem.participants[person].most
        meetings = len(self.day.of[person])
        if most is not None:
            meetings = min(meetings, most)
        taken = len(self.used[person])
        free = len(self.day.slots) - (meetings if self._fixed(person) else 0)
        return max(0, min(meetings - 1, taken - 1, free))

    def _starts(self, person: int, steps: list[cp_model.IntVar]) -> None:
        """Idle breaks are the runs of taken slots less one."""
        taken = self.used[person]
        if len(taken) < 2:
            return
        starts: list[cp_model.IntVar] = []
        for slot, literal in taken.items():
            if slot - 1 not in taken:
                starts.append(literal)
                continue
            start = self.model.new_bool_var(f"start{person}_{slot}")
            self.model.add_bool_or([~literal, taken[slot - 1], start])
            self.model.add_implication(start, literal)
            self.model.add_implication(start, ~taken[slot - 1])
            starts.append(start)
        if any(self.day.meetings[meeting].required for meeting in self.day.of[person]):
            self.model.add(sum(starts) - 1 == sum(steps))
            return
        active = self.model.new_bool_var(f"active{person}")
        self.model.add_max_equality(active, list(taken.values()))
        self.model.add(sum(starts) - active == sum(steps))

    def _blocks(
        self, person: int, steps: list[cp_model.IntVar]
    ) -> list[tuple[Block, cp_model.IntVar]]:
        """Without an idle break the participant stands in exactly one block."""
        mine = self.day.of[person]
        taken = self.used[person]
        standing = []
        for block in blocks([self.windows[meeting] for meeting in mine], len(self.day.slots)):
            chosen = self.model.new_bool_var(f"block{person}_{block.first}")
            inside = range(block.first, block.first + len(mine))
            for slot, literal in taken.items():
                self.model.add_implication(chosen, literal if slot in inside else ~literal)
            for position, slot in block.ruled_out:
                self.model.add_implication(chosen, ~self.x[mine[position]][slot])
            standing.append((block, chosen))
        self.model.add_exactly_one([*(chosen for _, chosen in standing), *steps[:1]])
        return standing

    def _overlaps(self, standing: dict[int, list[tuple[Block, cp_model.IntVar]]]) -> None:
        """Blocks of two who meet share a slot in which they can."""
        for meeting, (a, b) in enumerate(self.day.ends):
            window = self.windows[meeting]
            for block, chosen in standing.get(a, ()):
                end = block.first + len(self.day.of[a])
                shared = [slot for slot in window if block.first <= slot < end]
                for other, also in standing.get(b, ()):
                    stop = other.first + len(self.day.of[b])
                    if not any(other.first <= slot < stop for slot in shared):
                        self.model.add_bool_or([~chosen, ~also])
