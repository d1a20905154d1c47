"""What the letters of a year say, read back from their words."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.core.mail.message import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from bench.year_world import secret_in

FIRST = date(2026, 12, 1)
DAYS = 430
LINE = re.compile(r"^(C-2027-\d{3}) .* \((.*)\)$")


def lines_of(letter: EmailMultiAlternatives, language: str) -> Iterator[tuple[str, int, str, date]]:
    """Kind, stage, promise and day of each thing that a letter reminds of."""
    if secret := secret_in(letter):
        yield _asked(secret)
        return
    group = ("", 0)
    for line in str(letter.body).splitlines():
        group = _headings(language).get(line.strip(), group)
        if found := LINE.match(line.strip()):
            yield (*group, found[1], _days(language)[found[2]])


def _asked(secret: str) -> tuple[str, int, str, date]:
    """What a link asks about, whether it serves any more or not."""
    from amity.turns.queries import link_with

    link = link_with(secret)
    if link is None:
        raise LookupError(secret)
    return "ask", 0, link.turn.commitment.key, link.turn.due_on


@cache
def _headings(language: str) -> dict[str, tuple[str, int]]:
    with translation.override(language):
        found = {
            _("Due within %(days)s days:") % {"days": one}: ("due", one) for one in (7, 30, 90)
        }
        return found | {
            _("Late, without a report:"): ("late", 0),
            _("Waits for you:"): ("waiting", 0),
            _("Your side was to report on this by a day that has passed, and has not:"): (
                "missing",
                0,
            ),
        }


@cache
def _days(language: str) -> dict[str, date]:
    from amity.foundation.pages.formatting import day as told

    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    with translation.override(language):
        return {told(day): day for day in days}
