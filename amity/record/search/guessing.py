"""Terms that may be meant instead of those typed: near to one, or beginning so; how frequent."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from amity.languages.search.asking import Asked
from amity.languages.search.errors import Block, block_of, near
from amity.languages.search.folding import LATIN_FORM
from amity.record.acting import Acting
from amity.record.models import SearchTerm

from .engines import engine
from .narrowing import ANYTHING, conditions_for

MOST_BLOCKS = 3
"""For so many tokens of a term what is near to them is looked for."""
MOST_ASKED = 4
"""So many tokens of a term are asked for where it is to be known whether it stands somewhere."""
MOST_CANDIDATES = 60
MOST_GUESSED = 4
ENOUGH = 20
"""A term that so many records have counts as frequent."""


def guessed_for(
    wanted: Asked, acting: Acting
) -> tuple[dict[str, tuple[str, ...]], Mapping[str, int]]:
    """For each term that nothing has, those near to it that stand in something that may be read.

    And how often each token stands there. Where each term stands somewhere, and never all
    together, any of them may be mistyped.
    """
    blocks = [
        (term.token, block)
        for term in wanted.terms
        for token in term.all_tokens[:MOST_BLOCKS]
        if (block := block_of(token)) is not None
    ]
    terms = _in_blocks([block for _, block in blocks])
    candidates = sorted(
        (errors, term.startswith(LATIN_FORM), term[0] != typed[0], term, typed)
        for typed, block in blocks
        for errors, term in near(block, terms)
    )
    own = [term.token for term in wanted.terms]
    own += [token for term in wanted.terms for token in term.all_tokens[1:MOST_ASKED]]
    known = _frequencies([*own, *(candidate[3] for candidate in candidates)], acting)
    right = {term.token for term in wanted.terms if any(map(known.get, term.all_tokens))}
    if len(right) == len(wanted.terms):
        right = set()
    found: dict[str, list[tuple[int, str]]] = {}
    for errors, _, _, term, typed in sorted(
        candidates, key=lambda one: (*one[:3], -known.get(one[3], 0), one[3])
    ):
        near_to_it = found.setdefault(typed, [])
        nearest = not near_to_it or near_to_it[0][0] == errors
        if known.get(term) and typed not in right and nearest and len(near_to_it) < MOST_GUESSED:
            near_to_it.append((errors, term))
    instead = {typed: tuple(term for _, term in some) for typed, some in found.items() if some}
    return instead, known


def _in_blocks(blocks: Sequence[Block]) -> list[str]:
    """Terms that stand in one of the blocks. One statement, whatever there is."""
    condition = Q(pk__in=())
    for block in blocks:
        condition |= Q(head=block.head) | Q(tail=block.tail)
    terms = SearchTerm.objects.filter(condition).values_list("term", flat=True)
    lengths = {n for block in blocks for n in range(block.shortest, block.longest + 1)}
    return [term for term in terms if len(term) in lengths]


def beginning_with(start: str, acting: Acting) -> tuple[str, ...]:
    """Terms that begin so and stand in something that may be read, the most frequent first."""
    terms = SearchTerm.objects.filter(term__gte=start, term__lt=start + "\U0010ffff")
    candidates = list(terms.order_by("term").values_list("term", flat=True)[:MOST_CANDIDATES])
    known = _frequencies(candidates, acting)
    return tuple(
        sorted((one for one in candidates if known.get(one)), key=lambda t: (-known[t], t))
    )


def _frequencies(terms: Iterable[str], acting: Acting) -> dict[str, int]:
    """How many records that whoever acts may read have each term, up to ENOUGH. One statement."""
    one = engine(DEFAULT_DB_ALIAS)
    some = list(dict.fromkeys(terms))[:MOST_CANDIDATES] or ["q9q9q9q9"]
    conditions, values = conditions_for(acting, ANYTHING)
    sql = one.counts(len(some), conditions, ENOUGH)
    pairs = [value for term in some for value in (term, one.asked_for(term))]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [*pairs, *values])
        return {term: count for term, count in cursor.fetchall() if count}
