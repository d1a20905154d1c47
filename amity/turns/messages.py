"""What the letters about turns say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import labelled, within_quotes
from amity.turns.choices import UNANSWERED, ReminderKind


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter to a holder says: to whom, about which promise of which side, for which office.

    `address`: the link, which serves until the day `expires`. `why`: the words with which an
    earlier report was given back; empty the first time.
    """

    name: str
    promise: str
    side: str
    office: str
    due: date
    address: str
    expires: date
    why: str


def asked(told: Asked) -> Wording:
    """To a holder: what became of it?"""
    body = [
        _("Dear %(name)s,") % {"name": told.name},
        _("%(office)s asks you, on behalf of %(side)s, what became of this promise:")
        % {"office": told.office, "side": told.side},
        told.promise,
        labelled(_("Due"), day(told.due)),
    ]
    if told.why:
        body += [
            _("Your report came back with these words. What you wrote is still in the form."),
            told.why,
        ]
    body.append(_("The form is short and needs no password."))
    return Wording(
        subject=_("Please report: “%(title)s”") % {"title": within_quotes(told.promise)},
        body=tuple(body),
        button=Button(_("Open the form"), told.address),
        small=(
            _("The link is for %(name)s alone, until %(date)s. Please do not pass it on.")
            % {"name": told.name, "date": day(told.expires)},
            _("If somebody else is in charge, tell %(office)s.") % {"office": told.office},
        ),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the weekly letter: `number` and `title` of a commitment, or of a proposal that is
    to be answered, and a day of it."""

    kind: ReminderKind
    stage: int
    number: str
    title: str
    day: date


def digest(lines: Sequence[Line], desk: str, stops: Mapping[ReminderKind, str]) -> Wording:
    """The weekly letter; `desk`: where it is worked through, `stops`: where each kind is ended."""
    body = []
    for kind, stage in sorted({(one.kind, one.stage) for one in lines}, key=_order):
        found = [one for one in lines if (one.kind, one.stage) == (kind, stage)]
        said = [f"{one.number} {one.title} ({day(one.day)})" for one in found]
        body.append("\n".join([_heading(kind, stage), *said]))
    small = [
        labelled(_("No more letters about %(what)s") % {"what": kind.label}, address)
        for kind, address in sorted(stops.items())
    ]
    return Wording(
        subject=ngettext("%(count)s thing to see to", "%(count)s things to see to", len(lines))
        % {"count": len(lines)},
        body=tuple(body),
        button=Button(_("Open the desk"), desk),
        small=tuple(small),
    )


def answer_due(by: date, today: date) -> str:
    """By which day a side is to answer, or was."""
    if today <= by:
        return _("An answer is due by %(day)s.") % {"day": day(by)}
    late = (today - by).days
    words = ngettext(
        "An answer was due by %(day)s: %(count)s day late.",
        "An answer was due by %(day)s: %(count)s days late.",
        late,
    )
    return words % {"day": day(by), "count": late}


def _order(group: tuple[ReminderKind, int]) -> tuple[int, int]:
    return (
        [ReminderKind.LATE, ReminderKind.WAITING, ReminderKind.DIFFER, ReminderKind.DUE].index(
            group[0]
        ),
        group[1],
    )


def _heading(kind: ReminderKind, stage: int) -> str:
    if kind == ReminderKind.DUE:
        return _("Due within %(days)s days:") % {"days": stage}
    if (kind, stage) == (ReminderKind.WAITING, 3):
        return _("Our side is asked, and has not answered:")
    if (kind, stage) == (ReminderKind.LATE, UNANSWERED):
        return _("Our side was to answer by a day that has passed, and has not:")
    return {
        ReminderKind.LATE: _("Late, without a report:"),
        ReminderKind.DIFFER: _("The sides differ:"),
        ReminderKind.WAITING: _("Waits for you:"),
    }[kind]


@dataclass(frozen=True, slots=True)
class Missing:
    """A commitment that has no report: its `number` and `title`, and the day that has passed."""

    number: str
    title: str
    day: date


def missing(lines: Sequence[Missing], desk: str, *, higher: bool) -> Wording:
    """That reports are missing: to an office or, `higher`, to its signatories after that."""
    if higher:
        first = _("Your office was told that these reports are missing, and none has come since:")
    else:
        first = _("Your side was to report on this by a day that has passed, and has not:")
    said = [f"{one.number} {one.title} ({day(one.day)})" for one in lines]
    return Wording(
        subject=ngettext("%(count)s report is missing", "%(count)s reports are missing", len(lines))
        % {"count": len(lines)},
        body=(first, "\n".join(said)),
        button=Button(_("Open the desk"), desk),
        small=(
            _(
                "This letter comes once for each of them. At the desk, under Turns, your side says "
                "after how many days it is told, and whom."
            ),
        ),
    )
