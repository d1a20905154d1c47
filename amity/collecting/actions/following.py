"""Tells whoever proposed something what followed: answers, promises, decisions, release.

The audit trail says what changed, so that no write need know of it; what was told stands in a
table, so that each thing is told once, whatever happens to the letters.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from amity.collecting import messages, queries
from amity.collecting.messages import News
from amity.collecting.models import Became, Followed, Submission, Told
from amity.collecting.queries import Outcome
from amity.collecting.telling import tell
from amity.followup.models import Answer, Commitment, Disposition, Proposal
from amity.foundation.actions import take_turn
from amity.foundation.database.batches import batched
from amity.foundation.models import Change, Effect
from amity.languages.negotiation import preferences
from amity.record.numbered import number_of

FOLLOWED = {
    "proposal": (Proposal, "key"),
    "answer": (Answer, "proposal__key"),
    "commitment": (Commitment, "proposals__key"),
    "disposition": (Disposition, "proposal__key"),
}
"""Kinds whose changes may be news, and where they name the proposal."""

Thing: TypeAlias = Proposal | Answer | Commitment | Disposition


def follow(now: datetime) -> str:
    """Tell of all that changed since the last time; says how many letters were due.

    May run twice at once, and again after it was killed.
    """
    followed, _made = Followed.objects.get_or_create(pk=1)
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest <= followed.change:
        return ""
    told = _tell_of_what_is_gone(followed.change, newest)
    for few in batched(sorted(_concerned(followed.change, newest))):
        for submission in queries.sent_in_for(few):
            told += tell_news(submission)
    Followed.objects.filter(pk=1).update(change=newest)
    return f"{told} proposers told" if told else ""


def _tell_of_what_is_gone(after: int, until: int) -> int:
    """Tell those who wait that the gathering is no more, once; says how many."""
    rows = Change.objects.filter(pk__gt=after, pk__lte=until, kind="gathering")
    told = 0
    for number, key in rows.filter(effect=Effect.REMOVED).values_list("pk", "key"):
        for submission in queries.waiting_for_what_is_gone(key):
            with transaction.atomic():
                tell(submission, f"gone:{number}", messages.gone)
            told += 1
    return told


def _concerned(after: int, until: int) -> set[str]:
    """The proposals that came of something sent in and that changes of the trail concern."""
    came = Became.objects.values("proposal__key")
    found: set[str] = set()
    for kind, (model, column) in FOLLOWED.items():
        changes = Change.objects.filter(pk__gt=after, pk__lte=until, kind=kind)
        changed = sorted(set(changes.values_list("key", flat=True)))
        for few in batched(changed):
            rows = model.everything.filter(key__in=few).filter(**{f"{column}__in": came})
            found.update(rows.values_list(column, flat=True))
    return found


def tell_news(submission: Submission) -> bool:
    """Tell of what everybody reads by now and was not told; whether there was anything."""
    with transaction.atomic():
        fresh = mark_told(submission)
        if not fresh:
            return False
        preferred = preferences(submission.language)
        number = Told.objects.filter(submission=submission).count()
        tell(
            submission,
            f"news:{number}",
            lambda about: messages.followed(about, _said(fresh, preferred)),
        )
    return True


def mark_told(submission: Submission) -> list[Outcome]:
    """Mark what everybody reads of it as told; gives what was not marked before.

    Call it in the transaction in which it is told.
    """
    take_turn()
    known = set(Told.objects.filter(submission=submission).values_list("about", flat=True))
    fresh, marked = [], list[Told]()
    for one in queries.outcomes_of(submission):
        new = _unknown(one, known)
        if new is not None:
            fresh.append(new)
            marked += [Told(submission=submission, about=name) for name in names_of(new)]
    Told.objects.bulk_create(marked)
    return fresh


def _unknown(outcome: Outcome, known: set[str]) -> Outcome | None:
    """What of an outcome is not among the known names; None where nothing is."""
    if outcome.proposal is None:
        return None
    left = Outcome(
        outcome.proposal,
        tuple(one for one in outcome.answers if name_of(one) not in known),
        tuple(one for one in outcome.commitments if name_of(one) not in known),
        tuple(one for one in outcome.decisions if name_of(one) not in known),
        released=name_of(outcome.proposal) not in known,
    )
    return left if names_of(left) else None


def names_of(outcome: Outcome) -> list[str]:
    """What an outcome tells, by the names under which it is told once."""
    things: list[Thing] = [*outcome.answers, *outcome.commitments, *outcome.decisions]
    if outcome.released and outcome.proposal is not None:
        things.insert(0, outcome.proposal)
    return [name_of(one) for one in things]


def name_of(thing: Thing) -> str:
    """Under which name something is told: an answer that turns out otherwise is told anew."""
    kind = type(thing)._meta.model_name
    state = {Answer: "verdict", Disposition: "outcome"}.get(type(thing))
    return f"{kind}:{thing.key}:{getattr(thing, state)}" if state else f"{kind}:{thing.key}"


def _said(outcomes: Sequence[Outcome], preferred: Sequence[str]) -> list[News]:
    """The news in words, in the language that is active."""
    found: list[News] = []
    for outcome in outcomes:
        number = number_of(outcome.proposal.key) if outcome.proposal else ""
        if outcome.released:
            found.append(messages.published(number))
        for answer in outcome.answers:
            side = answer.side.area.name.words(preferred)
            verdict = str(answer.get_verdict_display())
            reasons = answer.reasons.words(preferred)
            found.append(messages.answered(side, verdict, reasons, number))
        found += [
            messages.promised(one.title.words(preferred), number_of(one.key))
            for one in outcome.commitments
        ]
        for decision in outcome.decisions:
            reason = decision.reason.words(preferred) if decision.reason else ""
            found.append(messages.decided(str(decision.get_outcome_display()), reason, number))
    return found
