"""The clocks of the silence procedure: until when a side may object to a proposed change.

Nothing is kept but what happened: who was told and when, who acts for a side since when and until
when, what stands in which language. A clock is reckoned from that, so that it stands still while
nobody of a side could have answered, and no day is counted that was not whole.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from amity.accounts.models import MandateHeld
from amity.desk.merging import is_text
from amity.foundation.dates.working import DAY, Span, begin_of, working_day
from amity.foundation.differences import JSON, Absent, FieldChange, Plain, at, put
from amity.foundation.models import Letter
from amity.languages.text import Text
from amity.network.models import Side, SideOffice
from amity.record.acting import RegisterKey
from amity.record.actions.enclosing import is_of_file
from amity.record.actions.taking_effect import AUDIENCE
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


@dataclass(frozen=True, slots=True)
class Procedure:
    """A silence procedure: so many working `days`, for what was proposed since `since`, and the
    `sides` that have it."""

    days: int
    since: datetime
    sides: frozenset[RegisterKey]


def procedure_of(partnership: RegisterKey) -> Procedure | None:
    """The procedure of a partnership: there is one where all sides have set the same number."""
    sides = Side.everything.filter(partnership__key=partnership.removeprefix("partnership:"))
    said = sides.values_list("key", "silence__days", "silence__set_at")
    return procedure_in((f"side:{key}", days, at) for key, days, at in said)


def procedure_in(
    said: Iterable[tuple[RegisterKey, int | None, datetime | None]],
) -> Procedure | None:
    """The procedure that follows from what each side has set, and when."""
    listed = list(said)
    days = {number for _side, number, _at in listed}
    moments = [at for _side, _number, at in listed if at is not None]
    if len(listed) < 2 or len(days) != 1 or len(moments) < len(listed):
        return None
    return Procedure(days.pop() or 0, max(moments), frozenset(side for side, *_rest in listed))


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
            reckoned = _Reckoned(change, procedure, sent, _covered(change, state), now)
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
    return f"organization:{speaks.office.organization.key}"


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
    covered: "_Languages"
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


@dataclass(frozen=True, slots=True)
class _Languages:
    """In which languages all texts of a change stand; None where it has no texts."""

    tags: frozenset[str] | None

    def reads(self, language: str) -> bool:
        """Whether somebody of that language can read all of it."""
        return self.tags is None or _primary(language) in self.tags


def _covered(change: ProposedChange, state: Plain) -> _Languages:
    """The languages in which all texts of a change would stand, and be of one age, once agreed."""
    places = [FieldChange.from_json(one.difference) for one in _open(change)]
    files = [one for one in places if is_of_file(one)]
    places = [one for one in places if one.path != AUDIENCE and one not in files]
    after: JSON | Absent = state
    for one in places:
        after = put(after, one.path, one.after)
    tags = _languages_of(files)
    for one in places:
        for before, text in _texts(state, after, one):
            found = frozenset(_primary(tag) for tag in _current(before, text))
            tags = found if tags is None else tags & found
    return _Languages(tags)


def _languages_of(files: Sequence[FieldChange]) -> frozenset[str] | None:
    """The one language of files to be confirmed that say theirs; None where none does."""
    said = {_primary(str(tag)) for one in files if (tag := at(one.after, ("language",)))}
    return frozenset(said) if len(said) == 1 else (frozenset() if said else None)


def _texts(
    state: JSON | Absent, after: JSON | Absent, change: FieldChange
) -> Iterator[tuple[Text | None, Text]]:
    """The texts at a place, or in what stands there: as they were, and as they would be."""
    for length in range(len(change.path)):
        path = change.path[: length + 1]
        value = at(after, path)
        if is_text(value):
            was = at(state, path)
            yield (_text(was) if is_text(was) else None), _text(value)
            return
    for inner in _within(at(after, change.path)):
        yield None, inner


def _within(value: JSON | Absent) -> Iterator[Text]:
    if is_text(value):
        yield _text(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)


def _text(value: object) -> Text:
    if not isinstance(value, Mapping):
        raise TypeError("a text in plain form is a mapping")
    return Text.from_json(value)


def _current(before: Text | None, text: Text) -> Iterator[str]:
    """The languages of the versions that are new in a text, or follow from what is."""
    for tag, version in text.versions.items():
        was = before.versions.get(tag) if before is not None else None
        if was is None or was.words != version.words or not text.is_stale(tag):
            yield tag


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
