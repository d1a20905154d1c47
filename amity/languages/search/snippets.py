"""Snippets: the piece of a text that holds what was asked for, with the hits marked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from amity.languages.search.folding import runs, sounds, tokens

AROUND = 70
"""Characters that are shown before and after the first hit, up to a word's edge."""
LONGEST = 220


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a snippet; `hit`: they are what was asked for."""

    words: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Pieces of one version; `cut_before`, `cut_after`: whether more stands there."""

    pieces: tuple[Piece, ...]
    hits: int
    cut_before: bool = False
    cut_after: bool = False

    @property
    def words(self) -> str:
        """The words alone."""
        dots = ("… " if self.cut_before else "", " …" if self.cut_after else "")
        return "".join(piece.words for piece in self.pieces).join(dots)


def snippet(words: str, wanted: Collection[str], whole: bool = False) -> Snippet:
    """The piece of `words` with hits of the tokens `wanted`; all of it where `whole`."""
    marked = [span for span in runs(words) if _is_hit(words[slice(*span)], wanted)]
    start, end = (0, len(words)) if whole else _window(words, [at for at, _ in marked])
    inside = [(a, b) for a, b in marked if a >= start and b <= end]
    pieces = tuple(_pieces(words, start, end, inside))
    return Snippet(pieces, len(marked), start > 0, end < len(words))


def _is_hit(word: str, wanted: Collection[str]) -> bool:
    return any(
        token in wanted or any(sound in wanted for sound in sounds(token)) for token in tokens(word)
    )


def _window(words: str, hits: Sequence[int]) -> tuple[int, int]:
    if len(words) <= LONGEST:
        return 0, len(words)
    first = hits[0] if hits else 0
    start = max(0, first - AROUND)
    if start:
        space = words.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(words), start + LONGEST)
    if end < len(words):
        space = words.rfind(" ", start, end)
        end = space if space > first else end
    return start, end


def _pieces(words: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = start
    for begin, stop in hits:
        if begin > at:
            yield Piece(words[at:begin], False)
        yield Piece(words[begin:stop], True)
        at = stop
    if at < end:
        yield Piece(words[at:end], False)
