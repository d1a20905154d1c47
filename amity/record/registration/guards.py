"""What rooms above refuse of a change of a record, beside rights, values and checks.

A check says what must hold of records as they stand. A guard says what must hold for one to
become what it is to be: an edition is closed when everything open has its decision, and stays
closed when something new is recorded later. Rooms register guards when Django starts. Whoever
writes one record, or agrees to a change of one, is asked; a folder that brings a whole history is
not.
"""

from collections import defaultdict
from collections.abc import Callable

from amity.record.models import Recorded

Guard = Callable[[Recorded, Recorded], None]
"""Called with the record as it stands and as it is to be; raises ValidationError."""

_guards: dict[str, list[Guard]] = defaultdict(list)


def register(kind: str, guard: Guard) -> None:
    """Ask `guard` of every change of a record of this kind; called from `AppConfig.ready`."""
    if guard not in _guards[kind]:
        _guards[kind].append(guard)


def ask(kind: str, stored: Recorded, wanted: Recorded) -> None:
    """Raise ValidationError where a guard refuses the change."""
    for guard in _guards[kind]:
        guard(stored, wanted)
