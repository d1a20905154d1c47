"""What ticking a record sends: which one, and in which revision it was read."""

from typing import NamedTuple

from amity.desk.queries import MOST_OF_A_WHOLE
from amity.foundation.pages.asked import whole_number
from amity.record import kinds
from amity.record.queries import is_key

MOST_TICKED = MOST_OF_A_WHOLE
"""So many records that were ticked are confirmed at once."""


class Tick(NamedTuple):
    """A record that was ticked as it was read."""

    kind: str
    revision: int
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.revision}:{self.key}"


def tick_in(sent: str) -> Tick | None:
    """The record that was ticked; None where what was sent names none."""
    kind, _colon, rest = sent.partition(":")
    said, _colon, key = rest.partition(":")
    revision = whole_number(said)
    if not kinds.known(kind) or revision is None or not is_key(key):
        return None
    return Tick(kind, revision, key)
