"""What rooms above the desk put on its first page: things that need whoever is there.

They register here when Django starts, as sections of pages do (`record.sections`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


_needs: dict[str, tuple[int, Callable[[Acting], Need | None]]] = {}


def register(name: str, order: int, load: Callable[[Acting], Need | None]) -> None:
    """Add a group to the first page, in its order; called from `AppConfig.ready`."""
    _needs[name] = (order, load)


def needs_of(acting: Acting) -> tuple[Need, ...]:
    """The groups in which something waits for whoever acts."""
    ordered = sorted(_needs.values(), key=lambda one: one[0])
    return tuple(need for _order, load in ordered if (need := load(acting)) is not None)
