"""Reads of forms by which strangers propose: open or not, for whom, for which gathering."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from amity.collecting.choices import WAITING
from amity.collecting.models import Call, Submission
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Side
from amity.record import rules
from amity.record.acting import Acting, key_of
from amity.record.managers import PUBLIC
from amity.record.queries import visible_to
from amity.record.removals import missing


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands now: its `call`, the `gathering`, and whether it is `before` it opens,
    `open` or `closed`."""

    call: Call
    gathering: Gathering
    state: str


def public_form(key: str) -> Form:
    """The form of a gathering that everybody finds. Two statements.

    Raises Http404, and Removed or Moved of what was there: its address stands on paper, too.
    """
    rows = _calls().filter(gathering__kind="gathering", gathering__key=key, code=None)
    try:
        return _form(rows, public=True)
    except Http404:
        raise missing(Gathering, key) from None


def form_with(code: str) -> Form:
    """The form whose address has this code. Two statements. Raises Http404."""
    return _form(_calls().filter(code=code), public=False)


def _form(rows: "QuerySet[Call]", *, public: bool) -> Form:
    call = rows.first()
    if call is None:
        raise Http404
    gatherings = Gathering.objects.all() if public else Gathering.everything.all()
    gathering = gatherings.filter(key=call.gathering.key).select_related("dossier").first()
    if gathering is None:
        raise Http404
    return Form(call, gathering, state_of(call))


def state_of(call: Call) -> str:
    """Whether a form is "before" it opens, "open" or "closed"."""
    now = timezone.now()
    if now < call.opens_at:
        return "before"
    return "open" if now < call.closes_at else "closed"


def _calls() -> "QuerySet[Call]":
    return Call.objects.select_related("gathering")


def call_of(gathering: Gathering) -> Call | None:
    """The form of a gathering, whoever finds it. One statement."""
    return _calls().filter(gathering__kind="gathering", gathering__key=gathering.key).first()


def opens_beside() -> Subquery:
    """When the form that everybody finds opens, to be read with a gathering."""
    return Subquery(_beside().values("opens_at")[:1])


def closes_beside() -> Subquery:
    """When it closes."""
    return Subquery(_beside().values("closes_at")[:1])


def _beside() -> "QuerySet[Call]":
    return Call.objects.filter(
        gathering__kind="gathering", gathering__key=OuterRef("key"), code=None
    )


def sides_of(gathering: Gathering) -> list[Side]:
    """The sides of the partnership that keeps a gathering, as they stand. One statement."""
    rows = Side.everything.filter(partnership__key=key_of(gathering.keeper))
    return list(rows.select_related("area").order_by("position"))


def gatherings_of(acting: Acting) -> "QuerySet[Gathering]":
    """The gatherings for which whoever acts collects proposals: those that their sides keep."""
    if not rules.writes(acting):
        return Gathering.everything.none()
    kept = visible_to(acting, Gathering).filter(keeper__in=acting.partnerships)
    return kept.select_related("dossier").order_by("-starts_on", "key")


def gathering_or_404(acting: Acting, key: str) -> Gathering:
    """One of these. Raises Http404."""
    found = gatherings_of(acting).filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def orphaned(acting: Acting) -> "QuerySet[Call]":
    """The forms of one's own sides whose gathering is no more: what was sent in is there still."""
    stands = Gathering.everything.filter(key=OuterRef("gathering__key"))
    return _calls().filter(~Exists(stands), keeper__in=acting.partnerships)


def gathering_of(call: Call) -> Gathering | None:
    """The gathering of a form, None where it is no more. One statement."""
    return Gathering.everything.filter(key=call.gathering.key).select_related("dossier").first()


def zone_of(call: Call) -> str:
    """By which clocks days are told to whoever sent something in. One statement."""
    found = Gathering.everything.filter(key=call.gathering.key).values_list("timezone", flat=True)
    return found.first() or "UTC"


def other_calls(acting: Acting, call: Call) -> "QuerySet[Call]":
    """The forms of other gatherings of the same sides, to which something can be moved."""
    kept = gatherings_of(acting).filter(keeper=call.keeper).order_by().values("key")
    rows = _calls().filter(gathering__kind="gathering", gathering__key__in=kept)
    return rows.exclude(pk=call.pk).order_by("-opens_at", "pk")


@dataclass(frozen=True, slots=True)
class CallLine:
    """A gathering at the desk, with its form if there is one, and how many wait of how many."""

    gathering: Gathering
    call: Call | None
    state: str
    waiting: int
    all: int


def lines(gatherings: list[Gathering]) -> list[CallLine]:
    """Gatherings with their forms. One statement."""
    rows = _calls().filter(
        gathering__kind="gathering", gathering__key__in=[one.key for one in gatherings]
    )
    counted = rows.annotate(
        waiting=Count(
            "submissions", filter=Q(submissions__stage__in=WAITING, submissions__aside=False)
        ),
        everything=Count("submissions"),
    )
    calls = {call.gathering.key: call for call in counted}
    return [
        CallLine(
            one,
            call,
            state_of(call) if call else "",
            call.waiting if call else 0,
            call.everything if call else 0,
        )
        for one in gatherings
        for call in [calls.get(one.key)]
    ]


def told_title(submission: Submission) -> Text | None:
    """What the gathering is called, for whoever has the link of something sent in.

    None once it is not public any more: its form was for everybody, and what it is called now is
    not. Those who were given the address of a form know it anyway.
    """
    call = submission.call
    known = call.code is not None or call.gathering.readers == PUBLIC
    return call.gathering.title if known else None
