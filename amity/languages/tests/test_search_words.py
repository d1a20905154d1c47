"""Words for search: folding, shadows, queries, typing errors and snippets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.languages.names import Kind
from amity.languages.search.asking import LONGEST_QUERY, MOST_TERMS, Term, asked
from amity.languages.search.errors import block_of, near
from amity.languages.search.folding import fold, sign, sounds, tokens
from amity.languages.search.shadow import shadow_of
from amity.languages.search.snippets import LONGEST, snippet


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("NGUYỄN", "nguyen"),
        ("Łódź", "lodz"),
        ("København", "kobenhavn"),
        ("cœur", "coeur"),
        ("Straße", "strasse"),
        ("ﬁlm", "film"),
        ("Ёлка", "елка"),
        ("Йошкар", "иошкар"),
        ("İstanbul", "istanbul"),
        ("Cơ sở", "co so"),
    ],
)
def test_words_lose_case_and_marks(words, folded):
    assert fold(words) == folded


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("l’amitié, d'abord", ["l", "amitie", "d", "abord"]),
        ("C-2025-007", ["c", "2025", "007", "c2025007"]),
        ("习近平", ["习", "近", "平"]),
        ("snake_case", ["snake", "case"]),
        ("…", []),
    ],
)
def test_tokens_are_runs_of_letters_and_digits(words, found):
    assert tokens(words) == found


@given(st.text(max_size=80))
def test_folding_is_idempotent_and_never_raises(words):
    assert fold(fold(words)) == fold(words)
    assert tokens(fold(words)) == tokens(words)


@given(st.text(max_size=300))
def test_a_query_has_few_terms_and_never_raises(words):
    found = asked(words)
    assert len(found.terms) <= MOST_TERMS
    assert len(found.words) <= LONGEST_QUERY


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("phan", "Фан"),
        ("Фан", "Phan"),
        ("tran", "Чан"),
        ("soglashenie", "соглашение"),
        ("soglachenie", "соглашение"),
        ("gorbatschow", "Горбачёв"),
        ("Калганов", "Kalganov"),
        ("kalganow", "Kalganov"),
        ("danang", "Đà Nẵng"),
        ("Дананг", "Đà Nẵng"),
        ("da", "Đà Nẵng"),
    ],
)
def test_a_name_is_found_in_another_script_and_transcription(typed, written):
    stands = set(shadow_of([written], [], "x", Kind.AREA).name.split())
    (term,) = asked(typed).terms
    assert stands & set(term.all_tokens)


def test_letters_that_nobody_says_aloud_have_no_sound():
    """By its sound “zzzqq” found organizations whose names are written quite differently."""
    assert asked("zzzqq").terms == (Term("zzzqq"),)
    assert asked("zazqq").terms[0].all_tokens != ("zazqq",)


def test_a_short_sound_counts_in_names_only():
    (term,) = asked("anh").terms
    assert (term.others, "q9an" in term.named) == ((), True)


def test_a_text_is_found_by_the_sound_of_its_cyrillic_words_and_names_come_first():
    shadow = shadow_of(["Ханой"], ["Столица: Ханой"], "ha-noi")
    assert shadow.name.split()[:3] == ["ha", "noi", "ханои"]
    assert "ханои" not in shadow.text.split()
    assert set(sounds("столица")) <= set(shadow.text.split())


def test_a_name_has_two_signs_that_never_change_and_its_order_counts():
    whole = shadow_of(["Hà Nội", "Ha Noi", "Nội Hà"], [], "x", Kind.AREA).whole
    assert whole == sign(["ha", "noi"]) + sign(["noi", "ha"]) == "l3d7"
    assert shadow_of(["Hà Nội"], [], "x").whole == ""


def test_a_number_is_one_term():
    assert [term.token for term in asked("C-2025-007 report").terms] == ["report", "c2025007"]


@pytest.mark.parametrize(
    ("typed", "terms", "found"),
    [
        ("leningrod", ["leningrad", "leningradskaya"], ["leningrad"]),
        ("trnog", ["trong", "tring"], ["trong"]),
        ("fesitval", ["festival", "festive"], ["festival"]),
        ("лененград", ["ленинград"], ["ленинград"]),
        ("nagn", ["nang", "bagn"], ["nang"]),
        ("leningrad", ["leningrad"], []),
    ],
)
def test_near_terms_are_those_with_few_errors(typed, terms, found):
    block = block_of(typed)
    assert block is not None
    assert [term for _, term in near(block, terms)] == found


@pytest.mark.parametrize("typed", ["abc", "2025", "c2025007", "q9an"])
def test_short_words_and_numbers_are_not_mistyped(typed):
    assert block_of(typed) is None


def test_a_snippet_shows_the_first_hit_with_what_is_around_it():
    words = "Слово " * 60 + "о дружбе и мире. " + "Ещё " * 60
    found = snippet(words, {"дружбе"})
    assert [piece.words for piece in found.pieces if piece.hit] == ["дружбе"]
    assert len(found.words) <= LONGEST + 4
    assert (found.cut_before, found.cut_after, found.hits) == (True, True, 1)


def test_a_snippet_marks_what_was_found_by_its_sound():
    found = snippet("Соглашение", set(asked("soglashenie").terms[0].tokens))
    assert [piece.hit for piece in found.pieces] == [True]


@given(st.text(max_size=400), st.sets(st.text(max_size=6), max_size=5))
def test_the_pieces_of_a_snippet_are_the_words(words, wanted):
    assert "".join(piece.words for piece in snippet(words, wanted, whole=True).pieces) == words
