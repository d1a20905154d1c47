"""What the letter about a webhook that was stopped says."""

from django.utils.translation import gettext as _

from amity.foundation.letters.wording import Button, Wording
from amity.webhooks.choices import Pause
from amity.webhooks.rule import GIVEN_UP_AFTER


def stopped(address: str, why: Pause, page: str) -> Wording:
    """To the officers of an office: one of its webhooks is told nothing any more."""
    if why == Pause.GONE:
        reason = _("The receiver answered that it is gone, so nothing more is sent to it.")
    else:
        reason = _(
            "Nothing has arrived there for more than %(days)s days, so nothing more is sent to it."
        ) % {"days": GIVEN_UP_AFTER.days}
    return Wording(
        subject=_("A webhook of your office has stopped"),
        body=(
            _("Your office lets Amity tell this address what changes:"),
            address,
            reason,
            _("When the receiver works again, send it a test from its page and take it up again."),
        ),
        button=Button(_("Open the webhook"), page),
    )
