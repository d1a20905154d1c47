"""Why there is no programme, where the sessions of tracks in slots show it.

A model that counts sessions alone, as the quick frame does, with each rule tied to a literal. What
it proves impossible no programme can keep, and it is so small that one part of the rules after
another can be left out, to see whether the rest is impossible still.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.grounds_counts import sessions_needed
from planning.programme.grounds_pairs import Slots
from planning.programme.reasons import Key

PROBE_SECONDS = 1.0  # for the question whether some of the rules are impossible by themselves
# most of the time for such a small model goes into preparing it
QUICK: dict[str, object] = {
    "num_workers": 1,
    "linearization_level": 2,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
}


class FrameGrounds:
    """count[t, s, poster]: sessions of track t in slot s. Rooms are told apart only where a rule
    closes them to the track."""

    def __init__(self, compiled: Compiled) -> None:
        self.c = c = compiled
        self.model = cp_model.CpModel()
        self.guards: dict[Key, cp_model.IntVar] = {}
        self.count: dict[tuple[int, int, bool], cp_model.IntVar] = {}
        self.present: dict[tuple[int, int], cp_model.IntVar] = {}
        self.slots = Slots(c)
        self.tracks = [t for t, members in enumerate(c.members) if members]
        for t in self.tracks:
            for poster in sorted({c.given(i).poster for i in c.members[t]}):
                self._sessions(t, poster)
            self._present(t)
        self._chairs()  # named first, and so left out first: what is said of tracks is plainer
        for t in self.tracks:
            self._alone(t)
            self._bound(t)
            if c.hard(rules.TRACK_GAP):
                self._gap(t)
        self._similar()
        self._plenaries()
        self._rooms()

    def impossible(self, context: Context, keys: Collection[Key], seconds: float) -> bool:
        """Whether these rules are proven impossible by themselves."""
        model = self.model.clone()
        for key, guard in self.guards.items():
            literal = model.get_bool_var_from_proto_index(guard.index)
            model.add(literal == int(key in keys))
        solver = context.solver(seconds, **QUICK)
        return context.run(solver, model) == cp_model.INFEASIBLE

    def _guard(self, key: Key) -> cp_model.IntVar:
        if key not in self.guards:
            self.guards[key] = self.model.new_bool_var("")
        return self.guards[key]

    # -- one track -----------------------------------------------------------------------------

    def _sessions(self, t: int, poster: bool) -> None:
        """Its sessions hold its contributions, counted by pieces of each length."""
        c, model = self.c, self.model
        members = [i for i in c.members[t] if c.given(i).poster == poster]
        sizes = sorted({c.size[i] for i in members})
        total: dict[int, list[cp_model.IntVar]] = {size: [] for size in sizes}
        for s in range(len(c.slots)):
            rooms = [r for x, r in c.cells if x == s and any(c.suits(i, s, r) for i in members)]
            if not rooms:
                continue
            most = min(len(rooms), len(members))
            sessions = self.count[t, s, poster] = model.new_int_var(0, most, "")
            holds = max(c.holds(s, r) for r in rooms)
            here = {size: model.new_int_var(0, len(members), "") for size in sizes if size <= holds}
            for size, pieces in here.items():
                model.add(pieces <= holds // size * sessions)
                total[size].append(pieces)
            model.add(sum(size * pieces for size, pieces in here.items()) <= holds * sessions)
            self._closed(t, s, rooms, sessions)
        for size, parts in total.items():
            model.add(sum(parts) >= sum(c.size[i] == size for i in members))
        held = [v for (u, _, kind), v in self.count.items() if (u, kind) == (t, poster)]
        model.add(
            sum(held) >= sessions_needed(c, t, poster=poster)
        )  # which it finds by itself late

    def _closed(self, t: int, s: int, rooms: list[int], sessions: cp_model.IntVar) -> None:
        """Rooms that a rule closes to the track in the slot, each with any of its rules."""
        c, track, slot = self.c, self.c.problem.tracks[t].id, self.c.slots[s].id
        free: list[cp_model.IntVar | int] = []
        for r in rooms:
            units = c.session_units.get((t, s, r), {})
            against = sorted(rule for rule, count in units.items() if count and c.hard(rule))
            if against:
                free.append(self.model.new_bool_var(""))
                for rule in against:
                    self.model.add(free[-1] + self._guard((rule, (track, slot))) <= 1)
            else:
                free.append(1)
        if any(not isinstance(literal, int) for literal in free):
            self.model.add(sessions <= sum(free))

    def _of(self, t: int, s: int) -> list[cp_model.IntVar]:
        return [self.count[t, s, p] for p in (False, True) if (t, s, p) in self.count]

    def _present(self, t: int) -> None:
        for s in range(len(self.c.slots)):
            sessions = self._of(t, s)
            if sessions:
                here = self.present[t, s] = self.model.new_bool_var("")
                self.model.add(sum(sessions) >= 1).only_enforce_if(here)
                self.model.add(sum(sessions) == 0).only_enforce_if(here.Not())

    def _alone(self, t: int) -> None:
        if self.c.hard(rules.TRACK_PARALLEL):
            self._one_at_a_time([t], (rules.TRACK_PARALLEL, (self.c.problem.tracks[t].id,)))

    def _one_at_a_time(self, tracks: Sequence[int], key: Key) -> None:
        """These tracks have one session at once."""
        time = self.c.time
        for s in range(len(self.c.slots)):
            at_once = [x for x in time.beside[s] if time.begin[x] <= time.begin[s]]
            held = [sessions for t in tracks for x in at_once for sessions in self._of(t, x)]
            if held:
                self.model.add(sum(held) <= 1).only_enforce_if(self._guard(key))

    def _bound(self, t: int) -> None:
        """Sessions for contributions that cannot be everywhere; none of them says more than those
        that are bound to fewer slots by the same rules."""
        told: set[int] = set()
        for i in self.c.members[t]:
            mask = self.slots.of[i]
            if mask in told or mask == self.slots.all:
                continue
            told.add(mask)
            able = [v for (u, s), v in self.present.items() if u == t and mask >> s & 1]
            keys = self.slots.needed(i, mask)
            self.model.add_bool_or([*able, *(self._guard(key).Not() for key in keys)])

    def _gap(self, t: int) -> None:
        time = self.c.time
        guard = self._guard((rules.TRACK_GAP, (self.c.problem.tracks[t].id,)))
        slots = [s for s in range(len(self.c.slots)) if (t, s) in self.present]
        for u in range(len(self.c.slots)):
            over = [self.present[t, x] for x in time.beside[u] if (t, x) in self.present]
            started, goes_on = self.model.new_bool_var(""), self.model.new_bool_var("")
            for s in slots:
                if time.before[u] >> s & 1:
                    self.model.add_implication(self.present[t, s], started)
                if time.after[u] >> s & 1:
                    self.model.add_implication(self.present[t, s], goes_on)
            self.model.add_bool_or([started.Not(), goes_on.Not(), *over, guard.Not()])

    # -- all tracks ----------------------------------------------------------------------------

    def _rooms(self) -> None:
        """A room holds one session in a slot."""
        c, guard = self.c, self._guard((rules.ROOM_FOR_ALL, ()))
        for s in range(len(c.slots)):
            for poster in (False, True):
                open_to = [
                    r for x, r in c.cells if x == s and bool(c.problem.rooms[r].boards) == poster
                ]
                held = [v for (_, x, p), v in self.count.items() if (x, p) == (s, poster)]
                self.model.add(sum(held) <= len(open_to)).only_enforce_if(guard)

    def _chairs(self) -> None:
        """Of several tracks, or of one that could have two sessions at once."""
        least = 2 if self.c.hard(rules.TRACK_PARALLEL) else 1
        if self.c.hard(rules.CHAIR_TWICE):
            for chair, tracks in self.c.chaired.items():
                if len(tracks) >= least:
                    self._one_at_a_time(tracks, (rules.CHAIR_TWICE, (chair, "")))

    def _similar(self) -> None:
        c = self.c
        for a, b, _ in c.similar if c.hard(rules.SIMILAR) else ():
            guard = self._guard((rules.SIMILAR, (c.problem.tracks[a].id, c.problem.tracks[b].id)))
            for s in range(len(c.slots)):
                for x in c.time.beside[s]:
                    one, other = self.present.get((a, s)), self.present.get((b, x))
                    if one is not None and other is not None:
                        self.model.add_bool_or([one.Not(), other.Not(), guard.Not()])

    def _plenaries(self) -> None:
        """Of those that are fixed to a slot."""
        c = self.c
        for given in c.problem.contributions:
            if not (given.plenary and given.slot and c.hard(rules.PLENARY) and c.hard(rules.FIXED)):
                continue
            guards = [self._guard((rule, (given.id,))) for rule in (rules.PLENARY, rules.FIXED)]
            near = c.time.beside[c.slot_index[given.slot]]
            held = [v for t in self.tracks for x in near for v in self._of(t, x)]
            self.model.add(sum(held) <= 1).only_enforce_if(guards)


def of_frame(c: Compiled, context: Context, end: float) -> list[Key]:
    """Rules that leave no frame of sessions, as few as are found until then; none where frames
    show nothing."""
    frame = FrameGrounds(c)
    keys = list(frame.guards)

    def still(rest: Sequence[Key]) -> bool:
        left = min(PROBE_SECONDS, end - context.seconds())
        return left > 0 and frame.impossible(context, rest, left)

    if not still(keys):
        return []
    for rule in dict.fromkeys(rule for rule, _ in keys):  # whole kinds of them first
        rest = [key for key in keys if key[0] != rule]
        if len(rest) < len(keys) and still(rest):
            keys = rest
    size = len(keys)
    while size > 1:  # then ever smaller parts
        size = -(-size // 2)
        place = 0
        while place < len(keys):
            rest = keys[:place] + keys[place + size :]
            if still(rest):
                keys = rest
            else:
                place += size
    return keys
