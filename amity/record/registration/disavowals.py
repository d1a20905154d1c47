"""What rooms above end where an office did something by a right that was given wrongly.

They register here when Django starts, and are called in the transaction in which the record's own
rows are taken back.
"""

from collections.abc import Callable

from django.db.models import Q

from amity.foundation.actions import By

End = Callable[[By, Q], None]
"""Called with who takes it back, and what finds the rows that were made by that right: of their
columns `office`, `user` and `at`."""

_enders: list[End] = []


def register(end: End) -> None:
    """Call `end` where a right was wrong; called from `AppConfig.ready`."""
    if end not in _enders:
        _enders.append(end)


def end_what_was_asked(by: By, made: Q) -> None:
    """Let rooms end what they hold open of these rows."""
    for one in _enders:
        one(by, made)
