"""The ways into the record: nothing else writes the table of a record.

Each verb makes a `write.Write` of what is to be written, and hands it to one `writing.Writing`,
which does the steps that docs/architecture.md lists:

- verbs: `save` (and release), `remove`, `undo`, `merging`, `confirm`, `disavow`, `proposing` (a
  change), `agreement` (reply, agree by silence, withdraw), `disputing`, `many` (a load; `wanted` is
  what it is given), `together` (pasted rows, tables of rows), `releasing` (several at once),
  `enclosing` (files that are confirmed with a record), `rebuild`
- steps: `permission`, `home` (in which dossier), `custody` (who keeps and
  who reads), `rows`, `numbering`, `renaming`, `asking` (the
  checks), `standings` (confirmations), `taking_effect` (of what every side agrees to)
"""

from .agreement import agree_by_silence, reply, withdraw
from .confirm import confirm
from .disputing import dispute, withdraw_dispute
from .many import Left, Removed, Saved, save_many
from .merging import CannotMerge, may_merge, may_take_apart, merge, mergeable, needs_another
from .proposing import propose, propose_file
from .rebuild import rebuild
from .releasing import Released, Stopped, agree_together, naming, release_together
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
    "Released",
    "Removed",
    "Saved",
    "Stopped",
    "Unfit",
    "Wanted",
    "agree_by_silence",
    "agree_together",
    "confirm",
    "dispute",
    "may_merge",
    "may_take_apart",
    "merge",
    "mergeable",
    "naming",
    "needs_another",
    "propose",
    "propose_file",
    "rebuild",
    "release",
    "release_together",
    "remove",
    "reply",
    "save",
    "save_many",
    "save_together",
    "undo",
    "withdraw",
    "withdraw_dispute",
]
