"""What the front page says of an event, and where it leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from jinja2 import Environment

from amity.followup.choices import CommitmentKind, Completion, Outcome, Verdict
from amity.foundation.pages.links import url
from amity.gatherings.jinja import capital
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.site.queries import Event


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about, where that is, and what was said with it."""

    title: Text
    address: str
    words: Text | None


def install(environment: Environment) -> None:
    """Offer `event_subject` and `event_words`."""
    environment.globals.update(event_subject=event_subject, event_words=event_words)


def event_subject(event: Event) -> Subject:
    """The proposal or commitment the event is about."""
    of = event.of
    if event.what == "answered":
        return Subject(of.proposal.title, _anchored("proposal", of.proposal.key), of.reasons)
    if event.what == "decided":
        kind, item = ("commitment", of.commitment) if of.commitment else ("proposal", of.proposal)
        return Subject(item.title, _anchored(kind, item.key), of.reason)
    if event.what == "promised":
        return Subject(of.title, _anchored("commitment", of.key), of.text)
    return Subject(of.commitment.title, _anchored("commitment", of.commitment.key), of.text)


def event_words(event: Event) -> str:
    """Who did what, in a few words."""
    of = event.of
    if event.what == "promised":
        return capital(str(CommitmentKind(of.kind).label))
    if event.what == "reported":
        return _("%(side)s reports: %(completion)s") % {
            "side": plain(of.side.area.name),
            "completion": Completion(of.completion).label,
        }
    if event.what == "answered":
        return _("%(side)s answers: %(verdict)s") % {
            "side": plain(of.side.area.name),
            "verdict": Verdict(of.verdict).label,
        }
    if event.what == "reviewed":
        return _("%(reviewer)s reviews: %(completion)s") % {
            "reviewer": plain((of.reviewer or of.organization).name),
            "completion": Completion(of.completion).label,
        }
    return _("Decided at the closing: %(outcome)s") % {"outcome": Outcome(of.outcome).label}


def _anchored(kind: str, key: str) -> str:
    return url(f"followup:{kind}", key=key)
