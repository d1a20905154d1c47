"""Which records of which kinds something is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Touched:
    """Numbers of records by kind."""

    by_kind: dict[str, set[int]] = field(default_factory=dict)

    def add(self, kind: str, numbers: Iterable[int]) -> None:
        """Add records of one kind."""
        self.by_kind.setdefault(kind, set()).update(numbers)

    def update(self, other: "Touched") -> None:
        """Add all of another's."""
        for kind, numbers in other.by_kind.items():
            self.add(kind, numbers)

    def of(self, kind: str) -> list[int]:
        """The records of one kind, in the order of their numbers."""
        return sorted(self.by_kind.get(kind, ()))
