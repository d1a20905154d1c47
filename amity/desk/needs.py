"""What rooms above the desk put on its first page: things that need whoever is there.

They register here when Django starts, as sections of pages do (`record.sections`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet

from amity.desk.shown import Row
from amity.record.acting import Acting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Need:
    """A group of things to do: its `title`, the first `rows`, whether there are `more`.

    `address` and `act`: where all of them are, and the words of the link to it.
    """

    title: "StrOrPromise"
    rows: tuple[Row, ...]
    more: bool
    address: str
    act: "StrOrPromise"


Load = Callable[[Acting], Need | None]
Waiting = Callable[[Acting], "QuerySet[Model]"]


@dataclass(frozen=True, slots=True)
class _Group:
    order: int
    load: Load
    waiting: Waiting | None


_groups: dict[str, _Group] = {}


def register(name: str, order: int, load: Load, waiting: Waiting | None = None) -> None:
    """Add a group to the first page, in its order; called from `AppConfig.ready`.

    `waiting`: rows without which there is nothing in it, so that it is not loaded; whether there
    are any is asked for all groups at once.
    """
    _groups[name] = _Group(order, load, waiting)


def waiting(acting: Acting) -> Mapping[str, "QuerySet[Model]"]:
    """What the groups are of, by name, to be asked together whether there is any."""
    return {name: one.waiting(acting) for name, one in _groups.items() if one.waiting is not None}


def needs_of(acting: Acting, filled: Collection[str]) -> tuple[Need, ...]:
    """The groups in which something waits for whoever acts; `filled`: those that have any rows."""
    ordered = sorted(_groups.items(), key=lambda one: one[1].order)
    wanted = [one for name, one in ordered if one.waiting is None or name in filled]
    return tuple(need for one in wanted if (need := one.load(acting)) is not None)
