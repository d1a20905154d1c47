"""What tells records of one name apart in a list: the year of a measure, the side of a report."""

from collections import Counter
from collections.abc import Iterable

from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.queries import visible_to

TELLING = {"year": "year", "side": "side__area__name"}
"""Column of a kind that tells its records apart -> where its words are."""


def told_apart(acting: Acting, kind: Kind, entries: Iterable[Entry]) -> dict[str, str]:
    """Identifier -> what is said beside the name, of those whose name others in the list have too.

    Nothing is asked where every name stands once.
    """
    listed = {one.key: plain(one.title) for one in entries}
    counts = Counter(listed.values())
    alike = [key for key, name in listed.items() if counts[name] > 1]
    columns = {column.name for column in kind.model._meta.get_fields()}
    path = next((path for column, path in TELLING.items() if column in columns), "")
    if not alike or not path:
        return {}
    rows = visible_to(acting, kind.model).filter(key__in=alike).values_list("key", path)
    return {key: plain(it) if isinstance(it, Text) else str(it) for key, it in rows if it}
