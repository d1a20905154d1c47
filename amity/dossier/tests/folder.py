"""Small dossiers for tests: a folder written from plain data, read, checked and loaded."""

import io
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import connection
from PIL import Image

from amity.dossier.comparing.differences import Difference
from amity.dossier.exporting.collect import Part
from amity.dossier.exporting.export import export
from amity.dossier.loading.load import Asked, load
from amity.dossier.progress import Progress
from amity.dossier.staging.crosscheck import check_between
from amity.dossier.staging.folder import Staged, read_folder
from amity.record.acting import Acting
from amity.record.models import Dossier

HEAD = """\
id: sample
title: {en: A sample}
fictional: true
languages: [en, vi]
office: bureau
"""
BUREAU = """\
organizations:
- {id: bureau, kind: other, name: {en: Bureau}}
"""
"""The organization whose office keeps the samples."""
RECORDS = (
    BUREAU
    + """\
themes:
- {id: education, name: {en: Education, vi: Giáo dục}}
areas:
- {id: a, kind: city, name: {en: A-town}, country_code: NO, latitude: 10.5, longitude: 20}
- {id: b, kind: city, name: {en: B-town, vi: {words: Thị trấn B, origin: machine}}}
partnerships:
- id: a-b
  kind: twinning
  name: {en: A – B}
  themes: [education]
  stages:
  - {stage: contact, when: 1990}
  - {stage: twinning, when: 1991-05-07, agreement: pact}
sides:
- {id: side-a, partnership: a-b, area: a, position: 1}
- {id: side-b, partnership: a-b, area: b, position: 2}
agreements:
- id: pact
  kind: twinning
  title: {en: Pact}
  status: signed
  partnerships: [a-b]
  signatories: [{area: a}, {area: b}]
persons:
- {id: ana, name: {en: Ana}, other_names: [{words: Аня, lang: ru, kind: short}]}
gatherings:
- id: forum-1
  kind: forum
  title: {en: Forum}
  partnership: a-b
  status: held
  when: 2025-09-30/2025-10-01
  timezone: Asia/Ho_Chi_Minh
sessions:
- id: opening
  gathering: forum-1
  kind: plenary
  position: 1
  title: {en: Opening}
  starts_at: 2025-09-30T09:00:00+07:00
  ends_at: 2025-09-30T10:00:00+07:00
  chairs: [ana]
statements:
- {id: said, kind: commitment, text: {en: We will}, occasion: speech, person: ana, session: opening}
proposals:
- id: P-2025-001
  kind: proposal
  title: {en: A school}
  gathering: forum-1
  addressees: [side-a, side-b]
  alternatives: [{text: {en: here}}, {text: {en: there}}]
answers:
- id: yes-of-a
  proposal: P-2025-001
  side: side-a
  verdict: supported
  reasons: {en: Good}
  alternative: 2
commitments:
- id: C-2025-001
  kind: commitment
  title: {en: Open a school}
  grade: will
  gathering: forum-1
  statements: [said]
  proposals: [P-2025-001]
  deadline: {edtf: 2026-10, said: {en: in October 2026}}
  parties:
  - {side: side-a, role: holder}
  - {side: side-b, role: counterpart}
reports:
- id: of-a
  commitment: C-2025-001
  side: side-a
  completion: limited
  text: {en: Begun}
  state: accepted
  submitted_on: 2026-01-01
  accepted_on: 2026-01-02
  evidence: [{label: {en: See}, url: "https://example.org/school"}]
sources:
- {id: agency, kind: agency, name: {en: Agency}}
articles:
- {id: piece, source: agency, language: vi, title: {en: On the forum}, published: 2025-10-02}
passages:
- id: four
  article: piece
  language: vi
  quotation: bốn hội thảo
  claims:
  - {about: gathering/forum-1, property: seminars, value: "4", reading: {en: four seminars}}
  - {about: commitment/C-2025-001}
indicators:
- id: trade
  partnership: a-b
  measure: trade
  name: {en: Trade}
  value: 4600000000.5
  unit: USD
  year: 2024
  approximate: true
"""
)


class _Plainly(yaml.SafeDumper):
    """A writer that is not the one under test, and says everything as often as it comes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write(folder: Path, records: str = RECORDS, head: str = HEAD) -> Path:
    """A dossier in `folder`, from YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.yaml").write_text(head, encoding="utf-8")
    (folder / "records.yaml").write_text(records, encoding="utf-8")
    return folder


def write_data(folder: Path, records: dict[str, Any], head: str = HEAD) -> Path:
    """A dossier in `folder`, from plain data."""
    return write(folder, yaml.dump(records, Dumper=_Plainly, allow_unicode=True), head)


def checked(folder: Path) -> Staged:
    """Read and checked; its problems are not looked at."""
    staged = read_folder(folder, Progress())
    check_between(staged, Progress())
    return staged


def mistakes(folder: Path) -> list[str]:
    """All that is wrong."""
    return checked(folder).problems.lines()


def loaded(folder: Path, asked: Asked | None = None) -> Difference:
    """Checked, found right and loaded: brought back where it is not there, or for its office."""
    staged = checked(folder)
    assert staged.problems.lines() == []
    new = not Dossier.objects.filter(key=staged.head["id"]).exists()
    return load(staged, Progress(), asked or Asked(restore=new))


def exported(folder: Path, key: str = "sample", part: Part = Part.EVERYTHING) -> dict[str, bytes]:
    """What an export writes: file name → content."""
    acting = Acting(command="test", administrator=True)
    export(Dossier.objects.get(key=key), folder, Progress(), acting, part=part)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def empty() -> None:
    """Let the database hold nothing, as another installation does."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables


def picture(width: int = 4, height: int = 3, kind: str = "PNG", shade: int = 0) -> bytes:
    """The bytes of a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 0, 0)).save(stream, kind)
    return stream.getvalue()
