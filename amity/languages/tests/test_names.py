"""Names across scripts: a table of cases for each rule, and what holds for any two names."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.languages.names import THRESHOLD, Kind, Rule, explain, keys, match, vietnamese
from amity.languages.names.chinese import in_russian
from amity.languages.names.evaluating import evaluate, read_clusters, read_pairs
from amity.languages.names.places import place, places_called
from amity.languages.names.readings import readings

HERE = Path(__file__).parent / "names"
CLUSTERS = read_clusters((HERE / "clusters.txt").read_text("utf-8").splitlines())
HARD = read_pairs((HERE / "hardneg.txt").read_text("utf-8").splitlines())

ONE_PERSON = [
    (Rule.SAME, "Phan Anh Sơn", "PHAN ANH SƠN"),
    (Rule.SAME, "Lê Thị Hoá", "Lê Thị Hóa"),
    (Rule.SAME, "Albert Camus", "Camus, Albert"),
    (Rule.MARKS_LEFT_OUT, "Phan Anh Sơn", "Phan Anh Son"),
    (Rule.MARKS_LEFT_OUT, "Trần Quốc Cường", "Trân Quôc Cuong"),
    (Rule.MARKS_LEFT_OUT, "Phan Anh Sơn", "Son Phan Anh"),
    (Rule.MARKS_LEFT_OUT, "Phan Anh Sơn", "Anh Son Phan"),
    (Rule.MARKS_LEFT_OUT, "Phan Anh Sơn", "Son Anh Phan"),
    (Rule.RUSSIAN_SYLLABLE, "Trần Quốc Cường", "Чан Куок Кыонг"),
    (Rule.RUSSIAN_SYLLABLE, "Nguyen Xuan Phuc", "Нгуен Суан Фук"),
    (Rule.RUSSIAN_SYLLABLE, "Nguyễn Văn Hưng", "Нгуен Ван Хынг"),
    (Rule.RUSSIAN_SYLLABLE, "Hồ Chí Minh", "Хо Ши Мин"),
    (Rule.TRANSCRIPTION, "Michail Gorbatschow", "Михаил Горбачёв"),
    (Rule.TRANSCRIPTION, "Nikita Khrouchtchev", "Nikita Chruščëv"),
    (Rule.TRANSCRIPTION, "Georgi Schukow", "Gueorgui Joukov"),
    (Rule.TRANSCRIPTION, "Wjatscheslaw Wolodin", "Viatcheslav Volodine"),
    (Rule.TRANSCRIPTION, "Joko Widodo", "Djoko Widodo"),
    (Rule.TRANSCRIPTION, "Alexandre Pouchkine", "Александр Пушкин"),
    (Rule.TRANSCRIPTION, "Jürgen Müller", "Juergen Mueller"),
    (Rule.TRANSCRIPTION, "Juergen Mueller", "Юрген Мюллер"),
    (Rule.TRANSCRIPTION, "Frank-Walter Steinmeier", "Франк-Вальтер Штайнмайер"),
    (Rule.TRANSCRIPTION, "Liu Yang", "Лю Ян"),
    (Rule.TRANSCRIPTION, "Liu Yan", "Лю Янь"),
    (Rule.TRANSCRIPTION, "Soekarno", "Сукарно"),
    (Rule.TRANSCRIPTION, "Deng Xiaoping", "Дэн Сяопин"),
    (Rule.SAME, "Xi Jinping", "习近平"),
    (Rule.SAME, "Вячеслав Калганов", "Вячеслав Геннадьевич Калганов"),
    (Rule.TRANSCRIPTION, "Пётр Чайковский", "Pyotr Ilyich Tchaikovsky"),
    (Rule.INITIAL, "Phan A. Son", "Phan Anh Sơn"),
    (Rule.INITIAL, "Беглов А. Д.", "Alexandre Beglov"),
    (Rule.INITIAL, "N. X. Phuc", "Нгуен Суан Фук"),
    (Rule.INITIAL, "Yu. Gagarin", "Юрий Гагарин"),
    (Rule.VOWEL, "Sergei Podgorny", "Sergei Podgarny"),
]
ONE_AREA = [
    (Rule.PLACE, "Saint-Pétersbourg", "Санкт-Петербург"),
    (Rule.PLACE, "Moscou", "Moskwa"),
    (Rule.PLACE, "Thành phố Hồ Chí Minh", "Хошимин"),
    (Rule.PLACE, "Việt Nam", "Вьетнам"),
    (Rule.FORMER_PLACE, "Leningrad", "Санкт-Петербург"),
    (Rule.FORMER_PLACE, "Danzig", "Gdańsk"),
    (Rule.FORMER_PLACE, "Sài Gòn", "Ho Chi Minh City"),
    (Rule.JOINED, "Điện Biên", "Дьенбьен"),
    (Rule.JOINED, "Porto Claro", "Portoclaro"),
    (Rule.TRANSCRIPTION, "Lindholm", "Линдхольм"),
]
ONE_ORGANIZATION = [
    (
        Rule.SAME,
        "Union of Friendship Organizations of Hanoi",
        "Hanoi Union, Friendship Organizations",
    ),
    (Rule.MARKS_LEFT_OUT, "Liên hiệp các tổ chức hữu nghị", "Lien hiep cac to chuc huu nghi"),
    (Rule.SAME, "PT Pertamina", "Pertamina"),
    (Rule.TRANSCRIPTION, "ПАО Газпром", "Gazprom"),
    (Rule.ACRONYM, "VUFO", "Vietnam Union of Friendship Organizations"),
]


@pytest.mark.parametrize(("rule", "a", "b"), ONE_PERSON)
def test_names_of_a_person_are_one_by_their_rule(rule, a, b):
    found = explain(a, b)
    assert (found.rule, found.score >= THRESHOLD) == (rule, True)


@pytest.mark.parametrize(("rule", "a", "b"), ONE_AREA)
def test_names_of_an_area_are_one_by_their_rule(rule, a, b):
    found = explain(a, b, Kind.AREA)
    assert (found.rule, found.score >= THRESHOLD) == (rule, True)


@pytest.mark.parametrize(("rule", "a", "b"), ONE_ORGANIZATION)
def test_names_of_an_organization_are_one_by_their_rule(rule, a, b):
    found = explain(a, b, Kind.ORGANIZATION)
    assert (found.rule, found.score >= THRESHOLD) == (rule, True)


@pytest.mark.parametrize(("a", "b"), HARD)
def test_names_that_are_near_are_apart(a, b):
    assert [explain(a, b, kind).rule for kind in (Kind.PERSON, Kind.AREA)] == [Rule.APART] * 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Joko Widodo", "Joko"),
        ("Сергей Сергеевич Иванов", "Сергей Петрович Иванов"),
        ("A. D. Beglov", "Александр Викторович Беглов"),
        ("Nguyễn Quốc Hùng", "Nguyễn Hùng"),
        ("", "Phan Anh Sơn"),
        ("...", "…"),
    ],
)
def test_what_only_one_of_them_has_keeps_them_apart_but_for_initials_and_patronymics(a, b):
    assert match(a, b) < THRESHOLD


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Liu Yang", "Liu Yan"),
        ("Chen Ming", "Cheng Ming"),
        ("Jean Martin", "Jeanne Martin"),
        ("Louis Durand", "Louise Durand"),
        ("Michel Bernard", "Michèle Bernard"),
        ("Christian Lang", "Christiane Lang"),
    ],
)
def test_what_two_languages_write_alike_and_one_tells_apart_is_apart(a, b):
    assert explain(a, b).rule == Rule.APART


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="planet"):
        match("Hanoi", "Ha Noi", "planet")


def test_held_out_names_are_told_apart():
    found = evaluate(CLUSTERS, HARD)
    assert (found.precision, found.f1 >= 0.99, found.accepted) == (1.0, True, [])


def test_names_of_more_languages_are_told_apart_no_worse_than_was_measured():
    clusters = read_clusters((HERE / "wider_clusters.txt").read_text("utf-8").splitlines())
    hard = read_pairs((HERE / "wider_hardneg.txt").read_text("utf-8").splitlines())
    found = evaluate(clusters, hard)
    assert (found.precision > 0.98, found.f1 > 0.93, len(found.accepted) <= 7) == (True,) * 3


def test_names_as_papers_spell_them_are_told_apart():
    clusters = read_clusters((HERE / "press_clusters.txt").read_text("utf-8").splitlines())
    hard = read_pairs((HERE / "press_hardneg.txt").read_text("utf-8").splitlines())
    found = evaluate(clusters, hard)
    assert (found.precision, found.f1 > 0.99, found.accepted) == (1.0, True, [])


def test_names_that_match_have_a_key_in_common():
    for cluster in CLUSTERS:
        for a, b in combinations(cluster.variants, 2):
            if match(a, b, cluster.kind) >= THRESHOLD:
                assert keys(a, cluster.kind) & keys(b, cluster.kind), (a, b)


@pytest.mark.parametrize(
    ("words", "plain", "quality"),
    [
        ("nguyễn", "nguyen", "nguyên"),
        ("đỗ", "do", "đô"),
        ("quốc", "quoc", "quôc"),
        ("gìn", "gin", "gin"),
        ("giếng", "gieng", "giêng"),
        ("khuya", "khuya", "khuya"),
        ("quynh", "quynh", "quynh"),
    ],
)
def test_syllables_are_known_with_and_without_marks(words, plain, quality):
    found = vietnamese.syllable(words)
    assert found is not None
    assert (found.plain, found.quality) == (plain, quality)


@pytest.mark.parametrize("words", ["anton", "lavrov", "ngk", "huýnhh", "zung"])
def test_other_tokens_are_no_syllables(words):
    assert vietnamese.syllable(words) is None


@pytest.mark.parametrize(
    ("russian", "quality"),
    [
        ("чан", "trân"),
        ("нгуен", "nguyên"),
        ("фам", "pham"),
        ("буй", "bui"),
        ("хоанг", "hoang"),
        ("выонг", "vương"),
        ("данг", "đăng"),
        ("зыонг", "dương"),
        ("нят", "nhât"),
        ("тяу", "châu"),
        ("тьен", "tiên"),
        ("куинь", "quynh"),
        ("хюэ", "huê"),
        ("зап", "giap"),
        ("тхюи", "thuy"),
        ("вьет", "viêt"),
    ],
)
def test_the_practical_transcription_leads_back_to_the_syllable(russian, quality):
    assert quality in vietnamese.from_russian(russian)


@pytest.mark.parametrize(
    ("pinyin", "russian"),
    [
        ("xi", "си"),
        ("jinping", "цзиньпин"),
        ("xiaoping", "сяопин"),
        ("zhou", "чжоу"),
        ("beijing", "бэйцзин"),
        ("guangzhou", "гуанчжоу"),
        ("yuan", "юань"),
    ],
)
def test_pinyin_is_written_by_palladius(pinyin, russian):
    assert russian in in_russian(pinyin)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("ж", ("zh", "j", "sch", "sh", "ž")),
        ("ч", ("ch", "tch", "tsch", "č", "tj")),
        ("ш", ("sh", "ch", "sch", "š", "sj")),
        ("щ", ("shch", "chtch", "schtsch", "šč", "ŝ")),
        ("х", ("kh", "ch", "h", "x")),
        ("ц", ("ts", "z", "c", "tz")),
        ("з", ("z", "s")),
        ("в", ("v", "w")),
        ("дж", ("j", "dj", "dzh", "dsch")),
    ],
)
def test_a_letter_is_read_as_each_system_writes_it(cyrillic, latin):
    wanted = readings(f"а{cyrillic}ан")
    assert {
        letters: bool(readings(f"a{letters}an") & wanted) for letters in latin
    } == dict.fromkeys(latin, True)


def test_places_have_former_names_with_their_years():
    (number,) = places_called("Leningrad") & places_called("Saint Petersburg")
    found = [name for name in place(number).names if name.words == "Leningrad"]
    assert [(name.former, name.years) for name in found] == [(True, "1924-1991")]


NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from([name for cluster in CLUSTERS for name in cluster.variants]),
    st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя -.", max_size=20),
    st.text("aâăbcdđeêghiklmnoôơpqrstuưvxy -.", max_size=20),
)


@given(NAMES, NAMES, st.sampled_from(Kind))
def test_any_two_names_have_a_score_and_the_same_one_both_ways(a, b, kind):
    score = match(a, b, kind)
    assert 0 <= score <= 1
    assert match(b, a, kind) == score


@given(st.sampled_from([v for c in CLUSTERS for v in c.variants]), st.sampled_from(Kind))
def test_a_name_is_itself_in_capitals_too(name, kind):
    assert match(name, name.upper(), kind) >= THRESHOLD


def asked(*words: object) -> subprocess.CompletedProcess[str]:
    """What the command answers."""
    command = [sys.executable, "-m", "amity.languages.names", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_says_how_well_it_does():
    answer = asked("--evaluate", HERE / "clusters.txt", HERE / "hardneg.txt")
    assert answer.stdout.splitlines()[-1] == (
        "names: precision 1.000, recall 1.000, F1 1.000, hard negatives accepted 0 of 59"
    )


def test_the_command_prints_pairs_and_names_the_file_that_it_cannot_read(tmp_path):
    for name, words in (("a", "Trần Quốc Cường\nJoko Widodo\n"), ("b", "Чан Куок Кыонг\n")):
        (tmp_path / name).write_text(words, "utf-8")
    answer = asked(tmp_path / "a", tmp_path / "b")
    assert answer.stdout == "0.96\tRussian syllable\tTrần Quốc Cường\tЧан Куок Кыонг\n"
    refused = asked(tmp_path / "a", tmp_path / "c")
    assert (refused.returncode, "names: " in refused.stderr) == (2, True)
