"""What each side's clock shows of a proposed change, reckoned from what happened."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from amity.accounts.models import MandateHeld
from amity.desk.clocks.covered import Languages, covered_by
from amity.desk.clocks.procedures import Procedure
from amity.foundation.dates.working import DAY, Span, begin_of, working_day
from amity.foundation.differences import Plain
from amity.foundation.models import Letter
from amity.network.models import SideOffice
from amity.record.acting import RegisterKey
from amity.record.choices import ProposalState
from amity.record.models import ProposedChange, ProposedField
from amity.record.rules import AGREEING

WARNED = "silence:"
"""How the names of letters begin that say once again that the days pass."""
AHEAD = 2
"""So many whole working days are left to a side after it was told once again."""


class Still(StrEnum):
    """Why a clock stands still."""

    NOBODY = "nobody"
    """Nobody acts for an office that speaks for the side."""
    LANGUAGE = "language"
    """Nobody of them reads a language in which all of it stands."""
    UNTOLD = "untold"
    """No letter about it has gone out to any of them."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a side's clock shows of a proposed change.

    `until`: the last day on which the side may object, None while it stands still for the reason
    `still`. `due`: whether the days have passed. `warns`: whether the side is to be told once
    again now. `people`: who may answer for it, one mandate of each.
    """

    side: RegisterKey
    days: int
    until: date | None
    still: Still | None
    due: bool
    warns: bool
    people: tuple[MandateHeld, ...]


def told_as(change: int, user: int) -> str:
    """The name of the letter that tells a person of a proposed change."""
    return f"proposal:{change}:{user}"


def warned_as(change: int, user: int) -> str:
    """The name of the letter that says once again that the days pass."""
    return f"{WARNED}{change}:{user}"


def clocks_of(
    changes: Sequence[ProposedChange],
    partnership: RegisterKey,
    procedure: Procedure | None,
    state: Plain,
    now: datetime,
) -> dict[int, tuple[Clock, ...]]:
    """The clocks of the other sides for changes of one record, by the number of the change.

    Of a record that every side has confirmed: whether they have is for the caller to know.
    `procedure`: that of the partnership; `state`: the record as it stands. Three statements, none
    where there is no procedure.
    """
    if procedure is None or not changes:
        return {}
    asked = [one for one in changes if one.at >= procedure.since and _open(one)]
    offices = _offices(partnership)
    held = _mandates(office for some in offices.values() for office in some)
    sent = _sent(asked, held)
    found = {}
    for change in asked:
        # whoever proposed it answers for no other side, and an office may go on while it speaks
        if any(_key(one) == change.office for one in offices.get(change.side, ())):
            reckoned = _Reckoned(change, procedure, sent, covered_by(_open(change), state), now)
            found[change.pk] = tuple(
                reckoned.clock(side, offices.get(side, ()), held)
                for side in sorted(procedure.sides)
                if side != change.side and _waits_for(change, side)
            )
    return found


def _open(change: ProposedChange) -> list[ProposedField]:
    return [one for one in change.fields.all() if one.state == ProposalState.OPEN]


def _waits_for(change: ProposedChange, side: RegisterKey) -> bool:
    """Whether a side has not answered everything that is open."""
    return any(side not in {said.side for said in one.replies.all()} for one in _open(change))


def _key(speaks: SideOffice) -> RegisterKey:
    return speaks.office.register_key


def _offices(partnership: RegisterKey) -> dict[RegisterKey, list[SideOffice]]:
    """The offices that answer for each side: those vouched for, or its voice alone."""
    key = partnership.removeprefix("partnership:")
    rows = SideOffice.objects.filter(side__partnership__key=key)
    found: dict[RegisterKey, list[SideOffice]] = {}
    for one in rows.select_related("side", "office__organization").order_by("pk"):
        found.setdefault(f"side:{one.side.key}", []).append(one)
    for side, offices in found.items():
        speaking = [one for one in offices if one.voice] or offices
        found[side] = [one for one in speaking if one.vouched_at and one.office.vouched_at]
    return found


def _mandates(offices: Iterable[SideOffice]) -> dict[int, list[MandateHeld]]:
    """The mandates to answer that people hold or held, by the number of the office."""
    rows = MandateHeld.objects.filter(
        office__in={one.office_id for one in offices},
        mandate__in=AGREEING,
        user__is_active=True,
    )
    found: dict[int, list[MandateHeld]] = {}
    for one in rows.select_related("user", "office__organization").order_by("pk"):
        found.setdefault(one.office_id, []).append(one)
    return found


def _sent(
    changes: Sequence[ProposedChange], held: Mapping[int, Iterable[MandateHeld]]
) -> dict[str, datetime]:
    """When letters about the changes went out to these people, by the name of the letter."""
    users = {one.user_id for some in held.values() for one in some}
    names = [
        name(change.pk, user)
        for change in changes
        for user in users
        for name in (told_as, warned_as)
    ]
    rows = Letter.objects.filter(once__in=names, sent_at__isnull=False)
    return {str(name): at for name, at in rows.values_list("once", "sent_at") if at is not None}


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """What the clocks of one proposed change are reckoned from."""

    change: ProposedChange
    procedure: Procedure
    sent: Mapping[str, datetime]
    covered: "Languages"
    now: datetime

    def clock(
        self,
        side: RegisterKey,
        offices: Sequence[SideOffice],
        held: Mapping[int, Sequence[MandateHeld]],
    ) -> Clock:
        """The clock of a side. Where several offices answer, each has its days."""
        untils: list[date] = []
        due, warns = True, False
        people: dict[int, MandateHeld] = {}
        for one in offices:
            mandates = [m for m in held.get(one.office_id, ()) if m.user_id != self.change.user_id]
            people |= {m.user_id: m for m in mandates if m.ended is None}
            until, ripe, early = self._of_office(one, mandates)
            if until is not None:
                untils.append(until)
                due, warns = due and ripe, warns or early
        return Clock(
            side=side,
            days=self.procedure.days,
            until=max(untils, default=None),
            still=None if untils else self._why(people.values()),
            due=bool(untils) and due,
            warns=warns,
            people=tuple(people.values()),
        )

    def _of_office(
        self, speaks: SideOffice, held: Sequence[MandateHeld]
    ) -> tuple[date | None, bool, bool]:
        """Until when an office may object; whether that has passed; whether to tell it again.

        It is told again early enough for the last day to stay; where that was late, the days move.
        """
        zone, holidays = speaks.office.timezone, speaks.office.holidays
        told = list(self._spans(speaks, held, told_as))
        last = working_day(self.procedure.days, told, zone, holidays)
        if last is None:
            return None, False, False
        again = working_day(AHEAD, list(self._spans(speaks, held, warned_as)), zone, holidays)
        if again is not None:
            last = max(last, again)
            return last, begin_of(last + DAY, zone) <= self.now, False
        before = self.procedure.days - AHEAD - 1
        passed = working_day(before, told, zone, holidays) if before else None
        if passed is not None and begin_of(passed + DAY, zone) > self.now:
            return last, False, False
        soonest = working_day(AHEAD, [Span(self.now, None)], zone, holidays)
        return max(last, soonest or last), False, True

    def _spans(
        self, speaks: SideOffice, held: Iterable[MandateHeld], name: Callable[[int, int], str]
    ) -> Iterator[Span]:
        """When people could answer who had the letter of that name, and read all of it."""
        for one in held:
            sent = self.sent.get(name(self.change.pk, one.user_id))
            vouched = speaks.vouched_at, speaks.office.vouched_at
            if sent is not None and self.covered.reads(one.user.language):
                moments = [sent, one.since, *(at for at in vouched if at is not None)]
                yield Span(max(moments), one.ended)

    def _why(self, people: Collection[MandateHeld]) -> Still:
        if not people:
            return Still.NOBODY
        if not any(self.covered.reads(one.user.language) for one in people):
            return Still.LANGUAGE
        return Still.UNTOLD
