"""Words in which the registration of a kind says by what its records are found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch

from amity.languages.names import Kind as NameKind


@dataclass(frozen=True, slots=True)
class Searched:
    """By what the records of a kind are found.

    `names`, `texts`: its text columns that are names, and the others; lists of child rows are not
    looked at. `day`: paths to when it was, the first that is filled counts (a date as said, a day
    or a moment). `proper`: what its names are names of, where they are proper names. `more`: other
    names that a record has. `beside`: names of others by which it is found, for which `reads` are
    read with it; `follows` gives, for each kind that they come from, the path to it.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    proper: NameKind | None = None
    more: Callable[..., Iterable[str]] | None = None
    beside: Callable[..., Iterable[str]] | None = None
    reads: "tuple[str | Prefetch[str], ...]" = ()
    follows: Mapping[str, str] = field(default_factory=dict)
