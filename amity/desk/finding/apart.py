"""What tells records of one name apart in a list: a measure’s year, a report’s side and day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from amity.foundation.pages.formatting import day
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.queries import visible_to

TELLING = {
    "year": "year",
    "side": "side__area__name",
    "submitted_on": "submitted_on",
    "decided_on": "decided_on",
    "reviewed_on": "reviewed_on",
}
"""Column of a kind that tells its records apart -> where its words are."""


def told_apart(acting: Acting, kind: Kind, entries: Iterable[Entry]) -> dict[str, str]:
    """Identifier -> what is said beside the name, of those whose name others in the list have too.

    Nothing is asked where every name stands once.
    """
    listed = {one.key: plain(one.title) for one in entries}
    counts = Counter(listed.values())
    alike = [key for key, name in listed.items() if counts[name] > 1]
    columns = {column.name for column in kind.model._meta.get_fields()}
    paths = [path for column, path in TELLING.items() if column in columns]
    if not alike or not paths:
        return {}
    rows = visible_to(acting, kind.model).filter(key__in=alike).values_list("key", *paths)
    return {key: " · ".join(_said(it) for it in found if it) for key, *found in rows}


def _said(it: object) -> str:
    if isinstance(it, Text):
        return plain(it)
    return day(it) if isinstance(it, date) else str(it)
