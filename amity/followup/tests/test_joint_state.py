"""What follows from reports: held against a naive reckoning of the same rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.followup.choices import Completion, JointState, Outcome, ReportState, Verdict
from amity.followup.joint_state import (
    Reported,
    derived,
    joint_state,
    latest_completions,
    proposal_standing,
)
from amity.foundation.dates.as_said import DateAsSaid

SIDES = (1, 2, 3)
STRANGER = 9
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def reports(draw: st.DrawFn) -> list[Reported]:
    """Reports of three sides and of one that is no party, each with a key of its own."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        state = draw(st.sampled_from(ReportState.values))
        accepted = draw(DAYS) if state == ReportState.ACCEPTED else None
        start = draw(DAYS)
        period = draw(st.sampled_from([None, DateAsSaid.on(start, start)]))
        found.append(
            Reported(
                side=draw(st.sampled_from((*SIDES, STRANGER))),
                completion=draw(st.sampled_from(Completion.values)),
                state=state,
                period=period,
                submitted_on=draw(st.none() | DAYS),
                accepted_on=accepted,
                key=f"r-{number}",
            )
        )
    return found


PARTIES = st.lists(st.sampled_from(SIDES), unique=True, max_size=3)
DEADLINES = st.sampled_from(
    [
        None,
        DateAsSaid.parse("2026-03"),
        DateAsSaid.parse("2025/.."),
        DateAsSaid.parse(said=("fr", "prochainement")),
        DateAsSaid.parse("2025-12", every="P6M", until=date(2027, 12, 31)),
        DateAsSaid.parse("2025-12", every="P6M"),
    ]
)
OUTCOMES = st.lists(st.sampled_from(Outcome.values), max_size=2)


def naive_joint(sides: list[int], given_reports: list[Reported]) -> tuple[str, str]:
    """The rule of the design, word for word."""
    last: list[str] = []
    for side in sides:
        own = [one for one in given_reports if one.side == side and one.state == "accepted"]
        own.sort(key=lambda one: (one.accepted_on, one.submitted_on or date.min, one.key))
        if own:
            last.append(own[-1].completion)
    if not last:
        return "silent", ""
    if len(last) != len(sides) or len(sides) < 2:
        return "one_sided", ""
    return ("confirmed", last[0]) if set(last) == {last[0]} else ("differ", "")


@given(PARTIES, reports())
def test_the_joint_state_is_the_naive_one(sides: list[int], found: list[Reported]) -> None:
    assert joint_state(latest_completions(sides, found)) == naive_joint(sides, found)


@given(PARTIES, reports(), DEADLINES, OUTCOMES, st.randoms())
def test_the_order_of_reports_says_nothing(
    sides: list[int],
    found: list[Reported],
    deadline: DateAsSaid | None,
    outcomes: list[str],
    shuffler: st.DataObject,
) -> None:
    before = derived(sides, found, deadline, outcomes)
    again = list(found)
    shuffler.shuffle(again)  # type: ignore[attr-defined] # a random.Random
    assert derived(sides[::-1], again, deadline, outcomes[::-1]) == before


@given(PARTIES, reports(), DEADLINES, OUTCOMES)
def test_only_accepted_reports_of_parties_change_anything(
    sides: list[int], found: list[Reported], deadline: DateAsSaid | None, outcomes: list[str]
) -> None:
    counting = [one for one in found if one.state == "accepted" and one.side in sides]
    assert derived(sides, found, deadline, outcomes) == derived(sides, counting, deadline, outcomes)


@given(PARTIES, reports(), DEADLINES, OUTCOMES)
def test_what_is_carried_stays_as_it_was(
    sides: list[int], found: list[Reported], deadline: DateAsSaid | None, outcomes: list[str]
) -> None:
    now = derived(sides, found, deadline, outcomes)
    assert derived(sides, found, deadline, [*outcomes, Outcome.CARRIED]) == now
    if set(outcomes) - {"carried"}:
        assert not now.open


def accepted(side: int, completion: str, period: str | None, on: date) -> Reported:
    said = DateAsSaid.parse(period) if period else None
    return Reported(side, completion, "accepted", said, on, on, f"{side}-{on}")


TWICE_A_YEAR = DateAsSaid.parse("2025-12", every="P6M", until=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("found", "due", "is_open"),
    [
        ([], date(2025, 12, 31), True),
        ([accepted(1, "complete", "2025-12", date(2026, 1, 5))], date(2025, 12, 31), True),
        (
            [accepted(side, "complete", "2025-41", date(2026, 1, 5)) for side in (1, 2)],
            date(2026, 6, 30),
            True,
        ),
        (
            [accepted(side, "complete", "2026-40", date(2026, 7, 5)) for side in (1, 2)],
            date(2025, 12, 31),
            True,
        ),
        (
            [accepted(side, "complete", "2025-07/2026-12", date(2027, 1, 5)) for side in (1, 2)],
            None,
            False,
        ),
        (
            [accepted(side, "complete", None, date(2026, 1, 5)) for side in (1, 2)],
            date(2026, 6, 30),
            True,
        ),
        (
            [accepted(side, "withdrawn", None, date(2026, 1, 5)) for side in (1, 2)],
            date(2025, 12, 31),
            False,
        ),
    ],
    ids=[
        "nobody",
        "one-side",
        "first-done",
        "second-done-first-not",
        "all-done",
        "without-a-period",
        "withdrawn",
    ],
)
def test_what_recurs_is_due_at_the_first_occurrence_not_done(
    found: list[Reported], due: date | None, is_open: bool
) -> None:
    now = derived([1, 2], found, TWICE_A_YEAR, [])
    assert (now.due_on, now.open) == (due, is_open)


def test_words_without_an_interval_are_never_due() -> None:
    said = DateAsSaid.parse(said=("fr", "prochainement"))
    assert derived([1, 2], [], said, []).due_on is None


def test_one_side_alone_confirms_nothing() -> None:
    report = accepted(1, "complete", None, date(2026, 1, 1))
    now = derived([1], [report], None, [])
    assert (now.joint_state, now.joint_completion, now.open) == (JointState.ONE_SIDED, "", True)


@pytest.mark.parametrize(
    ("asked", "verdicts", "expected"),
    [
        ([], {}, "unanswered"),
        ([1, 2], {}, "unanswered"),
        ([1, 2], {1: "supported"}, "partly_answered"),
        ([1, 2], {1: "supported", 2: "supported"}, "supported"),
        ([1, 2], {1: "supported", 2: "declined"}, "differ"),
        ([1], {1: "noted", 2: "declined"}, "noted"),
        ([1], {2: "declined"}, "unanswered"),
        ([], {1: "in_part", 2: "in_part"}, "in_part"),
    ],
)
def test_the_standing_of_a_proposal(
    asked: list[int], verdicts: dict[int, str], expected: str
) -> None:
    assert proposal_standing(asked, verdicts) == expected


@given(
    st.lists(st.sampled_from(SIDES), unique=True),
    st.dictionaries(st.sampled_from((*SIDES, STRANGER)), st.sampled_from(Verdict.values)),
)
def test_who_was_not_asked_changes_no_standing(asked: list[int], verdicts: dict[int, str]) -> None:
    if asked:
        own = {side: verdict for side, verdict in verdicts.items() if side in asked}
        assert proposal_standing(asked, verdicts) == proposal_standing(asked, own)
