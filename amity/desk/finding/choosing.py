"""Choosing records by what is typed, in any spelling, among those that whoever acts may read."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.desk.finding.spelling import is_called, spelled
from amity.desk.queries import entries_of
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.models import Entry, Recorded
from amity.record.queries import visible_entries, visible_to
from amity.record.search.narrowing import Narrowed
from amity.record.search.ranking import Place
from amity.record.search.reading import search, suggest

MOST = 12
"""Suggestions at once; who sees more types more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be meant: its register key's parts, its name, and what tells it apart."""

    kind: str
    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Chooser:
    """Finds records by any spelling of their names for one who acts."""

    acting: Acting

    def suggestions(self, kind: str, words: str) -> list[Suggestion]:
        """The records of a kind (empty: of any) that are found by `words`, the best first.

        The last word may be a beginning; where nothing has the words, what is near to them.
        """
        return [suggestion for suggestion, _place in self._found(kind, words)]

    def named(self, kind: str, key: str, words: str) -> "Recorded | Entry | None":
        """The record that was chosen by `key`, or that alone is called by `words`.

        `key` is `kind/key` where any kind may be named. Raises ValidationError with what may be
        meant where there are several, or none.
        """
        if key:
            found = self._by_key(kind, key)
            if found is None:
                raise ValidationError(_("There is no %(key)s that you may read.") % {"key": key})
            return found
        if not words.strip():
            return None
        near = self._found(kind, words)
        called_so = [one for one, place in near if place <= Place.IS_CALLED_SO]
        by_name = called_so or [one for one, place in near if place < Place.TEXT]
        if len(by_name) == 1:
            (only,) = by_name
            return self._by_key(kind, only.key if kind else f"{only.kind}/{only.key}")
        raise ValidationError(
            _("Several are called like this: choose one.")
            if near
            else _("Nothing that you may read is called “%(words)s”.") % {"words": words}
        )

    def _found(self, kind: str, words: str) -> list[tuple[Suggestion, Place]]:
        if kind and kinds.get(kind).searched is None:
            return self._spelled(kind, words)
        narrowed = Narrowed(kind=kind or None)
        found = suggest(words, self.acting, narrowed)
        if not found.ranked:
            found = search(words, self.acting, narrowed)
        best = found.ranked[:MOST]
        entries = visible_entries(self.acting).in_bulk([one.number for one in best])
        return [
            (Suggestion(entry.kind, entry.key, entry.title), one.place)
            for one in best
            if (entry := entries.get(one.number)) is not None
        ]

    def _spelled(self, kind: str, words: str) -> list[tuple[Suggestion, Place]]:
        """Sides, rooms, posts and whatever else search does not know, the wholly named first."""
        if not words.strip():
            return []
        entries = entries_of(self.acting, kinds.get(kind))
        found = entries.filter(pk__in=list(spelled(entries, words)))
        ranked = [
            (
                Suggestion(one.kind, one.key, one.title),
                Place.IS_CALLED_SO if is_called(one, words) else Place.NAME,
            )
            for one in found
        ]
        return sorted(ranked, key=lambda one: one[1])[:MOST]

    def _by_key(self, kind: str, key: str) -> "Recorded | Entry | None":
        if not kind:
            name, _slash, rest = key.partition("/")
            return visible_entries(self.acting).filter(kind=name, key=rest).first()
        return visible_to(self.acting, kinds.get(kind).model).filter(key=key).first()
