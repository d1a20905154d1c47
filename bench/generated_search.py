"""Records in five languages for tests of search and for `bench/search.py`: names made of parts.

The same seed gives the same records. Each has a name in Vietnamese, Russian, French, Indonesian
and English, of words that exist, so that romanised, unmarked and mistyped queries can be asked
for it and what should come back is known.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from amity.languages.names.vietnamese import without_marks
from amity.languages.text import Text
from amity.languages.version import Version

SURNAMES = (
    ("Nguyễn", "Нгуен"),
    ("Trần", "Чан"),
    ("Lê", "Ле"),
    ("Phạm", "Фам"),
    ("Hoàng", "Хоанг"),
    ("Vũ", "Ву"),
    ("Đặng", "Данг"),
    ("Bùi", "Буй"),
    ("Đỗ", "До"),
    ("Ngô", "Нго"),
    ("Dương", "Зыонг"),
    ("Lý", "Ли"),
    ("Phan", "Фан"),
    ("Trịnh", "Чинь"),
)
GIVEN = (
    ("Anh", "Ань"),
    ("Sơn", "Шон"),
    ("Cường", "Кыонг"),
    ("Hùng", "Хунг"),
    ("Quốc", "Куок"),
    ("Minh", "Минь"),
    ("Thanh", "Тхань"),
    ("Xuân", "Суан"),
    ("Trọng", "Чонг"),
    ("Phúc", "Фук"),
    ("Hạnh", "Хань"),
    ("Lan", "Лан"),
    ("Khánh", "Кхань"),
    ("Giang", "Занг"),
)
STEMS = tuple(
    one
    for line in (
        "Берёз Сосн Дуб Клён Лип Ольх Осин Вишн Яблон Груш Слив Черёмух Рябин Калин Малин Брусник",
        "Медвед Волк Лис Заяц Бобр Барсук Сокол Орл Журавл Лебед Гус Щук Карас Налим Окун Лещ",
    )
    for one in line.split()
)
ENDINGS = ("ово", "ино", "ецк", "ск", "оград", "огорск", "овка", "инск", "ополь", "ореченск")
SUBJECTS = (
    ("hợp tác giáo dục", "сотрудничество в образовании", "coopération éducative",
     "kerja sama pendidikan", "cooperation in education"),
    ("trao đổi sinh viên", "обмен студентами", "échange d’étudiants",
     "pertukaran mahasiswa", "exchange of students"),
    ("triển lãm ảnh", "фотовыставка", "exposition de photographies",
     "pameran foto", "exhibition of photographs"),
    ("tuyến tàu điện", "трамвайная линия", "ligne de tramway", "jalur trem", "tram line"),
    ("bảo vệ nguồn nước", "охрана водных ресурсов", "protection de l’eau",
     "perlindungan air", "protection of water"),
    ("lễ hội âm nhạc", "музыкальный фестиваль", "festival de musique",
     "festival musik", "festival of music"),
    ("dịch sách thiếu nhi", "перевод детских книг", "traduction de livres pour enfants",
     "terjemahan buku anak", "translation of children’s books"),
    ("cảng cá mới", "новый рыбный порт", "nouveau port de pêche",
     "pelabuhan ikan baru", "new fishing harbour"),
)  # fmt: skip
PLACES = (" tại ", " в городе ", " à ", " di ", " in ")
LANGUAGES = ("vi", "ru", "fr", "id", "en")


Word = tuple[str, int]
"""What a word is, whatever language it is in: which list it comes from, and its place in it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record: its kind, its name and its text, and the words that stand in them.

    `words`: what a query for two of them should find it by; `romanised`, `unmarked`: pairs of a
    word and how somebody types it who has no Cyrillic keyboard, or no Vietnamese one.
    """

    kind: str
    name: Text
    text: Text | None
    words: frozenset[Word]
    romanised: tuple[tuple[Word, str], ...]
    unmarked: tuple[tuple[Word, str], ...]


def text_of(words: tuple[str, ...]) -> Text:
    """A text in the five languages."""
    versions = {tag: Version(one) for tag, one in zip(LANGUAGES, words, strict=True)}
    return Text("vi", versions)


def town(random_: random.Random) -> tuple[Word, str]:
    """A Russian place that might be there."""
    parts = (STEMS, "аеиоу", "внрлскт", ENDINGS)
    places = [random_.randrange(len(part)) for part in parts]
    number = sum(place * 100**at for at, place in enumerate(places))
    return ("town", number), "".join(part[at] for part, at in zip(parts, places, strict=True))


def person(random_: random.Random) -> list[tuple[Word, str, str]]:
    """The words of a Vietnamese name, each with its practical transcription."""
    surname = random_.randrange(len(SURNAMES))
    given = random_.sample(range(len(GIVEN)), 2)
    return [
        (("surname", surname), *SURNAMES[surname]),
        *((("given", at), *GIVEN[at]) for at in given),
    ]


def records(count: int, seed: int = 1) -> Iterator[Made]:
    """So many records: one in four is a person, one a place, the others are about something."""
    random_ = random.Random(seed)
    for number in range(count):
        town_word, where = town(random_)
        latin = romanised(where)
        who = person(random_)
        vietnamese = " ".join(one[1] for one in who)
        russian = " ".join(one[2] for one in who)
        of_who = frozenset(one[0] for one in who)
        if number % 4 == 0:
            name = text_of((vietnamese, russian, vietnamese, vietnamese, vietnamese))
            yield Made(
                "person",
                name,
                None,
                of_who,
                tuple((one[0], romanised(one[2])) for one in who),
                tuple((one[0], without_marks(one[1].lower())) for one in who),
            )
        elif number % 4 == 1:
            names = text_of((latin, where, latin, latin, latin))
            yield Made("area", names, None, frozenset({town_word}), ((town_word, latin),), ())
        else:
            yield about(random_, number, where, town_word, (vietnamese, russian, of_who))


def about(
    random_: random.Random,
    number: int,
    where: str,
    town_word: Word,
    who: tuple[str, str, frozenset[Word]],
) -> Made:
    """A record about something at a place, which may name a person in its text."""
    at = random_.randrange(len(SUBJECTS))
    subject, latin = SUBJECTS[at], romanised(where)
    places = (latin, where, latin, latin, latin)
    words = tuple(
        f"{what[:1].upper()}{what[1:]}{before}{place}"
        for what, before, place in zip(subject, PLACES, places, strict=True)
    )
    said = tuple(f"{one}: {who[tag == 'ru']}" for one, tag in zip(words, LANGUAGES, strict=True))
    named = number % 4 == 2
    about_it = frozenset({("subject", at), town_word})
    return Made(
        "organization",
        text_of(words),
        text_of(said) if named else None,
        about_it | who[2] if named else about_it,
        ((("subject", at), romanised(max(subject[1].split(), key=len))), (town_word, latin)),
        ((("subject", at), _unmarked(subject[0])), (town_word, latin.lower())),
    )


def _unmarked(words: str) -> str:
    """The word of a Vietnamese subject that no other subject has, without marks."""
    others = {word for one in SUBJECTS for word in one[0].split() if one[0] != words}
    return without_marks(max((word for word in words.split() if word not in others), key=len))


SYSTEM = (
    "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh",
    "ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya ё:yo",
)
LATIN = dict(pair.split(":") for line in SYSTEM for pair in line.split(" "))


def romanised(words: str) -> str:
    """BGN/PCGN, without its signs: as people type Russian on a Latin keyboard."""
    return "".join(LATIN.get(sign, sign) for sign in words.lower()).capitalize()
