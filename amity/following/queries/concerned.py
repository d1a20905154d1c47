"""Which things that can be followed a change concerns: a report its promise, and so its sides.

Only ways that everybody can read are gone: what is not public leads nowhere. The same ways are gone
from a change to the things, for letters, and from a thing to the changes, for feeds and calendars.
From a removed record no way leads any more; what it concerned was noted as it went (`Concerned`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from amity.following.choices import FOLLOWABLE
from amity.following.models import Concerned
from amity.following.queries.known import Name, naming
from amity.followup.models import Commitment, Proposal
from amity.foundation.database.batches import batched
from amity.foundation.models import Change
from amity.gatherings.models import Contribution, Gathering, Session
from amity.network.models import Agreement, Partnership
from amity.record import kinds
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded

from .shown import kinds_told, shown

Ways = Mapping[str, tuple[str, ...]]
"""Kind of a thing → the paths that lead to it."""

WAYS: Mapping[type[Recorded], Ways] = {
    Commitment: {
        "gathering": ("gathering", "dispositions__into"),
        "partnership": ("parties__side__partnership", "gathering__partnership"),
        "area": ("parties__side__area",),
        "theme": ("themes",),
        "proposal": ("proposals",),
    },
    Proposal: {
        "gathering": ("gathering", "dispositions__into"),
        "partnership": ("addressees__partnership", "gathering__partnership"),
        "area": ("addressees__area",),
        "theme": ("themes",),
    },
    Gathering: {
        "gathering": ("within",),
        "partnership": ("partnership",),
        "area": ("place",),
        "theme": ("themes",),
    },
    Session: {"gathering": ("gathering",)},
    Contribution: {"gathering": ("session__gathering",)},
    Agreement: {
        "partnership": ("partnerships",),
        "area": ("partnerships__sides__area",),
        "theme": ("scopes",),
    },
    Partnership: {"area": ("sides__area",), "theme": ("themes",)},
}
"""Records with pages → the things that a change of theirs concerns beside themselves."""


def things_concerned(names: Iterable[Name]) -> dict[Name, set[Name]]:
    """The things that each of these records concerns, itself among them where it can be followed.

    A few statements for each five hundred records.
    """
    found: dict[Name, set[Name]] = defaultdict(set)
    for some in batched(sorted(set(names))):
        pages = _pages(some)
        known = leads(set(pages.values()))
        gone = _led(set(pages.values()))
        for name, page in pages.items():
            found[name] |= {one for one in (name, page) if one[0] in FOLLOWABLE}
            found[name] |= known.get(page, set()) | gone.get(page, set())
    return found


def steps_about(thing: Name) -> Q:
    """The condition that a change is of a thing, or of a record that concerns it.

    What is read on the page of either is part of it.
    """
    entries = Entry.everything.filter(_read_about(thing), readers=PUBLIC)
    return reduce(
        or_,
        [
            Q(kind=one.kind, key__in=entries.filter(kind=one.kind).values("key"))
            for one in kinds_told()
        ],
    )


def changes_about(thing: Name) -> QuerySet[Change]:
    """What changed about a thing, the newest first; a load as one. No statement."""
    steps = shown(Change.objects.filter(steps_about(thing)))
    wholes = steps.exclude(part_of=None).values("part_of")
    return Change.objects.filter(
        Q(pk__in=steps.filter(part_of=None).values("pk")) | Q(pk__in=wholes)
    ).order_by("-id")


def commitments_about(thing: Name) -> QuerySet[Commitment]:
    """The commitments that everybody reads and that concern a thing, itself if it is one. No
    statement."""
    kind, key = thing
    found = [Q(pk__in=rows.values("pk")) for rows in _leading_to(Commitment, thing)]
    if kind == "commitment":
        found.append(Q(key=key))
    return Commitment.objects.filter(reduce(or_, found, Q(pk__in=())))


def _read_about(thing: Name) -> Q:
    """The condition that a register entry is read on the page of a thing or of what concerns it."""
    kind, key = thing
    found = Q(kind=kind, key=key) | Q(page_kind=kind, page_key=key)
    for model in WAYS:
        page = kinds.of_model(model).kind
        for rows in _leading_to(model, thing):
            found |= Q(page_kind=page, page_key__in=rows.values("key"))
        if kind in WAYS[model]:
            gone = _concerned(thing).filter(entry__kind=page)
            found |= Q(page_kind=page, page_key__in=gone.values("entry__key"))
    return found


def _concerned(thing: Name) -> QuerySet[Concerned]:
    """What was noted of removed records that concerned a thing, under whatever name it had then."""
    kind, key = thing
    own = Q(thing__kind=kind, thing__key=key)
    former = Q(thing__moved_to__kind=kind, thing__moved_to__key=key)
    return Concerned.objects.filter(own | former, entry__moved_to=None, entry__readers=PUBLIC)


def _led(pages: Collection[Name]) -> dict[Name, set[Name]]:
    """The things that those of these records which are removed concerned. One statement."""
    if not pages:
        return {}
    rows = Concerned.objects.filter(entry__in=Entry.everything.filter(naming(pages)))
    rows = rows.filter(entry__moved_to=None, entry__readers=PUBLIC)
    found: dict[Name, set[Name]] = defaultdict(set)
    for one in rows.select_related("entry", "thing__moved_to"):
        thing = one.thing.moved_to or one.thing
        found[one.entry.kind, one.entry.key].add((thing.kind, thing.key))
    return found


def _leading_to(model: type[Recorded], thing: Name) -> Iterator[QuerySet[Recorded]]:
    """The records of a model from which a way leads to a thing: for each way, those of it."""
    kind, key = thing
    for path in WAYS[model].get(kind, ()):
        yield model.objects.filter(**{f"{path}__key": key}, **_public(model, path))


def _pages(names: Iterable[Name]) -> dict[Name, Name]:
    """The record on whose page each is read, as the register has it now. One statement."""
    rows = Entry.everything.filter(naming(names), readers=PUBLIC)
    columns = ("kind", "key", "page_kind", "page_key")
    return {
        (kind, key): (page_kind or kind, page_key or key)
        for kind, key, page_kind, page_key in rows.values_list(*columns)
    }


def leads(pages: Iterable[Name]) -> dict[Name, set[Name]]:
    """The things to which ways lead from these records now. A few statements for each kind."""
    from_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in pages:
        from_kind[kind].append(key)
    found: dict[Name, set[Name]] = defaultdict(set)
    for model, ways in WAYS.items():
        own = kinds.of_model(model).kind
        if not (keys := from_kind.get(own)):
            continue
        for kind, paths in ways.items():
            for path in paths:
                rows = model.objects.filter(key__in=keys, **_public(model, path))
                for key, thing in rows.values_list("key", f"{path}__key"):
                    found[own, key].add((kind, thing))
    return found


def _public(model: type[Model], path: str) -> dict[str, str]:
    """The condition that every record on the path is public."""
    conditions, at = {}, model
    steps = path.split("__")
    for count, step in enumerate(steps, 1):
        related = at._meta.get_field(step).related_model
        assert isinstance(related, type)  # noqa: S101 - the paths above lead along references
        at = related
        if issubclass(at, Recorded):
            conditions["__".join([*steps[:count], "readers"])] = PUBLIC
    return conditions
