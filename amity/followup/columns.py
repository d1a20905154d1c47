"""The columns of the lists of commitments and proposals, had as CSV."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amity.followup.choices import PartyRole, Verdict, goal_label
from amity.followup.models import Commitment, Proposal
from amity.followup.queries.parties import party_lines
from amity.followup.queries.subjects import Measure, Row
from amity.foundation.formats.tables import Column
from amity.foundation.words.typography import labelled
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.network.models import Side
from amity.record.lists.columns import joined, label_of, names, of_records, when


def _sides(sides: Iterable[Side]) -> str:
    return names(side.area.name for side in sides)


def _parties(commitment: Commitment, role: PartyRole) -> str:
    return _sides(one.side for one in commitment.parties.all() if one.role == role)


def _reported(commitment: Commitment) -> str:
    return joined(
        labelled(
            plain(line.party.side.area.name),
            str(line.completion.label) if line.completion else _("no report"),
        )
        for line in party_lines(commitment)
    )


def _answered(proposal: Proposal) -> str:
    return joined(
        labelled(plain(answer.side.area.name), str(Verdict(answer.verdict).label))
        for answer in proposal.answers.all()
    )


COMMITMENTS: Sequence[Column[Commitment]] = of_records(
    "commitment",
    Column("title", label_of(Commitment, "title"), lambda row: plain(row.title)),
    Column("kind", label_of(Commitment, "kind"), lambda row: row.get_kind_display()),
    Column("grade", label_of(Commitment, "grade"), lambda row: row.get_grade_display()),
    Column("holders", gettext_lazy("Held by"), lambda row: _parties(row, PartyRole.HOLDER)),
    Column(
        "counterparts",
        gettext_lazy("Promised to"),
        lambda row: _parties(row, PartyRole.COUNTERPART),
    ),
    Column("made", label_of(Commitment, "made"), lambda row: when(row.made)),
    Column("deadline", label_of(Commitment, "deadline"), lambda row: when(row.deadline)),
    Column("due_on", label_of(Commitment, "due_on"), lambda row: row.due_on),
    Column(
        "together",
        gettext_lazy("Together"),
        lambda row: row.get_joint_completion_display() or row.get_joint_state_display(),
    ),
    Column("decided", label_of(Commitment, "decided"), lambda row: row.get_decided_display()),
    Column("reported", gettext_lazy("Reported"), _reported),
    Column(
        "themes",
        label_of(Commitment, "themes"),
        lambda row: names(theme.name for theme in row.themes.all()),
    ),
    Column(
        "goals",
        label_of(Commitment, "goals"),
        lambda row: joined(map(goal_label, row.goals)),
    ),
    Column(
        "gathering",
        label_of(Commitment, "gathering"),
        lambda row: plain(row.gathering.title) if row.gathering else "",
    ),
)

PROPOSALS: Sequence[Column[Proposal]] = of_records(
    "proposal",
    Column("title", label_of(Proposal, "title"), lambda row: plain(row.title)),
    Column("kind", label_of(Proposal, "kind"), lambda row: row.get_kind_display()),
    Column(
        "proposer",
        label_of(Proposal, "proposer"),
        lambda row: plain(row.proposer.name) if row.proposer else "",
    ),
    Column(
        "addressees", label_of(Proposal, "addressees"), lambda row: _sides(row.addressees.all())
    ),
    Column("made", label_of(Proposal, "made"), lambda row: when(row.made)),
    Column("together", gettext_lazy("Together"), lambda row: row.get_standing_display()),
    Column("decided", label_of(Proposal, "decided"), lambda row: row.get_decided_display()),
    Column("answered", gettext_lazy("Answered"), _answered),
    Column(
        "themes",
        label_of(Proposal, "themes"),
        lambda row: names(theme.name for theme in row.themes.all()),
    ),
    Column(
        "goals",
        label_of(Proposal, "goals"),
        lambda row: joined(map(goal_label, row.goals)),
    ),
    Column(
        "gathering",
        label_of(Proposal, "gathering"),
        lambda row: plain(row.gathering.title) if row.gathering else "",
    ),
)


def _called(row: Row) -> str:
    return plain(row.name) if isinstance(row.name, Text) else row.name or ""


def _count(measure: Measure) -> Callable[[Row], int]:
    return lambda row: row.count(measure)


SUBJECTS: Sequence[Column[Row]] = (
    Column("by", gettext_lazy("Counted by"), lambda row: str(row.by.label)),
    Column("id", gettext_lazy("Identifier"), lambda row: row.key),
    Column("name", pgettext_lazy("of a thing", "Name"), _called),
    *(Column(one.value, one.label, _count(one)) for one in Measure),
)
