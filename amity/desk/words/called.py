"""What the history calls things that are no records: rooms above the desk say it of their own.

They register here when Django starts, as what stands on the first page does (`desk.needs`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from amity.desk.shown import Called
from amity.foundation.models import Change
from amity.record.acting import Acting

Load = Callable[[Acting, Sequence[str]], Mapping[str, Called]]
"""What those of these keys are called that whoever acts may read, by key."""

_loads: dict[str, Load] = {}


def register(kind: str, load: Load) -> None:
    """Say by `load` what things of a kind are called; called from `AppConfig.ready`."""
    _loads[kind] = load


def in_changes(acting: Acting, changes: Iterable[Change]) -> dict[str, Called]:
    """What changes are about that is no record, by `kind:key`. At most one statement a kind."""
    keys: dict[str, set[str]] = {}
    for one in changes:
        if one.kind in _loads and one.key:
            keys.setdefault(one.kind, set()).add(one.key)
    return {
        f"{kind}:{key}": called
        for kind, asked in keys.items()
        for key, called in _loads[kind](acting, sorted(asked)).items()
    }
