"""What each page about merging two records shows."""

from dataclasses import dataclass

from amity.desk.models import ProposedMerge
from amity.desk.shown import ClashShown, PathShown, Row
from amity.foundation.pages.context import PageContext
from amity.languages.text import Text
from amity.record.kinds import Kind
from amity.record.models import Recorded


@dataclass(frozen=True, kw_only=True)
class MergeChoicePage(PageContext):
    """Which record is the same as `record` of a `kind`, called `name`: those `found` by `words`."""

    template = "desk/merge_choice.html"

    kind: Kind
    record: Recorded
    name: Text | None
    words: str
    found: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class MergePage(PageContext):
    """Merging `other`, called `other_name`, into `record` of a `kind`, called `name`.

    `clashes`: where they differ, `mine` that of the one that goes; `joined`: what it adds.
    `problem` says why it cannot be, `reason` is what was typed. `asks`: whether the office `asked`
    keeps one of them, and must agree.
    """

    template = "desk/merge.html"

    kind: Kind
    record: Recorded
    name: Text | None
    other: Recorded
    other_name: Text | None
    clashes: tuple[ClashShown, ...]
    joined: tuple[PathShown, ...]
    problem: str
    reason: str
    asked: Text | None
    asks: bool


@dataclass(frozen=True, kw_only=True)
class AskedMergePage(PageContext):
    """What an office (`by`) has `asked` another (`of`): to merge two records of a `kind`.

    `fields`: what differs between what stands in the one that stays and what shall stand there.
    `changed`: whether one of them was changed since it was asked; `there`: whether both are there.
    `stays`, `goes`: what the two are called, None for one that is not read any more.
    What may be done: `may_answer`, `may_withdraw`. `problem` says why it cannot be, `typed` are the
    reasons as they were sent.
    """

    template = "desk/asked_merge.html"

    kind: Kind
    asked: ProposedMerge
    by: Text | None
    of: Text | None
    stays: Text | None
    goes: Text | None
    fields: tuple[PathShown, ...]
    changed: bool
    there: bool
    may_answer: bool
    may_withdraw: bool
    problem: str
    typed: str
