"""What the letters about called off and postponed gatherings say."""

from django.utils.translation import gettext as _

from amity.desk.messages import About
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.letters.wording import Button, Wording
from amity.foundation.words.typography import labelled, within_quotes


def off(about: About, reason: str) -> Wording:
    """To the other sides: the gathering is called off."""
    return Wording(
        subject=_("Called off: %(record)s") % {"record": about.record},
        body=(_("%(office)s calls off “%(record)s”:") % _named(about), reason, _follow()),
        button=_button(about),
    )


def postponed(about: About, reason: str, when: DateAsSaid | None) -> Wording:
    """To the other sides: it is postponed, and to when, where that is known."""
    days = labelled(_("New days"), in_words(when)) if when else _("New days are not known yet.")
    return Wording(
        subject=_("Postponed: %(record)s") % {"record": about.record},
        body=(_("%(office)s postpones “%(record)s”:") % _named(about), reason, days, _follow()),
        button=_button(about),
    )


def restored(about: About, reason: str, when: DateAsSaid | None) -> Wording:
    """To the other sides: what was called off or postponed is to be held after all, and when."""
    days = (labelled(_("Days"), in_words(when)),) if when else ()
    return Wording(
        subject=_("To be held after all: %(record)s") % {"record": about.record},
        body=(
            _("%(office)s says that “%(record)s” is to be held after all:") % _named(about),
            reason,
            *days,
            _follow(),
        ),
        button=_button(about),
    )


def _follow() -> str:
    return _("Calendars and feeds follow by themselves. Your side has not confirmed this yet.")


def _button(about: About) -> Button:
    return Button(_("See what stands, and confirm it"), about.address)


def _named(about: About) -> dict[str, str]:
    return {"office": about.office, "record": within_quotes(about.record)}
