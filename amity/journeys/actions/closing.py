"""Closing an edition, and opening it again.

Closed is a status of the gathering, weighty as its days are: where every side has confirmed the
gathering, a side proposes it and the others agree; before that, the office that recorded the
gathering closes it, and the others confirm it as it stands.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.accounts.signed_in import AtDesk
from amity.desk.telling import Telling
from amity.foundation.actions import take_turn
from amity.foundation.words.typography import semicolon
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys.choices import Became
from amity.journeys.queries.items import undecided
from amity.journeys.queries.standing import is_over, pending
from amity.languages.jinja import plain
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions import standings
from amity.record.choices import Verdict
from amity.record.models import Recorded
from amity.record.numbered import number_of
from amity.record.refusals import NotAllowed

NAMED = 10
"""How many missing items a refusal names; the closing list has them all."""


class StillOpen(ValidationError):
    """Items of the edition have no decision: `count` of them, of which `first` names some."""

    def __init__(self, first: Sequence[str], count: int) -> None:
        listed = ", ".join([*first, *(["…"] if count > len(first) else [])])
        words = ngettext(
            "%(count)s proposal or commitment has no decision yet: %(listed)s",
            "%(count)s proposals and commitments have no decision yet: %(listed)s",
            count,
        ) % {"count": count, "listed": listed}
        super().__init__({"status": [words]})
        self.first, self.count = tuple(first), count


def close(at_desk: AtDesk, gathering: Gathering, languages: Sequence[str] = ()) -> Became:
    """Close an edition for one's side, or agree that it is closed where another side proposes it.

    `gathering` carries the revision that was read. Raises StillOpen with what has no decision,
    NotAllowed, Conflict where it was saved since, ValidationError where it is not over.
    """
    if gathering.status == GatheringStatus.CLOSED:
        raise ValidationError(_("It is closed already."))
    if not is_over(gathering, timezone.localdate()):
        raise ValidationError(_("It is not over, so it cannot be closed."))
    return _to(at_desk, gathering, GatheringStatus.CLOSED, "close", languages)


def reopen(at_desk: AtDesk, gathering: Gathering, languages: Sequence[str] = ()) -> Became:
    """Open a closed edition again, or agree to that.

    Raises as `close` does, and where a later closed edition rests on this one.
    """
    if gathering.status != GatheringStatus.CLOSED:
        raise ValidationError(_("It is not closed."))
    return _to(at_desk, gathering, GatheringStatus.HELD, "reopen", languages)


def _to(
    at_desk: AtDesk,
    gathering: Gathering,
    status: GatheringStatus,
    verb: str,
    languages: Sequence[str],
) -> Became:
    acting, telling = at_desk.acting, Telling(at_desk, kinds.get("gathering"), gathering)
    with transaction.atomic():
        take_turn()
        if not may_close(acting, gathering):
            raise NotAllowed(f"gathering {gathering.key}")
        proposed = pending(gathering, status)
        if proposed is not None:
            if acting.speaks_for(proposed.side):
                raise ValidationError(_("Our side has proposed this; the others answer it."))
            answered = writing.reply(acting, proposed.field, Verdict.AGREE, "", languages)
            telling.answered("")
            return Became.AGREED if answered.state == "agreed" else Became.ASKED_ON
        gathering.status = status
        if needs_agreement(acting, gathering):
            telling.proposed(writing.propose(acting, gathering))
            return Became.PROPOSED
        writing.save(acting, gathering, verb=verb)
    return Became.DONE


def may_close(acting: Acting, gathering: Gathering) -> bool:
    """Whether whoever acts closes the edition for a side, or for the office that keeps it."""
    if rules.is_joint(gathering):
        return rules.writes(acting) and rules.may_confirm(acting, gathering.keeper)
    return rules.may_change_all(acting, gathering)


def needs_agreement(acting: Acting, gathering: Gathering) -> bool:
    """Whether a weighty change of the gathering has to be proposed to the other sides."""
    if not rules.is_joint(gathering):
        return False
    settled = standings.settled("gathering", gathering)
    return settled or not rules.may_change_all(acting, gathering)


def refuse_to_close(stored: Recorded, wanted: Recorded) -> None:
    """Refuse that an edition becomes closed while something open has no decision."""
    if not isinstance(stored, Gathering) or not isinstance(wanted, Gathering):
        return
    was, now = (one.status == GatheringStatus.CLOSED for one in (stored, wanted))
    if now and not was:
        refuse_while_open(wanted)
    elif was and not now:
        _refuse_what_rests_on_it(wanted)


def refuse_while_open(gathering: Gathering) -> None:
    """Raise StillOpen while an item has no decision. Two statements at most."""
    missing = undecided(gathering)
    counts = missing.counts()
    if count := sum(counts):
        first = missing.some(0, NAMED, counts)
        raise StillOpen([number_of(key) for _kind, _number, key in first], count)


def _refuse_what_rests_on_it(gathering: Gathering) -> None:
    """Raise where what was carried on went into an edition that is closed by now."""
    into = Gathering.everything.filter(
        carried_in__gathering=gathering, status=GatheringStatus.CLOSED
    )
    titles = [plain(one.title) for one in into.distinct().order_by("starts_on", "key")]
    if titles:
        words = _(
            "What was carried on from it was decided at an edition that is closed: %(titles)s"
        )
        raise ValidationError({"status": [words % {"titles": semicolon().join(titles)}]})
