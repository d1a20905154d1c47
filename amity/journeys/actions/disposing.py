"""Deciding what becomes of open items of an edition, several at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.new.naming import new_key
from amity.followup.choices import Outcome
from amity.followup.models import Commitment, Disposition, Proposal
from amity.foundation.actions import take_turn
from amity.foundation.models import Change
from amity.gatherings.models import Gathering
from amity.journeys.queries.standing import may_be_decided
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions import New, Unfit
from amity.record.actions.write import Faulty
from amity.record.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of an item: the edition it is carried `into`, why, and what comes after."""

    item: Commitment | Proposal
    outcome: Outcome
    into: Gathering | None = None
    reason: Text | None = None
    commitments: tuple[Commitment, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class Undecided(ValidationError):
    """Some decisions cannot be made, and none was: `faults` by their place in the list.

    What stands at no place is among `whole`.
    """

    def __init__(self, faults: Mapping[int, Sequence[str]], whole: Sequence[str] = ()) -> None:
        super().__init__([*whole, *(words for some in faults.values() for words in some)])
        self.faults, self.whole = dict(faults), tuple(whole)


def dispose(acting: Acting, gathering: Gathering, decisions: Sequence[Decision]) -> Change:
    """Write what was decided, all of it or nothing, as one change that is undone as one.

    Raises NotAllowed, Undecided, and Hidden where a reason or an edition is not for all readers.
    """
    if not rules.may_change(acting, gathering):
        raise NotAllowed(f"gathering {gathering.key}")
    if not decisions:
        raise ValidationError(_("Nothing was decided: choose first what becomes of something."))
    if not may_be_decided(gathering, timezone.localdate()):
        raise ValidationError(_("It has not begun yet, so nothing is decided at it."))
    with transaction.atomic():
        take_turn()  # so that nobody else is given the same identifiers before these are written
        new = _new(acting, gathering, decisions)
        places = {one.record.key: place for place, one in enumerate(new)}
        try:
            return writing.save_together(
                acting, new, about=("gathering", gathering.key), verb="dispose"
            )
        except Unfit as error:
            raise Undecided({at: one.messages for at, one in error.faults.items()}) from error
        except Faulty as error:
            faults: dict[int, list[str]] = {}
            whole = []
            for fault in error.faults:
                if fault.kind == "disposition" and fault.key in places:
                    faults.setdefault(places[fault.key], []).append(str(fault.message))
                else:
                    whole.append(f"{fault.key}: {fault.message}")
            raise Undecided(faults, whole) from error


def _new(acting: Acting, gathering: Gathering, decisions: Sequence[Decision]) -> list[New]:
    kind, today = kinds.get("disposition"), timezone.localdate()
    office = acting.organization
    made: list[New] = []
    keys: set[str] = set()
    for one in decisions:
        commitment = one.item if isinstance(one.item, Commitment) else None
        proposal = one.item if isinstance(one.item, Proposal) else None
        record = Disposition(
            dossier=one.item.dossier,
            gathering=gathering,
            commitment=commitment,
            proposal=proposal,
            outcome=one.outcome,
            into=one.into,
            reason=one.reason,
            decided_on=today,
        )
        record.key = new_key(kind, record, office, keys)
        keys.add(record.key)
        lists: dict[str, list[Model]] = {
            "successor_commitments": list(one.commitments),
            "successor_proposals": list(one.proposals),
        }
        made.append(New(record, lists))
    return made
