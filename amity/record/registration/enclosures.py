"""What rooms above put on a joint record that its sides confirm with it: files.

What a side confirms is bound to these too, so nobody exchanges one of them alone.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Enclosed:
    """A file that is confirmed with a record: what it is called and said to be, and its content.

    `public`: everybody reads it where everybody reads the record.
    """

    name: str
    sha256: str
    description: str
    language: str
    public: bool


Source = Callable[[str, Sequence[str]], Mapping[str, Sequence[Enclosed]]]
"""What is confirmed with the records of a kind that have these identifiers."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source` what is confirmed with a record; called from `AppConfig.ready`."""
    if source not in _sources:
        _sources.append(source)


def on(kind: str, keys: Sequence[str]) -> Mapping[str, Sequence[Enclosed]]:
    """What is confirmed with these records, by identifier, always in the same order."""
    found: dict[str, list[Enclosed]] = defaultdict(list)
    for source in _sources:
        for key, some in source(kind, keys).items():
            found[key] += some
    return {key: sorted(some) for key, some in found.items()}
