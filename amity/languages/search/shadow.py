"""The shadow of a record: the tokens by which it is found, in its names and in its texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from amity.languages.names import Kind
from amity.languages.names.readings import has_cyrillic, readings
from amity.languages.names.vietnamese import joined_from_russian
from amity.languages.search.folding import as_written, length, sign, sounded, sounds, tokens

MOST_SOUNDS = 12
"""How many readings of a Latin name are kept."""
MOST_TOKENS = 20_000
LONGEST_WHOLE = 80
"""Signs of forty names."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """Tokens with spaces between them, each once: those of the names, and those of the texts.

    `names`: the tokens of each other name, a name a line. `whole`: two signs for each name, where
    they are proper names.
    """

    name: str
    text: str
    names: str
    whole: str


def shadow_of(
    names: Iterable[str],
    texts: Iterable[str],
    key: str,
    kind: Kind | None = None,
    more: Iterable[str] = (),
    beside: Iterable[str] = (),
) -> Shadow:
    """The shadow of a record with these names and texts, in all languages.

    `more`: other names that it has. `beside`: names of others by which it is found too.
    `kind`: what they are names of, where they are proper names: those are found by how they
    sound and by how long they are, too, and areas without their spaces. `key`: its identifier.
    """
    name: dict[str, None] = dict.fromkeys(tokens(key))
    split = {words: tokens(words) for words in names}
    title = {*map(" ".join, split.values())}
    split |= {words: tokens(words) for words in more if words not in split}
    own = dict.fromkeys(" ".join(found) for found in split.values())
    whole: dict[str, None] = {}
    if kind is not None:
        name.update(dict.fromkeys(map(length, split.values())))
        whole = dict.fromkeys(map(sign, split.values()))
    split |= {words: tokens(words) for words in beside if words not in split}
    for found in split.values():
        for token in found:
            name.update(_in_names(token, kind is not None))
        if kind == Kind.AREA:
            name.update(dict.fromkeys(_joined(found)))
    text: dict[str, None] = {}
    for words in dict.fromkeys(texts):
        for token in tokens(words):
            text[token] = None
            for sound in sounds(token):
                text[sound] = None
        if len(text) > MOST_TOKENS:
            break
    rest = (one for one in text if one not in name)
    others = "\n".join(one for one in own if one not in title)
    return Shadow(" ".join(name), " ".join(rest), others, "".join(whole)[:LONGEST_WHOLE])


def _joined(found: list[str]) -> list[str]:
    """What a name of an area is without its spaces: Đà Nẵng is danang, and so may Дананг be."""
    if len(found) == 1 and has_cyrillic(found[0]):
        return sorted(joined_from_russian(found[0]))
    return ["".join(found)] if len(found) > 1 else []


@lru_cache(maxsize=65_536)
def _in_names(token: str, proper: bool) -> dict[str, None]:
    """What a token of a name is found by; nobody changes it.

    A Latin word that sounds as it is written is found by that sound without a token more.
    """
    found = (token, *sounds(token))
    if proper and token.isalpha() and not has_cyrillic(token):
        more = sounded(readings(token))[:MOST_SOUNDS]
        found = (*found, *(one for one in more if as_written(one) != token))
    return dict.fromkeys(found)
