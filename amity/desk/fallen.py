"""Tells the sides whose confirmations fell away: what changed, by whom, where to confirm again.

One letter for each person and change, however many fields or records it was. It goes to who had
confirmed, while they may still confirm for the side, and else to whoever may now.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting as acting_for
from amity.accounts.queries import answering_for_side, with_deputies
from amity.desk import messages
from amity.desk.words import saying
from amity.foundation.database.batches import batched
from amity.foundation.differences import FieldChange
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Change
from amity.foundation.words.typography import labelled, semicolon
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record import kinds, references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.actions import enclosing
from amity.record.models import Entry, Standing
from amity.record.registration import fallen

MOST_RECORDS = 20
"""Named in one letter; the page to which it leads lists all."""
MOST_FIELDS = 12
FILES = ("attach", "detach")
"""The verbs of a file that is put on a record or taken away; their reason is its name."""


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    fallen.register(tell)


def tell(acting: Acting, numbers: Sequence[int]) -> None:
    """Write to those who had confirmed. Call it in the transaction of the change."""
    telling = _Telling(acting)
    for few in batched(numbers):
        rows = Standing.objects.filter(pk__in=few).order_by("pk")
        for standing in rows.select_related("entry", "given", "voided_by"):
            telling.add(standing)
    telling.write()


@dataclass(slots=True)
class _ToTell:
    """Whom to tell, of which records; `first`: the standings of those that the letter names."""

    held: MandateHeld
    first: list[Standing] = field(default_factory=list)
    records: set[int] = field(default_factory=set)

    def add(self, standing: Standing) -> None:
        if standing.entry_id not in self.records:
            self.records.add(standing.entry_id)
            if len(self.first) < MOST_RECORDS:
                self.first.append(standing)


@dataclass
class _Telling:
    """What one change voided, by the people who are to be told of it.

    `concerned`: who is told of what somebody confirmed for a side, with what they may.
    """

    acting: Acting
    people: dict[int, _ToTell] = field(default_factory=dict)
    concerned: dict[tuple[RegisterKey, int | None], list[tuple[MandateHeld, Acting]]] = field(
        default_factory=dict
    )

    def add(self, standing: Standing) -> None:
        """Remember whom to tell of a standing."""
        giver = standing.given.user_id if standing.given is not None else None
        if (standing.side, giver) not in self.concerned:
            self.concerned[standing.side, giver] = list(self._concerned(standing.side, giver))
        for held, acting in self.concerned[standing.side, giver]:
            if standing.entry.readers in acting.readers:
                self.people.setdefault(held.user_id, _ToTell(held)).add(standing)

    def write(self) -> None:
        """Write each person's letter."""
        if not self.people:
            return
        office, person = _sender(self.acting)
        titles = _titles(standing for one in self.people.values() for standing in one.first)
        for one in self.people.values():
            own = _office_of(one.held) == self.acting.office
            _write(one, office, person if own else "", titles)

    def _concerned(
        self, side: RegisterKey, giver: int | None
    ) -> Iterator[tuple[MandateHeld, Acting]]:
        """Who had confirmed or, where they may not any more, whoever may now; not who changed it.

        Whoever stands in for somebody absent is told with them.
        """
        if giver is not None and giver == self.acting.user:
            return
        partnership = references.partnership_of(side)
        may = [held for held, _acting in _confirming(side, partnership, answering_for_side(side))]
        gave = [held for held in may if held.user_id == giver]
        for held, acting in _confirming(side, partnership, with_deputies(gave or may)):
            if held.user_id != self.acting.user:
                yield held, acting


def _confirming(
    side: RegisterKey, partnership: RegisterKey, people: Iterable[MandateHeld]
) -> Iterator[tuple[MandateHeld, Acting]]:
    """Those of these people who may confirm for a side now, and what else they may."""
    for held in people:
        acting = acting_for(held.user, held.office)
        if rules.may_confirm(acting, partnership) and side in acting.voices(partnership):
            yield held, acting


def _sender(acting: Acting) -> tuple[Text | None, str]:
    """What the office is called that made the change, and the person; only colleagues read that."""
    kind, _colon, key = acting.office.partition(":")
    entry = Entry.everything.filter(kind=kind, key=key).first()
    person = ""
    if acting.user is not None:
        person = User.objects.get(pk=acting.user).name
    return entry.title if entry is not None else None, person


def _titles(standings: Iterable[Standing]) -> dict[str, Text]:
    """What the parts of records are called that changed, by register key. One statement."""
    keys = defaultdict(set)
    for one in standings:
        if one.voided_by is not None and one.voided_by.kind != one.entry.kind:
            keys[one.voided_by.kind].add(one.voided_by.key)
    return {
        f"{entry.kind}:{entry.key}": entry.title
        for kind, some in keys.items()
        for entry in Entry.everything.filter(kind=kind, key__in=some)
    }


def _write(told: _ToTell, office: Text | None, person: str, titles: dict[str, Text]) -> None:
    language, count, first = told.held.user.language, len(told.records), told.first[0].entry
    single = count == 1
    with translation.override(language):
        at = reverse("desk_to_confirm")
        if single:
            at = reverse("desk_record", args=[kinds.get(first.kind).plural, first.key])
        listed = tuple(
            messages.Fallen(
                plain(one.entry.title, language),
                semicolon().join(_what(one, titles, language)),
            )
            for one in told.first
        )
    who = ", ".join(filter(None, (person, plain(office, language))))
    address = f"{settings.BASE_URL}{at}{'#confirmed' if single else ''}"
    write_letter(
        told.held.user.email,
        language,
        lambda: messages.fallen(listed, count, who, address),
        office=_office_of(told.held),
        kind=first.kind if single else "",
        key=first.key if single else "",
    )


def _office_of(held: MandateHeld) -> RegisterKey:
    return held.office.register_key


def _what(standing: Standing, titles: dict[str, Text], language: str) -> list[str]:
    """What changed of a record, in words; each place once."""
    change = standing.voided_by
    if change is None:
        return []
    if change.verb in FILES:
        label = _("file put there") if change.verb == "attach" else _("file taken away")
        return [labelled(label, change.reason)]
    if change.kind != standing.entry.kind:
        title = titles.get(f"{change.kind}:{change.key}")
        label = str(kinds.get(change.kind).label)
        return [labelled(label, plain(title, language)) if title is not None else label]
    said = list(dict.fromkeys(_places(change, language)))
    return [*said[:MOST_FIELDS], "…"] if len(said) > MOST_FIELDS else said


def _places(change: Change, language: str) -> Iterator[str]:
    kind = kinds.get(change.kind)
    for one in map(FieldChange.from_json, change.paths):
        weighs = not one.path or one.path[0] in kind.keeping.weighty
        if weighs and "made_from" not in one.path:
            yield saying.label(kind, one.path, language)
    if "readers" in change.details:
        yield _("who reads it")
    if enclosing.FILES in change.details:
        yield _("files")
