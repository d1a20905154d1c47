"""What each page about turns shows."""

from dataclasses import dataclass
from datetime import datetime

from django.forms.boundfield import BoundField

from amity.followup.models import Commitment, Proposal, Report
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.languages.text import Text
from amity.network.models import Side
from amity.sources.models import Article, Source
from amity.turns.forms import AnswerForm, EscalationForm, HolderForm, ReplyForm
from amity.turns.models import Escalated, GivenPassage, Holder, Turn
from amity.turns.queries import Next, QuestionLine, Sent, TurnLine


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in a form: its `name`, `size` in words and `number`.

    `address`: where it is got, empty for one that was sent before; `ticked`: whether that one is
    to go no more with the report.
    """

    name: str
    size: str
    number: int
    address: str
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class AnswerPage(PageContext):
    """The form that a holder fills in by their link.

    `state`: "open", "sent" (with the `report`), or why it cannot be: "ended", "expired", "dropped",
    "unknown". `turn`, `holder` and the name of the `office` that asks, None where the link is
    unknown; `form` where it is open, `kept` once a draft was kept by pressing the button; `why`:
    the words with which it was given back; `again`: that it was pressed a second time. `files` that
    are here, or went with the report; `not_taken`: why others were not kept with the draft.
    `passage`: the fields of the form for something published; `passage_begun`: whether somebody
    typed into them.
    """

    template = "turns/answer.html"

    state: str
    turn: Turn | None
    holder: Holder | None
    office: Text | None
    report: Report | None
    form: AnswerForm | None
    kept: bool
    again: bool
    why: str
    files: tuple[FileLine, ...]
    not_taken: tuple[str, ...]
    passage: tuple[BoundField, ...]
    passage_begun: bool


@dataclass(frozen=True, kw_only=True)
class StopPage(PageContext):
    """Ending letters by one press: `what` they are about, empty for the weekly letter as a whole;
    `known`: whether the address is one of ours; `stopped`: whether they are ended."""

    template = "turns/stop.html"

    known: bool
    what: str
    stopped: bool


@dataclass(frozen=True, kw_only=True)
class TurnsPage(PageContext):
    """What a side has to report: `to_accept`, `to_reply`, and its turns as `rows` of one
    page (`paging`, by their numbers; `capped`: that there are more of them than are listed).

    `shown`: "open" or "settled"; `waits`: whether letters wait, since there is no mail server;
    `may_ask`: whether the reader asks for a side.
    """

    template = "turns/turns.html"

    to_accept: tuple[Report, ...]
    to_reply: tuple[Report, ...]
    rows: tuple[TurnLine, ...]
    paging: ListPage[int]
    capped: bool
    shown: str
    waits: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Questioned:
    """A `proposal` with the sides (`lines`) that owe it an answer."""

    proposal: Proposal
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionsPage(PageContext):
    """What sides are asked and have not answered, as `rows` of one page (`paging`, by numbers).

    `shown`: of "ours", the "others", or what is "late" of both; `sort`: by the "day" that is due
    first, or the "newest". `capped`: that there are more than are listed.
    """

    template = "turns/questions.html"

    rows: tuple[Questioned, ...]
    paging: ListPage[int]
    shown: str
    sort: str
    capped: bool


@dataclass(frozen=True, kw_only=True)
class AnswersDueSection(Context):
    """On the page of a proposal: by when the sides (`lines`) that were asked are to answer."""

    template = "turns/sections/answers_due.html"

    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, kw_only=True)
class TurnPage(PageContext):
    """One turn at the desk.

    `line`: the turn with where it stands. `asked_at` and `serves_until` of its open link, if any;
    `form` for who is in charge, `known`: those of the office for this side, the chosen one's number
    in `chosen`; `may_ask`: whether the reader asks; `may_accept`: whether they let its report
    count. `told`: which offices of the side were told when that there is no report, and `next`:
    who is told next.
    """

    template = "turns/turn.html"

    line: TurnLine
    asked_at: datetime | None
    serves_until: datetime | None
    form: HolderForm
    known: tuple[Holder, ...]
    chosen: int
    may_ask: bool
    may_accept: bool
    told: tuple[Escalated, ...]
    next: Next | None


@dataclass(frozen=True, slots=True)
class SideEscalation:
    """A side, by its name, and the `form` that says when it is told of missing reports."""

    side: Side
    form: EscalationForm


@dataclass(frozen=True, kw_only=True)
class EscalationPage(PageContext):
    """When the `sides` of an office are told that a report is missing, each with its form."""

    template = "turns/escalation.html"

    sides: tuple[SideEscalation, ...]


@dataclass(frozen=True, kw_only=True)
class ReportPage(PageContext):
    """A submitted `report` of one's own side, to be accepted or given back with words.

    `turn`: which it answers, if any; `files` on it; `given`: what its holder says was published,
    in the record an `article` already or of a publisher that is a known `source`, else of one of
    the `publishers`, by value and label (`publisher_kind`: the chosen). `may_accept`: whether
    the reader lets it count, without the files whose numbers are `kept_back`. `words` typed for
    giving it back; `problem`: what was refused.
    """

    template = "turns/report.html"

    report: Report
    turn: Turn | None
    files: tuple[Sent, ...]
    may_accept: bool
    kept_back: frozenset[int]
    given: GivenPassage | None
    article: Article | None
    source: Source | None
    publishers: tuple[tuple[str, str], ...]
    publisher_kind: str
    words: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class ReplyPage(PageContext):
    """An accepted `report` of another side on a `commitment`, and how `side` sees it (`form`).

    `files` on the report; `problem`: what was refused.
    """

    template = "turns/reply.html"

    report: Report
    files: tuple[Sent, ...]
    commitment: Commitment
    side: Side
    form: ReplyForm
    problem: str
