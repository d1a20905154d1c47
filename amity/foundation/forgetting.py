"""Taking what a person may have forgotten out of the audit trail: the one way to change it.

That something was changed, when and for which office stays; only the words go.
"""

from collections.abc import Collection, Iterator, Mapping

from amity.foundation.differences import JSON, Absent, FieldChange
from amity.foundation.models import Change


def forget_field(kind: str, keys: Collection[str], field: str) -> int:
    """Forget what stood in a field of the records of a kind, in all changes of them.

    A change of that field alone stays without a word of it; undoing it changes nothing. Gives how
    many changes are told otherwise now. Call it in the transaction of what takes the words out of
    the records themselves.
    """
    told = 0
    for change in Change.objects.filter(kind=kind, key__in=keys):
        before = [FieldChange.from_json(path) for path in change.paths]
        after = [_without(path, field) for path in before if path.path[:1] != (field,)]
        if after != before:
            change.paths = [path.to_json() for path in after]
            change.save(update_fields=["paths"])
            told += 1
    return told


def words_in_field(kind: str, keys: Collection[str], field: str) -> list[str]:
    """All words that changes of the records of a kind say of a field."""
    found: list[str] = []
    for change in Change.objects.filter(kind=kind, key__in=keys):
        for path in map(FieldChange.from_json, change.paths):
            for state in (path.before, path.after):
                if path.path[:1] == (field,):
                    found += words_within(state)
                elif not path.path and isinstance(state, Mapping):
                    found += words_within(state.get(field))
    return found


def words_within(value: JSON | Absent) -> Iterator[str]:
    """All words that stand in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from words_within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_within(inner)


def _without(path: FieldChange, field: str) -> FieldChange:
    """A change of a whole record, without the field."""
    if path.path:
        return path
    return FieldChange((), _left(path.before, field), _left(path.after, field))


def _left(state: JSON | Absent, field: str) -> JSON | Absent:
    if not isinstance(state, Mapping):
        return state
    return {name: value for name, value in state.items() if name != field}
