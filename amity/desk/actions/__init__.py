"""Writes of the desk: drafts, notes, presence. Records are written by `record.actions`."""

from .drafts import Place, Typed, drop_draft, keep_draft
from .notes import LONGEST_NOTE, LONGEST_REASON, as_typed, remove_note, write_note
from .presence import is_editing, stops_editing
from .together import TOGETHER, add_rows, save_programme, together_or_404

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "TOGETHER",
    "Place",
    "Typed",
    "add_rows",
    "as_typed",
    "drop_draft",
    "is_editing",
    "keep_draft",
    "remove_note",
    "save_programme",
    "stops_editing",
    "together_or_404",
    "write_note",
]
