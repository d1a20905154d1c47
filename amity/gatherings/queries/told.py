"""Statements of which a room above tells on the same page what came of them.

The page of a gathering says everything once: what was asked and promised stands there with what
became of it, and who said it in which words on the page of the proposal or commitment. Which
statements these are is known to the room that keeps what came of them; it says so when Django
starts.
"""

from collections.abc import Callable

from django.db.models import Exists, QuerySet

from amity.gatherings.models import Statement

_told: list[Callable[[], Exists]] = []


def tell(condition: Callable[[], Exists]) -> None:
    """Statements for which `condition` holds are told by what came of them."""
    if condition not in _told:
        _told.append(condition)


def untold(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Those of the statements that only the gathering itself tells. No statement of SQL more."""
    for condition in _told:
        statements = statements.filter(~condition())
    return statements
