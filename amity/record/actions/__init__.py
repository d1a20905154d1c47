"""The ways into the record: nothing else writes the table of a record."""

from .agreement import propose, reply, withdraw
from .confirm import confirm
from .many import Left, Removed, Saved, save_many
from .rebuild import rebuild
from .remove import remove
from .save import release, save
from .undo import undo
from .wanted import Wanted

__all__ = [
    "Left",
    "Removed",
    "Saved",
    "Wanted",
    "confirm",
    "propose",
    "rebuild",
    "release",
    "remove",
    "reply",
    "save",
    "save_many",
    "undo",
    "withdraw",
]
