"""Changes from a programme that stands, and locks, in the exact model."""

from __future__ import annotations

from collections import defaultdict

from planning.programme import rules
from planning.programme.charging import Charging, Expression, Literal


class Changes(Charging):
    """Counts moves and holds what is locked."""

    def _moves(self) -> Expression:
        """How many contributions are not in the slot and room where they were."""
        moved: Expression = 0
        for name in sorted(self.previous):
            place = self.previous[name]
            i = self.c.index[name]
            t = self.c.track_of[i]
            s, r = self.c.slot_index.get(place.slot), self.c.room_index.get(place.room)
            moved += 1
            if s is None or r is None or (i, s) not in self.at or (t, s, r) not in self.meets:
                continue
            if (i, s, r) in self.seat:
                self.kept[i] = (s, r, self.seat[i, s, r])
            elif not self.c.needs_rooms(t):
                kept = self.model.new_bool_var("")
                self.model.add_implication(kept, self.at[i, s])
                self.model.add_implication(kept, self.meets[t, s, r])
                self.kept[i] = (s, r, kept)
            else:
                continue
            moved -= self.kept[i][2]
        for t in range(len(self.problem.tracks)):
            if not self.c.needs_rooms(t):
                self._keep_apart(t)
        return moved

    def _keep_apart(self, t: int) -> None:
        """Where rooms are given out later: those who stay fit, and no session is left empty."""
        kept: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in self.c.members[t]:
            if i in self.kept:
                kept[self.kept[i][:2]].append(i)
        for s in sorted({s for s, _ in kept}):
            staying: list[Literal] = []
            filled: list[Literal] = []
            for r in self.rooms_of[t, s]:
                own = kept.get((s, r), ())
                if own:
                    stay = [self.kept[i][2] for i in own]
                    sizes = [self.c.size[i] * self.kept[i][2] for i in own]
                    self.model.add(sum(sizes) <= self.c.long[s] // self.c.step)
                    some = self.model.new_bool_var("")
                    self.model.add(some <= sum(stay))
                    staying += stay
                    filled.append(some)
            here = [self.at[i, s] for i in self.c.members[t] if (i, s) in self.at]
            sessions = [self.meets[t, s, r] for r in self.rooms_of[t, s]]
            self.model.add(sum(here) - sum(staying) >= sum(sessions) - sum(filled))

    def _lock(self, name: str) -> None:
        guard = self._guard(rules.LOCKED, (name,))
        kept = self.kept.get(self.c.index[name])
        self.model.add_bool_or([*(g.Not() for g in guard), *([kept[2]] if kept else [])])

    def _shut(self, slot: str) -> None:
        """Nothing comes into the slot that was not there."""
        s = self.c.slot_index[slot]
        for i, given in enumerate(self.problem.contributions):
            place = self.previous.get(given.id)
            if (i, s) in self.at and (place is None or place.slot != slot):
                guard = self._guard(rules.LOCKED, (given.id,))
                self.model.add_bool_or([self.at[i, s].Not(), *(g.Not() for g in guard)])
