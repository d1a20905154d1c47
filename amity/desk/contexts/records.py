"""What the pages about records show."""

from collections.abc import Mapping
from dataclasses import dataclass

from amity.desk.finding.choosing import Suggestion
from amity.desk.forms import RecordForm
from amity.desk.models import Draft, PlannedRelease
from amity.desk.offers import Offer
from amity.desk.queries import Part, StandingShown
from amity.desk.releasing.answers import Answers
from amity.desk.shown import (
    Again,
    ChangeShown,
    Choice,
    ClashShown,
    FieldShown,
    FileShown,
    NoteShown,
    PathShown,
    ProposalShown,
    Row,
    RowToRelease,
    ToConfirm,
)
from amity.foundation.models import Change
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.languages.text import Text
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.standing import DisputeShown


@dataclass(frozen=True, kw_only=True)
class RecordsPage(PageContext):
    """The records of a `kind`: a page of `rows` with `paging`, what was searched for (`words`),
    whether only what may be changed is listed (`mine`), whether one may be begun (`begins`), and
    the reader's own `drafts` of new ones."""

    template = "desk/records.html"

    kind: Kind
    rows: tuple[Row, ...]
    paging: ListPage[Entry]
    words: str
    mine: bool
    drafts: tuple[Row, ...]
    begins: bool


@dataclass(frozen=True, kw_only=True)
class RecordPage(PageContext):
    """A record at the desk.

    `record` of a `kind`, called `name`; `fields` as people wrote it; `keeper` and `begun_by` by
    name, `audience` in which it is read; `standings` of the sides; the day that is `planned` for
    its release, set by the office `planned_by`; the partnership whose sides keep it together once
    the reader confirms it (`joining`); what may be done: `may_change`, `may_release`,
    `may_confirm`, `may_remove`, `may_merge`, `may_attach`, `may_publish`, and what rooms above
    offer (`offers`); `parts` that hang on it, and what tells those of one name `apart`; `files`
    on it, and whether the sides confirm what is put there for others (`encloses`, None where no
    sides keep it); `notes` of the reader's office, `comments` of all sides (None where none keep
    it), if the reader `may_comment`; its `public_address`, a `draft`; `proposals` to change it,
    open ones first; `disputes`, whether the reader's side `may_dispute` it, `places` and
    `languages`; what was typed and refused stands there `again`.
    """

    template = "desk/record.html"

    kind: Kind
    record: Recorded
    name: Text | None
    fields: tuple[FieldShown, ...]
    keeper: Text | None
    begun_by: Text | None
    audience: str
    standings: tuple[StandingShown, ...]
    planned: PlannedRelease | None
    planned_by: Text | None
    joining: Text | None
    may_change: bool
    may_release: bool
    may_confirm: bool
    may_remove: bool
    offers: tuple[Offer, ...]
    may_merge: bool
    parts: tuple[Part, ...]
    apart: Mapping[str, str]
    may_attach: bool
    may_publish: bool
    encloses: bool | None
    files: tuple[FileShown, ...]
    notes: tuple[NoteShown, ...]
    comments: tuple[NoteShown, ...] | None
    may_comment: bool
    public_address: str
    draft: Draft | None
    proposals: tuple[ProposalShown, ...]
    disputes: tuple[DisputeShown, ...]
    may_dispute: bool
    places: tuple[Choice, ...]
    languages: tuple[tuple[str, str], ...]
    again: Again


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(PageContext):
    """What waits for a side to confirm: `rows` of one page of them, and its `paging`;
    `capped`: that there are more of them than are listed."""

    template = "desk/to_confirm.html"

    rows: tuple[ToConfirm, ...]
    paging: ListPage[Entry]
    capped: bool


@dataclass(frozen=True, kw_only=True)
class WholePage(PageContext):
    """A `record` of a `kind`, called `name`, with all that the sides keep together of it.

    `rows`: itself first, of which so many are `waiting` for the reader's side, and so many `asked`
    to be read by everybody; `more`: there are more than are shown. `parts`: what is part of it and
    is confirmed with it. `languages` in which anything of it stands, the reader's first, and those
    that are ticked (`read_in`); whether the reader `may_confirm`; the `problems` that stopped it.
    """

    template = "desk/whole.html"

    kind: Kind
    record: Recorded
    name: Text | None
    rows: tuple[ToConfirm, ...]
    waiting: int
    asked: int
    more: bool
    parts: tuple[Part, ...]
    languages: tuple[tuple[str, str], ...]
    read_in: frozenset[str]
    may_confirm: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EditPage(PageContext):
    """The form of a record, new or not.

    `kind`, `record` (unsaved for a new one), `form`; `part_of` names what a new one is part of;
    `opened` the last change when it was opened; `token` the opened form; `draft` where the form
    shows what was kept and not saved; `back` where one leaves to; `needs_agreement`: weighty
    fields that cannot change alone; `problem`: what else was refused; `recovered`: that what was
    typed before signing in is shown; `at_once`: everybody reads it as soon as it is saved;
    `acting_for`: the register key of the office for which it was opened; `note` and `together`:
    what was typed to propose it.
    """

    template = "desk/edit.html"

    kind: Kind
    record: Recorded
    form: RecordForm
    part_of: str
    opened: int
    token: str
    draft: Draft | None
    back: str
    problem: str
    needs_agreement: bool
    recovered: bool
    at_once: bool
    acting_for: str
    note: str
    together: bool


@dataclass(frozen=True, kw_only=True)
class ConflictPage(PageContext):
    """Two people changed a `record` of a `kind`: `clashes` to choose in, `joined` that were not in
    each other's way; `mine` is what was typed, `opened` and `seen` the changes it is between;
    `who` saved meanwhile."""

    template = "desk/conflict.html"

    kind: Kind
    record: Recorded
    clashes: tuple[ClashShown, ...]
    joined: tuple[PathShown, ...]
    mine: str
    opened: int
    seen: int
    who: str


@dataclass(frozen=True, kw_only=True)
class HistoryPage(PageContext):
    """The `changes` of a `record` of a `kind`, or, with `paging`, of all that the office did."""

    template = "desk/history.html"

    kind: Kind | None
    record: Recorded | None
    changes: tuple[ChangeShown, ...]
    paging: ListPage[Change] | None


@dataclass(frozen=True, kw_only=True)
class ReleasePage(PageContext):
    """What to know before a `record` of a `kind`, called `name`, is read by others.

    `audience`: who reads it now. `settled`: every side has confirmed it, so the others are asked.
    `answers`: what goes along and what it lacks; `first`: what it names that is to be released
    before. `planned`: what is set; `refused`: what was set and not done; `may_set`: whether the
    reader sets a day. `typed_day`, `typed_time`: what was typed; `zone`: by whose clocks.
    `problem`: what is wrong with them. `stopped`: why it is not done at once, where that was asked
    for with a `typed_reason`.
    """

    template = "desk/release.html"

    kind: Kind
    record: Recorded
    name: Text | None
    audience: Audience
    settled: bool
    answers: Answers
    first: tuple[Row, ...]
    planned: PlannedRelease | None
    refused: PlannedRelease | None
    may_set: bool
    typed_day: str
    typed_time: str
    zone: str
    problem: str
    typed_reason: str
    stopped: str


@dataclass(frozen=True, kw_only=True)
class ReleaseWholePage(PageContext):
    """What to know before a `gathering`, called `name`, is read by others with what hangs on it.

    `rows`: what may be released; `theirs`: what the others are to release. `answers`: of the rows
    that are ticked; `first`: what these name that is to be released before. `asks`: the other
    sides are asked, since every side has confirmed some of it. `problems`: why it was refused.
    """

    template = "desk/release_whole.html"

    gathering: Recorded
    name: Text | None
    rows: tuple[RowToRelease, ...]
    theirs: tuple[Row, ...]
    first: tuple[Row, ...]
    answers: Answers
    asks: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RemovePage(PageContext):
    """Removing a `record` of a `kind`, called `name`; `problem` says why it cannot be,
    and `typed` is the reason as it was given.

    `goes`: what goes with it, as far as whoever removes it may know: kinds of records with how
    many there are, and `beside` what is no record, in words.
    """

    template = "desk/remove.html"

    kind: Kind
    record: Recorded
    name: Text | None
    problem: str
    typed: str
    goes: tuple[tuple[str, int], ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Options(Context):
    """What may be chosen in a field: `suggestions`."""

    template = "desk/options.html"

    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, kw_only=True)
class Presence(Context):
    """Who else has the form open: `others` by name."""

    template = "desk/presence.html"

    others: tuple[str, ...]
