"""The wording of letters about joint work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import labelled, within_quotes


@dataclass(frozen=True, slots=True)
class About:
    """Which office did it, with which record, and where that stands, in the reader's language."""

    office: str
    record: str
    address: str


def proposed(about: About, note: str, days: int) -> Wording:
    """To the other sides: they are asked to agree to a change, by silence within these `days`."""
    return Wording(
        subject=_("A change is proposed: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s proposes a change of “%(record)s”, which every side has confirmed.")
            % _named(about),
            *_quoted(note),
            _("It takes effect where every side agrees. Until then all read what was last agreed."),
            *_silence(days),
        ),
        button=Button(_("See the change and answer"), about.address),
    )


def _silence(days: int) -> tuple[str, ...]:
    if not days:
        return ()
    words = ngettext(
        "By your silence procedure it counts as agreed where your side has not objected within "
        "%(count)s working day after this letter went out.",
        "By your silence procedure it counts as agreed where your side has not objected within "
        "%(count)s working days after this letter went out.",
        days,
    )
    return (words % {"count": days}, _("Your desk shows until when."))


def asked_to_release(about: About, count: int) -> Wording:
    """To the other sides: they are asked to let everybody read a gathering with what it holds."""
    what = ngettext(
        "%(office)s asks that everybody may read %(count)s record of “%(record)s”.",
        "%(office)s asks that everybody may read %(count)s records of “%(record)s”.",
        count,
    )
    return Wording(
        subject=_("To be released: %(record)s") % {"record": about.record},
        body=(
            what % {**_named(about), "count": count},
            _("They are released when every side agrees; one page lists them all."),
        ),
        button=Button(_("See them and answer"), about.address),
    )


def soon_agreed(about: About, until: date) -> Wording:
    """To a side that has said nothing yet: its days pass."""
    last = day(until)
    return Wording(
        subject=_("To answer by %(day)s: %(record)s") % {"day": last, "record": about.record},
        body=(
            _("%(office)s has proposed a change of “%(record)s”, and your side has not answered.")
            % _named(about),
            _("If it has not objected by the end of %(day)s, it counts as having agreed.")
            % {"day": last},
            _("The clock stands still while nobody acts for your side."),
        ),
        button=Button(_("See the change and answer"), about.address),
    )


def agreed_by_silence(about: About) -> Wording:
    """To all sides: what was proposed took effect, since nobody had objected in time."""
    return Wording(
        subject=_("Agreed by silence: %(record)s") % {"record": about.record},
        body=(
            _("The change of “%(record)s” that %(office)s had proposed has taken effect.")
            % _named(about),
            _("A side had not objected within the working days that all sides have set."),
        ),
        button=Button(_("See what stands"), about.address),
    )


def overtaken(about: About) -> Wording:
    """To all sides: what was proposed does not fit what stands by now."""
    return Wording(
        subject=_("Overtaken: %(record)s") % {"record": about.record},
        body=(
            _("The change of “%(record)s” that %(office)s had proposed cannot take effect now.")
            % _named(about),
            _("What stands there has changed meanwhile. It can be proposed anew."),
        ),
        button=Button(_("See what stands"), about.address),
    )


def days_set(about: About, days: int, holds: bool) -> Wording:
    """To the other sides: one has set its silence procedure, or, without `days`, ended it."""
    if not days:
        what = _("%(office)s wants no silence procedure for “%(record)s”.")
        then = _("What is proposed takes effect only where every side says that it agrees.")
        return Wording(
            subject=_("No silence procedure: %(record)s") % {"record": about.record},
            body=(what % _named(about), then),
            button=Button(_("See the silence procedure"), about.address),
        )
    what = ngettext(
        "%(office)s has set the silence procedure for “%(record)s” to %(count)s working day.",
        "%(office)s has set the silence procedure for “%(record)s” to %(count)s working days.",
        days,
    )
    return Wording(
        subject=_("Silence procedure: %(record)s") % {"record": about.record},
        body=(
            what % {**_named(about), "count": days},
            _("All sides have set the same: it holds for what is proposed from now on.")
            if holds
            else _("It holds once all sides have set the same number."),
        ),
        button=Button(_("See the silence procedure"), about.address),
    )


def answered(about: About, reasons: str) -> Wording:
    """To the other sides: a proposed change was answered."""
    if reasons:
        what = _("%(office)s objects to a proposed change of “%(record)s”:")
        return Wording(
            subject=_("Objection: %(record)s") % {"record": about.record},
            body=(what % _named(about), reasons),
            button=Button(_("See what stands"), about.address),
        )
    what = _("%(office)s agrees to a proposed change of “%(record)s”.")
    return Wording(
        subject=_("Agreed: %(record)s") % {"record": about.record},
        body=(what % _named(about),),
        button=Button(_("See what stands"), about.address),
    )


def withdrawn(about: About) -> Wording:
    """To the other sides: what was proposed is not any more."""
    return Wording(
        subject=_("Withdrawn: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s withdraws the change of “%(record)s” that it had proposed.")
            % _named(about),
        ),
        button=Button(_("See what stands"), about.address),
    )


@dataclass(frozen=True, slots=True)
class Fallen:
    """A record that a side had confirmed, and what changed of it; in the reader's language."""

    record: str
    changed: str


def fallen(listed: Sequence[Fallen], count: int, who: str, address: str) -> Wording:
    """To who had confirmed: what they confirmed has changed, so it is to be confirmed again.

    `listed`: the first of the `count` records; `who` changed them.
    """
    by = (labelled(_("Changed by"), who),) if who else ()
    if count == 1:
        named = {"record": within_quotes(listed[0].record)}
        changed = listed[0].changed
        return Wording(
            subject=_("To be confirmed again: %(record)s") % {"record": listed[0].record},
            body=(
                _("“%(record)s” has changed since your side confirmed it.") % named,
                *by,
                *((labelled(_("What changed"), changed),) if changed else ()),
                _("Your confirmation does not hold for it as it stands now."),
            ),
            button=Button(_("Read it and confirm it again"), address),
        )
    subject = ngettext(
        "To be confirmed again: %(count)s record", "To be confirmed again: %(count)s records", count
    )
    what = ngettext(
        "%(count)s record has changed since your side confirmed it:",
        "%(count)s records have changed since your side confirmed them:",
        count,
    )
    rest = count - len(listed)
    return Wording(
        subject=subject % {"count": count},
        body=(
            what % {"count": count},
            *(labelled(one.record, one.changed) if one.changed else one.record for one in listed),
            *((_("and %(count)s more") % {"count": rest},) if rest else ()),
            *by,
            _("Your confirmations do not hold for them as they stand now."),
        ),
        button=Button(_("Read them and confirm them again"), address),
    )


def disputed(about: About, reasons: str) -> Wording:
    """To the other sides: a side disputes what stands in a record."""
    return Wording(
        subject=_("Disputed: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s disputes “%(record)s”, or a part of it:") % _named(about),
            reasons,
            _("Whoever reads the record reads this beside it."),
        ),
        button=Button(_("See what stands"), about.address),
    )


def commented(about: About, words: str) -> Wording:
    """To the other sides: somebody commented on a record that all keep together."""
    return Wording(
        subject=_("Comment: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s comments on “%(record)s”:") % _named(about),
            words,
            _("Only the sides read it, at their desks. More comments of today bring no letter."),
        ),
        button=Button(_("Read and answer"), about.address),
    )


def file_published(about: About, name: str, public: bool) -> Wording:
    """To the other sides: everybody reads a file with the record, or will once they read it."""
    now = _("Everybody reads it on the public page. More files of today bring no letter.")
    later = _("Everybody reads it once they read the record. More files of today bring no letter.")
    return Wording(
        subject=_("File for everybody: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s has put a file for everybody on “%(record)s”:") % _named(about),
            name,
            now if public else later,
        ),
        button=Button(_("See the files"), about.address),
    )


def merge_asked(about: About, reason: str) -> Wording:
    """To another office: it is asked to let a record of its own and one of theirs be one."""
    return Wording(
        subject=_("Two records of one thing? %(record)s") % {"record": about.record},
        body=(
            _("%(office)s asks to merge “%(record)s” with another record of the same.")
            % _named(about),
            *_quoted(reason),
            _("Your office keeps one of the two, so they become one only if it agrees."),
        ),
        button=Button(_("Compare them and answer"), about.address),
    )


def merge_agreed(about: About) -> Wording:
    """To the office that asked: the two are one."""
    return Wording(
        subject=_("Merged: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s has agreed: “%(record)s” and the other record are one now.")
            % _named(about),
            _("Either office can take them apart again from its history."),
        ),
        button=Button(_("See what stands"), about.address),
    )


def merge_apart(about: About, reason: str) -> Wording:
    """To the other office of a merge: the two records are two again."""
    return Wording(
        subject=_("Taken apart: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s has taken “%(record)s” and the record merged with it apart again.")
            % _named(about),
            *_quoted(reason),
            _("Each office keeps its own, as before the merge."),
        ),
        button=Button(_("See what stands"), about.address),
    )


def merge_declined(about: About, reasons: str) -> Wording:
    """To the office that asked: the two stay two."""
    return Wording(
        subject=_("Not merged: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s does not merge “%(record)s” with the other record:") % _named(about),
            reasons,
        ),
        button=Button(_("See what stands"), about.address),
    )


def not_released(about: About, why: str) -> Wording:
    """To the officers of an office: what was to be released on a set day was not."""
    return Wording(
        subject=_("Not released: %(record)s") % {"record": about.record},
        body=(
            _("“%(record)s” was to be released for %(office)s now, and was not:") % _named(about),
            why,
            _("The public reads nothing of it. You can release it yourself, or set another day."),
        ),
        button=Button(_("See what stands in the way"), about.address),
    )


def _named(about: About) -> dict[str, str]:
    return {"office": about.office, "record": within_quotes(about.record)}


def _quoted(note: str) -> tuple[str, ...]:
    return (note,) if note else ()
