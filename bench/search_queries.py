"""What `bench/search.py` asks of generated records, and what is right to find."""

import random
from collections import Counter
from collections.abc import Sequence

from bench.generated_search import Made, Word

QUERIES = 200
LONG = 8
"""Words of so many letters may have two errors."""
KEYBOARD = "abcdefghijklmnopqrstuvwxyz"

Query = tuple[str, frozenset[Word]]


def queries(made: Sequence[Made]) -> dict[str, list[Query]]:
    """Queries of each sort, with the two words that a right hit has."""
    chosen = random.Random(7)
    found: dict[str, list[Query]] = {
        name: [] for name in ("exact", "romanised", "undiacritised", "with an error")
    }
    while len(found["with an error"]) < QUERIES:
        one = chosen.choice(made)
        if one.kind == "area":
            continue
        for name, typed in (("romanised", one.romanised), ("undiacritised", one.unmarked)):
            pair = chosen.sample(typed, 2)
            found[name].append(
                (" ".join(words for _, words in pair), frozenset(w for w, _ in pair))
            )
        words = [word for word, _ in chosen.sample(one.unmarked, 2)]
        versions = one.name.versions
        tag = chosen.choice(["vi", "ru"])
        if one.kind == "person":
            parts = versions[tag].words.split()
            order = [word for word, _ in one.romanised]
            query = " ".join(parts[order.index(word)] for word in words)
        else:
            query = f"{versions[tag].words.split()[0]} {versions[tag].words.split()[-1]}"
        found["exact"].append((query, frozenset(words)))
        mistyped = mistake(chosen, found["undiacritised"][-1][0])
        if mistyped:
            found["with an error"].append((mistyped, found["undiacritised"][-1][1]))
    return {name: some[:QUERIES] for name, some in found.items()}


def mistake(chosen: random.Random, query: str) -> str:
    """The query with one letter of its longest word wrong, missing, doubled or exchanged."""
    words = query.split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[at]
    if len(word) < 5:
        return ""
    place = chosen.randrange(1, len(word) - 1)
    other = chosen.choice([sign for sign in KEYBOARD if sign != word[place]])
    words[at] = chosen.choice(
        (
            word[:place] + other + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + other + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return " ".join(words) if words[at] != word else ""


def hostile(made: Sequence[Made]) -> list[str]:
    """Queries that ask for as much work as a query can: long, common, mistyped, strange."""
    counted = Counter(word for one in made[:20_000] for _, word in one.unmarked)
    common = [word for word, _ in counted.most_common(40) if len(word) > 1]
    cyrillic = Counter(
        word for one in made[:20_000] for word in one.name.versions["ru"].words.split()
    )
    russian = [word for word, _ in cyrillic.most_common(40)]
    long = [word for word in counted if len(word) >= LONG][:40]
    chosen = random.Random(11)
    wrong = [word[:3] + chosen.choice(KEYBOARD) + word[4:] for word in (long or common)]
    found = [
        "a" * 200,
        " ".join(KEYBOARD),
        "%_" * 100,
        "\"' OR NEAR(a b) *" * 12,
        "đ" * 200,
        "\0 a:b^2",
    ]
    for words in (common, russian, wrong, [*common[:5], *russian[:5]], [*wrong[:5], *russian[:5]]):
        found += [words[0], " ".join(words[:2]), " ".join(words[:10]), " ".join(reversed(words))]
        found += [" ".join(chosen.sample(words, 5)) for _ in range(10)]
    return found
