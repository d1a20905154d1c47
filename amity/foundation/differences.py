"""How two states of a record differ, by path down to field and language; pure.

States are plain JSON: what people write of a record, with what is empty left out. A path leads
through mappings by name and through lists by position. Lists are compared item by item only
where they hold mappings and are equally long; other lists count as one value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

JSON = None | bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"]
Plain = dict[str, JSON]
"""The state of one record: its fields by name."""
Path = tuple[str | int, ...]


class Absent:
    """Stands for what is not there; there is one, `ABSENT`."""

    def __repr__(self) -> str:
        return "(nothing)"


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What stood at a path before, and what stands there after; ABSENT for nothing."""

    path: Path
    before: JSON | Absent
    after: JSON | Absent

    def to_json(self) -> dict[str, JSON]:
        """As the audit trail keeps it; what is absent is left out."""
        kept: dict[str, JSON] = {"path": list(self.path)}
        if not isinstance(self.before, Absent):
            kept["before"] = self.before
        if not isinstance(self.after, Absent):
            kept["after"] = self.after
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, JSON]) -> "FieldChange":
        """What `to_json` gave."""
        path = kept["path"]
        if not isinstance(path, Sequence) or isinstance(path, str):
            raise TypeError(f"{path!r} is no path")
        steps = tuple(step if isinstance(step, int) else str(step) for step in path)
        return cls(steps, kept.get("before", ABSENT), kept.get("after", ABSENT))

    @property
    def reverse(self) -> "FieldChange":
        """The change that undoes this one."""
        return FieldChange(self.path, self.after, self.before)


def difference(before: JSON | Absent, after: JSON | Absent, path: Path = ()) -> list[FieldChange]:
    """Every path at which the two states differ."""
    return list(_differing(before, after, path))


def _differing(before: JSON | Absent, after: JSON | Absent, path: Path) -> Iterator[FieldChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _differing(before.get(name, ABSENT), after.get(name, ABSENT), (*path, name))
    elif _rows(before) and _rows(after) and len(before) == len(after):  # type: ignore[arg-type] # rows are lists
        for position, (old, new) in enumerate(zip(before, after, strict=True)):  # type: ignore[arg-type]
            yield from _differing(old, new, (*path, position))
    elif before != after or isinstance(before, bool) is not isinstance(after, bool):
        yield FieldChange(path, before, after)


def _rows(value: JSON | Absent) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def at(state: JSON | Absent, path: Path) -> JSON | Absent:
    """What stands at a path; ABSENT where nothing does."""
    for step in path:
        if isinstance(state, Mapping) and isinstance(step, str):
            state = state.get(step, ABSENT)
        elif isinstance(state, list) and isinstance(step, int) and step < len(state):
            state = state[step]
        else:
            return ABSENT
    return state


def put(state: JSON | Absent, path: Path, value: JSON | Absent) -> JSON | Absent:
    """The state with `value` at a path: made where there was none, gone where it is ABSENT."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(state) if isinstance(state, list) else []
        inner = put(items[step] if step < len(items) else ABSENT, rest, value)
        if not isinstance(inner, Absent):
            items[step : step + 1] = [inner]
        return items
    fields = dict(state) if isinstance(state, Mapping) else {}
    inner = put(fields.get(step, ABSENT), rest, value)
    if isinstance(inner, Absent) or (rest and inner == {}):
        fields.pop(step, None)
    else:
        fields[step] = inner
    return fields
