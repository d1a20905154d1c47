"""What is wrong with a form: every fault at once, each with the place where it stands."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Fault(NamedTuple):
    """One thing that is wrong. `path`: keys from the form's top to it, none for the top itself."""

    path: tuple[str, ...]
    problem: str
    """What is wrong and what is expected, for the person who wrote it."""

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}: {self.problem}" if self.path else self.problem


class FormError(ValueError):
    """A form that gives no value. `faults` are in the order they were met, at least one."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class Faults:
    """Gathers faults while a form is read."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: tuple[str, ...], problem: str) -> None:
        """Note a fault."""
        self.found.append(Fault(path, problem))

    def read(self, path: tuple[str, ...], reader: Callable[[Any], T], raw: Any) -> T | None:
        """What `reader` makes of `raw`; None, and a fault more, where it raises ValueError."""
        try:
            return reader(raw)
        except ValueError as error:
            self.add(path, str(error))
            return None

    def stop(self) -> None:
        """Raise FormError if there are any."""
        if self.found:
            raise FormError(*self.found)
