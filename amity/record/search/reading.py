"""Asking the index: what is found, by whom it may be read, in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import starmap
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from amity.languages.search.asking import Asked, Term, asked
from amity.languages.search.folding import LATIN_FORM
from amity.record.acting import STRANGER, Acting
from amity.record.models import SearchDocument

from .engines import Matching, engine
from .guessing import beginning_with, guessed_for
from .narrowing import ANYTHING, Narrowed, conditions_for
from .ranking import Known, Ranked, rank

MOST_COUNTED = 300
"""So many records are looked at to count; what is found more often is said to be more."""
MOST_RANKED = 200
MOST_LISTED = 2_000
MOST_PARTLY = 3
"""So many terms are looked for one by one where nothing has all of them."""


class Row(NamedTuple):
    """A row that matches: the entry's number, and what it can be narrowed by."""

    number: int
    kind: str
    dossier: int
    partnership: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records are of which kind, partnership, year and dossier (by its number)."""

    kind: Counter[str] = field(default_factory=Counter)
    partnership: Counter[str] = field(default_factory=Counter)
    year: Counter[int] = field(default_factory=Counter)
    dossier: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found.

    `ranked`: the best entries in order. `counts`: of those that were looked at. `count`: how many
    there are, `more` whether there are yet more. `terms`: those that each has. `guessed`: the terms
    that were looked for instead, by what was typed; empty where nothing was. `wanted`: all tokens
    that count as hits. `partly`: whether nothing has every term, and these have some.
    """

    asked: Asked
    ranked: tuple[Ranked, ...] = ()
    count: int = 0
    more: bool = False
    counts: Counts = field(default_factory=Counts)
    guessed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    partly: bool = False
    terms: tuple[Term, ...] = ()

    @property
    def instead(self) -> str:
        """The query in the words that were looked for instead; empty where nothing was guessed."""
        if not self.guessed:
            return ""
        return " ".join(
            next(iter(self.guessed.get(term.token, ())), term.token) for term in self.asked.terms
        )


def search(query: str, acting: Acting = STRANGER, narrowed: Narrowed = ANYTHING) -> Found:
    """Find the records that whoever acts may read, and nothing of others.

    What others hold neither shows nor changes which statements are made. Never raises for a query.
    """
    wanted = asked(query)
    if not wanted.terms:
        return Found(wanted)
    found = _found(wanted, acting, narrowed)
    if found.ranked:
        return found
    guessed, known = guessed_for(wanted, acting)
    if not guessed:
        return _partly(wanted, known, acting, narrowed)
    terms = tuple(term.instead(guessed.get(term.token, ())) for term in wanted.terms)
    meant = Asked(" ".join(term.token for term in terms), terms)
    more = _found(meant, acting, narrowed, guessed=True)
    if not more.ranked:
        return _partly(wanted, known, acting, narrowed)
    plain = {
        token: tuple(one for one in words if not one.startswith(LATIN_FORM))
        for token, words in guessed.items()
    }
    return replace(more, asked=wanted, guessed={at: words for at, words in plain.items() if words})


def suggest(query: str, acting: Acting = STRANGER, narrowed: Narrowed = ANYTHING) -> Found:
    """What to show while somebody types: the last word may be the beginning of one."""
    wanted = asked(query)
    if not wanted.terms:
        return Found(wanted)
    last = wanted.terms[-1]
    if len(last.token) == 1 and len(wanted.terms) > 1:  # it says nothing yet
        return _found(replace(wanted, terms=wanted.terms[:-1]), acting, narrowed)
    begins = beginning_with(last.token, acting) if len(last.token) > 1 else ()
    terms = (*wanted.terms[:-1], last.beside(begins))
    found = _found(replace(wanted, terms=terms), acting, narrowed)
    return replace(found, asked=wanted)


def listed(query: str, acting: Acting, narrowed: Narrowed = ANYTHING) -> list[int]:
    """Numbers of the entries for a list that is looked through: the best first, then all others.

    The last word may be the beginning of one. At most MOST_LISTED.
    """
    found = suggest(query, acting, narrowed)
    if not found.ranked:
        found = search(query, acting, narrowed)
    if not found.ranked:
        return []
    matching = engine(DEFAULT_DB_ALIAS).matching(Asked(query, found.terms), names=False)
    rows = _rows(matching, acting, narrowed, MOST_LISTED)
    best = (one.number for one in found.ranked)
    return list(dict.fromkeys((*best, *(row.number for row in rows))))


def _found(
    wanted: Asked,
    acting: Acting,
    narrowed: Narrowed,
    *,
    guessed: bool = False,
    partly: bool = False,
) -> Found:
    matching = engine(DEFAULT_DB_ALIAS).matching
    named = _rows(matching(wanted, names=True), acting, narrowed, MOST_RANKED)
    if len(named) == MOST_RANKED and not partly:
        # what is called so and nothing else may be older than these
        called = engine(DEFAULT_DB_ALIAS).called(wanted)
        named = [*_rows(called, acting, narrowed, MOST_RANKED), *named]
    anywhere = _rows(matching(wanted, names=False), acting, narrowed, MOST_COUNTED + 1)
    in_name = dict.fromkeys(row.number for row in named)
    numbers = [*in_name, *(row.number for row in anywhere if row.number not in in_name)]
    documents = SearchDocument.objects.filter(pk__in=numbers[:MOST_RANKED])
    columns = ("pk", "entry__key", "entry__title", "names", "year")
    ranked = rank(
        wanted, starmap(Known, documents.values_list(*columns)), set(in_name), guessed=guessed
    )
    rows = anywhere[:MOST_COUNTED]
    hits = frozenset(token for term in wanted.terms for token in term.all_tokens)
    return Found(
        wanted,
        tuple(ranked),
        len(rows),
        len(anywhere) > MOST_COUNTED,
        _counts(rows),
        wanted=hits,
        terms=wanted.terms,
    )


def _partly(wanted: Asked, known: Mapping[str, int], acting: Acting, narrowed: Narrowed) -> Found:
    """Where nothing has all terms: what has one of them, of the rarest that stand somewhere."""
    if len(wanted.terms) < 2:
        return Found(wanted)

    def rarest(term: Term) -> tuple[bool, int, int]:
        count = known.get(term.token, 0)
        return not count, count, -len(term.token)

    some = sorted(wanted.terms, key=rarest)[:MOST_PARTLY]
    any_of_them = Term(
        some[0].token,
        tuple(token for term in some for token in term.tokens)[1:],
        tuple(token for term in some for token in term.named),
    )
    found = _found(replace(wanted, terms=(any_of_them,)), acting, narrowed, partly=True)
    return replace(found, asked=wanted, partly=True)


def _counts(rows: Iterable[Row]) -> Counts:
    counts = Counts()
    for row in rows:
        counts.kind[row.kind] += 1
        counts.dossier[row.dossier] += 1
        if row.partnership:
            counts.partnership[row.partnership] += 1
        if row.year is not None:
            counts.year[row.year] += 1
    return counts


def _rows(matching: Matching, acting: Acting, narrowed: Narrowed, most: int) -> list[Row]:
    conditions, values = conditions_for(acting, narrowed)
    sql = engine(DEFAULT_DB_ALIAS).rows(matching, conditions, most)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [*matching.values, *values])
        return [Row(*row) for row in cursor.fetchall()]
