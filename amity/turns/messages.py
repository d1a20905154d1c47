"""What the letters about turns say."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.typography import labelled, within_quotes


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
        labelled(_("Due"), _day(told.due)),
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
            % {"name": told.name, "date": _day(told.expires)},
            _("If somebody else is in charge, tell %(office)s.") % {"office": told.office},
        ),
    )


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
