"""The kinds of records there are: what each is called, stored as, named by and shown on.

Every room registers its own kinds when Django starts, so that rooms below can name, link and
load what rooms above keep, without looking at them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from amity.foundation.pages import links
from amity.record.checks import Check
from amity.record.choices import KeptBy
from amity.record.models import Entry, Recorded
from amity.record.registration.keeping import Keeping
from amity.record.registration.searched import Searched

KEPT_BY_AN_OFFICE = Keeping(KeptBy.OFFICE)

Bears = Callable[[list[int]], Mapping[str, set[int]]]
"""Kind → primary keys of the records that the rows with these ids bear out."""
Derive = Callable[[list[int]], None]
"""Reckons the derived columns of the rows with these ids anew; forgets those that are no more."""


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `name` gives the fields that a record of this kind is known by, the first that is filled: a
    text of its own (`title`), or of what it belongs to (`person.name`). `page` is the URL name of
    its own page; a kind without one is shown on the page of the first filled `shown_on`, the
    names of its references. `checks` say what must hold between it and other records. `derive`
    keeps its derived columns, which follow from its own fields and from records of other kinds:
    `derived_from` gives, for each of those kinds, the path from this kind to them. `keeping` says
    who keeps it, who reads it, and what is weighty. `happened`: the field with the day on which
    what it tells of was said, done or published. `searched`: by what it is found, where it is.
    `bears`: the records that it bears out, of which the checks are asked again when it changes.
    `numbered`: the letter of its numbers, where people call its records by such. `needs`: the
    lists of child rows of which its checks expect one row at least.
    """

    kind: str
    plural: str
    model: type[Recorded]
    name: tuple[str, ...]
    page: str | None = None
    shown_on: tuple[str, ...] = ()
    checks: tuple[Check[Any], ...] = ()
    derive: Derive | None = None
    derived_from: Mapping[str, str] = field(default_factory=dict)
    keeping: Keeping = KEPT_BY_AN_OFFICE
    happened: str = ""
    searched: Searched | None = None
    bears: Bears | None = None
    numbered: str = ""
    needs: tuple[str, ...] = ()

    @property
    def label(self) -> str | Promise:
        """What one record of this kind is called, in the reader's language."""
        return self.model._meta.verbose_name or self.kind

    @property
    def plural_label(self) -> str | Promise:
        """What several are called, in the reader's language."""
        return self.model._meta.verbose_name_plural or self.plural


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; called from `AppConfig.ready` of the room they belong to."""
    for kind in kinds:
        taken = _kinds.get(kind.kind)
        if taken is not None and taken.model is not kind.model:
            raise ValueError(f"the kind {kind.kind} is registered twice")
        _kinds[kind.kind] = kind
    by_plural.cache_clear()
    _by_model.cache_clear()


def kinds() -> Iterable[Kind]:
    """All kinds, in the order in which the rooms registered them."""
    return tuple(_kinds.values())


def get(kind: str) -> Kind:
    """The kind called `kind`. Raises KeyError."""
    return _kinds[kind]


def known(kind: str) -> bool:
    """Whether there is such a kind."""
    return kind in _kinds


@lru_cache(maxsize=1)
def by_plural() -> dict[str, Kind]:
    """Plural → kind, as dossiers write it."""
    return {kind.plural: kind for kind in _kinds.values()}


@lru_cache(maxsize=1)
def _by_model() -> dict[type[Model], Kind]:
    return {kind.model: kind for kind in _kinds.values()}


def of_model(model: type[Model]) -> Kind:
    """The kind of the records of a model. Raises KeyError."""
    return _by_model()[model]


def entry_url(kind: str, key: str) -> str | None:
    """Address of the record's own page in the current language.

    None when records of this kind have no page of their own.
    """
    page = _kinds[kind].page
    return links.url(page, key=key) if page else None


def shown_at(entry: Entry) -> str | None:
    """Address of the page where the record of a register entry is read: its own or another's."""
    return entry_url(entry.page_kind, entry.page_key) if entry.page_kind else None
