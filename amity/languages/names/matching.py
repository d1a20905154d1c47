"""Whether two names are one: the rules, each with its name, and the score.

The score is the poorest rule's by which a token was matched, less a little for each part that
only one of the names has. Under THRESHOLD two names are not to be taken for one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from amity.languages.names import vietnamese
from amity.languages.names.places import former_name
from amity.languages.names.reading import Kind, Name, Token, read

THRESHOLD = 0.8
ONLY_ONE_HAS_IT = 0.01
LEAST_FOR_A_VOWEL = 6
COVERAGE = 0.6
"""What names are worth at most that have parts in common and do not match."""


class Rule(StrEnum):
    """By which two names, or two tokens of them, were found to be one; or apart."""

    SAME = "same"
    """The same letters, whatever their case."""
    PLACE = "place"
    """The alias table has a place that is called both."""
    FORMER_PLACE = "former place"
    """The alias table has a place that is called one and was called the other."""
    MARKS_LEFT_OUT = "marks left out"
    """Vietnamese, with and without its marks."""
    RUSSIAN_SYLLABLE = "Russian syllable"
    """Vietnamese, and its practical transcription into Russian."""
    TRANSCRIPTION = "transcription"
    """Two transcriptions have a reading in common."""
    VOWEL = "vowel"
    """Long tokens whose readings differ in one vowel before the end."""
    INITIAL = "initial"
    """One is an initial that the other may begin with."""
    JOINED = "joined"
    """The same letters when spaces count for nothing."""
    ACRONYM = "acronym"
    """One is made of the first letters of the other's words."""
    APART = "apart"
    """No rule makes them one."""


SCORES = {
    Rule.SAME: 1.0,
    Rule.PLACE: 1.0,
    Rule.TRANSCRIPTION: 0.97,
    Rule.RUSSIAN_SYLLABLE: 0.96,
    Rule.MARKS_LEFT_OUT: 0.95,
    Rule.JOINED: 0.94,
    Rule.FORMER_PLACE: 0.9,
    Rule.INITIAL: 0.88,
    Rule.VOWEL: 0.86,
    Rule.ACRONYM: 0.82,
    Rule.APART: 0.0,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of two names: the score from 0 to 1, and the poorest rule that counted."""

    score: float
    rule: Rule


def match(a: str, b: str, kind: str = Kind.PERSON) -> float:
    """How surely two names of a kind (`person`, `area`, `organization`) are one, from 0 to 1.

    THRESHOLD and more: they are. Symmetric and deterministic. Raises ValueError for another kind.
    """
    return explain(a, b, kind).score


def explain(a: str, b: str, kind: str = Kind.PERSON) -> Found:
    """The score of `match` and the rule that it follows from."""
    of = Kind(kind)
    one, other = read(a, of), read(b, of)
    if one.keys.isdisjoint(other.keys):
        return _acronym(one, other) if of == Kind.ORGANIZATION else NOTHING
    return BY_KIND[of](a, b, one, other)


NOTHING = Found(0.0, Rule.APART)


def keys(name: str, kind: str = Kind.PERSON) -> frozenset[str]:
    """Keys to look up what may match: two names that match by their letters have one in common."""
    return read(name, Kind(kind)).keys


def _persons(a: str, b: str, one: Name, other: Name) -> Found:
    return _by_tokens(one, other, _may_be_left_out)


def _areas(a: str, b: str, one: Name, other: Name) -> Found:
    if one.places and other.places:
        common = one.places & other.places
        if not common:
            return Found(COVERAGE / 2, Rule.APART)
        was = all(former_name(a, place) != former_name(b, place) for place in common)
        return _found(Rule.FORMER_PLACE if was else Rule.PLACE)
    return _by_tokens(one, other, lambda _: False)


def _organizations(a: str, b: str, one: Name, other: Name) -> Found:
    """Nearly all words, in any order: one word in six may be missing."""
    pairs, left, over = _paired(one, other)
    if not pairs:
        return _acronym(one, other)
    share = 2 * len(pairs) / (2 * len(pairs) + len(left) + len(over))
    poorest = min(pairs, key=SCORES.__getitem__)
    if share >= 0.9:
        return Found(SCORES[poorest] * share, poorest)
    return Found(COVERAGE * share, Rule.APART)


def _acronym(one: Name, other: Name) -> Found:
    for short, long in ((one, other), (other, one)):
        if len(short.tokens) == 1 and len(long.tokens) >= 3:
            letters = "".join(token.words[0] for token in long.tokens)
            if letters == short.tokens[0].words:
                return _found(Rule.ACRONYM)
    return NOTHING


BY_KIND: dict[Kind, Callable[[str, str, Name, Name], Found]] = {
    Kind.PERSON: _persons,
    Kind.AREA: _areas,
    Kind.ORGANIZATION: _organizations,
}


def _found(rule: Rule, less: float = 0.0) -> Found:
    return Found(SCORES[rule] - less, rule)


def _may_be_left_out(token: Token) -> bool:
    return token.patronymic or token.initial


def _by_tokens(one: Name, other: Name, optional: Callable[[Token], bool]) -> Found:
    """All tokens of both, but for what may be left out on one of the sides."""
    pairs, left, over = _paired(one, other)
    lacking = [token for token in (*left, *over) if not optional(token)]
    full = sum(rule != Rule.INITIAL for rule in pairs)
    enough = full >= 1 and (len(pairs) >= 2 or len(one.tokens) == len(other.tokens) == 1)
    if enough and not lacking and not (left and over) and _ordered(one, other):
        poorest = min(pairs, key=SCORES.__getitem__)
        return _found(poorest, ONLY_ONE_HAS_IT * (len(left) + len(over)))
    if len(one.tokens) != len(other.tokens) and not one.whole.isdisjoint(other.whole):
        return _found(Rule.JOINED)
    return Found(COVERAGE * len(pairs) / max(len(one.tokens), len(other.tokens), 1), Rule.APART)


def _paired(one: Name, other: Name) -> tuple[list[Rule], list[Token], list[Token]]:
    """The rules by which tokens found a partner, the best pairs first, and who is left over."""
    left, over = list(one.tokens), list(other.tokens)
    rules: list[Rule] = []
    for initials in (False, True):
        for token in tuple(left):
            best, partner = Rule.APART, -1
            for at, candidate in enumerate(over):
                if (token.initial or candidate.initial) == initials:
                    rule = _tokens(token, candidate, one, other)
                    if SCORES[rule] > SCORES[best]:
                        best, partner = rule, at
            if partner >= 0:
                rules.append(best)
                left.remove(token)
                del over[partner]
    return rules, left, over


def _tokens(one: Token, other: Token, of_one: Name, of_other: Name) -> Rule:
    if one.words == other.words:
        return Rule.SAME
    if one.initial or other.initial:
        return Rule.INITIAL if _begins(one, other) or _begins(other, one) else Rule.APART
    if of_one.vietnamese and of_other.vietnamese:
        return _syllables(one, other, of_one, of_other)
    if one.spoken is not None and other.spoken is not None:
        return Rule.APART if one.spoken.isdisjoint(other.spoken) else Rule.TRANSCRIPTION
    if not one.forms.isdisjoint(other.forms):
        return Rule.TRANSCRIPTION
    if _differ_in_a_vowel(one.forms, other.forms):
        return Rule.VOWEL
    return Rule.APART


def _begins(one: Token, other: Token) -> bool:
    """Whether `one` is an initial of `other`."""
    if not one.initial:
        return False
    if other.initial:
        return not one.forms.isdisjoint(other.forms)
    return any(start.startswith(form) for form in one.forms for start in other.starts)


def _syllables(one: Token, other: Token, of_one: Name, of_other: Name) -> Rule:
    """Short syllables must agree: nothing but marks may be missing, and no mark may differ."""
    if one.latin is not None and other.latin is not None:
        if one.latin.plain != other.latin.plain:
            return Rule.APART
        if vietnamese.agree(one.latin, other.latin, of_one.in_full, of_other.in_full):
            same = one.latin == other.latin
            return Rule.SAME if same else Rule.MARKS_LEFT_OUT
        return Rule.APART
    latin, russian = (one, other) if one.latin is not None else (other, one)
    if latin.latin is None:  # both are Cyrillic
        common = not one.russian.isdisjoint(other.russian)
        return Rule.RUSSIAN_SYLLABLE if common else Rule.APART
    agrees = vietnamese.agrees_with_russian(latin.latin, russian.russian)
    return Rule.RUSSIAN_SYLLABLE if agrees else Rule.APART


def _differ_in_a_vowel(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(
        min(len(one), len(other)) >= LEAST_FOR_A_VOWEL
        and one[0] == other[0]
        and one[-1] == other[-1]
        and _consonants(one) == _consonants(other)
        and Levenshtein.distance(one, other, score_cutoff=1) == 1
        for one in some
        for other in others
    )


VOWELS = str.maketrans("", "", "aeiou")


def _consonants(reading: str) -> str:
    return reading.translate(VOWELS)


def _ordered(one: Name, other: Name) -> bool:
    """Whether the order of three syllables and more says nothing against it.

    Vietnamese names are turned for foreign readers (Sơn Phan Anh, Anh Sơn Phan, Sơn Anh Phan);
    another order is another name (Phạm Minh Chính is not Phạm Chính Minh).
    """
    if not (one.vietnamese and other.vietnamese) or len(one.tokens) != len(other.tokens):
        return True
    if len(one.tokens) < 3:
        return True
    return any(
        all(
            _tokens(a, b, one, other) != Rule.APART for a, b in zip(one.tokens, turned, strict=True)
        )
        for turned in _turnings(other.tokens)
    )


def _turnings(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    for start in range(len(tokens)):
        yield (*tokens[start:], *tokens[:start])
    yield tokens[::-1]
