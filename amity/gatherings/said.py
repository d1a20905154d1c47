"""What was heard of what a record rests on: in passages, and in notes made in the hall."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from amity.gatherings.models import Contribution, Gathering, Panel, Series, Session, Statement, Work
from amity.languages.text import Text
from amity.network.models import Agreement, Area, Organization, Partnership, Person
from amity.sources.said import Heard, Thing, as_said, heard_about

NAMED = (
    (Area, "name"),
    (Organization, "name"),
    (Person, "name"),
    (Partnership, "name"),
    (Agreement, "title"),
    (Series, "name"),
    (Gathering, "title"),
    (Session, "title"),
    (Contribution, "title"),
    (Panel, "title"),
    (Work, "title"),
)
"""Models whose names may stand between quotation marks, and where the name is."""


class Resting:
    """What each of some records rests on: itself, its statements, its gathering."""

    def __init__(self) -> None:
        self.on: dict[int, set[Thing]] = defaultdict(set)

    def add(self, record_pk: int, kind: str, *keys: str | None) -> None:
        """It rests on these as well; None is nothing."""
        self.on[record_pk].update((kind, key) for key in keys if key is not None)

    def join(self, kind: str, pairs: Iterable[tuple[int, str | None]]) -> None:
        """Records, by their numbers, rest on these."""
        for record_pk, key in pairs:
            self.add(record_pk, kind, key)


def heard_of(resting: Resting, using: str) -> dict[int, list[Heard]]:
    """What was heard of what each record rests on, by the number of the record.

    Two statements for some hundred things.
    """
    things = set().union(*resting.on.values()) if resting.on else set()
    published = heard_about(things, using)
    noted = _noted(things, using)
    return {
        record_pk: [
            one for thing in on for one in (*published.get(thing, ()), *noted.get(thing, ()))
        ]
        for record_pk, on in resting.on.items()
    }


def names(using: str) -> Iterator[Text]:
    """The names of all that has one. Read one by one, and only when somebody asks."""
    for model, field in NAMED:
        yield from model._base_manager.using(using).values_list(field, flat=True).iterator()


def _noted(things: Iterable[Thing], using: str) -> dict[Thing, list[Heard]]:
    keys = sorted(key for kind, key in things if kind == "statement")
    found: dict[Thing, list[Heard]] = defaultdict(list)
    rows = Statement._base_manager.using(using).filter(noted_by__isnull=False)
    for key, words in rows.filter(key__in=keys).values_list("key", "words") if keys else ():
        if words is not None:
            found["statement", key] += [Heard(tag, said) for tag, said in as_said(words).items()]
    return found
