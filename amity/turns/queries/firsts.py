"""The first turns of a list, read in the order of an index however many there are behind them."""

from collections.abc import Iterable

from django.db.models import Q

from amity.network.models import Side
from amity.record import rules
from amity.record.acting import Acting
from amity.turns.models import Turn

from .sides import OPEN, SETTLED, sides_of


def first_listed(acting: Acting, most: int) -> list[int]:
    """Numbers of the first turns that are `listed`. One statement."""
    return _first(acting, OPEN, ("due_on", "pk"), most)


def first_settled(acting: Acting, most: int) -> list[int]:
    """Numbers of the turns that have their accepted report, the last first. One statement."""
    return _first(acting, SETTLED, ("-due_on", "-pk"), most)


def _first(acting: Acting, chosen: Q, order: tuple[str, str], most: int) -> list[int]:
    """Numbers of the first turns of whoever acts that are as `chosen`.

    An index has those of each side in their order. So many of each side are put together, since
    those of several sides at once would all be read and sorted.
    """
    each = []
    for key in sides_of(acting):
        side = Side.everything.filter(key=key).values("pk")[:1]
        rows = Turn.objects.filter(chosen, rules.readable(acting, "commitment"), side=side)
        first = rows.order_by(*order).values("pk")[:most]
        each.append(Turn.objects.filter(pk__in=first).order_by().values_list("due_on", "pk"))
    if not each:
        return []
    found = each[0].union(*each[1:], all=True).order_by(*order)
    return [number for _day, number in found[:most]]


def numbered(numbers: Iterable[int]) -> list[Turn]:
    """Turns by their numbers, in the order of these. One statement."""
    rows = Turn.objects.select_related("commitment__dossier", "side__area", "report")
    found = rows.in_bulk(list(numbers))
    return [found[number] for number in numbers if number in found]
