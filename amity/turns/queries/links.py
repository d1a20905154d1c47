"""Reads of who is asked: by which link, about which turn, and as whom they answer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from amity.accounts.queries import digest_of, speaking
from amity.network.models import Office, Side
from amity.record import rules
from amity.record.acting import Acting, key_of
from amity.record.choices import Mandate
from amity.turns.models import Charge, Holder, Link, Turn
from amity.turns.schedule import ASKED_BEFORE, asked_on


def link_with(secret: str) -> Link | None:
    """The link whose address holds `secret`, whether it serves or not. One statement."""
    return _links().filter(digest=digest_of(secret)).first()


def as_it_stands(link: Link) -> Link:
    """A link as it stands now, with all that its page shows."""
    return _links().get(pk=link.pk)


def _links() -> QuerySet[Link]:
    return Link.objects.select_related(
        "holder", "turn__commitment__dossier", "turn__side__area", "turn__report", "letter"
    )


def why_not(link: Link) -> str:
    """Why a link serves no more: "ended", "expired" or "dropped"; empty where it serves.

    One of an office that speaks for the side no more, or reads the promise no more, has ended: the
    page says what stands there now.
    """
    turn = link.turn
    if link.ended_at is not None or not is_askers(turn, link.holder):
        return "ended"
    if turn.dropped_at is not None or not (turn.commitment.open or turn.answered_at):
        return "dropped"
    if link.expires_at <= timezone.now():
        return "expired"
    return ""


def office_of(register_key: str) -> Office | None:
    """The office of an organization by its register key."""
    rows = Office.objects.select_related("organization")
    return rows.filter(organization__key=key_of(register_key)).first()


def acting_of_holder(office: Office, side: Side) -> Acting | None:
    """As whom a holder's report is written: as an editor of the office that asked, for one side.

    None where nobody vouches for the office, or it speaks for the side no more.
    """
    spoken = {one for one in speaking(office) if one.side == f"side:{side.key}"}
    if office.vouched_at is None or not spoken:
        return None
    return Acting(
        command="turn",
        office=office.register_key,
        vouched=True,
        sides=frozenset(one._replace(voice=False) for one in spoken),
        mandates=frozenset({Mandate.EDITOR}),
    )


def is_askers(turn: Turn, holder: Holder) -> bool:
    """Whether the office that asks a holder still speaks for the turn's side and reads the promise.

    Three statements at most.
    """
    office = office_of(holder.office)
    acting = acting_of_holder(office, turn.side) if office else None
    return acting is not None and rules.may_read(acting, turn.commitment)


def charge_of(turn: Turn) -> Charge | None:
    """Who is in charge of a turn's commitment on its side."""
    rows = Charge.objects.filter(commitment=turn.commitment_id, side=turn.side_id)
    return rows.select_related("holder").first()


def holders_of(acting: Acting, side: Side) -> QuerySet[Holder]:
    """Those whom the office acted for may ask for a side."""
    return Holder.objects.filter(office=acting.office, side=side)


def never_asked(now: datetime) -> Iterator[tuple[Turn, Holder]]:
    """Turns whose time has come somewhere, with their holders, that were never asked about."""
    latest = (now + timedelta(days=1)).date() + ASKED_BEFORE
    rows = Turn.objects.filter(
        due_on__lte=latest,
        dropped_at=None,
        answered_at=None,
        asked_at=None,
        commitment__open=True,
    ).select_related("commitment", "side__area")
    charges = Charge.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    turns = list(rows.filter(Exists(charges)))
    held = {
        (one.commitment_id, one.side_id): one.holder
        for one in Charge.objects.filter(
            commitment__in={turn.commitment_id for turn in turns}
        ).select_related("holder")
    }
    for turn in turns:
        yield turn, held[(turn.commitment_id, turn.side_id)]


def is_asked_by(due: date, today: date) -> bool:
    """Whether the time to ask about a turn has come."""
    return asked_on(due) <= today
