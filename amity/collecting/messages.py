"""What the letters to those who proposed something say. None names whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.foundation.letters.wording import Button, Wording
from amity.foundation.typography import labelled, within_quotes


@dataclass(frozen=True, slots=True)
class About:
    """What was sent in: `number`, `title`, the `gathering`, and the `address` of its page."""

    number: str
    title: str
    gathering: str
    address: str


def received(about: About) -> Wording:
    """The receipt."""
    return _letter(
        _("Received: “%(title)s”"),
        about,
        _("Thank you. Your proposal for “%(gathering)s” is here.")
        % {"gathering": within_quotes(about.gathering)},
        labelled(_("Its number"), about.number),
        _("Offices of both sides read it. You are written to at each step."),
    )


def reading(about: About) -> Wording:
    """Somebody reads it now."""
    return _letter(
        _("Being read: “%(title)s”"), about, _("An office is reading your proposal now.")
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
    return _letter(_("Taken up: “%(title)s”"), about, said, read_by)


def joined(about: About, number: str) -> Wording:
    """It was joined to a proposal that stands in the record."""
    return _letter(
        _("Joined to another proposal: “%(title)s”"),
        about,
        _("Others ask the same. Your proposal was joined to %(number)s.") % {"number": number},
        _("What is answered to that one is the answer to yours too."),
    )


def declined(about: About, reason: str) -> Wording:
    """It is not taken up, and why."""
    return _letter(
        _("Not taken up: “%(title)s”"),
        about,
        _("Your proposal is not taken up. The office gives this reason:"),
        reason,
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
    return _letter(_("News of your proposal: “%(title)s”"), about, *lines)


def _letter(subject: str, about: About, *body: str) -> Wording:
    return Wording(
        subject=subject % {"title": within_quotes(about.title)},
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
