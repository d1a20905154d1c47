"""Checks between records: what must hold of some records in the light of others.

A room states its checks as functions over querysets in its own `checks.py` and registers them with
its kinds. The same function is asked of a record that is saved, of those that refer to it, and of
a whole folder that lies in a temporary database. So it asks the database of the queryset that it
is given, and in as many statements for a thousand records as for one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .models import Recorded

Model = TypeVar("Model", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Broken:
    """A check fails: of which record, at which field, and what is expected.

    `field_path` leads to the place, as `parties.0.side` does: names of fields, and positions in
    lists from 0. `message` is a sentence that is translated when it is shown.
    """

    record_pk: int
    field_path: str
    message: str | Promise


Asked = Callable[["QuerySet[Model]"], Iterator[Broken]]
"""Yields what is wrong with the records of the queryset."""


@dataclass(frozen=True)
class Check(Generic[Model]):
    """What is asked of the records of a kind.

    `follows` names references of the kind: when a record that one of them names is saved, the
    check is asked again of those that name it.
    """

    ask: "Asked[Model]"
    follows: tuple[str, ...] = ()


def no_circle(reference: str) -> "Asked[Recorded]":
    """Asks that what a record is part of, by `reference`, is never in the end part of it.

    That it is not part of itself is a constraint of its own, with its own words.
    Takes a statement for each level above the records asked about that are not among them.
    """

    def asked(records: "QuerySet[Recorded]") -> Iterator[Broken]:
        pairs = records.values_list("pk", "key", f"{reference}_id")
        keys = {pk: (key, above) for pk, key, above in pairs.iterator()}
        above = {pk: owner for pk, (_key, owner) in keys.items()}
        everything = records.model._base_manager.using(records.db)
        while unknown := {pk for pk in above.values() if pk is not None and pk not in above}:
            found = everything.filter(pk__in=unknown).values_list("pk", f"{reference}_id")
            above |= dict.fromkeys(unknown) | dict(found)
        for pk, (key, _owner) in keys.items():
            if _leads_back(pk, above):
                message = format_lazy(_("{record} is, in the end, a part of itself"), record=key)
                yield Broken(pk, reference, message)

    return asked


def _leads_back(start: int, above: dict[int, int | None]) -> bool:
    """Whether the way up from a record comes back to it; not whether it is its own owner."""
    seen: set[int] = set()
    pk = above[start]
    if pk == start:
        return False
    while pk is not None and pk != start and pk not in seen:
        seen.add(pk)
        pk = above[pk]
    return pk == start


def same_owner(reference: str, theirs: str, own: str) -> "Asked[Recorded]":
    """Asks that the record which `reference` names belongs, by `theirs`, to what this one belongs
    to by `own`. Says nothing of records that lack either."""

    def asked(records: "QuerySet[Recorded]") -> Iterator[Broken]:
        both = {f"{reference}__isnull": False, f"{own}__isnull": False}
        strangers = records.filter(**both).exclude(**{f"{reference}__{theirs}": F(own)})
        names = (f"{reference}__key", f"{reference}__{theirs}__key", f"{own}__key")
        for pk, key, other, owner in strangers.values_list("pk", *names).iterator():
            message = (
                format_lazy(
                    _("{record} belongs to {other}; expected one that belongs to {owner}"),
                    record=key,
                    other=other,
                    owner=owner,
                )
                if other
                else format_lazy(
                    _("{record} belongs to none; expected one that belongs to {owner}"),
                    record=key,
                    owner=owner,
                )
            )
            yield Broken(pk, reference, message)

    return asked
