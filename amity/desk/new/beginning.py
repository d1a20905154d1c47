"""How a new record begins: in which dossier, as part of what, in which languages and time zone."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Max
from django.http import Http404
from django.urls import reverse

from amity.desk import queries
from amity.followup.choices import PartyRole
from amity.followup.models import Commitment, Party
from amity.languages.interface import interface_languages
from amity.languages.zones import NOWHERE, zone_of_country
from amity.network.models import Office, Organization, Partnership, Side
from amity.record import kinds, rules
from amity.record.acting import Acting, RegisterKey, key_of
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Recorded
from amity.record.queries import dossiers_for

LONGEST_KEY = 80
LONGEST_PART = 8
"""Steps from a place through what it is part of to a country."""
LONGEST_WAY = 3
"""Steps from a contribution through its session to the gathering whose clocks it goes by."""


def begin(acting: Acting, kind: Kind, part_of: str) -> Recorded:
    """A new record of a kind, not written yet; as part of `part_of` (`kind:key`) where given.

    Raises Http404 where that is nothing that whoever acts may read.
    """
    record = kind.model()
    if part_of:
        name, _colon, key = part_of.partition(":")
        if not kinds.known(name):
            raise Http404(part_of)
        owner = queries.record_or_404(acting, kinds.get(name), key)
        for column in kind.model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey) and column.related_model is type(owner):
                setattr(record, column.name, owner)
                record.dossier = owner.dossier
                _speak(acting, kind, record, owner.keeper)
                return record
        raise Http404(part_of)
    record.dossier = dossier_of(acting)
    names = {column.name for column in kind.model._meta.concrete_fields}
    if "partnership" in names and len(acting.partnerships) == 1:
        (partnership,) = acting.partnerships
        key = key_of(partnership)
        setattr(record, "partnership", Partnership.everything.filter(key=key).first())  # noqa: B010
    if "timezone" in names:
        office = Office.objects.filter(organization__key=acting.organization).first()
        own = office.timezone if office else NOWHERE
        setattr(record, "timezone", "" if own == NOWHERE else own)  # noqa: B010
    return record


def take_zone(record: Recorded) -> str:
    """Give a new record for which no time zone was chosen that of its place, or else UTC.

    Returns the zone that it took; empty where there was nothing to take.
    """
    if getattr(record, "timezone", None) != "":
        return ""
    place = getattr(record, "place", None)
    for _step in range(LONGEST_PART):
        if place is None or place.country_code:
            break
        place = place.parent
    zone = zone_of_country(place.country_code) if place else ""
    setattr(record, "timezone", zone or NOWHERE)  # noqa: B010 - not every record has one
    return zone or NOWHERE


def named_at_first(acting: Acting, kind: Kind) -> dict[str, list[str]]:
    """The keys that the lists of a new record name at first: the one partnership of the office.

    What names none is for its office alone, and the other side never hears of it.
    """
    lists = {field.name for field in kind.model._meta.many_to_many}
    if "partnerships" not in lists or len(acting.partnerships) != 1:
        return {}
    (partnership,) = acting.partnerships
    return {"partnerships": [key_of(partnership)]}


def rows_at_first(acting: Acting, kind: Kind, record: Recorded) -> dict[str, list[models.Model]]:
    """The rows that the lists of a new record have at first: who holds a commitment, most often
    the side for which whoever acts speaks."""
    if kind.model is not Commitment:
        return {}
    gathering = getattr(record, "gathering", None)
    holder = Party(role=PartyRole.HOLDER)
    side = _own_side(acting, gathering.keeper if gathering else "")
    if side is not None:
        holder.side = side
    return {"parties": [holder]}


def _speak(acting: Acting, kind: Kind, record: Recorded, partnership: RegisterKey) -> None:
    """Let a record of a side be that of the side for which whoever acts speaks there."""
    if kind.keeping.side and (side := _own_side(acting, partnership)) is not None:
        setattr(record, kind.keeping.side, side)


def _own_side(acting: Acting, partnership: RegisterKey) -> Side | None:
    """The one side for which whoever acts speaks in a partnership; in any where none is given."""
    own = [one.side for one in acting.sides if not partnership or one.partnership == partnership]
    return Side.everything.filter(key=key_of(own[0])).first() if len(own) == 1 else None


def read_at_once(acting: Acting, kind: Kind, record: Recorded) -> bool:
    """Whether everybody reads a record as soon as it is saved, as far as that is known by now."""
    if record.pk is not None:
        return record.readers == PUBLIC
    keeping = kind.keeping
    if keeping.kept_by == KeptBy.NOBODY:
        return True
    named = [name for name in keeping.part_of if getattr(record, f"{name}_id") is not None]
    owner = getattr(record, named[0]) if named else None
    if owner is None or owner.readers != PUBLIC:
        return False
    sided = keeping.side and getattr(record, f"{keeping.side}_id") is not None
    side = getattr(record, keeping.side) if sided else None
    alone = {KeptBy.SIDE: f"side:{side.key}" if side else "", KeptBy.OFFICE: acting.office}
    keeper = alone.get(keeping.kept_by)
    return keeper is None or (bool(keeper) and rules.speaks(acting, keeper))


def dossier_of(acting: Acting) -> Dossier:
    """The dossier in which an office's own records stand: one that it keeps, or its own home's.

    Raises Http404 where the office is not there any more.
    """
    key = acting.organization
    own = dossiers_for(acting).filter(office=key).first()
    if own is not None:
        return own
    organization = Organization.everything.filter(key=key).select_related("dossier").first()
    if organization is None:
        raise Http404(key)
    return organization.dossier


def home_for(acting: Acting) -> Dossier:
    """The dossier in which an office's own records are written: made where it has none yet.

    An organization may be told of in the dossier of another office; what its own office writes
    stands in one of its own. Call it in the transaction of what is written.
    """
    key = acting.organization
    own = Dossier.objects.filter(office=key).order_by("key").first()
    home = own or dossier_of(acting)
    if home.office in ("", key):
        return home
    organization = Organization.everything.get(key=key)
    taken = Dossier.objects.filter(key=key).exists()
    return Dossier.objects.create(
        key=f"{key}-records"[:LONGEST_KEY] if taken else key,
        title=organization.name,
        fictional=home.fictional,
        languages=home.languages,
        office=key,
    )


def bring_home(acting: Acting, records: Iterable[Recorded]) -> None:
    """Let what the office begins for itself among these stand in a dossier of its own."""
    home: Dossier | None = None
    for record in records:
        keeping = kinds.of_model(type(record)).keeping
        alone = keeping.kept_by == KeptBy.OFFICE and not keeping.part_of
        if alone or getattr(record, "partnership_id", record) is None:
            home = home or home_for(acting)
            if record.dossier.office not in ("", home.office):
                record.dossier = home


def put_last(kind: Kind, record: Recorded) -> None:
    """Give a new record the last place in what it is part of, where places are counted."""
    names = {column.name for column in kind.model._meta.concrete_fields}
    if "position" not in names or not kind.keeping.part_of:
        return
    owner = kind.keeping.part_of[0]
    rows = kind.model.everything.filter(**{owner: getattr(record, f"{owner}_id")})
    last = rows.aggregate(last=Max("position"))["last"] or 0
    setattr(record, "position", last + 1)  # noqa: B010 - not every record has one


def languages_of(record: Recorded, first: str) -> tuple[str, ...]:
    """The languages offered for texts of a record: its dossier's, and then the interface's."""
    listed = record.dossier.languages if record.dossier_id else []
    spoken = (tag for tag, _name in interface_languages())
    return tuple(dict.fromkeys([first, *map(str, listed), *spoken]))


def zone_of(record: Recorded) -> str:
    """The time zone by which clocks go where a record happens; empty for none known."""
    at: object = record
    for _step in range(LONGEST_WAY):
        zone = getattr(at, "timezone", "")
        if isinstance(zone, str) and zone:
            return zone
        if not isinstance(at, Recorded):
            return ""
        part_of = kinds.of_model(type(at)).keeping.part_of
        at = getattr(at, part_of[0], None) if part_of else None
        if at is None:
            return ""
    return ""


def address_of(kind: str, key: str) -> str:
    """The address of a record at the desk; empty for an unknown kind."""
    if not kinds.known(kind):
        return ""
    return reverse("desk_record", args=[kinds.get(kind).plural, key])
