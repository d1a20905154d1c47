"""Names stand in the order of the reader's alphabet."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.languages.collation import sort_key

IN_ORDER = {
    "vi": "2 tháng|An|Ánh|Ăn|Ân|Dung|Dũng|đà|Đông|Hạ Long|Hà Nội|Hải Phòng|ma|mà|mả|mã|má|mạ|mân"
    "|mận|On|Ôn|Ơn|Úc|Ưa|Zed|Сочи",
    "ru": "«Арктика»|ёж|Елец|Ёлка|Ель|Иркутск|Йошкар-Ола|Калуга|«Лада»|Лужники|Ялта|Hanoi|Zed",
    "fr": "1er congrès|Ecole|école|Eu|Evian|Évian|Lodz|Łódź|Odessa|Œuvre|Zoé|Сочи|Ялта",
    "id": "Bandung|Banjar|Éban|Jakarta|Yogyakarta|Ялта",
    "en": "2nd forum|Da Nang|Đà Nẵng|dance|Porto Claro|Saint Petersburg",
}
"""As dictionaries and the CLDR's charts have them."""


@pytest.mark.parametrize("language", IN_ORDER)
def test_the_order_of_each_alphabet(language: str) -> None:
    expected = IN_ORDER[language].split("|")
    assert sorted(expected, key=lambda words: sort_key(words, language)) == expected


@given(st.text(), st.text(), st.sampled_from(sorted(IN_ORDER)))
def test_different_words_are_never_equal(one: str, other: str, language: str) -> None:
    one, other = normalize("NFC", one), normalize("NFC", other)
    assert (sort_key(one, language) == sort_key(other, language)) == (one == other)
