"""Writes a large dossier of invented records, for measuring and nothing else.

    python bench/generate_dossier.py FOLDER --commitments 50000 --contributions 500

What is written depends on the arguments alone, so that two runs measure the same. Texts are plain
words of the kind that stand in real records, in as many languages as asked for.
"""

import argparse
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

LANGUAGES = ("en", "vi", "ru", "fr", "id")
WORDS = {
    "en": "open school river youth city boat exchange students music harbour teachers hospital "
    "library garden museum market bridge festival training craft water energy digital archive",
    "vi": "mở trường sông thanh niên thành phố thuyền trao đổi sinh viên âm nhạc cảng giáo viên "
    "bệnh viện thư viện vườn bảo tàng chợ cầu lễ hội đào tạo nghề nước năng lượng số lưu trữ",
    "ru": "открыть школу на реке молодёжь город лодка обмен студенты музыка гавань учителя "
    "больница библиотека сад музей рынок мост праздник обучение ремесло вода энергия архив",
    "fr": "ouvrir école rivière jeunesse ville bateau échange étudiants musique port enseignants "
    "hôpital bibliothèque jardin musée marché pont festival formation métier eau énergie archives",
    "id": "membuka sekolah sungai pemuda kota perahu pertukaran mahasiswa musik pelabuhan guru "
    "rumah sakit perpustakaan taman museum pasar jembatan festival pelatihan kerajinan air energi",
}
VOCABULARY = {language: words.split() for language, words in WORDS.items()}
COUNTRIES = ("VN", "RU", "FR", "ID", "GB", "DE", "CN", "JP", "KR", "US", "BR", "ZA", "IN", "EG")
THEMES = ("education", "culture", "trade", "health", "tourism", "science", "youth", "sport")
COMPLETIONS = ("not_started", "limited", "substantial", "complete")
STATES = ("accepted", "accepted", "accepted", "submitted")
FIRST_DAY = date(2026, 10, 5)


class Writer:
    """Writes records as YAML by hand: faster than a YAML library, and just as valid."""

    def __init__(self, folder: Path, languages: int, seed: int) -> None:
        self.folder = folder
        self.languages = LANGUAGES[:languages]
        self.random = random.Random(seed)
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def records(self, plural: str, records: Iterable[str]) -> None:
        """One file of one kind; each record comes as the lines of a mapping."""
        with (self.folder / f"{plural}.yaml").open("w", encoding="utf-8") as stream:
            stream.write(f"{plural}:\n")
            for record in records:
                stream.write(record)
                self.count += 1

    def text(self, length: int, indent: str = "    ") -> str:
        """A text of about `length` words in every language."""
        return "".join(
            f"\n{indent}{language}: "
            + " ".join(self.random.choices(VOCABULARY[language], k=length)).capitalize()
            for language in self.languages
        )


def head(writer: Writer) -> None:
    """`dossier.yaml`."""
    (writer.folder / "dossier.yaml").write_text(
        "id: bench\ntitle:\n  en: Invented records for measuring\nfictional: true\n"
        f"languages: [{', '.join(writer.languages)}]\noffice: organization-0\n",
        encoding="utf-8",
    )


def network(writer: Writer, areas: int, partnerships: int) -> None:
    """Areas over the whole map, twinnings between them, and a few organizations."""
    pick = writer.random
    writer.records("themes", (f"- id: {theme}\n  name:{writer.text(1)}\n" for theme in THEMES))
    writer.records(
        "areas",
        (
            f"- id: area-{number}\n  kind: city\n  name:{writer.text(1)}\n"
            f"  country_code: {pick.choice(COUNTRIES)}\n"
            f"  latitude: {pick.uniform(-55, 70):.4f}\n  longitude: {pick.uniform(-180, 180):.4f}\n"
            for number in range(areas)
        ),
    )
    ends = [pick.sample(range(areas), 2) for _ in range(partnerships)]
    writer.records(
        "partnerships",
        (
            f"- id: twins-{number}\n  kind: twinning\n  name:{writer.text(2)}\n"
            f"  themes: [{pick.choice(THEMES)}]\n"
            f"  stages:\n  - stage: contact\n    when: '{pick.randint(1950, 1990)}'\n"
            f"  - stage: {pick.choice(('twinning', 'twinning', 'active', 'dormant'))}\n"
            f"    when: '{pick.randint(1991, 2025)}-05'\n"
            for number in range(partnerships)
        ),
    )
    writer.records(
        "organizations",
        (
            f"- id: organization-{number}\n  kind: association\n  name:{writer.text(3)}\n"
            f"  area: area-{number}\n"
            for number in range(20)
        ),
    )
    writer.records(
        "sides",
        (
            f"- id: twins-{number}-{position}\n  partnership: twins-{number}\n"
            f"  area: area-{area}\n  position: {position}\n"
            for number, pair in enumerate(ends)
            for position, area in enumerate(pair, start=1)
        ),
    )


def edition(writer: Writer, contributions: int, speakers: int, rooms: int, days: int) -> None:
    """One edition of a forum with its programme."""
    pick = writer.random
    last = FIRST_DAY + timedelta(days=days - 1)
    writer.records(
        "series", [f"- id: forum\n  name:{writer.text(3)}\n  partnership: twins-0\n  every: P1Y\n"]
    )
    writer.records(
        "gatherings",
        [
            f"- id: forum-1\n  kind: forum\n  title:{writer.text(4)}\n  series: forum\n"
            f"  number: 1\n  partnership: twins-0\n  status: held\n  when: {FIRST_DAY}/{last}\n"
            f"  timezone: Asia/Ho_Chi_Minh\n  place: area-0\n  summary:{writer.text(40)}\n"
        ],
    )
    writer.records(
        "persons",
        (f"- id: person-{number}\n  name:{writer.text(2)}\n" for number in range(speakers)),
    )
    writer.records(
        "rooms",
        (
            f"- id: room-{number}\n  gathering: forum-1\n  position: {number}\n"
            f"  name:{writer.text(2)}\n  capacity: {50 * number}\n"
            for number in range(1, rooms + 1)
        ),
    )
    slots = list(_slots(contributions, rooms, days))
    writer.records(
        "sessions",
        (
            f"- id: session-{number}\n  gathering: forum-1\n  kind: seminar\n"
            f"  position: {number}\n  title:{writer.text(5)}\n  room: room-{room}\n"
            f"  starts_at: '{start:%Y-%m-%dT%H:%M:%SZ}'\n  ends_at: '{end:%Y-%m-%dT%H:%M:%SZ}'\n"
            f"  languages: [{', '.join(writer.languages)}]\n  themes: [{pick.choice(THEMES)}]\n"
            f"  chairs: [person-{pick.randrange(speakers)}]\n"
            for number, (room, start, end, _) in enumerate(slots)
        ),
    )
    writer.records("contributions", _contributions(writer, slots, speakers))


def _slots(
    contributions: int, rooms: int, days: int
) -> Iterator[tuple[int, datetime, datetime, int]]:
    """Sessions of an hour and a half with four contributions each, until all have a place."""
    left, number = contributions, 0
    while left > 0:
        day, rest = divmod(number, rooms * 4)
        hour, room = divmod(rest, rooms)
        start = datetime.combine(
            FIRST_DAY + timedelta(days=day % days), datetime.min.time(), UTC
        ) + timedelta(hours=1, minutes=105 * hour)
        yield room + 1, start, start + timedelta(minutes=90), min(4, left)
        left -= 4
        number += 1


def _contributions(
    writer: Writer, slots: list[tuple[int, datetime, datetime, int]], speakers: int
) -> Iterator[str]:
    pick, number = writer.random, 0
    for session, (_, start, _, count) in enumerate(slots):
        for position in range(1, count + 1):
            begins = start + timedelta(minutes=20 * (position - 1))
            ends = begins + timedelta(minutes=20)
            people = pick.sample(range(speakers), pick.choice((1, 1, 2, 3)))
            listed = "".join(
                f"\n  - person: person-{one}\n    organization: organization-{one % 20}"
                for one in people
            )
            yield (
                f"- id: contribution-{number}\n  session: session-{session}\n"
                f"  kind: presentation\n  position: {position}\n  title:{writer.text(6)}\n"
                f"  abstract:{writer.text(60)}\n  language: {pick.choice(writer.languages)}\n"
                f"  starts_at: '{begins:%Y-%m-%dT%H:%M:%SZ}'\n"
                f"  ends_at: '{ends:%Y-%m-%dT%H:%M:%SZ}'\n  speakers:{listed}\n"
            )
            number += 1


def followup(writer: Writer, commitments: int) -> None:
    """Proposals, commitments, and what was reported on them; four records for two commitments."""
    pick = writer.random
    years = [2020 + number % 7 for number in range(commitments)]
    writer.records(
        "proposals",
        (
            f"- id: P-{years[number]}-{number:06d}\n  kind: proposal\n  title:{writer.text(6)}\n"
            f"  addressees: [twins-0-1]\n  made: '{years[number]}-10'\n"
            f"  themes: [{pick.choice(THEMES)}]\n"
            for number in range(0, commitments, 2)
        ),
    )
    writer.records(
        "commitments",
        (_commitment(writer, number, years[number]) for number in range(commitments)),
    )
    writer.records(
        "reports",
        (_report(writer, number, years[number]) for number in range(0, commitments, 2)),
    )


def _commitment(writer: Writer, number: int, year: int) -> str:
    pick = writer.random
    proposal = f"  proposals: [P-{year}-{number:06d}]\n" if number % 2 == 0 else ""
    return (
        f"- id: C-{year}-{number:06d}\n  kind: commitment\n  title:{writer.text(6)}\n"
        f"  text:{writer.text(25)}\n  grade: will\n  made: '{year}-10-01'\n"
        f"  deadline:\n    edtf: {year + 1}-{pick.randint(1, 12):02d}\n"
        f"    said: {{en: within a year}}\n{proposal}"
        f"  themes: [{pick.choice(THEMES)}]\n  parties:\n  - side: twins-0-1\n    role: holder\n"
        "  - side: twins-0-2\n    role: counterpart\n"
    )


def _report(writer: Writer, number: int, year: int) -> str:
    pick = writer.random
    state = pick.choice(STATES)
    days = f"  submitted_on: {year + 1}-02-01\n"
    days += f"  accepted_on: {year + 1}-02-20\n" if state == "accepted" else ""
    return (
        f"- id: report-{number}\n  commitment: C-{year}-{number:06d}\n"
        f"  side: twins-0-{pick.randint(1, 2)}\n  period: '{year}-40'\n"
        f"  completion: {pick.choice(COMPLETIONS)}\n  text:{writer.text(15)}\n"
        f"  state: {state}\n{days}"
    )


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--commitments", type=int, default=0)
    parser.add_argument("--areas", type=int, default=100)
    parser.add_argument("--partnerships", type=int, default=60)
    parser.add_argument("--contributions", type=int, default=0)
    parser.add_argument("--speakers", type=int, default=300)
    parser.add_argument("--rooms", type=int, default=10)
    parser.add_argument("--days", type=int, default=4)
    parser.add_argument("--languages", type=int, default=3, choices=range(1, 6))
    parser.add_argument("--seed", type=int, default=1950)
    given = parser.parse_args()
    writer = Writer(given.folder, given.languages, given.seed)
    head(writer)
    network(writer, given.areas, given.partnerships)
    if given.contributions:
        edition(writer, given.contributions, given.speakers, given.rooms, given.days)
    if given.commitments:
        followup(writer, given.commitments)
    print(f"{writer.count:,} records in {given.folder}")


if __name__ == "__main__":
    main()
