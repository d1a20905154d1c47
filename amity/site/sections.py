"""What the site adds to the pages of records: boxes for other sites."""

from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.public import Page
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.sections import Section, register
from amity.site.contexts import EmbedSection
from amity.site.queries.embedded import EMBEDDED


def embed_of(record: Recorded, page: Page) -> EmbedSection:
    """How another site shows the record. No statement."""
    kind = kinds.of_model(type(record))
    return EmbedSection(
        box=absolute(url("site:embed", kind=kind.kind, key=record.key)),
        badge=absolute(url("site:badge", kind=kind.kind, key=record.key)),
        title=plain(getattr(record, kind.name[0])),
        address=absolute(kinds.entry_url(kind.kind, record.key) or ""),
    )


def register_sections() -> None:
    """Add them; called when Django starts."""
    for kind in EMBEDDED:
        register(kind, Section("embed", embed_of, 895))
