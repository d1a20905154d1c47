"""What is asked: a query taken apart into terms, each with the tokens that stand for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from amity.languages.names import vietnamese
from amity.languages.names.readings import has_cyrillic, readings
from amity.languages.search.folding import as_written, sounded, sounds, tokens

LONGEST_QUERY = 200
MOST_TERMS = 10
MOST_TOKENS = 16
SHORTEST_SOUND = 5
"""Sounds of fewer than three letters would find too much."""
VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is asked for: the token itself, and others by which it may be written.

    `named`: those that count in names only, where a short sound says enough.
    """

    token: str
    others: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """All that stand for it anywhere; the token itself first."""
        return (self.token, *self.others)

    @property
    def all_tokens(self) -> tuple[str, ...]:
        """All that stand for it somewhere."""
        return (*self.tokens, *self.named)

    def instead(self, tokens: Sequence[str]) -> "Term":
        """The term as it was meant, the likeliest of `tokens` first."""
        if not tokens:
            return self
        return replace(self, token=tokens[0], others=(*tokens[1:], *self.tokens))

    def beside(self, more: Iterable[str]) -> "Term":
        """The term with more tokens that may stand for it."""
        known = dict.fromkeys((*self.others, *more))
        return replace(self, others=tuple(one for one in known if one != self.token))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: every term must be found. `words`: as it was written, without needless spaces."""

    words: str
    terms: tuple[Term, ...]


def asked(query: str) -> Asked:
    """The query, taken apart. Never raises; what has no letters and digits asks for nothing."""
    words = " ".join(query[:LONGEST_QUERY].replace("\x00", " ").split())
    found = list(dict.fromkeys(tokens(words)))
    if len(found) > 1 and (number := next((one for one in found if _is_number(one)), None)):
        parts = {number[0], number[1:5], number[5:]}
        found = [one for one in found if one not in parts]
    return Asked(words, tuple(map(_term, found[:MOST_TERMS])))


def _is_number(token: str) -> bool:
    return len(token) > 5 and token[0].isalpha() and token[1:].isdigit()


def _term(token: str) -> Term:
    if not token.isalpha():
        return Term(token)
    if has_cyrillic(token):
        plain = {vietnamese.without_marks(one) for one in vietnamese.from_russian(token)}
        plain |= vietnamese.joined_from_russian(token)
        return Term(token, named=_named(token, sounds(token), sorted(plain)))
    if token.isascii() and VOWELS.isdisjoint(token):
        return Term(token)  # nobody says it aloud: by its sound it would find what it is not
    found = sounded(readings(token))
    long = tuple(one for one in found if len(one) >= SHORTEST_SOUND)[:MOST_TOKENS]
    syllable = vietnamese.syllable(token)
    if syllable is not None:
        return Term(token, named=_named(token, (*vietnamese_sounds(syllable.plain), *long)))
    return Term(token, long, _named(token, (), map(as_written, long)))


def _named(token: str, some: Iterable[str], plain: Iterable[str] = ()) -> tuple[str, ...]:
    """Sounds that count in names, and words there that are written as they sound."""
    sounds_ = list(dict.fromkeys(some))[:MOST_TOKENS]
    words = dict.fromkeys((*map(as_written, sounds_), *plain))
    return (*sounds_, *(one for one in words if one not in ("", token)))[:MOST_TOKENS]


def vietnamese_sounds(plain: str) -> tuple[str, ...]:
    """Sound tokens of the Russian forms of a syllable without marks."""
    forms = (readings(form) for form in vietnamese.russian_forms(plain))
    return tuple(sorted({token for some in forms for token in sounded(some)}))
