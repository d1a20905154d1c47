"""A pasted sheet as a whole: what its rows become, and all that is to be written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.http import Http404

from amity.delegations.models import Delegate, Delegation, Group
from amity.desk import queries
from amity.desk.finding.choosing import Chooser, Suggestion
from amity.desk.new import beginning
from amity.desk.new.naming import new_key
from amity.desk.pasting.actors import Actors
from amity.desk.pasting.delegates import Delegates, Delegations, people_in
from amity.desk.pasting.programme import Programme
from amity.desk.pasting.rows import Asked, Reading, Row, State
from amity.desk.pasting.table import Line
from amity.gatherings.models import Contribution, Gathering, Session
from amity.network.models import Membership, Organization, Person, Side
from amity.record import kinds
from amity.record.acting import Acting, key_of
from amity.record.actions import New
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.queries import visible_to

KINDS = ("person", "organization", "contribution", "delegate")
"""What rows can become."""
OWNERS = {"contribution": ("gathering", "session"), "delegate": ("delegation", "gathering")}
"""Into what those go that are part of something."""
ORDER = (Organization, Person, Membership, Contribution, Delegation, Delegate)
"""In which order records are written: what others name comes first."""


@dataclass(frozen=True, slots=True)
class Target:
    """What rows become, and where: of a kind, for whom, and in which gathering, session or
    delegation."""

    acting: Acting
    kind: Kind
    owner: Gathering | Session | Delegation | None


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be written, in order, and the number of the row that each record is from."""

    new: tuple[New, ...]
    rows: tuple[int, ...]


def target(acting: Acting, plural: str, part_of: str) -> Target:
    """Where rows go. Raises Http404 where they cannot, or it is not there for whoever acts."""
    kind = queries.kind_or_404(plural)
    if kind.kind not in KINDS:
        raise Http404(plural)
    owners = OWNERS.get(kind.kind)
    if owners is None:
        return Target(acting, kind, None)
    name, _colon, key = part_of.partition(":")
    if name not in owners:
        raise Http404(part_of)
    owner = queries.record_or_404(acting, kinds.get(name), key)
    if not isinstance(owner, Gathering | Session | Delegation):
        raise Http404(part_of)
    return Target(acting, kind, owner)


def understood(into: Target, lines: Sequence[Line], heading: int, asked: Asked) -> list[Row]:
    """What each line below the heading becomes. Lines left out are not asked about."""
    chooser = Chooser(into.acting)
    known: dict[tuple[str, str], tuple[Suggestion, ...]] = {}
    actors = Actors(into.owner.dossier if into.owner else beginning.dossier_of(into.acting))
    into_owner = _programme(into, actors) or _delegates(into, actors)
    rows = [Row(number, line) for number, line in enumerate(lines, 1) if number > heading]
    for row in rows:
        if row.number in asked.left:
            row.state = State.LEFT
            continue
        reading = Reading(row, asked, chooser, known)
        if into_owner is not None:
            into_owner.read(reading)
        elif into.kind.model is Person:
            actors.read_person(reading)
        else:
            actors.read_organization(reading)
    return rows


def written(into: Target, rows: Sequence[Row], *, release: bool) -> Written:
    """All that the rows bring, each record once, with identifiers and places in their session.

    `release`: new people and organizations are read by everybody at once.
    """
    found: dict[int, tuple[New, int]] = {}
    for row in rows:
        for one in row.new:
            found.setdefault(id(one.record), (one, row.number))
    listed = sorted(found.values(), key=lambda pair: ORDER.index(type(pair[0].record)))
    office = into.acting.organization
    promised: dict[type[Recorded], set[str]] = {}
    for one, _number in listed:
        record = one.record
        taken = promised.setdefault(type(record), set())
        record.key = new_key(kinds.of_model(type(record)), record, office, taken)
        taken.add(record.key)
    _put_last([one.record for one, _number in listed if isinstance(one.record, Contribution)])
    audience = Audience.PUBLIC if release else None
    return Written(
        tuple(
            replace(one, audience=audience)
            if isinstance(one.record, Person | Organization)
            else one
            for one, _number in listed
        ),
        tuple(number for _one, number in listed),
    )


def _delegates(into: Target, actors: Actors) -> Delegates | None:
    if into.kind.model is not Delegate:
        return None
    if isinstance(into.owner, Gathering):
        delegations = _delegations_of(into.acting, into.owner)
    elif isinstance(into.owner, Delegation):
        delegations = Delegations(into.owner.gathering, [into.owner])
    else:
        return None
    groups = visible_to(into.acting, Group).filter(gathering=delegations.gathering)
    standing = people_in(delegations.own)
    return Delegates(delegations, standing, tuple(groups.order_by("position")), actors)


def _delegations_of(acting: Acting, gathering: Gathering) -> Delegations:
    """Those of a gathering, by whether the office speaks for their side, and its sides without."""
    standing = visible_to(acting, Delegation).filter(gathering=gathering).select_related("dossier")
    own: list[Delegation] = []
    others: list[Delegation] = []
    for one in standing.order_by("key"):
        (own if acting.speaks_for(one.keeper) else others).append(one)
    keys = [key_of(one.side) for one in acting.sides if acting.speaks_for(one.side)]
    sides = Side.everything.filter(key__in=keys).select_related("area").order_by("position", "key")
    if gathering.partnership_id is not None:
        sides = sides.filter(partnership=gathering.partnership_id)
    taken = Delegation.everything.filter(gathering=gathering).values("side")
    return Delegations(gathering, own, others, list(sides.exclude(pk__in=taken)))


def _programme(into: Target, actors: Actors) -> Programme | None:
    if into.kind.model is not Contribution:
        return None
    if not isinstance(into.owner, Gathering | Session):
        return None
    sessions = visible_to(into.acting, Session).select_related("gathering", "dossier")
    if isinstance(into.owner, Session):
        sessions = sessions.filter(pk=into.owner.pk)
    else:
        sessions = sessions.filter(gathering=into.owner)
    standing = visible_to(into.acting, Contribution).filter(session__in=sessions)
    listed = tuple(sessions.order_by("starts_at", "position"))
    return Programme(listed, tuple(standing), beginning.zone_of(into.owner) or "UTC", actors)


def _put_last(contributions: Sequence[Contribution]) -> None:
    """Give each the next place in its session."""
    sessions = {one.session_id for one in contributions}
    standing = Contribution.everything.filter(session__in=sessions).values("session")
    last = dict(standing.annotate(last=Max("position")).values_list("session", "last"))
    for one in contributions:
        last[one.session_id] = one.position = last.get(one.session_id, 0) + 1
