"""Reads of webhooks: what an office has, and what each is told of a change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from amity.following.queries.changes import steps_after
from amity.following.queries.concerned import things_concerned
from amity.following.queries.known import Name, naming
from amity.foundation.database.batches import batched
from amity.foundation.models import Change
from amity.network.models import Office
from amity.record.acting import STRANGER
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Entry
from amity.record.queries import dossiers_for
from amity.webhooks.choices import KINDS, Topic
from amity.webhooks.models import Delivery, Hook

SHOWN = 50
"""So many deliveries a page shows."""
NO_END = 2**63 - 1
"""A number that no change has: all of them come before it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one record that the public reads: `number`; `whole`: what it is a step of."""

    number: int
    whole: int
    name: Name


@dataclass(frozen=True, slots=True)
class About:
    """Of each record that was changed and is public: what it concerns, and its dossier."""

    things: Mapping[Name, Collection[Name]]
    dossiers: Mapping[Name, int]


def hooks_of(office: Office) -> QuerySet[Hook]:
    """The webhooks of an office."""
    rows = Hook.objects.filter(office=office)
    return rows.select_related("dossier", "partnership__dossier", "partnership__moved_to__dossier")


def deliveries_of(hook: Hook) -> list[Delivery]:
    """The last things that a webhook was told, or is to be told."""
    return list(hook.deliveries.select_related("change").order_by("-pk")[:SHOWN])


def dossiers_to_choose() -> QuerySet[Dossier]:
    """The dossiers in which the public reads something."""
    return dossiers_for(STRANGER)


def steps_between(number: int, until: int) -> list[Step]:
    """What the public reads changed after one change up to another, record by record."""
    rows = steps_after(number, until).values_list("pk", "part_of", "kind", "key")
    return [Step(pk, whole or pk, (kind, key)) for pk, whole, kind, key in rows]


def steps_of(change: Change) -> list[Step]:
    """The steps of one change, or the change itself where it is of one record."""
    rows = steps_after(0, NO_END).filter(Q(pk=change.pk) | Q(part_of=change.pk))
    return [
        Step(pk, change.pk, (kind, key)) for pk, kind, key in rows.values_list("pk", "kind", "key")
    ]


def about(steps: Iterable[Step]) -> About:
    """What the records of these steps concern, as far as everybody may read it now."""
    names = {step.name for step in steps}
    dossiers: dict[Name, int] = {}
    for some in batched(sorted(names)):
        rows = Entry.everything.filter(naming(some), readers=PUBLIC)
        for kind, key, dossier in rows.values_list("kind", "key", "dossier"):
            dossiers[kind, key] = dossier
    return About(things_concerned(names), dossiers)


def hears(hook: Hook, step: Step, known: About) -> bool:
    """Whether a webhook is told of a step: public now, and among what the office chose."""
    kind = step.name[0]
    if step.name not in known.dossiers:
        return False
    if hook.topics and not any(kind in KINDS[Topic(one)] for one in hook.topics):
        return False
    if hook.dossier_id is not None and known.dossiers[step.name] != hook.dossier_id:
        return False
    if hook.partnership is None:
        return True
    only = hook.partnership.moved_to or hook.partnership
    return (only.kind, only.key) in known.things.get(step.name, ())


def is_narrow(hook: Hook) -> bool:
    """Whether a webhook hears of some records alone."""
    return bool(hook.topics) or hook.dossier_id is not None or hook.partnership_id is not None


def partnership_called(key: str) -> Entry | None:
    """The partnership that everybody reads under this identifier, as it is called now."""
    rows = Entry.everything.filter(kind="partnership", key=key).select_related("moved_to")
    found = rows.first()
    now = found and (found.moved_to or found)
    return now if now and now.readers == PUBLIC and now.removed_at is None else None
