"""The ways into the record: nothing else writes the table of a record."""

from .confirm import confirm
from .rebuild import rebuild
from .remove import remove
from .save import release, save
from .undo import undo

__all__ = ["confirm", "rebuild", "release", "remove", "save", "undo"]
