"""What stands in the lists of the desk's pages, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from amity.desk.models import Attachment, Contact
from amity.languages.text import Text


@dataclass(frozen=True, slots=True)
class Again:
    """What was typed into one of the forms of a page and refused, to stand there again.

    `form`: which of them; `typed`: by the names of its fields; `faults`: what is wrong, each with
    the id of where it is mended.
    """

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()

    def of(self, form: str, name: str, otherwise: str = "") -> str:
        """What was typed into a field of a form; `otherwise` where another was sent, or none."""
        return self.typed.get(name, "") if self.form == form else otherwise

    def at(self, place: str) -> list[str]:
        """What is wrong at a place."""
        return [message for at, message in self.faults if at == place]


NOTHING = Again()
"""Nothing was refused."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what it is called, of which kind, its address, and a word about it.

    `audience`: who alone reads it, where not everybody does. `why`: why it stands there.
    """

    name: Text | None
    kind: str
    address: str
    remark: str = ""
    fictional: bool = False
    audience: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """What something is called, its kind in words, and its address at the desk."""

    name: Text
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change as history shows it, and what it is `about`, as far as the reader may know that.

    `rows`: how many records pasted rows brought, or a merge has led over.
    """

    about: Called | None
    number: int
    at: datetime
    who: str
    office: Text | None
    verb: str
    reason: str
    paths: tuple["PathShown", ...]
    may_undo: bool
    rows: int = 0


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note of the reader's office, or a comment for all sides: its words and when, and who.

    `who`: the person, in the reader's own office alone; `office`: whose comment it is. `own`: the
    reader wrote it.
    """

    number: int
    words: str
    at: datetime
    who: str
    office: Text | None
    own: bool


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a record: its label, its lines in words, in which other languages it stands."""

    label: str
    lines: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathShown:
    """What changed at one place of a record: its label, before and after in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: its value, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """What a side said to a proposed field, or `by_silence` did not say."""

    side: Text | None
    agrees: bool
    reasons: str
    by_silence: bool


@dataclass(frozen=True, slots=True)
class ProposedShown:
    """A place in a proposed change: its number, what stands and what is to stand, what became of
    it, what sides said, and whether the reader may answer. `file`: the number of the file that it
    says something of."""

    number: int
    path: PathShown
    state: str
    replies: tuple[ReplyShown, ...]
    may_answer: bool
    file: int | None


@dataclass(frozen=True, slots=True)
class ClockShown:
    """Until when a side may object by the silence procedure, or why its clock stands `still`."""

    side: Text | None
    until: date | None
    still: str


@dataclass(frozen=True, slots=True)
class SilentSide:
    """The silence procedure of a side: its days, and whether the reader may set them."""

    key: str
    name: Text | None
    days: int | None
    own: bool
    may_set: bool


@dataclass(frozen=True, slots=True)
class SilenceShown:
    """The silence procedure of a partnership: its sides, and the days where it holds."""

    name: Text | None
    sides: tuple[SilentSide, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposed change: its number, whose it is, when, why, its fields, and whose clocks run."""

    number: int
    side: Text | None
    own: bool
    at: datetime
    note: str
    together: bool
    open: bool
    fields: tuple[ProposedShown, ...]
    clocks: tuple[ClockShown, ...]


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file on a record, its size in words, whose it is, and whether it is the reader's office's.

    `stays`: every side has confirmed it with the record, so nobody removes it. `may_propose`: the
    reader's side may ask the others that it is confirmed with the record, or is no more.
    """

    file: Attachment
    size: str
    office: Text | None
    own: bool
    stays: bool
    may_propose: bool


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A record to confirm: its line, what ticking it sends, and what stands in it.

    `waits`: whether the reader's side is still to confirm it. `tags`: the languages in which
    anything stands in it; `missing`: the fields that do not stand in the reader's. `files` are
    confirmed with it. `plural` and `key` as addresses write them. On the page of a whole: `asked`:
    the number of what another side asks, that everybody may read it; what was typed so far is
    whether it is ticked (`on`), agreed to (`agrees`), or objected to (`objection`).
    """

    row: Row
    ticked: str
    fields: tuple[FieldShown, ...]
    waits: bool
    tags: frozenset[str]
    missing: tuple[str, ...]
    files: tuple[Attachment, ...]
    plural: str
    key: str
    asked: int | None = None
    on: bool = False
    agrees: bool = False
    objection: str = ""


@dataclass(frozen=True, slots=True)
class RowToRelease:
    """A record that may be released with others: its line, what ticking it sends, if it is `on`.

    `settled`: every side has confirmed it. `named`: something that is released names it.
    """

    row: Row
    ticked: str
    on: bool
    settled: bool
    named: bool


@dataclass(frozen=True, slots=True)
class ClashShown:
    """A place that two people changed: its label, the three versions, and its path for the form.

    `takes_mine`: whether `mine` was chosen already, in a form that was refused.
    """

    label: str
    path: str
    base: str
    mine: str
    theirs: str
    takes_mine: bool = False


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter of the office: to whom, what about, and what became of it."""

    number: int
    to: str
    subject: str
    written_at: datetime
    state: str
    error: str


@dataclass(frozen=True, slots=True)
class HeadShown:
    """A column of a pasted table: its place from 0, what stands above it, and what it is taken
    for."""

    place: int
    words: str
    chosen: str


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A line of the book: the contact, and what the person of the record is called and where."""

    contact: Contact
    person: Text | None
    address: str


@dataclass(frozen=True, slots=True)
class OfficeShown:
    """An office of the installation: its name, whether somebody vouches for it, the names of the
    `sides` that it speaks for, and how many `people` act for it."""

    name: Text
    vouched: bool
    sides: tuple[Text, ...]
    people: int
