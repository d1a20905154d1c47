"""What the sides say of a joint record: who recorded it, who has confirmed it, who disputes what.

Shown to the public at the end of the record's page, so that nothing is put into the mouth of a
side that has not confirmed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from amity.foundation.differences import Path
from amity.foundation.pages.context import Context
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.record import kinds
from amity.record.choices import ProposalState, StandingState
from amity.record.kinds import Kind
from amity.record.models import Dispute, Entry, Recorded, Reply, Standing
from amity.record.plain.layout import field_label
from amity.record.sections import Section, register


@dataclass(frozen=True, slots=True)
class DisputeShown:
    """A dispute: its number, whose it is, the place (empty: the whole record), why, since when.

    `corrected`: whether what stood there has changed since. `own`: whether whoever reads may
    withdraw it.
    """

    number: int
    side: Text
    place: str
    reasons: Text
    at: datetime
    corrected: bool
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class StandingSection(Context):
    """Who `recorded` a record (None: not known), which sides have `confirmed` it, which are
    `waiting`, for which somebody confirmed it who had no right to (`disavowed`), which agreed to
    a change of it by being `silent`, and the `disputes` of it."""

    template = "record/standing.html"

    recorded: Text | None
    confirmed: Sequence[Text]
    waiting: Sequence[Text]
    disavowed: Sequence[Text]
    silent: Sequence[Text]
    disputes: Sequence[DisputeShown]


PAGES = ("partnership", "agreement", "commitment", "proposal")
"""Kinds on whose public pages it stands; a gathering's page asks the database enough without."""


def register_sections() -> None:
    """Add it to the pages of what the sides of a partnership keep together."""
    for kind in PAGES:
        register(kind, Section("standing", standing_of, 95))


def standing_of(record: Recorded, page: Page) -> StandingSection | None:
    """What the sides say of a record; None for one of which nobody is known. Two statements."""
    kind = kinds.of_model(type(record))
    recorded, confirmed, waiting, silent = None, list[Text](), list[Text](), list[Text]()
    disavowed = list[Text]()
    concerned = _concerned(record).annotate(
        has=Exists(_confirmations(kind, record)),
        wrong=Exists(_confirmations(kind, record, StandingState.DISAVOWED)),
        kept_silent=silent_in(kind.kind, record),
    )
    columns = ("kind", "title", "has", "wrong", "kept_silent")
    for one, name, has, wrong, kept_silent in concerned.values_list(*columns):
        if wrong and one == "side":
            disavowed.append(name)
        if kept_silent and one == "side":
            silent.append(name)
        if one != "side":
            recorded = name
        elif has:
            confirmed.append(name)
        else:
            waiting.append(name)
    disputes = tuple(shown(kind, one) for one in disputes_of(kind, record))
    if recorded is None and not confirmed and not waiting and not disputes:
        return None
    return StandingSection(
        recorded=recorded,
        confirmed=confirmed,
        waiting=waiting,
        disavowed=disavowed,
        silent=silent,
        disputes=disputes,
    )


def disputes_of(kind: Kind, record: Recorded) -> QuerySet[Dispute]:
    """What is disputed of a record now, the newest first."""
    standing = Dispute.objects.filter(entry__kind=kind.kind, entry__key=record.key, ended_at=None)
    return standing.select_related("side")


def shown(kind: Kind, dispute: Dispute, own: bool = False) -> DisputeShown:
    """A dispute as pages show it."""
    path: Path = tuple(dispute.path)
    return DisputeShown(
        number=dispute.pk,
        side=dispute.side.title,
        place=field_label(kind.model, str(path[0])) if path else "",
        reasons=dispute.reasons,
        at=dispute.at,
        corrected=dispute.corrected_at is not None,
        own=own,
    )


def _concerned(record: Recorded) -> QuerySet[Entry]:
    """The register's entries of the office that recorded it and of the sides that keep it."""
    keeper, _colon, partnership = record.keeper.partition(":")
    office, _colon, key = record.begun_by.partition(":")
    wanted = Q(kind=office, key=key)
    if keeper == "partnership":
        wanted |= Q(kind="side", page_kind="partnership", page_key=partnership)
    return Entry.objects.filter(wanted).order_by("id")


def _confirmations(
    kind: Kind, record: Recorded, state: StandingState = StandingState.CONFIRMED
) -> QuerySet[Standing]:
    """That the side of an entry has confirmed the record, or what became of that."""
    return Standing.objects.filter(
        entry__kind=kind.kind,
        entry__key=record.key,
        state=state,
        side=Concat(Value("side:"), OuterRef("key")),
    )


def silent_in(kind: str, record: Recorded) -> Exists:
    """Whether the side of an entry agreed to a change of the record by silence, and it holds."""
    return Exists(
        Reply.objects.filter(
            by_silence=True,
            side=Concat(Value("side:"), OuterRef("key"), output_field=CharField()),
            field__state=ProposalState.AGREED,
            field__change__entry__kind=kind,
            field__change__entry__key=record.key,
        )
    )
