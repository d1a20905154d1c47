"""Who may promise something with an answer."""

from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded


def may_promise(acting: Acting, answer: Recorded) -> bool:
    """Whether whoever acts writes for the side that answered."""
    return rules.writes(acting) and answer.keeper in {one.side for one in acting.sides}
