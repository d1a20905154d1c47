"""What sides dispute of a joint record, as its page at the desk shows it."""

from amity.desk.shown import Choice
from amity.foundation.differences import Plain
from amity.record import standing
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.layout import field_label, layout
from amity.record.standing import DisputeShown


def shown(acting: Acting, kind: Kind, record: Recorded) -> tuple[DisputeShown, ...]:
    """What is disputed of a record, and what of it the reader's side may withdraw."""
    voices = acting.voices(record.keeper)
    return tuple(
        standing.shown(kind, one, own=f"side:{one.side.key}" in voices)
        for one in standing.disputes_of(kind, record)
    )


def places(kind: Kind, state: Plain) -> tuple[Choice, ...]:
    """The places of a record that hold something, as they can be chosen."""
    return tuple(
        Choice(name, field_label(kind.model, name))
        for name in layout(kind.model).names
        if name != "key" and state.get(name) not in (None, "", [])
    )
