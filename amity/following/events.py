"""What is told of one change of the record: what became of how many records, and of which."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.differences import FieldChange
from amity.foundation.models import Change, Effect
from amity.languages.text import Text
from amity.record.models import Dossier, Entry
from amity.record.removals import Removal

EFFECTS = tuple(Effect)
MOMENT = "%Y%m%dT%H%M%S%fZ"
"""How an address writes a moment: 20261126T080237190092Z."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a record tells of: on which `day`, by `whom`, which `state`, in which `words`."""

    day: DateAsSaid | date | None = None
    whom: Text | None = None
    state: str = ""
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A record that changed.

    `entry`: what the register says of it now. `known`: what it tells of. `paths`: what changed in
    it, where it stood before and stands now. `removal`: who removed it, where it is not there now.
    """

    effect: Effect
    entry: Entry
    known: Known = Known()
    paths: tuple[FieldChange, ...] = ()
    removal: Removal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one `kind` of which the same became: `total` of them, and the first of these.

    `told` is empty where they are too many to be named.
    """

    effect: Effect
    kind: str
    told: tuple[Told, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not named."""
        return self.total - len(self.told)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the record: `office` made it, where the public knows the office.

    `dossier`: what was loaded, if it was a load.
    """

    change: Change
    office: Text | None
    dossier: Dossier | None
    groups: tuple[Group, ...]

    @property
    def name(self) -> str:
        """What its address calls it: its moment, for numbers would tell of what is not public."""
        return self.change.at.astimezone(UTC).strftime(MOMENT)

    @property
    def totals(self) -> list[tuple[Effect, int]]:
        """How many records became what."""
        found: dict[Effect, int] = defaultdict(int)
        for group in self.groups:
            found[group.effect] += group.total
        return [(effect, found[effect]) for effect in EFFECTS if effect in found]

    @property
    def only(self) -> Told | None:
        """The one record that changed; None where there are several."""
        if [group.total for group in self.groups] == [1] and self.groups[0].told:
            return self.groups[0].told[0]
        return None

    @property
    def invented(self) -> bool:
        """Whether all of it is fictional."""
        owners = [one.entry.dossier for group in self.groups for one in group.told]
        return all(one.fictional for one in owners or filter(None, [self.dossier]))
