"""What may stand in a text."""

import pytest

from amity.foundation.words.characters import WordsError, in_a_line, normal, quoted

DIRECTIONS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize("code", DIRECTIONS)
def test_what_turns_the_direction_is_refused_with_its_place_and_number(code: int) -> None:
    with pytest.raises(WordsError, match=f"U\\+{code:04X} at position 4 changes the direction"):
        normal(f"abc{chr(code)}def")
    assert quoted(f"a{chr(code)}b") == f"“a\\u{code:04x}b”"


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u200d", "\u00ad"])
def test_marks_that_move_nothing_may_stand(mark: str) -> None:
    assert normal(f"a{mark}b") == f"a{mark}b"


def test_all_sorts_of_line_breaks_become_one() -> None:
    assert normal("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"


def test_words_in_a_line_keep_the_spaces_that_do_not_break() -> None:
    assert in_a_line(" Qui\n vient\u202f?\t«\u00a0Tous\u00a0»\u202f ") == (
        "Qui vient\u202f? «\u00a0Tous\u00a0»"
    )
