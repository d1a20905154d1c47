"""What letters to followers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import labelled, within_quotes


@dataclass(frozen=True, slots=True)
class News:
    """What changed about one thing: its `title`, where it is read, and the changes in words.

    `more`: how many changes are not told one by one.
    """

    title: str
    address: str
    lines: tuple[str, ...]
    more: int


def confirm(title: str, address: str, expires: date) -> Wording:
    """To an address that somebody typed: is it yours, and do you want this?"""
    return Wording(
        subject=_("Follow “%(title)s”?") % {"title": within_quotes(title)},
        body=(
            _("Somebody, probably you, asked that letters about this be sent to this address:"),
            title,
            _("Whenever something changes there you get a letter, one a day at most."),
        ),
        button=Button(_("Yes, follow it"), address),
        small=(
            _("The link serves until %(date)s.") % {"date": day(expires)},
            _("If it was not you, do nothing: the address is forgotten within two days."),
        ),
    )


def changed(news: Sequence[News], end: str) -> Wording:
    """What changed since the last letter, thing by thing; `end`: where the letters are ended."""
    body = []
    for one in news:
        lines = [one.title, *(f"– {line}" for line in one.lines)]
        if one.more:
            words = ngettext("and %(count)s more", "and %(count)s more", one.more)
            lines.append(f"– {words % {'count': one.more}}")
        if len(news) > 1:
            lines.append(one.address)
        body.append("\n".join(lines))
    subject = _("What changed: “%(title)s”") % {"title": within_quotes(news[0].title)}
    if len(news) > 1:
        words = ngettext(
            "%(count)s thing that you follow changed",
            "%(count)s things that you follow changed",
            len(news),
        )
        subject = words % {"count": len(news)}
    return Wording(
        subject=subject,
        body=tuple(body),
        button=Button(_("Read it"), news[0].address) if len(news) == 1 else None,
        small=(labelled(_("Follow less, or end these letters"), end),),
    )
