"""What is asked in tests of search: 400 queries on records that both databases hold."""

import random
from collections.abc import Iterator

from bench.generated_search import Made, records

COUNT = 300
BY_HAND = (
    "phan anh",
    "Фан Ань",
    "PHAN ÁNH",
    "nguyen",
    "нгуен",
    "Nguyễn",
    "r-1",
    "r 1",
    "triển lãm",
    "trien lam",
    "выставка",
    "фотовыставка",
    "fotovystavka",
    "exposition de photographies",
    "festival",
    "фестиваль",
    "l'eau",
    "d’étudiants",
    "children’s books",
    "зyong",
    "a",
    "1",
    "c-2025-007",
    "()",
    '"',
    "AND OR NOT",
    "NEAR(a b)",
    "name : nguyen",
    "^nguyen",
    "nguyen*",
    "-nguyen",
    "nguyen & tran | le",
    "!nguyen",
    "nguyen:*",
    "<->",
    "'",
    "\\",
    "%",
    "_",
    "{name}",
    "習近平",
    "ﬁlm",
    "naïve café",
    "0x1f",
    "1e5",
    "12.5",
    "http://example.org/a?b",
    "a@b.example",
    "ສະບາຍດີ",
    "สวัสดี",
    "हिन्दी",
    "Ελλάδα",
    "עברית",
    "ქართული",
    "😀",
    "ǅ",
    "İstanbul",
    "ß",
    "q9fan",
    "u8616263",
    "festival festival",
    "the",
    "tại",
    "tai",
)


def made() -> list[Made]:
    """The records."""
    return list(records(COUNT))


def queries() -> list[str]:
    """400 queries: those by hand, and words of the records, whole, mixed and mistyped."""
    chosen = random.Random(3)  # noqa: S311 - not for secrets
    found = dict.fromkeys(BY_HAND)
    for query in _generated(chosen, made()):
        found[query] = None
        if len(found) == 400:
            break
    return list(found)


def _generated(chosen: random.Random, some: list[Made]) -> Iterator[str]:
    while True:
        one = chosen.choice(some)
        words = one.name.versions[chosen.choice(["vi", "ru", "fr", "en"])].words.split()
        yield chosen.choice(words)
        yield " ".join(chosen.sample(words, min(2, len(words))))
        typed = [typed for _, typed in (*one.romanised, *one.unmarked)]
        yield " ".join(chosen.sample(typed, min(2, len(typed))))
        word = chosen.choice(words)
        if len(word) > 4:
            at = chosen.randrange(1, len(word) - 1)
            yield word[:at] + chosen.choice("aeknоит") + word[at + 1 :]
