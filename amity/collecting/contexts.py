"""What each page of collecting shows."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField

from amity.collecting.forms.call import CallForm
from amity.collecting.forms.deciding import (
    AsideForm,
    DeclineForm,
    HeardForm,
    MergeForm,
    MoveForm,
    PartForm,
    PromiseForm,
    PublishForm,
)
from amity.collecting.forms.proposing import ProposeForm
from amity.collecting.models import Call, SentFile, Submission
from amity.collecting.queries import CallLine, Form, Outcome
from amity.followup.models import Answer, Commitment, Proposal
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.gatherings.models import Gathering, Statement
from amity.languages.text import Text
from amity.record.models import Entry


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that was sent in, with its size in words."""

    file: SentFile
    size: str


@dataclass(frozen=True, kw_only=True)
class ProposePage(PageContext):
    """The form for a stranger: `found` says for which gathering and whether it is open.

    `form` where it is open, its `fields` in order, and the `files` that have arrived; `trap` is
    the one that people do not see.
    """

    template = "collecting/propose.html"

    found: Form
    form: ProposeForm | None
    fields: tuple[BoundField, ...]
    files: tuple[FileLine, ...]
    trap: BoundField | None


@dataclass(frozen=True, kw_only=True)
class StatusPage(PageContext):
    """Where something sent in stands, for whoever has its link.

    `submission` is None where the link is unknown; `secret`: what the link says. `receipt`: the
    number on it; `gathering`: what that is called, where it may be said. `files` that came with
    it; `outcomes`: the proposals that came of it. `done`: what was just done, by its verb;
    `fresh`: it was just sent, and with the address of this page `by_mail`.
    """

    template = "collecting/status.html"

    submission: Submission | None
    secret: str
    receipt: str
    gathering: Text | None
    files: tuple[FileLine, ...]
    outcomes: tuple[Outcome, ...]
    done: str
    fresh: bool
    by_mail: bool


@dataclass(frozen=True, kw_only=True)
class ProposeSection(Context):
    """On the page of a `gathering`: that there is a form, which opens at `opens_at` and closes at
    `closes_at`."""

    template = "collecting/sections/propose.html"

    gathering: Gathering
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class FilesSection(Context):
    """On the page of a `proposal`: the `files` that came with it and everybody gets."""

    template = "collecting/sections/files.html"

    proposal: Proposal
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """That so many (`count`) were declined together at a moment; `number`: of the change."""

    number: int
    count: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SubmissionsPage(PageContext):
    """What was sent in (`rows` of one page, `paging`), and the forms of gatherings (`calls`).

    `gone`: forms whose gathering is no more. `aside`: how many were set aside; `apart`: that these
    alone are listed. `only`: the number of the form whose proposals alone are listed, 0 for all.
    `form`: by which what was set aside is declined together, where whoever reads may; `together`:
    what was so, and can be taken back.
    """

    template = "collecting/submissions.html"

    rows: tuple[Submission, ...]
    paging: ListPage[Submission]
    calls: tuple[CallLine, ...]
    gone: tuple[Call, ...]
    aside: int
    apart: bool
    only: int
    form: AsideForm | None
    together: tuple[Together, ...]


@dataclass(frozen=True, kw_only=True)
class CallPage(PageContext):
    """The `call` of a `gathering`, as it is set in `form`.

    `address`: where strangers find it, once it is kept; `warns`: that the gathering is not public,
    so that nobody does. `may_set`: whether the reader sets it.
    """

    template = "collecting/call.html"

    gathering: Gathering
    call: Call
    form: CallForm
    address: str
    warns: bool
    may_set: bool


@dataclass(frozen=True, kw_only=True)
class SubmissionPage(PageContext):
    """Something sent in (`submission`), at the desk, with what can be done while it waits.

    `receipt`: the number on it; `files` that came with it; `proposals` that came of it, and those
    of them with which the reader may `offer` everybody the files. `parts` of which it is taken up,
    `publish` to whom; `merge`, `decline`. `gone`: the gathering is no more, so it can `move` to
    another; `decidable`: it can be decided on anew. `problem`: what was refused, and in which act
    (`tried`).
    """

    template = "collecting/submission.html"

    submission: Submission
    receipt: str
    files: tuple[FileLine, ...]
    proposals: tuple[Entry, ...]
    offer: tuple[Entry, ...]
    parts: tuple[PartForm, ...]
    publish: PublishForm
    merge: MergeForm
    decline: DeclineForm
    move: MoveForm
    gone: bool
    decidable: bool
    problem: str
    tried: str


@dataclass(frozen=True, kw_only=True)
class PromisePage(PageContext):
    """A promise that is made from an `answer`: the `form`, what was `promised` from it before, and
    the `problem`: what was refused."""

    template = "collecting/promise.html"

    answer: Answer
    form: PromiseForm
    promised: tuple[Commitment, ...]
    problem: str


@dataclass(frozen=True, kw_only=True)
class HallPage(PageContext):
    """What is said in the hall of a `gathering`: the `form` of one line, what was `heard` last, and
    the `problem`: what was refused."""

    template = "collecting/hall.html"

    gathering: Gathering
    form: HeardForm
    heard: tuple[Statement, ...]
    problem: str
