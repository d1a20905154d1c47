"""What the letters to those who proposed something say.

None names whoever reads it, or says a word that was typed into a form: whoever typed it may have
given the address of somebody else. What is meant is known by its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.words.typography import labelled, within_quotes


@dataclass(frozen=True, slots=True)
class About:
    """What was sent in: its `number`, the `gathering`, and the `address` of its page."""

    number: str
    gathering: str
    address: str


def received(about: About, files: int) -> Wording:
    """The receipt; `files`: how many came with it."""
    counted = ngettext("%(count)s file came with it.", "%(count)s files came with it.", files)
    return _letter(
        _("Received: your proposal %(number)s"),
        about,
        _("Thank you. Your proposal for “%(gathering)s” is here.")
        % {"gathering": within_quotes(about.gathering)},
        labelled(_("Its number"), about.number),
        *([counted % {"count": files}] if files else []),
        _("Offices of both sides read it. You are written to at each step."),
    )


def reading(about: About) -> Wording:
    """Somebody reads it now."""
    return _letter(
        _("Being read: your proposal %(number)s"),
        about,
        _("An office is reading your proposal now."),
    )


def taken_up(about: About, numbers: Sequence[str], *, public: bool) -> Wording:
    """It is a proposal of the record now, or several."""
    if not numbers:
        raise ValueError(about.number)
    said = ngettext(
        "Your proposal stands in the record of both sides now, as %(numbers)s.",
        "Your proposal stands in the record of both sides now, in parts: %(numbers)s.",
        len(numbers),
    ) % {"numbers": ", ".join(numbers)}
    read_by = (
        _("Everybody can read it, and the sides asked are to answer it with reasons.")
        if public
        else _("For now the sides alone read it. They are to answer it with reasons.")
    )
    return _letter(_("Taken up: your proposal %(number)s"), about, said, read_by)


def joined(about: About, number: str) -> Wording:
    """It was joined to a proposal that stands in the record."""
    return _letter(
        _("Joined to another proposal: your proposal %(number)s"),
        about,
        _("Others ask the same. Your proposal was joined to %(number)s.") % {"number": number},
        _("What is answered to that one is the answer to yours too."),
    )


def declined(about: About, reason: str) -> Wording:
    """It is not taken up, and why."""
    return _letter(
        _("Not taken up: your proposal %(number)s"),
        about,
        _("Your proposal is not taken up. The office gives this reason:"),
        reason,
    )


def undeclined(about: About) -> Wording:
    """What was declined is decided on anew: the office took that back."""
    return _letter(
        _("Decided on anew: your proposal %(number)s"),
        about,
        _("That your proposal is not taken up holds no more."),
        _("An office reads your proposal once more and decides on it anew."),
    )


def reconsidered(about: About) -> Wording:
    """What had become of it was taken out of the record, and it is decided on anew."""
    return _letter(
        _("Decided on anew: your proposal %(number)s"),
        about,
        _("What had been taken up was taken out of the record again."),
        _("An office reads your proposal once more and decides on it anew."),
    )


def gone(about: About) -> Wording:
    """The gathering is no more, and it waits still."""
    return _letter(
        _("Still here: your proposal %(number)s"),
        about,
        _("The gathering for which you sent your proposal was taken out of the record."),
        _("The offices of both sides still have your proposal. You are told what becomes of it."),
    )


def moved(about: About, before: str) -> Wording:
    """It is dealt with for another gathering, under another number."""
    return _letter(
        _("Now for another gathering: your proposal %(number)s"),
        about,
        _("Your proposal %(before)s is now read for “%(gathering)s”.")
        % {"before": before, "gathering": within_quotes(about.gathering)},
        labelled(_("Its number now"), about.number),
    )


@dataclass(frozen=True, slots=True)
class News:
    """Something that followed from a proposal: who said or did what, and in which words."""

    said: str
    words: str


def answered(side: str, verdict: str, reasons: str, number: str) -> News:
    """A side has answered."""
    said = _("%(side)s answers %(number)s: %(verdict)s") % {
        "side": side,
        "number": number,
        "verdict": verdict,
    }
    return News(said, reasons)


def promised(title: str, number: str) -> News:
    """Something was promised because of it."""
    return News(labelled(_("Promised because of it"), number), title)


def decided(outcome: str, reason: str, number: str) -> News:
    """The closing of a gathering decided on it."""
    said = _("Decided on %(number)s: %(outcome)s") % {"number": number, "outcome": outcome}
    return News(said, reason)


def published(number: str) -> News:
    """What the sides alone read is read by everybody now."""
    return News(_("Everybody can read %(number)s now.") % {"number": number}, "")


def followed(about: About, news: Sequence[News]) -> Wording:
    """What followed from it."""
    lines = [line for one in news for line in (one.said, one.words) if line]
    return _letter(_("News of your proposal %(number)s"), about, *lines)


def _letter(subject: str, about: About, *body: str) -> Wording:
    return Wording(
        subject=subject % {"number": about.number},
        body=(_("Good day,"), *body),
        button=Button(_("See where it stands"), about.address),
        small=(
            _(
                "This address is yours alone: by it you can also withdraw the proposal or your "
                "name. Please do not pass it on."
            ),
            _(
                "If you proposed nothing, somebody typed your address by mistake: use the link to "
                "have it removed."
            ),
        ),
    )
