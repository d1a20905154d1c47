"""Rows that become the people of a delegation, who may be new, with their posts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amity.delegations.models import Delegate, Delegation, Group
from amity.desk.finding.choosing import Suggestion
from amity.desk.pasting.actors import Actors, label
from amity.desk.pasting.rows import Reading, State, settle
from amity.record.actions import New


@dataclass(frozen=True, slots=True)
class Delegates:
    """The delegation into which people go, who is in it (`standing`, by number), and the groups
    of its gathering."""

    delegation: Delegation
    standing: Collection[int]
    groups: Sequence[Group]
    actors: Actors

    def read(self, reading: Reading) -> None:
        """A row of delegates: a person, for which organization, in which role and group."""
        name = reading.text("name")
        if name is None:
            reading.row.faults.append(_("The name is missing."))
            return settle(reading.row, None)
        person = self.actors.known_or_new(reading, name)
        group = self._group(reading)
        organization = self.actors.organization(reading)
        self.actors.post(reading, person, organization)
        delegate = Delegate(
            dossier=self.delegation.dossier,
            delegation=self.delegation,
            person=person,
            organization=organization,
            role=reading.text("role"),
            group=group,
        )
        reading.check(delegate)
        reading.row.new.append(New(delegate))
        settle(reading.row, None)
        if reading.row.state == State.NEW and person is not None and person.pk in self.standing:
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


def people_in(delegation: Delegation) -> frozenset[int]:
    """The numbers of those who are in a delegation. One statement."""
    return frozenset(
        Delegate.everything.filter(delegation=delegation).values_list("person", flat=True)
    )
