"""What the closing of an edition may decide."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import Outcome
from amity.followup.models import Disposition
from amity.record.checks import Broken

SUCCESSORS = {Outcome.SPLIT: 2, Outcome.MERGED: 1, Outcome.REPLACED: 1}
"""How many items come after one that is disposed of so, at least; after others, none."""
AFTER = {"commitment": "successor_commitments", "proposal": "successor_proposals"}


def followed_as_the_outcome_says(dispositions: QuerySet[Disposition]) -> Iterator[Broken]:
    """As many items come after an item as its outcome says."""
    counted = dispositions.annotate(
        after=Count("successor_commitments", distinct=True)
        + Count("successor_proposals", distinct=True)
    )
    for pk, outcome, after in counted.values_list("pk", "outcome", "after"):
        least, label = SUCCESSORS.get(Outcome(outcome), 0), Outcome(outcome).label
        if after < least:
            words = _("{outcome}; expected at least {least} commitments or proposals after it")
            yield Broken(pk, "outcome", format_lazy(words, outcome=label, least=least))
        elif after and not least:
            words = _("nothing comes after what is {outcome}; expected none")
            yield Broken(pk, "outcome", format_lazy(words, outcome=label))


def nothing_after_itself(dispositions: QuerySet[Disposition]) -> Iterator[Broken]:
    """What comes after an item is another."""
    for reference, listed in AFTER.items():
        circular = dispositions.filter(**{listed: F(reference)})
        for pk, key in circular.values_list("pk", f"{reference}__key"):
            words = _("{item} cannot come after itself")
            yield Broken(pk, listed, format_lazy(words, item=key))


def disposed_where_it_was_open(dispositions: QuerySet[Disposition]) -> Iterator[Broken]:
    """An edition disposes of what was made at it or carried into it.

    Asked of all dispositions of the same items, since a later one rests on an earlier.
    """
    everything = Disposition._base_manager.using(dispositions.db)
    for reference in AFTER:
        items = dispositions.filter(**{f"{reference}__isnull": False}).values(reference)
        carried = Disposition._base_manager.filter(
            **{reference: OuterRef(reference)}, into=OuterRef("gathering")
        )
        strangers = (
            everything.filter(
                ~Exists(carried),
                **{f"{reference}__in": items, f"{reference}__gathering__isnull": False},
            )
            .exclude(**{f"{reference}__gathering": F("gathering")})
            .values_list("pk", f"{reference}__key", "gathering__key")
        )
        for pk, item, gathering in strangers:
            words = _("{item} was neither made at {gathering} nor carried into it")
            message = format_lazy(words, item=item, gathering=gathering)
            yield Broken(pk, "gathering", message)


def carried_within_the_series(dispositions: QuerySet[Disposition]) -> Iterator[Broken]:
    """What is carried goes into a later edition of the same series."""
    rows = dispositions.filter(Q(into__isnull=False)).values_list(
        "pk",
        "into__key",
        "into__series",
        "into__number",
        "gathering__key",
        "gathering__series",
        "gathering__number",
    )
    for pk, into, their_series, later, closed, series, number in rows:
        if into == closed:
            words = _("carried into the edition that was closed; expected a later one")
            yield Broken(pk, "into", words)
        elif their_series != series:
            words = _("{gathering} is no edition of the same series")
            yield Broken(pk, "into", format_lazy(words, gathering=into))
        elif later and later <= (number or 0):
            words = _("{gathering} is no later edition than {closed}")
            yield Broken(pk, "into", format_lazy(words, gathering=into, closed=closed))
