"""Making a promise from an answer, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.collecting import queries
from amity.collecting.rules import may_promise
from amity.desk.new.naming import new_key
from amity.followup.choices import PartyRole
from amity.followup.models import Answer, Commitment, Party
from amity.foundation.actions import take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.numbered import number_of
from amity.record.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Promise:
    """What a side promises: its words in one language, how firmly, and until when."""

    kind: str
    grade: str
    title: str
    words: str
    language: str
    deadline: DateAsSaid | None


def promise(acting: Acting, answer: Answer, said: Promise) -> Commitment:
    """Begin a commitment of the side that answered, to the others of its partnership.

    The sides alone read it until it is released. Raises NotAllowed, ValidationError where the side
    has promised this already, and what `record.actions.save` raises.
    """
    if not may_promise(acting, answer):
        raise NotAllowed("commitment")
    proposal = answer.proposal
    made = Commitment(
        dossier=proposal.dossier,
        kind=said.kind,
        grade=said.grade,
        title=Text.of(said.title, said.language),
        text=Text.of(said.words, said.language) if said.words else None,
        gathering=proposal.gathering,
        made=answer.given or DateAsSaid.on(timezone.localdate(), timezone.localdate()),
        deadline=said.deadline,
    )
    others = [one for one in queries.sides_with(answer.side) if one.pk != answer.side_id]
    holder = Party(
        position=1, side=answer.side, role=PartyRole.HOLDER, organization=answer.organization
    )
    parties = [
        holder,
        *(
            Party(position=position, side=side, role=PartyRole.COUNTERPART)
            for position, side in enumerate(others, 2)
        ),
    ]
    with transaction.atomic():
        take_turn()
        for known in queries.promised_from(acting, answer):
            if known.title.versions[known.title.original].words == said.title:
                words = _("The side has promised this already: %(number)s.")
                raise ValidationError(words, params={"number": number_of(known.key)})
        made.key = new_key(kinds.get("commitment"), made, "")
        rows: dict[str, Sequence[Model]] = {"parties": parties, "proposals": [proposal]}
        writing.save(acting, made, rows, verb="promise")
    return made
