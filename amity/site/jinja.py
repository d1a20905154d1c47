"""What the front page says of an event, and where it leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from jinja2 import Environment

from amity.followup.models import Answer, Commitment, Disposition, Report, Review
from amity.foundation.pages.links import url
from amity.gatherings.jinja import capital
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.site.queries import Event, Happened


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
    page = "commitment" if isinstance(event.about, Commitment) else "proposal"
    address = url(f"followup:{page}", key=event.about.key)
    return Subject(event.about.title, address, _words(event.of))


def _words(of: Happened) -> Text | None:
    match of:
        case Answer():
            return of.reasons
        case Disposition():
            return of.reason
        case _:
            return of.text


def event_words(event: Event) -> str:
    """Who did what, in a few words."""
    match of := event.of:
        case Commitment():
            return capital(of.get_kind_display())
        case Report():
            return _("%(side)s reports: %(completion)s") % {
                "side": plain(of.side.area.name),
                "completion": of.get_completion_display(),
            }
        case Answer():
            return _("%(side)s answers: %(verdict)s") % {
                "side": plain(of.side.area.name),
                "verdict": of.get_verdict_display(),
            }
        case Review():
            reviewer = of.reviewer or of.organization
            return _("%(reviewer)s reviews: %(completion)s") % {
                "reviewer": plain(reviewer.name if reviewer else None),
                "completion": of.get_completion_display(),
            }
        case Disposition():
            return _("Decision: %(outcome)s") % {"outcome": of.get_outcome_display()}
