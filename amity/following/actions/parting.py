"""What a record concerned is kept when it is removed, so that its removal is told there too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from amity.following.models import Concerned
from amity.following.queries.concerned import WAYS, leads
from amity.following.queries.known import Name, naming
from amity.foundation.database.batches import batched
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.models import Entry, Recorded
from amity.record.registration import partings
from amity.record.registration.partings import Parting


def register() -> None:
    """Keep it of all kinds from which a way leads to something.

    Called when Django starts, before rooms below have said their kinds: each has its model's name.
    """
    for model in WAYS:
        kind = model.__name__.lower()
        partings.register(kind, Parting(_Leaving(kind), come_back, nothing_more))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Notes what public records of a kind concern, before they are removed."""

    kind: str

    def __call__(self, numbers: Sequence[int]) -> None:
        model = kinds.get(self.kind).model
        for some in batched(numbers):
            keys = model.objects.filter(pk__in=some).values_list("key", flat=True)
            found = leads((self.kind, key) for key in keys)
            rows = list(_rows(found))
            Concerned.objects.bulk_create(rows, ignore_conflicts=True)


def come_back(record: Recorded) -> None:
    """A record that the history brought back leads to what it concerns by itself."""
    kind = kinds.of_model(type(record)).kind
    Concerned.objects.filter(entry__kind=kind, entry__key=record.key).delete()


def nothing_more(acting: Acting, record: Recorded) -> list[str]:
    """Nothing of what is removed goes with it here; there is nothing beside to tell."""
    return []


def _rows(found: Mapping[Name, set[Name]]) -> Iterator[Concerned]:
    names = {*found, *(thing for things in found.values() for thing in things)}
    if not names:
        return
    entries = {(one.kind, one.key): one for one in Entry.everything.filter(naming(names))}
    for name, things in found.items():
        for thing in things:
            yield Concerned(entry=entries[name], thing=entries[thing])
