"""The ways into the record: nothing else writes the table of a record.

Each verb makes a `write.Write` of what is to be written, and hands it to one `writing.Writing`,
which does the steps that docs/architecture.md lists:

- verbs: `save` (and release), `remove`, `undo`, `merging`, `confirm`, `disavow`, `agreement`
  (propose, reply, agree by silence, withdraw), `disputing`, `many` (a load; `wanted` is what it is
  given), `together` (pasted rows, tables of rows), `rebuild`
- steps: `permission`, `home` (in which dossier), `rows`, `numbering`, `renaming`, `asking` (the
  checks), `standings` (confirmations)
"""

from .agreement import agree_by_silence, propose, reply, withdraw
from .confirm import confirm
from .disputing import dispute, withdraw_dispute
from .many import Left, Removed, Saved, save_many
from .merging import CannotMerge, may_merge, may_take_apart, merge, mergeable, needs_another
from .rebuild import rebuild
from .remove import remove
from .save import release, save
from .together import Changed, New, NothingDiffers, Unfit, save_together
from .undo import undo
from .wanted import Wanted

__all__ = [
    "CannotMerge",
    "Changed",
    "Left",
    "New",
    "NothingDiffers",
    "Removed",
    "Saved",
    "Unfit",
    "Wanted",
    "agree_by_silence",
    "confirm",
    "dispute",
    "may_merge",
    "may_take_apart",
    "merge",
    "mergeable",
    "needs_another",
    "propose",
    "rebuild",
    "release",
    "remove",
    "reply",
    "save",
    "save_many",
    "save_together",
    "undo",
    "withdraw",
    "withdraw_dispute",
]
