"""Choosing records by what is typed, among those that whoever acts may read."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.models import Entry, Recorded
from amity.record.queries import visible_entries, visible_to

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
    """Finds records by name for one who acts."""

    acting: Acting

    def suggestions(self, kind: str, words: str) -> list[Suggestion]:
        """The records of a kind (empty: of any) whose names hold `words`. One statement."""
        entries = visible_entries(self.acting)
        if kind:
            entries = entries.filter(kind=kind)
        for one in words.split()[:6]:
            entries = entries.filter(title__icontains=one)
        return [
            Suggestion(entry.kind, entry.key, entry.title)
            for entry in entries.order_by("kind", "key")[:MOST]
        ]

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
        if not words:
            return None
        near = self.suggestions(kind, words)
        if len(near) == 1:
            return self._by_key(kind, near[0].key if kind else f"{near[0].kind}/{near[0].key}")
        raise ValidationError(
            _("Several are called like this: choose one.")
            if near
            else _("Nothing that you may read is called “%(words)s”.") % {"words": words}
        )

    def _by_key(self, kind: str, key: str) -> "Recorded | Entry | None":
        if not kind:
            name, _slash, rest = key.partition("/")
            return visible_entries(self.acting).filter(kind=name, key=rest).first()
        return visible_to(self.acting, kinds.get(kind).model).filter(key=key).first()
