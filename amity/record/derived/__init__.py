"""What follows from records and is written beside them: register entries, readers, derived columns.

Everything here is for many records of one kind at a time, and says which rows it wrote. A record
that changes may change what follows of others: `dependents_of_…` finds those, by the paths that
the kinds declare. `record rebuild` reckons all of it from nothing.
"""

from .columns import dependents_of_columns, derive
from .entries import dependents_of_names, entries_of, write_entries
from .hanging import (
    ALONE,
    circle_of,
    follow_owner,
    in_circle,
    owner_now,
    owner_of,
    read_beside,
    register_key,
    spread_readers,
    target,
)
from .touched import Touched

__all__ = [
    "ALONE",
    "Touched",
    "circle_of",
    "dependents_of_columns",
    "dependents_of_names",
    "derive",
    "entries_of",
    "follow_owner",
    "in_circle",
    "owner_now",
    "owner_of",
    "read_beside",
    "register_key",
    "spread_readers",
    "target",
    "write_entries",
]
