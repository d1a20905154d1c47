"""Reads of what holders say was published, and of what the record knows of it already."""

from amity.followup.models import Report
from amity.sources.choices import NO_VOICE
from amity.sources.models import Article, Source
from amity.turns.models import GivenPassage, Turn


def passage_of(turn: Turn) -> GivenPassage | None:
    """What the holder of a turn says was published, until its report is accepted."""
    return GivenPassage.objects.filter(turn=turn).first()


def passage_with(report: Report) -> GivenPassage | None:
    """What came with a report, and is in the record when that is accepted."""
    return GivenPassage.objects.filter(turn__report=report).first()


def article_at(address: str) -> Article | None:
    """The first article that somebody published at an address; none without one."""
    rows = Article.objects.exclude(source__kind__in=NO_VOICE).order_by("pk")
    return rows.filter(url=address).first() if address else None


def source_called(name: str) -> Source | None:
    """The first publisher of this name, in whichever language."""
    wanted = _plain(name)
    for source in Source.objects.exclude(kind__in=NO_VOICE).order_by("pk"):
        if wanted in map(_plain, source.name.all_words()):
            return source
    return None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
