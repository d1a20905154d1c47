"""One difference between folder and record, in lines for people."""

from collections.abc import Iterator

from amity.dossier.comparing.differences import DOSSIER
from amity.dossier.shapes.catalogue import head_shape, record_shape
from amity.dossier.shapes.records import as_written
from amity.foundation.differences import Plain


def described(kind: str, key: str, before: Plain | None, after: Plain | None) -> Iterator[str]:
    """One difference in lines for people: added, removed, or field by field."""
    if before is None:
        yield f"+ {kind} {key}"
        return
    if after is None:
        yield f"- {kind} {key}"
        return
    yield f"~ {kind} {key}"
    shape = head_shape() if kind == DOSSIER else record_shape(kind)
    old, new = (dict(_flat(shape.write(as_written(state)))) for state in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield f"    {name}: {_said(old.get(name))} → {_said(new.get(name))}"


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for position, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{path}[{position}]")
    else:
        yield path, value


def _said(value: object) -> str:
    return "(nothing)" if value is None else f"“{value}”"
