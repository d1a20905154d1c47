"""Rows that become the people of a delegation, who may be new, with their posts.

A row pasted into a gathering names its delegation, which may be new as well: of a side for which
the office speaks, and which has none there yet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from amity.delegations.models import Delegate, Delegation, Group
from amity.desk.finding.choosing import Suggestion
from amity.desk.pasting.actors import Actors, label
from amity.desk.pasting.columns import folded
from amity.desk.pasting.rows import Reading, State, settle, versions_of
from amity.foundation.words.typography import labelled, within_quotes
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Side
from amity.record.actions import New


@dataclass(slots=True)
class Delegations:
    """The delegations into which people go.

    `own`: those of the sides of the office, into one of which a row without a delegation goes
    where it is the only one; `others` are kept by other sides; `free`: sides of the office that
    have none. `begun`: new ones by the name that a row gave them.
    """

    gathering: Gathering
    own: Sequence[Delegation]
    others: Sequence[Delegation] = ()
    free: list[Side] = field(default_factory=list)
    begun: dict[str, Delegation] = field(default_factory=dict)

    def of(self, reading: Reading) -> Delegation | None:
        """The delegation that a row names, begun where it is new; None for none, or none yet."""
        name = reading.text("delegation")
        if name is None:
            if len(self.own) == 1:
                return self.own[0]
            reading.row.faults.append(_("Say to which delegation this person belongs."))
            return None
        for one in self.own:
            if _is_called(one, name):
                return one
        shown = {"name": within_quotes(versions_of(name)[0])}
        if any(_is_called(one, name) for one in self.others):
            words = _("“%(name)s” is the delegation of another side, which enters its own people.")
            reading.row.faults.append(words % shown)
            return None
        return self._begun(reading, name)

    def _begun(self, reading: Reading, name: Text) -> Delegation | None:
        words = versions_of(name)[0]
        made = self.begun.get(folded(words))
        if made is None:
            side = self._side(reading, words)
            if side is None:
                return None
            made = Delegation(
                dossier=self.gathering.dossier, gathering=self.gathering, side=side, name=name
            )
            self.begun[folded(words)] = made
        reading.check(made)
        reading.row.new.append(New(made))
        reading.row.begins.append(labelled(_("New delegation"), words))
        return made

    def _side(self, reading: Reading, words: str) -> Side | None:
        """The side that sends a new delegation; asked where the office speaks for several."""
        taken = {one.side_id for one in self.begun.values()}
        free = [one for one in self.free if one.pk not in taken]
        if len(free) == 1:
            return free[0]
        if not free:
            named = [*self.own, *self.begun.values()]
            if named:
                shown = {"name": within_quotes(versions_of(named[0].name)[0])}
                fault = _("Your side has a delegation here, “%(name)s”: one side sends one.")
                reading.row.faults.append(fault % shown)
            else:
                reading.row.faults.append(_("Your office speaks for no side of this gathering."))
            return None
        among = [Suggestion("side", one.key, one.area.name) for one in free]
        asked = reading.choose(label(Delegation, "side"), words, among)
        return next((one for one in free if one.key == asked.answer), None)


@dataclass(frozen=True, slots=True)
class Delegates:
    """The delegations into which people go, who is in each (`standing`, by numbers), and the
    groups of their gathering."""

    delegations: Delegations
    standing: Mapping[int, Collection[int]]
    groups: Sequence[Group]
    actors: Actors

    def read(self, reading: Reading) -> None:
        """A row of delegates: a person, for which organization, in which role and group."""
        name = reading.text("name")
        if name is None:
            reading.row.faults.append(_("The name is missing."))
            return settle(reading.row, None)
        delegation = self.delegations.of(reading)
        person = self.actors.known_or_new(reading, name)
        group = self._group(reading)
        organization = self.actors.organization(reading)
        self.actors.post(reading, person, organization)
        delegate = Delegate(
            dossier=self.delegations.gathering.dossier,
            delegation=delegation,
            person=person,
            organization=organization,
            role=reading.text("role"),
            group=group,
        )
        reading.check(delegate)
        reading.row.new.append(New(delegate))
        settle(reading.row, None)
        there = self.standing.get(delegation.pk, ()) if delegation and delegation.pk else ()
        if reading.row.state == State.NEW and person is not None and person.pk in there:
            reading.row.state, reading.row.new = State.SAME, []
        return None

    def _group(self, reading: Reading) -> Group | None:
        words = reading.words("group")
        if not words:
            return None
        among = [Suggestion("group", one.key, one.name) for one in self.groups]
        where = label(Delegate, "group")
        asked = reading.which("group", where, [words], among, may_be_new=False)
        return next((one for one in self.groups if one.key == asked.answer), None)


def people_in(delegations: Iterable[Delegation]) -> Mapping[int, Collection[int]]:
    """The numbers of those who are in each of these delegations. One statement."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Delegate.everything.filter(delegation__in=[one.pk for one in delegations])
    for delegation, person in rows.values_list("delegation", "person"):
        found[delegation].add(person)
    return found


def _is_called(delegation: Delegation, name: Text) -> bool:
    known = set(map(folded, versions_of(delegation.name)))
    return any(folded(one) in known for one in versions_of(name))
