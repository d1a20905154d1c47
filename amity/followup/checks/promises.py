"""Who answers a proposal, who holds a commitment, and who reports on it."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import CommitmentKind, PartyRole
from amity.followup.models import (
    Answer,
    Commitment,
    IndicatorValue,
    MilestoneState,
    Party,
    Report,
)
from amity.network.models import Side
from amity.record.checks import Broken


def answered_by_one_concerned(answers: QuerySet[Answer]) -> Iterator[Broken]:
    """Who answers was asked, or is a side of a partnership that the proposal is about."""
    asked = Side._base_manager.filter(asked=OuterRef("proposal"))
    concerned = (
        Q(Exists(asked.filter(pk=OuterRef("side"))))
        | Q(Exists(asked.filter(partnership=OuterRef("side__partnership"))))
        | Q(proposal__gathering__partnership=F("side__partnership"))
    )
    about_some = Q(Exists(asked)) | Q(proposal__gathering__partnership__isnull=False)
    strangers = list(
        answers.filter(about_some)
        .exclude(pk__in=answers.filter(concerned).values("pk"))
        .values_list("pk", "side__key", "proposal_id", "proposal__key")
    )
    named: dict[int, list[str]] = defaultdict(list)
    pairs = Side._base_manager.using(answers.db).filter(asked__in={row[2] for row in strangers})
    for proposal, key in pairs.order_by("key").values_list("asked", "key") if strangers else ():
        named[proposal].append(key)
    for pk, side, proposal, proposal_key in strangers:
        if sides := named[proposal]:
            words = _(
                "{side} was not asked in {proposal} and is no side of its partnership; "
                "expected one of {sides}"
            )
        else:
            words = _(
                "{side} was not asked in {proposal} and is no side of its partnership; "
                "expected one of its sides"
            )
        message = format_lazy(words, side=side, proposal=proposal_key, sides=", ".join(sides))
        yield Broken(pk, "side", message)


def chooses_an_alternative(answers: QuerySet[Answer]) -> Iterator[Broken]:
    """The alternative chosen is one of the proposal's."""
    choosing = answers.filter(alternative__isnull=False)
    counted = choosing.annotate(offered=Count("proposal__alternatives"))
    wrong = counted.filter(alternative__gt=F("offered"))
    for pk, chosen, offered in wrong.values_list("pk", "alternative", "offered").iterator():
        words = _("{chosen} of {offered}; expected a number the proposal has")
        yield Broken(pk, "alternative", format_lazy(words, chosen=chosen, offered=offered))


def has_a_holder(commitments: QuerySet[Commitment]) -> Iterator[Broken]:
    """Somebody holds a commitment; a joint position is held by all its parties, two at least."""
    counted = commitments.annotate(
        of_all=Count("parties"),
        holding=Count("parties", filter=Q(parties__role=PartyRole.HOLDER)),
    )
    for pk, kind, of_all, holding in counted.values_list("pk", "kind", "of_all", "holding"):
        if kind == CommitmentKind.POSITION:
            if of_all < 2 or holding < of_all:
                words = _("a joint position; expected two or more parties, all of them holders")
                yield Broken(pk, "parties", words)
        elif not holding:
            words = _("nobody holds it; expected a party with the role holder")
            yield Broken(pk, "parties", words)


def reported_by_a_party(reports: QuerySet[Report]) -> Iterator[Broken]:
    """Only a side that is party to a commitment reports on it."""
    own = Party._base_manager.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    names = ("pk", "side__key", "commitment_id", "commitment__key")
    strangers = list(reports.filter(~Exists(own)).values_list(*names))
    named: dict[int, list[str]] = defaultdict(list)
    parties = Party._base_manager.using(reports.db).order_by("commitment", "position")
    pairs = parties.filter(commitment__in={row[2] for row in strangers})
    for commitment, key in pairs.values_list("commitment", "side__key") if strangers else ():
        named[commitment].append(key)
    for pk, side, commitment, commitment_key in strangers:
        if sides := named[commitment]:
            words = _("{side} is no party to {commitment}; expected one of {sides}")
        else:
            words = _("{side} is no party to {commitment}, which has none")
        message = format_lazy(words, side=side, commitment=commitment_key, sides=", ".join(sides))
        yield Broken(pk, "side", message)


def submitted_before_accepted(reports: QuerySet[Report]) -> Iterator[Broken]:
    """A report is accepted on the day when it was submitted, or later."""
    early = reports.filter(accepted_on__lt=F("submitted_on"))
    for pk, accepted, submitted in early.values_list("pk", "accepted_on", "submitted_on"):
        words = _("{accepted} is before {submitted}, when it was submitted")
        message = format_lazy(words, accepted=accepted, submitted=submitted)
        yield Broken(pk, "accepted_on", message)


def names_its(
    listed: str, rows: type[MilestoneState] | type[IndicatorValue]
) -> Callable[[QuerySet[Report]], Iterator[Broken]]:
    """Asks that the numbers in the list of a report are those of the same list of its commitment.

    `rows`: those of the report.
    """

    def asked(reports: QuerySet[Report]) -> Iterator[Broken]:
        named = rows._base_manager.using(reports.db).filter(report__in=reports)
        counted = named.annotate(offered=Count(f"report__commitment__{listed}"))
        wrong = counted.filter(number__gt=F("offered"))
        names = ("report_id", "position", "number", "offered")
        for pk, position, number, offered in wrong.values_list(*names):
            words = _("{chosen} of {offered}; expected a number the commitment has")
            message = format_lazy(words, chosen=number, offered=offered)
            yield Broken(pk, f"{listed}.{position - 1}.number", message)

    return asked
