"""Notes of an office on a record, and comments that the sides who keep it write to each other."""

from collections.abc import Iterable, Mapping

from amity.accounts.signed_in import DeskRequest
from amity.desk.models import Note
from amity.desk.shown import NoteShown
from amity.languages.text import Text


def shown(
    request: DeskRequest, notes: Iterable[Note], names: Mapping[str, Text]
) -> tuple[NoteShown, ...]:
    """Notes or comments as the page of a record shows them; `names` of the offices by key."""
    acting = request.at_desk.acting
    return tuple(
        NoteShown(
            number=one.pk,
            words=one.words,
            at=one.at,
            who=one.user.name if one.user and one.office == acting.office else "",
            office=names.get(one.office) if one.shared else None,
            own=one.office == acting.office and one.user_id == acting.user,
        )
        for one in notes
    )
