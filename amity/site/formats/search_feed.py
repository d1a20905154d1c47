"""What a search finds, as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from amity.foundation.formats.atom import Atom
from amity.foundation.pages.links import absolute, url
from amity.site.found import Result


def found_atom(
    words: str, results: Sequence[Result], address: str, changed_at: datetime | None
) -> str:
    """The best that `words` find, in the page's language. `changed_at`: when the record changed."""
    page = f"{url('site:search')}?{urlencode({'q': words})}"
    feed = Atom(
        title=_("Search: %(words)s") % {"words": words},
        subtitle=_("What is found in the record, the best first."),
        page=absolute(page),
        address=address,
        changed_at=changed_at,
    )
    for result in results:
        link = absolute(result.address)
        feed.add_item(
            title=f"{result.kind}: {result.title.said.words}",
            link=link,
            unique_id=f"{link}#{result.entry.kind}-{result.entry.key}",
            description=result.words,
            updateddate=changed_at,
            author_name="Amity",
        )
    return feed.writeString("utf-8")
