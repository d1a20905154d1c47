"""What was asked and promised in whose words: a passage or a note in the hall holds them."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import QuerySet

from amity.followup.models import Commitment, Milestone, Proposal, SuccessIndicator
from amity.gatherings.said import Resting, heard_of, names
from amity.record.checks import Broken
from amity.sources.said import Used, in_date, in_text, in_words, not_invented, unheld

Row = TypeVar("Row", Commitment, Proposal)

MADE_AT = (("gathering", "gathering__key"), ("session", "session__key"))


def proposals_heard(proposals: QuerySet[Proposal]) -> Iterator[Broken]:
    """Somebody heard what a proposal gives as said."""
    real = not_invented(proposals)
    used: list[Used] = []
    for pk, title, text, made in real.values_list("pk", "title", "text", "made").iterator():
        used += [*in_text(pk, "title", title), *in_text(pk, "text", text)]
        used += in_date(pk, "made", made)
    asked = real.filter(pk__in={one.record_pk for one in used})
    paths = (("proposal", "key"), ("statement", "statements__key"), *MADE_AT)
    yield from _unheard(used, asked, paths)


def commitments_heard(commitments: QuerySet[Commitment]) -> Iterator[Broken]:
    """Somebody heard what a commitment gives as said: its grade and its deadline above all."""
    real = not_invented(commitments)
    used: list[Used] = []
    rows = real.values_list("pk", "title", "text", "grade_words", "made", "deadline")
    for pk, title, text, grade, made, deadline in rows.iterator():
        used += [*in_text(pk, "title", title), *in_text(pk, "text", text)]
        used += in_words(pk, "grade_words", grade)
        used += [*in_date(pk, "made", made), *in_date(pk, "deadline", deadline)]
    used += _in_rows(real)
    asked = real.filter(pk__in={one.record_pk for one in used})
    paths = (
        ("commitment", "key"),
        ("statement", "statements__key"),
        ("proposal", "proposals__key"),
        ("statement", "proposals__statements__key"),
        *MADE_AT,
    )
    yield from _unheard(used, asked, paths)


def _in_rows(commitments: QuerySet[Commitment]) -> Iterator[Used]:
    """What milestones and indicators give as said."""
    milestones = Milestone._base_manager.using(commitments.db).filter(commitment__in=commitments)
    rows = milestones.values_list("commitment_id", "position", "text", "deadline")
    for pk, position, text, deadline in rows.iterator():
        path = f"milestones.{position - 1}"
        yield from in_text(pk, f"{path}.text", text)
        yield from in_date(pk, f"{path}.deadline", deadline)
    of_all = SuccessIndicator._base_manager.using(commitments.db)
    indicators = of_all.filter(commitment__in=commitments)
    for pk, position, text in indicators.values_list("commitment_id", "position", "text"):
        yield from in_text(pk, f"indicators.{position - 1}.text", text)


def _unheard(
    used: list[Used],
    asked: "QuerySet[Row]",
    paths: tuple[tuple[str, str], ...],
) -> Iterator[Broken]:
    if used:
        resting = Resting()
        for kind, path in paths:
            resting.join(kind, asked.values_list("pk", path))
        yield from unheld(used, heard_of(resting, asked.db), names(asked.db))
