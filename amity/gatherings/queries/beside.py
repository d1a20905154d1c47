"""What rooms above say of a gathering on its page, read in the statement that reads the gathering.

A room says so when Django starts; its section finds the values by name on the gathering.
"""

from collections.abc import Callable

from django.db.models import QuerySet, Subquery

from amity.gatherings.models import Gathering

_beside: dict[str, Callable[[], Subquery]] = {}


def put_beside(name: str, value: Callable[[], Subquery]) -> None:
    """Read `value` with the gathering of a page, under `name`."""
    _beside[name] = value


def with_what_stands_beside(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """The gatherings with all that was put beside them. No statement more."""
    return gatherings.annotate(**{name: value() for name, value in _beside.items()})
