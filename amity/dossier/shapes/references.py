"""References to other records, by key."""

import re

from amity.dossier.problems import Path, Wrong
from amity.record import kinds
from amity.record.models import KEY_PATTERN

from .base import Shape, quoted, suggestion

KEY = re.compile(KEY_PATTERN)
WRITTEN_KEY = KEY_PATTERN.removesuffix(r"\Z") + "$"
LONGEST_KEY = 80


class Reference(Shape):
    """The key of one record of a kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def read(self, raw: object) -> str:
        if isinstance(raw, str) and len(raw) <= LONGEST_KEY and KEY.match(raw):
            return str(raw)
        raise Wrong.here(f"{quoted(raw)} is not the identifier of a {self.kind}")

    def schema(self) -> dict[str, object]:
        return {
            "type": "string",
            "pattern": WRITTEN_KEY,
            "maxLength": LONGEST_KEY,
            "description": f"Identifier of a {self.kind}.",
        }


class References(Shape):
    """Keys of several records of a kind; their order says nothing, so it is by key."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._one = Reference(kind)

    def read(self, raw: object) -> list[str]:
        if not isinstance(raw, list) or not raw:
            raise Wrong.here(f"{quoted(raw)} is not a list of identifiers of {self.kind} records")
        faults: list[tuple[Path, str]] = []
        keys: set[str] = set()
        for position, item in enumerate(raw):
            try:
                key = self._one.read(item)
            except Wrong as wrong:
                faults += [((position, *path), message) for path, message in wrong.faults]
                continue
            if key in keys:
                faults.append(((position,), f"{key} is given twice; expected it once"))
            keys.add(key)
        if faults:
            raise Wrong(faults)
        return sorted(keys)

    def schema(self) -> dict[str, object]:
        return {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": self._one.schema(),
        }


class AnyReference(Shape):
    """A record of any kind: `gathering/vr-forum-1`."""

    def read(self, raw: object) -> str:
        kind, slash, key = raw.partition("/") if isinstance(raw, str) else ("", "", "")
        if not slash or not KEY.match(key) or len(key) > LONGEST_KEY:
            raise Wrong.here(
                f"{quoted(raw)} is not a kind and an identifier such as gathering/vr-forum-1"
            )
        if not kinds.known(kind):
            near = suggestion(kind, (one.kind for one in kinds.kinds()))
            raise Wrong.here(f"there is no kind of record called {quoted(kind)}{near}")
        return str(raw)

    def schema(self) -> dict[str, object]:
        names = "|".join(sorted(kind.kind for kind in kinds.kinds()))
        pattern = WRITTEN_KEY.removeprefix("^").removesuffix("$")
        return {"type": "string", "pattern": f"^(?:{names})/{pattern}$"}
