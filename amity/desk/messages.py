"""The wording of letters about joint work."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.typography import within_quotes


@dataclass(frozen=True, slots=True)
class About:
    """Which office did it, with which record, and where that stands, in the reader's language."""

    office: str
    record: str
    address: str


def proposed(about: About, note: str) -> Wording:
    """To the other sides: they are asked to agree to a change."""
    return Wording(
        subject=_("A change is proposed: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s proposes a change of “%(record)s”, which every side has confirmed.")
            % _named(about),
            *_quoted(note),
            _("It takes effect where every side agrees. Until then all read what was last agreed."),
        ),
        button=Button(_("See the change and answer"), about.address),
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
