"""Reads of what waits for a side: proposals to answer, reports to accept or to speak to."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from amity.followup.choices import ReportState
from amity.followup.models import Answer, Commitment, Proposal, Report
from amity.foundation.models import Change, Effect
from amity.network.models import Side
from amity.record.acting import Acting
from amity.record.queries import visible_to

from .sides import sides_of


def to_answer(acting: Acting) -> QuerySet[Proposal]:
    """Open proposals that ask a side of whoever acts, which has not answered, newest first."""
    asked = Q(pk__in=())
    for one in sorted(acting.sides) if acting.vouched else ():
        if one.voice:
            key = one.side.removeprefix("side:")
            given = Answer.everything.filter(proposal=OuterRef("pk"), side__key=key)
            asked |= Q(Q(addressees__key=key), ~Exists(given))
    rows = visible_to(acting, Proposal).filter(asked, decided="").select_related("dossier")
    return rows.distinct().order_by("-id")


def when_asked() -> Subquery:
    """The day on which a proposal was recorded or released, whichever came last."""
    told = Change.objects.filter(
        kind="proposal", key=OuterRef("key"), effect__in=[Effect.ADDED, Effect.RELEASED]
    )
    return Subquery(told.order_by("-id").values("at__date")[:1])


def to_accept(acting: Acting) -> QuerySet[Report]:
    """Reports that were submitted for a side of whoever acts and wait to be accepted."""
    rows = visible_to(acting, Report).filter(
        state=ReportState.SUBMITTED, side__key__in=sides_of(acting)
    )
    return rows.select_related("commitment__dossier", "side__area").order_by("submitted_on", "key")


def to_reply(acting: Acting) -> QuerySet[Report]:
    """Accepted reports of another side that a side of whoever acts has not spoken to since.

    One for each other side and commitment, the last.
    """
    keys = sides_of(acting)
    rows = visible_to(acting, Report).filter(
        state=ReportState.ACCEPTED, readers=F("commitment__readers"), commitment__open=True
    )
    later = rows.filter(commitment=OuterRef("commitment"), side=OuterRef("side")).filter(
        Q(accepted_on__gt=OuterRef("accepted_on"))
        | Q(accepted_on=OuterRef("accepted_on"), pk__gt=OuterRef("pk"))
    )
    own = Report.everything.filter(commitment=OuterRef("commitment"), side__key__in=keys).exclude(
        state=ReportState.RETURNED
    )
    # Of one day, the report that was begun later is the answer.
    spoken = own.filter(
        Q(submitted_on__gt=OuterRef("accepted_on"))
        | Q(submitted_on=OuterRef("accepted_on"), pk__gt=OuterRef("pk"))
        | Q(state=ReportState.ACCEPTED, completion=OuterRef("completion"))
    )
    ours = Side.everything.filter(key__in=keys, parties__commitment=OuterRef("commitment"))
    rows = rows.exclude(side__key__in=keys).filter(Exists(ours), ~Exists(later), ~Exists(spoken))
    return rows.select_related("commitment__dossier", "side__area").order_by("accepted_on", "key")


def own_side(acting: Acting, commitment: Commitment) -> Side | None:
    """The side of whoever acts that is party to a commitment."""
    rows = Side.everything.filter(key__in=sides_of(acting), parties__commitment=commitment)
    return rows.select_related("area").order_by("position").first()
