"""Tells the other sides of a joint record by mail what one side did with it.

Each verb is called in the transaction of what it tells of. A letter goes to whoever may answer
for another side, in their own language; the office of the recipient sees it among its letters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.models import MandateHeld
from amity.accounts.queries import officers_of_others
from amity.accounts.signed_in import AtDesk
from amity.desk import messages
from amity.desk.clocks.procedures import procedure_of
from amity.desk.clocks.reckoning import told_as
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import Copy, write_copies, write_letter
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.record import kinds, rules
from amity.record.actions import standings
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry, ProposedChange, Recorded

Say = Callable[[messages.About], Wording]
Once = Callable[[MandateHeld], str]
"""The name under which somebody's letter is written a single time."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Letters about one record, from whoever is at the desk."""

    at_desk: AtDesk
    kind: Kind
    record: Recorded

    def proposed(self, made: ProposedChange) -> None:
        """That the sides are asked to agree to a change, and in how many days where they have a
        silence procedure."""
        procedure = procedure_of(self.record.keeper)
        settled = standings.settled(self.kind.kind, self.record)
        days = procedure.days if procedure and settled else 0
        self._tell(
            "proposals",
            lambda about: messages.proposed(about, made.note, days),
            lambda held: told_as(made.pk, held.user_id),
        )

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
        kind, key, today = self.kind.kind, self.record.key, timezone.now().date()
        self._tell(
            "comments",
            lambda about: messages.commented(about, words),
            lambda held: f"comment:{kind}:{key}:{held.user_id}:{today}",
        )

    def published(self, name: str) -> None:
        """That an office lets everybody read a file with the record; once a day for each record."""
        kind, key, today = self.kind.kind, self.record.key, timezone.now().date()
        public = self.record.readers == PUBLIC
        self._tell(
            "files",
            lambda about: messages.file_published(about, name, public),
            lambda held: f"file:{kind}:{key}:{held.user_id}:{today}",
        )

    def _tell(self, part: str, say: Say, once: Once | None = None) -> None:
        if not rules.is_joint(self.record) or self.at_desk.office is None:
            return
        entry = Entry.everything.get(kind=self.kind.kind, key=self.record.key)
        sender = self.at_desk.office.organization.name
        copies = [
            Copy(
                held.user.email, held.user.language, _office_of(held), once(held) if once else None
            )
            for held in officers_of_others(self.at_desk.acting, self.record.keeper)
        ]
        write_copies(
            copies,
            lambda language: say(_about(sender, entry, _part_of(entry, part), language)),
            kind=entry.kind,
            key=entry.key,
        )


def ask_to_release(at_desk: AtDesk, gathering: Recorded, asked: Sequence[ProposedChange]) -> None:
    """That the other sides are asked to agree that everybody reads these, in one letter.

    Where a silence procedure runs, each has a letter of its own: by it the days are reckoned.
    """
    if not asked or at_desk.office is None:
        return
    if procedure_of(gathering.keeper) is not None:
        for made in asked:
            kind = kinds.get(made.entry.kind)
            record = kind.model.everything.get(key=made.entry.key)
            Telling(at_desk, kind, record).proposed(made)
        return
    entry = Entry.everything.get(kind="gathering", key=gathering.key)
    for held in officers_of_others(at_desk.acting, gathering.keeper):
        write_at(
            held,
            at_desk.office.organization.name,
            entry,
            lambda: reverse("desk_confirm_whole", args=["gatherings", entry.key]),
            lambda about: messages.asked_to_release(about, len(asked)),
        )


def write_to(
    held: MandateHeld,
    sender: Text,
    entry: Entry,
    part: str,
    say: Say,
    once: str | None,
    after: timedelta = timedelta(),
) -> bool:
    """Write a letter to one person about a record, from an office; False where it was written.

    `part`: which part of the record's page it leads to. `once`: the name under which it is written
    a single time. `after`: how long it waits.
    """
    return write_at(held, sender, entry, lambda: _part_of(entry, part), say, once, after)


def write_at(
    held: MandateHeld,
    sender: Text,
    entry: Entry,
    at: Callable[[], str],
    say: Say,
    once: str | None = None,
    after: timedelta = timedelta(),
) -> bool:
    """The same, leading to an address that is asked for in the recipient's language."""
    language = held.user.language
    with translation.override(language):
        about = _about(sender, entry, at(), language)
    letter = write_letter(
        held.user.email,
        language,
        lambda: say(about),
        office=_office_of(held),
        kind=entry.kind,
        key=entry.key,
        once=once,
        after=after,
    )
    return letter is not None


def _about(sender: Text, entry: Entry, address: str, language: str) -> messages.About:
    """Who writes, about which record, and where it is, in a language."""
    return messages.About(
        office=_in(sender, language),
        record=_in(entry.title, language),
        address=f"{settings.BASE_URL}{address}",
    )


def _part_of(entry: Entry, part: str) -> str:
    """The address of a part of a record's page, in the active language."""
    return f"{reverse('desk_record', args=[kinds.get(entry.kind).plural, entry.key])}#{part}"


def _office_of(held: MandateHeld) -> str:
    return held.office.register_key


def _in(text: Text, language: str) -> str:
    return text.words(preferences(language))
