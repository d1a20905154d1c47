"""What must hold between promises, answers, reports and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.followup.checks import dispositions, promises
from amity.followup.choices import CommitmentKind, Outcome, PartyRole, Verdict
from amity.followup.models import (
    Alternative,
    Answer,
    Commitment,
    Disposition,
    Party,
    Proposal,
    Report,
)
from amity.gatherings.models import Gathering, Series
from amity.network.models import Partnership, Side
from amity.record.checks import Asked, Broken
from amity.record.models import Recorded

from .factory import Record, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Record:
    """Two sides and a forum."""
    return Record()


def told(found: Iterable[Broken]) -> list[tuple[str, str]]:
    """Fields and messages, in English."""
    with translation.override("en"):
        return [(one.field_path, str(one.message)) for one in found]


def stranger(record: Record) -> Side:
    """A side of another partnership."""
    other = Partnership.everything.create(
        dossier=record.dossier, readers="public", key="other", kind="twinning", name=words("Other")
    )
    return Side.everything.create(
        dossier=record.dossier,
        readers="public",
        key="other-side",
        partnership=other,
        position=1,
        area=record.sides[0].area,
    )


def answer(record: Record, proposal: Proposal, side: Side, **fields: object) -> Answer:
    """An answer of a side."""
    values = {"verdict": Verdict.NOTED, "reasons": words("So"), **fields}
    key = f"{side.key}-to-{proposal.key.lower()}"
    return Answer.everything.create(
        dossier=record.dossier, key=key, proposal=proposal, side=side, **values
    )


def test_who_answers_is_concerned(record: Record) -> None:
    asked = promises.answered_by_one_concerned
    proposal = record.proposal(1)
    other = stranger(record)
    answer(record, proposal, record.sides[0])
    assert told(asked(Answer.everything.all())) == []
    wrong = answer(record, proposal, other)
    assert told(asked(Answer.everything.all())) == [
        ("side", "other-side was not asked in P-2025-001 and is no side of its partnership; "
         "expected one of north-south-north, north-south-south"),
    ]  # fmt: skip
    assert [one.record_pk for one in asked(Answer.everything.all())] == [wrong.pk]
    proposal.addressees.clear()
    assert told(asked(Answer.everything.all())) == [
        ("side", "other-side was not asked in P-2025-001 and is no side of its partnership; "
         "expected one of its sides"),
    ]  # fmt: skip
    proposal.addressees.add(other)
    assert told(asked(Answer.everything.all())) == []
    proposal.addressees.clear()
    Gathering.everything.update(partnership=None)
    assert told(asked(Answer.everything.all())) == [], "nobody is known to be asked"


def test_an_alternative_is_one_of_the_proposals(record: Record) -> None:
    proposal = record.proposal(1)
    for position in (1, 2):
        Alternative.objects.create(proposal=proposal, position=position, text=words("So"))
    answer(record, proposal, record.sides[0], alternative=2)
    assert told(promises.chooses_an_alternative(Answer.everything.all())) == []
    answer(record, proposal, record.sides[1], alternative=3)
    assert told(promises.chooses_an_alternative(Answer.everything.all())) == [
        ("alternative", "3 of 2; expected a number the proposal has")
    ]


def test_somebody_holds_a_commitment(record: Record) -> None:
    asked = promises.has_a_holder
    record.commitment(1)
    assert told(asked(Commitment.everything.all())) == []
    Party.objects.update(role=PartyRole.COUNTERPART)
    assert told(asked(Commitment.everything.all())) == [
        ("parties", "nobody holds it; expected a party with the role holder")
    ]
    joint = [("parties", "a joint position; expected two or more parties, all of them holders")]
    Commitment.everything.update(kind=CommitmentKind.POSITION)
    assert told(asked(Commitment.everything.all())) == joint
    Party.objects.update(role=PartyRole.HOLDER)
    assert told(asked(Commitment.everything.all())) == []
    Party.objects.filter(position=2).delete()
    assert told(asked(Commitment.everything.all())) == joint


def test_a_party_reports_and_not_before_it_did(record: Record) -> None:
    asked = promises.reported_by_a_party
    commitment = record.commitment(1)
    report = record.report(commitment, 0, "limited")
    assert told(asked(Report.everything.all())) == []
    assert told(promises.submitted_before_accepted(Report.everything.all())) == []
    Report.everything.update(accepted_on=date(2026, 9, 11))
    assert told(promises.submitted_before_accepted(Report.everything.all())) == [
        ("accepted_on", "2026-09-11 is before 2026-09-12, when it was submitted")
    ]
    report.side = stranger(record)
    report.save()
    assert told(asked(Report.everything.all())) == [
        ("side", "other-side is no party to C-2025-001; expected one of north-south-south, "
         "north-south-north"),
    ]  # fmt: skip
    Party.objects.all().delete()
    assert told(asked(Report.everything.all())) == [
        ("side", "other-side is no party to C-2025-001, which has none")
    ]


def editions(record: Record, count: int = 3) -> list[Gathering]:
    """Editions of one series, the forum first."""
    series = Series.everything.create(dossier=record.dossier, key="forum", name=words("Forum"))
    made = [record.forum]
    Gathering.everything.update(series=series, number=1)
    for number in range(2, count + 1):
        values = {"kind": "forum", "status": "held", "timezone": "UTC"}
        made.append(
            Gathering.everything.create(
                dossier=record.dossier,
                key=f"forum-{number}",
                title=words("A forum"),
                series=series,
                number=number,
                **values,
            )
        )
    return made


def disposed(record: Record, number: int, at: Gathering, **fields: object) -> Disposition:
    """A disposition."""
    values = {"outcome": Outcome.COMPLETED, "decided_on": date(2026, 10, 1), **fields}
    return Disposition.everything.create(
        dossier=record.dossier, key=f"d-{number}", gathering=at, **values
    )


def test_as_many_come_after_as_the_outcome_says(record: Record) -> None:
    asked = dispositions.followed_as_the_outcome_says
    one = disposed(record, 1, record.forum, commitment=record.commitment(1), outcome="split")
    one.successor_commitments.add(record.commitment(2))
    assert told(asked(Disposition.everything.all())) == [
        ("outcome", "split; expected at least 2 commitments or proposals after it")
    ]
    one.successor_proposals.add(record.proposal(1), record.proposal(2))
    assert told(asked(Disposition.everything.all())) == []
    Disposition.everything.update(outcome="completed")
    assert told(asked(Disposition.everything.all())) == [
        ("outcome", "nothing comes after what is completed; expected none")
    ]


def test_nothing_comes_after_itself(record: Record) -> None:
    commitment = record.commitment(1)
    one = disposed(record, 1, record.forum, commitment=commitment, outcome="replaced")
    one.successor_commitments.add(record.commitment(2))
    assert told(dispositions.nothing_after_itself(Disposition.everything.all())) == []
    one.successor_commitments.add(commitment)
    assert told(dispositions.nothing_after_itself(Disposition.everything.all())) == [
        ("successor_commitments", "C-2025-001 cannot come after itself")
    ]


def test_an_edition_disposes_of_what_was_open_there(record: Record) -> None:
    asked = dispositions.disposed_where_it_was_open
    first, second, _third = editions(record)
    commitment = record.commitment(1)
    carried = disposed(record, 1, first, commitment=commitment, outcome="carried", into=second)
    later = disposed(record, 2, second, commitment=commitment)
    assert told(asked(Disposition.everything.all())) == []
    Disposition.everything.filter(pk=carried.pk).update(outcome="completed", into=None)
    broken = list(asked(Disposition.everything.filter(pk=carried.pk)))
    assert [one.record_pk for one in broken] == [later.pk], "the later one rests on the earlier"
    assert told(broken) == [
        ("gathering", "C-2025-001 was neither made at forum-2 nor carried into it")
    ]
    Commitment.everything.update(gathering=None)
    assert told(asked(Disposition.everything.all())) == []


def test_what_is_carried_goes_on_in_the_series(record: Record) -> None:
    asked = dispositions.carried_within_the_series
    first, second, _third = editions(record)
    commitment = record.commitment(1)
    one = disposed(record, 1, first, commitment=commitment, outcome="carried", into=second)

    def into(gathering: Gathering) -> list[tuple[str, str]]:
        Disposition.everything.filter(pk=one.pk).update(into=gathering)
        return told(asked(Disposition.everything.all()))

    assert into(second) == []
    assert into(first) == [
        ("into", "carried into the edition that was closed; expected a later one")
    ]
    Disposition.everything.filter(pk=one.pk).update(gathering=second)
    assert into(first) == [("into", "forum-1 is no later edition than forum-2")]
    Gathering.everything.filter(pk=first.pk).update(series=None, number=None)
    assert into(first) == [("into", "forum-1 is no edition of the same series")]


@pytest.mark.parametrize("count", [1, 30])
def test_many_are_asked_in_few_statements(
    record: Record, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    other = stranger(record)
    first, second, _third = editions(record)
    for number in range(1, count + 1):
        commitment = record.commitment(number)
        answer(record, record.proposal(number), other, alternative=1)
        Report.everything.filter(pk=record.report(commitment, 0, "limited").pk).update(side=other)
        decided = {"into": first, "outcome": "carried"}
        one = disposed(record, number, second, commitment=commitment, **decided)
        one.successor_commitments.add(commitment)
    rooms: dict[type[Recorded], tuple[Asked[Any], ...]] = {
        Answer: (promises.answered_by_one_concerned, promises.chooses_an_alternative),
        Commitment: (promises.has_a_holder,),
        Report: (promises.reported_by_a_party, promises.submitted_before_accepted),
        Disposition: (
            dispositions.followed_as_the_outcome_says,
            dispositions.nothing_after_itself,
            dispositions.disposed_where_it_was_open,
            dispositions.carried_within_the_series,
        ),
    }
    counts: list[int] = []
    for model, questions in rooms.items():
        for asked in questions:
            with django_assert_max_num_queries(2):
                counts.append(len(list(asked(model.everything.all()))))
    assert counts == [count, count, 0, count, 0, count, count, count, count]
