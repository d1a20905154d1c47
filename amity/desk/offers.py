"""What rooms above the desk offer on the page of a record: links to what is done with it there.

They register here when Django starts, as what stands on the first page does (`desk.needs`).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.record.acting import Acting
from amity.record.models import Recorded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Offer:
    """A link: its words and its address."""

    words: "StrOrPromise"
    address: str


Load = Callable[[Acting, Recorded], Offer | None]
"""Gives what is offered to whoever acts; it asks the database nothing."""

_offers: dict[str, list[Load]] = defaultdict(list)


def register(kind: str, load: Load) -> None:
    """Offer something on the pages of records of this kind; called from `AppConfig.ready`."""
    if load not in _offers[kind]:
        _offers[kind].append(load)


def offers_of(acting: Acting, kind: str, record: Recorded) -> tuple[Offer, ...]:
    """What is offered to whoever acts on the page of a record."""
    return tuple(offer for load in _offers[kind] if (offer := load(acting, record)) is not None)
