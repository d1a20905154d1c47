"""Tells the other sides of a joint record by mail what one side did with it.

Each verb is called in the transaction of what it tells of. A letter goes to whoever may answer
for another side, in their own language; the office of the recipient sees it among its letters.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.queries import officers_of_others
from amity.accounts.signed_in import AtDesk
from amity.desk import messages
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import write_letter
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.record import rules
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded

Say = Callable[[messages.About], Wording]


@dataclass(frozen=True, slots=True)
class Telling:
    """Letters about one record, from whoever is at the desk."""

    at_desk: AtDesk
    kind: Kind
    record: Recorded

    def proposed(self, note: str) -> None:
        """That the sides are asked to agree to a change."""
        self._tell("proposals", lambda about: messages.proposed(about, note))

    def answered(self, reasons: str) -> None:
        """That a proposed change was answered; with the reasons of an objection."""
        self._tell("proposals", lambda about: messages.answered(about, reasons))

    def withdrawn(self) -> None:
        """That a proposed change was withdrawn."""
        self._tell("proposals", messages.withdrawn)

    def disputed(self, reasons: str) -> None:
        """That a side disputes the record, or a place in it."""
        self._tell("disputes", lambda about: messages.disputed(about, reasons))

    def commented(self, words: str) -> None:
        """That somebody commented on the record; a person is told once a day for each record."""
        self._tell("comments", lambda about: messages.commented(about, words), daily=True)

    def _tell(self, part: str, say: Say, *, daily: bool = False) -> None:
        if not rules.is_joint(self.record) or self.at_desk.office is None:
            return
        kind, key = self.kind, self.record.key
        title = Entry.everything.get(kind=kind.kind, key=key).title
        sender = self.at_desk.office.organization.name
        today = timezone.now().date()
        for held in officers_of_others(self.at_desk.acting, self.record.keeper):
            language = held.user.language
            with translation.override(language):
                address = reverse("desk_record", args=[kind.plural, key])
            about = messages.About(
                office=_in(sender, language),
                record=_in(title, language),
                address=f"{settings.BASE_URL}{address}#{part}",
            )
            write_letter(
                held.user.email,
                language,
                lambda about=about: say(about),  # type: ignore[misc] # bound now, called at once
                office=f"organization:{held.office.organization.key}",
                kind=kind.kind,
                key=key,
                once=f"comment:{kind.kind}:{key}:{held.user_id}:{today}" if daily else None,
            )


def _in(text: Text, language: str) -> str:
    return text.words(preferences(language))
