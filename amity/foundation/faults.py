"""What is wrong with a form: every fault at once, each with the place where it stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

T = TypeVar("T")
Path = tuple[str | int, ...]
"""Way into a value: keys of mappings, and positions in lists from 0."""


class Fault(NamedTuple):
    """One thing that is wrong. `path`: from the form's top to it, empty for the top itself."""

    path: "Path"
    problem: "StrOrPromise"
    """What is wrong and what is expected, for the person who wrote it."""

    def __str__(self) -> str:
        return f"{place(self.path)}: {self.problem}" if self.path else str(self.problem)


class FormError(ValueError):
    """A form that gives no value. `faults` are in the order they were met, at least one."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class Faults:
    """Gathers faults while a form is read."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: Path, problem: "StrOrPromise") -> None:
        """Note a fault."""
        self.found.append(Fault(path, problem))

    def read(self, path: Path, reader: Callable[[Any], T], raw: Any) -> T | None:
        """What `reader` makes of `raw`; None, and a fault more, where it raises ValueError."""
        try:
            return reader(raw)
        except ValueError as error:
            self.add(path, error.args[0])
            return None

    def stop(self) -> None:
        """Raise FormError if there are any."""
        if self.found:
            raise FormError(*self.found)


class PlacedError(ValidationError):
    """What is wrong inside a value. The message begins with the place; `fault` has both apart."""

    def __init__(self, fault: Fault) -> None:
        shown = fault.problem
        if fault.path:
            shown = format_lazy("{}: {}", place(fault.path), fault.problem)
        super().__init__(shown, code="invalid")
        self.fault = fault


def as_validation_error(error: FormError) -> ValidationError:
    """The same faults as Django's forms and models raise them."""
    return ValidationError([PlacedError(fault) for fault in error.faults])


def faults_of(error: ValidationError) -> list[Fault]:
    """What is wrong with one value, each with its place where that is known."""
    return [
        one.fault if isinstance(one, PlacedError) else Fault((), one.messages[0])
        for one in error.error_list
    ]


def place(path: Path) -> str:
    """`("parties", 0, "side")` as people read it: `parties[1].side`."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words
