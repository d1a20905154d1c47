"""What is wrong with a dossier: where it stands, and what is expected there instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from amity.foundation.faults import Path
from amity.foundation.words.characters import shown

MOST_SHOWN = 1_000
"""So many are listed; the rest is counted."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `line` counts from 1, 0 when the whole file is meant; `field` may be empty."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return shown(f"{self.file}:{self.line}: {self.field or '-'}: {self.message}")


class Wrong(Exception):
    """A value that does not fit its shape: the mistakes in it, by the way that leads to each."""

    def __init__(self, faults: list[tuple[Path, str]]) -> None:
        super().__init__(faults)
        self.faults = faults

    @classmethod
    def here(cls, message: str) -> "Wrong":
        """The value itself is the mistake."""
        return cls([((), message)])


class DossierError(Exception):
    """A dossier that cannot be loaded, with all that is wrong with it."""

    def __init__(self, problems: "Problems") -> None:
        super().__init__(f"{problems.count} mistakes")
        self.problems = problems

    @classmethod
    def about(cls, file: str, message: str) -> "DossierError":
        """One mistake, of a whole file or folder."""
        problems = Problems()
        problems.add(Problem(file, 0, "", message))
        return cls(problems)


@dataclass
class Problems:
    """All mistakes found; keeps the first `MOST_SHOWN` and counts the others."""

    count: int = 0
    kept: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Take note of one mistake."""
        self.count += 1
        if len(self.kept) < MOST_SHOWN:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take note of several."""
        for problem in problems:
            self.add(problem)

    def lines(self) -> list[str]:
        """The mistakes by file and line, and how many more there are."""
        listed = [str(problem) for problem in sorted(self.kept)]
        if (rest := self.count - len(self.kept)) > 0:
            listed.append(f"... and {rest:,} more")
        return listed

    def __bool__(self) -> bool:
        return self.count > 0
