"""Records of kinds that are no part of search, by the words of their names and numbers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from amity.languages.search.folding import tokens
from amity.record.models import Entry
from amity.record.search.reading import MOST_LISTED


def spelled(entries: QuerySet[Entry], words: str) -> Iterator[int]:
    """Numbers of the newest MOST_LISTED entries whose names or numbers have all words."""
    for number, key, title in entries.values_list("pk", "key", "title")[:MOST_LISTED]:
        if has_words(" ".join((key, *title.all_words())), words):
            yield number


def has_words(said: str, words: str) -> bool:
    """Whether each word that was typed begins a word of what is said, without case and marks."""
    there = tokens(said)
    return all(any(one.startswith(word) for one in there) for word in tokens(words))


def is_called(entry: Entry, words: str) -> bool:
    """Whether the words that were typed are the whole name, or the number, of a record."""
    wanted = list(tokens(words))
    return any(list(tokens(one)) == wanted for one in (entry.key, *entry.title.all_words()))
