"""Hostile input at random: addresses, folders, pictures, each for some seconds.

    ./run python bench/fuzz.py urls --seconds 60
    ./run python bench/fuzz.py folders --seconds 60
    ./run python bench/fuzz.py pictures --seconds 60

Over an SQLite of its own with the fictional demonstration. What must hold:

- *urls*: no answer is a 500 or worse, and no markup that was asked with comes back as markup;
- *folders*: whatever is wrong is told with its file and line, in characters that command no
  terminal, and nothing else is raised; what is accepted loads, its pages can be read, and what it
  exports loads as nothing new;
- *pictures*: bytes are measured and developed, or refused with words.

Each failure is printed with what brought it about; `--seed` repeats a run. Last line:
`fuzz WHAT: N tried, F failed`; exit 1 unless F is 0.
"""

import argparse
import io
import logging
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HOSTILE = (
    *("", " ", "0", "-1", "1e9", "NaN", "null", "~", "true", "9" * 18, "9" * 19, "9" * 300),
    *("../../etc/passwd", "..%2f", "%00", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\ud800"),
    *("<script>alert(7)</script>", "'\"><img src=x onerror=alert(7)>", "{{7*7}}", "${7*7}", "%s%n"),
    *(
        "' OR 1=1 --",
        "\r\nX-Evil: 1",
        "a" * 5_000,
        "ế" * 200,
        "\U0001f468\u200d\U0001f469",
        "＝1+1",
    ),
    *(
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "2026-10/2025",
        "../2026",
        "2026-10~",
    ),
    *("0999-06-01T09:00:00+00:00", "9999-12-31T23:59:59-12:00", "2026-05-04T09:30:00.5+07:00"),
    *(
        "P1Y",
        "P999Y",
        "P0D",
        "Asia/Ho_Chi_Minh",
        "Mars/Olympus",
        "C-2025-001",
        "[]",
        "{}",
        "{a: 1}",
    ),
    *("https://example.org/", "javascript:alert(7)", "//evil.example", "vi", "en-US", "x-klingon"),
)
MARKUP = ("<script>alert(7)", "<img src=x onerror")
METHODS = ("GET",) * 12 + ("HEAD", "POST", "OPTIONS", "PUT", "DELETE", "TRACE")
SHOWN = 20
"""Failures that are printed in full."""


def main() -> int:
    """Run one of them; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=sorted(FUZZERS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amity-fuzz-") as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/fuzz.sqlite3",
            "AMITY_DATA_DIR": folder,
            "AMITY_LOG_LEVEL": "error",
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        import django

        import amity  # noqa: F401 - first, for it makes sure of a safe SQLite library

        django.setup()
        logging.disable(logging.CRITICAL)  # each refusal is one of thousands
        attempt = FUZZERS[chosen.what](random.Random(chosen.seed), Path(folder))
        tried, failed = repeated(attempt, chosen.seconds)
    print(f"fuzz {chosen.what}: {tried} tried, {failed} failed", flush=True)
    return int(bool(failed) or not tried)


def repeated(attempt: Callable[[], str], seconds: float) -> tuple[int, int]:
    """Try for so long; `attempt` says what failed, or raises."""
    tried = failed = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        tried += 1
        try:
            wrong = attempt()
        except Exception:
            wrong = traceback.format_exc()
        if wrong:
            failed += 1
            if failed <= SHOWN:
                print(wrong.encode("utf-8", "backslashreplace").decode(), flush=True)
    return tried, failed


def demonstration() -> Path:
    """The folder of the fictional dossier."""
    from amity.site.serving.demonstration import dossiers

    return next(folder for folder in dossiers() if folder.name.startswith("lindholm"))


def prepared() -> None:
    """A database with the tables of this release, and the static files that pages name."""
    from django.core.management import call_command

    from amity.site.serving.server import prepare_static

    call_command("migrate", verbosity=0)
    prepare_static()


def urls(chance: random.Random, folder: Path) -> Callable[[], str]:
    """Addresses of the site map with parts and parameters in other words."""
    from django.core.management import call_command
    from django.test import Client
    from lxml import etree

    prepared()
    call_command("dossier", "load", "--restore", str(demonstration()), stdout=io.StringIO())
    client = Client(raise_request_exception=False)
    host = {"headers": {"host": "127.0.0.1"}}

    def locations(address: str) -> list[str]:
        content = client.get(address, **host).content
        found = etree.fromstring(content).iterfind(".//{*}loc")
        return ["/" + str(one.text).split("/", 3)[3] for one in found]

    maps = locations("/sitemap.xml")
    known = [address for one in maps for address in locations(one)]
    known += ["/", "/robots.txt", "/healthz", "/media/x.png", "/api/v1/", "/api/v1/openapi.json"]
    known += [f"/api/v1/{plural}" for plural in ("commitments", "gatherings", "persons", "areas")]
    known += [f"/en/{name}" for name in ("commitments.csv", "feed.atom", "calendar.ics", "map/")]
    known += maps
    names = ("page", "q", "state", "side", "year", "from", "to", "dossier", "real", "kind", "theme")
    names += ("after", "limit", "view", "series", "zone", "letter", "area", "changed_since")

    def attempt() -> str:
        parts = chance.choice(known).split("/")
        if chance.random() < 0.6:
            parts[chance.randrange(1, len(parts))] = quote(_hostile(chance), safe="")
        query = "&".join(
            f"{chance.choice(names)}={quote(_hostile(chance), safe='')}"
            for _ in range(chance.choice((0, 0, 1, 2, 3)))
        )
        address = "/".join(parts) + (f"?{query}" if query else "")
        headers = {"host": "127.0.0.1"}
        for name in ("accept-language", "if-none-match", "if-modified-since", "cookie", "range"):
            if chance.random() < 0.2:
                headers[name] = _hostile(chance).encode("ascii", "ignore").decode().strip()
        method = chance.choice(METHODS)
        answer = client.generic(method, address, headers=headers)
        content = b"".join(answer) if answer.streaming else answer.content
        live = "json" not in answer.get("Content-Type", "") and "text/plain" not in answer.get(
            "Content-Type", ""
        )
        wrong = answer.status_code >= 500
        wrong |= live and any(one.encode() in content for one in MARKUP)
        return f"{answer.status_code} {method} {address!r} {headers}" if wrong else ""

    return attempt


def folders(chance: random.Random, folder: Path) -> Callable[[], str]:
    """The sample of the tests with lines in other words, order, number and bytes."""
    from django.db import transaction
    from django.test import Client

    from amity.dossier.exporting.collect import Part
    from amity.dossier.exporting.export import export
    from amity.dossier.loading.load import Asked, load
    from amity.dossier.progress import Progress
    from amity.dossier.staging.crosscheck import check_between
    from amity.dossier.staging.folder import Staged, read_folder
    from amity.dossier.telling.notices import notice
    from amity.dossier.tests.folder import HEAD, RECORDS
    from amity.foundation.words.characters import shown
    from amity.record.acting import Acting
    from amity.record.models import Dossier

    prepared()
    client = Client(raise_request_exception=False)
    pages = ("", "gatherings/forum-1/", "gatherings/forum-1/programme/", "commitments/C-2025-001/")
    pages += ("persons/ana/", "partnerships/a-b/", "areas/a/", "feed.atom", "calendar.ics")
    count = 0

    def read(place: Path) -> Staged:
        staged = read_folder(place, Progress())
        check_between(staged, Progress())
        return staged

    def attempt() -> str:
        nonlocal count
        count += 1
        place = folder / f"d{count}"
        place.mkdir()
        (place / "dossier.yaml").write_bytes(_changed(chance, HEAD, 0.1))
        (place / "records.yaml").write_bytes(_changed(chance, RECORDS, 1))
        staged = read(place)
        lines = staged.problems.lines()
        told = all(line == shown(line) and line.count(":") >= 3 for line in lines)
        if lines:
            return "" if told else f"{place.read_bytes()!r}: {lines}"
        notice(staged)
        wrong = ""
        with transaction.atomic():
            load(staged, Progress(), Asked(restore=True))
            for page in pages:
                answer = client.get(f"/{chance.choice(('en', 'vi', 'ru'))}/{page}")
                if answer.status_code >= 500:
                    wrong += f"{answer.status_code} {page}\n"
            dossier = Dossier.objects.get(key=staged.head["id"])
            whole = Acting(command="fuzz", administrator=True)
            export(dossier, place / "out", Progress(), whole, part=Part.EVERYTHING)
            again = read(place / "out")
            if again.problems or load(again, Progress(), Asked()):
                wrong += f"exported otherwise: {again.problems.lines()}\n"
            transaction.set_rollback(True)
        differs = set((place / "records.yaml").read_text("utf-8", "replace").splitlines())
        return f"{wrong}{differs - {*RECORDS.splitlines()}}" if wrong else ""

    return attempt


def pictures(chance: random.Random, folder: Path) -> Callable[[], str]:
    """Small pictures with bytes changed, left out and added."""
    from PIL import Image

    from amity.record.pictures import developing, media

    seeds: list[bytes] = []
    for kind, options in (("PNG", {}), ("JPEG", {"exif": b"Exif\0\0"}), ("WEBP", {}), ("GIF", {})):
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), (200, 10, 10)).save(stream, kind, **options)
        seeds.append(stream.getvalue())

    def attempt() -> str:
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randrange(1, 40)]
                    content = content or bytearray(b"x")
                case 2:
                    content[at:at] = chance.randbytes(chance.randrange(1, 40))
                case _:
                    content[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4))
        for taken in (media.measure, developing.developed):
            try:
                taken(bytes(content))
            except media.NotAPicture as refused:
                if not str(refused).strip():
                    return "refused without a word"
        return ""

    return attempt


def _hostile(chance: random.Random) -> str:
    return chance.choice(HOSTILE).encode("utf-8", "replace").decode()


def _changed(chance: random.Random, words: str, how_often: float) -> bytes:
    """The lines with some of them changed, and now and then some of the bytes."""
    if chance.random() > how_often:
        return words.encode()
    lines = words.splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[at]
                lines = lines or ["\n"]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = " " * chance.randrange(4) + lines[at]
            case 3:
                lines[at] = lines[at].lstrip(" ")
            case _:
                name, colon, value = lines[at].rpartition(": ")
                end = value[len(value.rstrip("]}\n")) :]
                word = _hostile(chance)
                lines[at] = f"{name}{colon}{chance.choice((word, repr(word)))}{end}"
    content = bytearray("".join(lines).encode("utf-8", "surrogatepass"))
    if chance.random() < 0.1:
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


FUZZERS: dict[str, Callable[[random.Random, Path], Callable[[], str]]] = {
    "folders": folders,
    "pictures": pictures,
    "urls": urls,
}

if __name__ == "__main__":
    sys.exit(main())
