"""Lists of the desk narrowed by what is typed, in any spelling.

What readers find by the index is found by it here, too, among what whoever acts may read. Kinds
that are no part of search (posts, sides, sources, pictures …) are found by the words of their
names and numbers, without case and marks; drafts by all that was typed into them.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from amity.desk.finding.spelling import has_words, spelled
from amity.desk.models import Draft
from amity.desk.queries import entries_of
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.search.narrowing import Narrowed
from amity.record.search.reading import listed

SHOWN = 80
"""Characters of a draft that say which it is."""


def found(
    acting: Acting, kind: Kind, words: str, mine: bool = False
) -> "QuerySet[Entry] | list[Entry]":
    """The entries of a kind that `words` find, the best first; all of them for no words."""
    entries = entries_of(acting, kind, mine)
    if not words:
        return entries
    if kind.searched is not None:
        numbers = listed(words, acting, Narrowed(kind=kind.kind))
    else:
        numbers = list(spelled(entries, words))
    there = {one.pk: one for one in entries.filter(pk__in=numbers)}
    return [there[number] for number in numbers if number in there]


def drafts_with(drafts: QuerySet[Draft], words: str) -> list[tuple[Draft, str]]:
    """Drafts of new records with all words, each with the first of what was typed into it."""
    some = [
        (draft, list(_typed({**draft.values, "acting_for": ""}))) for draft in drafts.filter(key="")
    ]
    return [
        (draft, said[0][:SHOWN])
        for draft, said in some
        if said and has_words(" ".join(said), words)
    ]


def _typed(value: object) -> Iterator[str]:
    """All that was typed: in the values of a form, their lists and versions."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _typed(one)
    elif isinstance(value, list):
        for one in value:
            yield from _typed(one)
