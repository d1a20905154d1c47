"""Who works at the desk."""

from amity.record.acting import Acting
from amity.record.refusals import NotAllowed


def person_of(acting: Acting) -> int:
    """Who it is; only people who signed in come to a desk. Raises NotAllowed."""
    if acting.user is None:
        raise NotAllowed("nobody signed in")
    return acting.user
