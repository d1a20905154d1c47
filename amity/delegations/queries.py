"""Who is invited to a gathering, and whom the sides send."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from amity.delegations.models import Delegate, Delegation, Group
from amity.gatherings.models import Gathering
from amity.network.filing import by_family_name
from amity.network.models import Person
from amity.record.managers import PUBLIC

Groups = tuple[tuple[Group, int], ...]
Delegations = tuple[tuple[Delegation, int], ...]


def groups_and_delegations(gathering: Gathering) -> tuple[Groups, Delegations]:
    """The groups and the delegations in order of position, with how many delegates each has.

    Two statements.
    """
    number = Count("delegates", filter=Q(delegates__readers=PUBLIC))  # a join asks no manager
    groups = gathering.groups.select_related("side__area").order_by("position", "key")
    delegations = gathering.delegations.select_related("side__area", "head").order_by(
        "side__position", "key"
    )
    return (
        tuple((one, one.number) for one in groups.annotate(number=number)),
        tuple((one, one.number) for one in delegations.annotate(number=number)),
    )


def delegations_with_people(
    gathering: Gathering,
) -> tuple[tuple[Delegation, tuple[Delegate, ...]], ...]:
    """The delegations with everybody in them: the head first, then by name. Two statements."""
    people = Delegate.objects.select_related(
        "person", "organization", "group", "dossier", "delegation__side__area"
    ).order_by("key")
    rows = (
        gathering.delegations.select_related("side__area", "head")
        .prefetch_related(Prefetch("delegates", people))
        .order_by("side__position", "key")
    )
    return tuple((one, _head_first(one)) for one in rows)


def _head_first(delegation: Delegation) -> tuple[Delegate, ...]:
    named = by_family_name(
        delegation.delegates.all(), lambda one: (one.person.name, one.person.family_name)
    )
    return tuple(sorted(named, key=lambda one: one.person_id != delegation.head_id))


@dataclass(frozen=True, slots=True)
class PartInDelegation:
    """What a person is in a delegation: its head, a delegate, or both."""

    delegation: Delegation
    heads: bool
    delegate: Delegate | None


def delegations_of(person: Person) -> tuple[PartInDelegation, ...]:
    """The person's parts in delegations, the newest gathering first. Two statements."""
    with_all = ("gathering__dossier", "side__area")
    headed = {
        one.pk: one for one in Delegation.objects.filter(head=person).select_related(*with_all)
    }
    rows = Delegate.objects.filter(person=person).select_related(
        "organization", "group", *(f"delegation__{path}" for path in with_all)
    )
    delegates = {one.delegation_id: one for one in rows}
    every = headed | {pk: one.delegation for pk, one in delegates.items()}
    parts = [PartInDelegation(one, pk in headed, delegates.get(pk)) for pk, one in every.items()]
    parts.sort(key=lambda one: one.delegation.key)
    parts.sort(key=lambda one: one.delegation.gathering.starts_on or date.min, reverse=True)
    return tuple(parts)
