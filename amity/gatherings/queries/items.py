"""One session, one contribution."""

from collections.abc import Iterable

from django.db.models import Prefetch

from amity.gatherings.models import Contribution, Session, Statement
from amity.network.models import Person, Theme
from amity.record.removals import one_or_404
from amity.sources.queries import Evidence, evidence_about

from .joined import with_speakers, with_their_voices


def session_or_404(key: str) -> Session:
    """The session `key` with chairs, themes, contributions and speakers. Raises Http404.

    Five statements.
    """
    return one_or_404(
        Session.objects.select_related("gathering__place", "room", "dossier").prefetch_related(
            Prefetch("chairs", Person.objects.order_by("key")),
            Prefetch("themes", Theme.objects.order_by("key")),
            Prefetch("contributions", with_speakers()),
        ),
        key,
    )


def statements_in(session: Session) -> list[Statement]:
    """What was said in the session. One statement."""
    return list(with_their_voices(session.statements.all()))


def evidence_of(session: Session, statements: Iterable[Statement]) -> Evidence:
    """What was published about the session and what was said in it. One statement."""
    return evidence_about({"session": [session.key], "statement": [one.key for one in statements]})


def contribution_or_404(key: str) -> Contribution:
    """The contribution `key` with its session, gathering and speakers. Raises Http404.

    Two statements.
    """
    return one_or_404(
        with_speakers().select_related("session__gathering__place", "session__room", "dossier"),
        key,
    )
