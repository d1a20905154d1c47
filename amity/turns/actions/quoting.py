"""What a holder says was published becomes a source, an article and a passage of the record.

That happens as the report is accepted, and where everybody reads it: publishers and articles are
common and public. Elsewhere its words stand in the report alone.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amity.desk.new.naming import new_key
from amity.followup.models import Evidence, Report
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.models import Entry, Recorded
from amity.sources.models import Article, Claim, Passage, Source
from amity.turns import queries
from amity.turns.models import GivenPassage


def evidence_with(
    report: Report, given: GivenPassage, article: Article | None
) -> Sequence[Evidence]:
    """The rows of evidence of a report with what was published, as an article or in words."""
    rows = [
        Evidence(position=number, label=one.label, url=one.url, article=one.article)
        for number, one in enumerate(report.evidence.all(), 1)
    ]
    label = Text.of(_label(given, quoted=article is None), given.language)
    url = "" if article else given.address
    return [*rows, Evidence(position=len(rows) + 1, label=label, url=url, article=article)]


def quote(acting: Acting, report: Report, article: Article, given: GivenPassage) -> None:
    """Add the passage, which speaks of the commitment; call it in a transaction."""
    passage = Passage(
        dossier=report.dossier, article=article, language=article.language, quotation=given.quoted
    )
    _name(acting, passage)
    about = Entry.everything.get(kind="commitment", key=report.commitment.key)
    claims = [Claim(position=1, about=about)]
    writing.save(acting, passage, {"claims": claims}, audience=Audience.PUBLIC)


def article_of(acting: Acting, report: Report, given: GivenPassage, kind: str) -> Article:
    """The article that was published, of the record or new in it; call it in a transaction.

    `kind`: of a publisher that the record does not know. Raises ValidationError where that is
    not said, and what `record.actions.save` raises.
    """
    known = queries.article_at(given.address)
    if known is not None:
        return known
    source = queries.source_called(given.publisher)
    if source is None:
        if not kind:
            raise ValidationError(_("Say what kind of publisher it is: the record has none yet."))
        source = Source(
            dossier=report.dossier, kind=kind, name=Text.of(given.publisher, given.language)
        )
        _name(acting, source)
        writing.save(acting, source)
    article = Article(
        dossier=report.dossier,
        source=source,
        language=given.language,
        title=Text.of(given.title, given.language),
        url=given.address,
        published=DateAsSaid.on(given.published) if given.published else None,
    )
    _name(acting, article)
    writing.save(acting, article)
    return article


def _name(acting: Acting, record: Recorded) -> None:
    office = acting.office.partition(":")[2]
    record.key = new_key(kinds.of_model(type(record)), record, office)


def _label(given: GivenPassage, *, quoted: bool) -> str:
    words = f"{given.publisher}: {given.title}"
    if quoted and given.published:
        words += f" ({given.published.isoformat()})"
    return f"{words}: “{given.quoted}”" if quoted and given.quoted else words
