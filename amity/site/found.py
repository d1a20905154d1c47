"""What a search shows: each record by its name, with the words that were found, marked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _

from amity.foundation.pages.speaking import page_language
from amity.languages.jinja import best, language_name, plain
from amity.languages.search.snippets import Snippet, snippet
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.models import Dossier, Entry, Recorded
from amity.record.queries import visible_entries
from amity.record.search.narrowing import Narrowed
from amity.record.search.ranking import Ranked
from amity.record.search.reading import Found

Counted = TypeVar("Counted", str, int)

FACET_LENGTH = 12
"""How many values of a facet are offered, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of a version: its language where it is not the page's, and its pieces."""

    tag: str
    language: str
    said: Snippet


@dataclass(frozen=True, slots=True)
class Result:
    """One record that was found.

    `title`: as readers of this page see it. `others`: pieces of other versions of the title, and
    of its texts, that hold what was looked for. `called`: another name that does. `guessed`: only
    by a guess at typing errors.
    """

    entry: Entry
    kind: str
    address: str
    title: Quoted
    others: tuple[Quoted, ...]
    year: int | None
    guessed: bool
    called: str = ""

    @property
    def fictional(self) -> bool:
        """Whether it is invented."""
        return self.entry.dossier.fictional

    @property
    def words(self) -> str:
        """The first piece in plain words, for feeds and programs."""
        return self.others[0].said.words if self.others else self.called


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many records have it, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """By what the found can be narrowed: the parameter's name and its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def results(found: Found, start: int, end: int) -> list[Result]:
    """Some of what was found, in its order. One statement for all their texts."""
    some = found.ranked[start:end]
    rows = Entry.everything.filter(pk__in=[one.number for one in some]).select_related("dossier")
    entries = {entry.pk: entry for entry in rows}
    texts = _texts_of(list(entries.values()))
    made = [
        _result(one, entries[one.number], texts.get(one.number, ()), found.wanted)
        for one in some
        if one.number in entries
    ]
    called = _called([one.entry for one in made if not one.title.said.hits], found)
    return [replace(one, called=called.get(one.entry.pk, "")) for one in made]


def _called(entries: Sequence[Entry], of: Found) -> dict[int, str]:
    """The other name by which each was found, by the number of its entry; as typed if it can be."""
    typed = {term.token for term in of.asked.terms}
    found: dict[int, str] = {}
    for kind in sorted({entry.kind for entry in entries}):
        searched = kinds.get(kind).searched
        if searched is None or searched.more is None:
            continue
        numbers = {entry.key: entry.pk for entry in entries if entry.kind == kind}
        for record in kinds.get(kind).model.everything.filter(key__in=numbers):
            names = searched.more(record)
            hits = (one for some in (typed, of.wanted) for one in names if snippet(one, some).hits)
            if hit := next(hits, ""):
                found[numbers[record.key]] = hit
    return found


def _texts_of(entries: Sequence[Entry]) -> dict[int, list[Text]]:
    """The texts by which records are found, by the number of their entry."""
    by_kind: dict[str, dict[str, int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, {})[entry.key] = entry.pk
    arms: list[QuerySet[Recorded, tuple[str, str, Text]]] = []
    for kind, keys in by_kind.items():
        one = kinds.get(kind)
        for name in one.searched.texts if one.searched else ():
            rows = one.model.everything.filter(key__in=keys).exclude(**{name: None})
            arms.append(rows.values_list(Value(kind), "key", name))
    if not arms:
        return {}
    found: dict[int, list[Text]] = {}
    for kind, key, text in arms[0].union(*arms[1:], all=True):
        found.setdefault(by_kind[kind][key], []).append(text)
    return found


def _result(ranked: Ranked, entry: Entry, texts: Iterable[Text], wanted: frozenset[str]) -> Result:
    shown = best(entry.title)
    title = Quoted(shown.tag, _named(shown.tag), snippet(shown.words, wanted, whole=True))
    others = []
    if not title.said.hits and (other := _with_most_hits(entry.title, wanted)):
        others.append(other)
    for text in texts:
        if best(text).words == shown.words:
            continue  # a statement is called what it says
        if (other := _with_most_hits(text, wanted)) is not None:
            others.append(other)
    label = kinds.get(entry.kind).label
    address = kinds.shown_at(entry) or ""
    return Result(entry, str(label), address, title, tuple(others[:2]), ranked.year, ranked.guessed)


def _with_most_hits(text: Text, wanted: frozenset[str]) -> Quoted | None:
    """The version for this reader where it has hits, else the one that has most."""
    own = best(text)
    order = sorted(text.versions, key=lambda tag: (tag != own.tag, tag))
    said = {tag: snippet(text.versions[tag].words, wanted) for tag in order}
    if said[own.tag].hits:
        return Quoted(own.tag, _named(own.tag), said[own.tag])
    most = max(order, key=lambda tag: said[tag].hits)
    return Quoted(most, _named(most), said[most]) if said[most].hits else None


def _named(tag: str) -> str:
    return "" if tag == page_language() else language_name(tag)


def facets(found: Found, narrowed: Narrowed, acting: Acting = STRANGER) -> list[Facet]:
    """By what this can be narrowed. Two statements, for names of partnerships and dossiers."""
    counts = found.counts
    partnerships = _most(counts.partnership)
    named = {
        entry.key: plain(entry.title)
        for entry in visible_entries(acting).filter(kind="partnership", key__in=partnerships)
    }
    dossiers = Dossier.objects.filter(pk__in=list(counts.dossier))
    of_dossiers = [
        Choice(
            one.key,
            plain(one.title),
            counts.dossier[one.pk],
            one.key == narrowed.dossier,
            one.fictional,
        )
        for one in dossiers.order_by("fictional", "key")
    ]
    of_kinds = [
        Choice(kind, str(kinds.get(kind).plural_label), count, kind == narrowed.kind)
        for kind, count in _most(counts.kind).items()
    ]
    of_partnerships = [
        Choice(key, named[key], count, key == narrowed.partnership)
        for key, count in partnerships.items()
        if key in named
    ]
    of_years = [
        Choice(str(year), str(year), counts.year[year], year == narrowed.year)
        for year in sorted(_most(counts.year), reverse=True)
    ]
    real = sum(one.count for one in of_dossiers if not one.fictional)
    of_what_is_real: tuple[Choice, ...] = ()
    if narrowed.fictional is False or any(one.fictional for one in of_dossiers):
        words = _("Hide invented examples")
        of_what_is_real = (Choice("1", words, real, narrowed.fictional is False),)
    made = (
        Facet("kind", _("Kind"), tuple(of_kinds)),
        Facet("partnership", _("Partnership"), tuple(of_partnerships)),
        Facet("year", _("Year"), tuple(of_years)),
        Facet("dossier", _("Dossier"), tuple(of_dossiers)),
        Facet("real", _("Real or invented"), of_what_is_real),
    )
    return [
        facet
        for facet in made
        if len(facet.choices) > 1
        or (facet.name == "real" and facet.choices)
        or any(choice.chosen for choice in facet.choices)
    ]


def _most(counts: "Counter[Counted]") -> "dict[Counted, int]":
    """The most frequent values with their counts."""
    return dict(counts.most_common(FACET_LENGTH))
