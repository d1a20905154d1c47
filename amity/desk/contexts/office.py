"""What the pages about an office and its work show."""

from dataclasses import dataclass

from amity.desk.forms.contacts import ContactForm
from amity.desk.forms.opening import OfficerForm, OpeningForm
from amity.desk.forms.silence import WorkingDaysForm
from amity.desk.needs import Need
from amity.desk.pasting.rows import Row as PastedRow
from amity.desk.shown import (
    Again,
    ChangeShown,
    ContactShown,
    HeadShown,
    LetterShown,
    OfficeShown,
    Row,
    SilenceShown,
)
from amity.foundation.pages.context import PageContext
from amity.languages.text import Text
from amity.record.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class StartPage(PageContext):
    """What needs the reader. `has_office`: whether they act for an office at all.

    `vouched`: whether anybody vouches for it. `proposed`: records in which the other side proposes
    a change, `objected`: those where it objects to ours, `disputed`: those that another side
    disputes. `alone`: those that the office keeps alone, though it speaks for a side of them.
    `has_side`: whether it speaks for one at all. `administrator`: the reader is one, of the
    installation. `to_confirm`: the first joint records that wait for a side of theirs, of
    `all_to_confirm`; `capped`: that there are more than were counted. `needs`: what rooms above
    add. `drafts`: their own. `others_did`: what other offices did lately with joint records,
    `happened`: what the office did last. `begin`: kinds that can be begun, with the address of
    the form.
    """

    template = "desk/start.html"

    has_office: bool
    vouched: bool
    has_side: bool
    administrator: bool
    alone: tuple[Row, ...]
    proposed: tuple[Row, ...]
    objected: tuple[Row, ...]
    disputed: tuple[Row, ...]
    to_confirm: tuple[Row, ...]
    all_to_confirm: int
    capped: bool
    needs: tuple[Need, ...]
    drafts: tuple[Row, ...]
    others_did: tuple[ChangeShown, ...]
    happened: tuple[ChangeShown, ...]
    begin: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class OfficesPage(PageContext):
    """For administrators: all `offices`, the `form` to begin a partnership with what is wrong with
    it as a whole (`problem`), and the one to invite an `officer`."""

    template = "desk/offices.html"

    offices: tuple[OfficeShown, ...]
    form: OpeningForm
    problem: str
    officer: OfficerForm


@dataclass(frozen=True, kw_only=True)
class KindsPage(PageContext):
    """All kinds of records, as `rows`."""

    template = "desk/kinds.html"

    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class LettersPage(PageContext):
    """The `letters` of the office; `waits`: whether there is no mail server, so that all wait."""

    template = "desk/letters.html"

    letters: tuple[LetterShown, ...]
    waits: bool


@dataclass(frozen=True, kw_only=True)
class PastePage(PageContext):
    """Rows pasted from a sheet that become records of a `kind`, in `owner` where it is named.

    `words` as pasted, empty before; `part_of` as in the address. `heads` with what may be chosen
    for each (`choices`); the line of the `heading`, of at most `lines_at_top`; `languages` in which
    the words may be, and the one chosen (`spoken`); `rows` with what they become, `counts` by
    state; whether new people may be released (`may_release`) and are to be (`release`). `problem`
    says what was refused; `ready` that nothing is open.
    """

    template = "desk/paste.html"

    kind: Kind
    part_of: str
    owner: Text | None
    words: str
    heads: tuple[HeadShown, ...]
    choices: tuple[tuple[str, str], ...]
    heading: int
    lines_at_top: int
    languages: tuple[tuple[str, str], ...]
    spoken: str
    rows: tuple[PastedRow, ...]
    counts: dict[str, int]
    may_release: bool
    release: bool
    problem: str
    ready: bool


@dataclass(frozen=True, kw_only=True)
class ContactsPage(PageContext):
    """The office's own book: `contacts` that have the `words`, `total` in all, and whether the
    reader `writes` in it."""

    template = "desk/contacts.html"

    contacts: tuple[ContactShown, ...]
    words: str
    total: int
    writes: bool


@dataclass(frozen=True, kw_only=True)
class ContactPage(PageContext):
    """The `form` of a contact; the `key` of one that stands, 0 for a new one."""

    template = "desk/contact.html"

    form: ContactForm
    key: int


@dataclass(frozen=True, kw_only=True)
class SilencePage(PageContext):
    """The silence procedure: `rows` of the office's partnerships, from `fewest` to `most` days.

    `form`: the office's working days, which the reader sets where they `may_set`. Days of a side
    that were refused stand there `again`.
    """

    template = "desk/silence.html"

    rows: tuple[SilenceShown, ...]
    fewest: int
    most: int
    form: WorkingDaysForm
    again: Again
    may_set: bool
