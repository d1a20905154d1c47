"""Bad dossiers: every mistake at once, with file, line, field, and what is expected."""

import unicodedata
from pathlib import Path

import pytest

from .folder import RECORDS, checked, mistakes, picture, write

pytestmark = pytest.mark.django_db
"""Django holds the staging database too; the real one is not asked (see test_command)."""

THEME = "themes:\n- id: education\n  name: {en: Education}\n"

ONE_FILE = [
    ("unknown-field", "themes:\n- id: a\n  nam: {en: A}\n  name: {en: A}\n",
     ["records.yaml:3: nam: unknown field (perhaps name?); expected one of id, name"]),
    ("missing-field", "themes:\n- id: a\n",
     ["records.yaml:2: name: is missing; it must be given"]),
    ("empty-field", "themes:\n- id: a\n  name:\n",
     ["records.yaml:3: name: is empty; leave the field out or fill it"]),
    ("not-a-record", "themes:\n- just words\n",
     ["records.yaml:2: -: “just words” is not a record; expected a mapping of its fields"]),
    ("not-a-list", "themes:\n  id: a\n",
     ["records.yaml:1: themes: expected a list of records"]),
    ("not-a-mapping", "- themes\n",
     ["records.yaml:1: -: expected a mapping of names to values"]),
    ("bad-key", "themes:\n- id: Big Words\n  name: {en: A}\n",
     ["records.yaml:2: id: “Big Words” is not an identifier; expected small letters, digits and "
      "single hyphens, or a number such as C-2025-007"]),
    ("same-id", THEME + "- id: education\n  name: {en: Again}\n",
     ["records.yaml:4: id: education is taken by another theme in records.yaml; expected one of "
      "its own"]),
    ("field-twice", "themes:\n- id: a\n  name: {en: A}\n  id: b\n",
     ["records.yaml:4: id: is given twice; expected it once"]),
    ("kind-twice", THEME + "themes:\n- id: a\n  name: {en: A}\n",
     ["records.yaml:4: themes: is given twice; expected each kind once per file"]),
    ("language-tag", "themes:\n- id: a\n  name: {english: A}\n",
     ["records.yaml:3: name.english: “english” is not a registered language tag; expected a BCP "
      "47 tag such as vi, ru or pt-BR"]),
    ("no-words", 'themes:\n- id: a\n  name:\n    en: A\n    vi: "  "\n',
     ["records.yaml:5: name.vi: no words; expected at least one character that is not white "
      "space"]),
    ("text-without-language", "themes:\n- id: a\n  name: Education\n",
     ["records.yaml:3: name: got words; expected a mapping of language tags to words, the original "
      "first, such as vi: …"]),
    ("made-from-nothing", "themes:\n- id: a\n  name: {en: A, vi: {words: B, from: ru}}\n",
     ["records.yaml:3: name.vi.from: there is no version in ru; expected "]),
    ("control-character", 'themes:\n- id: a\n  name: {en: "a\\u0007b"}\n',
     ["records.yaml:3: name.en: character U+0007 at position 2 is a control character; expected "
      "readable Unicode text"]),
    ("surrogate", 'themes:\n- id: a\n  name: {en: "a\\ud800b"}\n',
     ["records.yaml:3: -: not YAML: found invalid Unicode character escape code while parsing a "
      "quoted scalar"]),
    ("choice", "areas:\n- {id: a, kind: citty, name: {en: A}}\n",
     ["records.yaml:2: kind: “citty” is not known; expected one of country, province, city "
      "(perhaps city?)"]),
    ("quoted-number", 'areas:\n- {id: a, kind: city, name: {en: A}, geonames_id: "12"}\n',
     ["records.yaml:2: geonames_id: “12” is in quotes; expected a number without them"]),
    ("half-a-place", "areas:\n- {id: a, kind: city, name: {en: A}, latitude: 10}\n",
     ["records.yaml:2: latitude: latitude and longitude are given together or not at all"]),
    ("off-the-map", "areas:\n- {id: a, kind: city, name: {en: A}, latitude: 91, longitude: 0}\n",
     ["records.yaml:2: latitude: “91” is not in decimal degrees such as 21.0285, from -90 to 90"]),
    ("bad-day", "articles:\n- {id: a, source: b, language: vi, title: {en: A}, "
     "published: 2025-13-01}\nsources:\n- {id: b, kind: agency, name: {en: B}}\n",
     ["records.yaml:2: published: there is no 2025-13-01 in the calendar"]),
    ("dangling", "areas:\n- {id: hanoi, kind: city, name: {en: A}}\n"
     "- id: b\n  kind: city\n  name: {en: B}\n  parent: hanoy\n",
     ["records.yaml:6: parent: there is no area hanoy in this dossier (perhaps hanoi?); expected "
      "one that is"]),
    ("dangling-in-a-list", "persons:\n- {id: ana, name: {en: A}}\nareas: []\n"
     "agreements:\n- id: a\n  kind: treaty\n  title: {en: A}\n  status: signed\n"
     "  scopes: [zz, yy]\n",
     ["records.yaml:9: scopes[1]: there is no theme zz in this dossier; expected one that is",
      "records.yaml:9: scopes[2]: there is no theme yy in this dossier; expected one that is"]),
    ("own-part", "areas:\n- {id: a, kind: city, name: {en: A}, parent: a}\n",
     ["records.yaml:2: parent: an area cannot be part of itself"]),
    ("circle", "areas:\n- {id: a, kind: city, name: {en: A}, parent: b}\n"
     "- {id: b, kind: city, name: {en: B}, parent: a}\n",
     ["records.yaml:2: parent: a is, in the end, a part of itself",
      "records.yaml:3: parent: b is, in the end, a part of itself"]),
    ("unique-value", "areas:\n- {id: a, kind: city, name: {en: A}, wikidata_id: Q1}\n"
     "- {id: b, kind: city, name: {en: B}, wikidata_id: Q1}\n",
     ["records.yaml:3: wikidata_id: another area has this Wikidata item; expected each once (a)"]),
    ("unknown-kind", THEME + "arreas:\n- {id: a}\n",
     ["records.yaml:4: arreas: unknown kind (perhaps areas?); expected one of "]),
    ("anchor", "themes:\n- &one\n  id: a\n  name: {en: A}\n",
     ["records.yaml:2: -: the anchor &one is not allowed; leave it out"]),
    ("alias", "themes:\n- id: a\n  name: &name {en: A}\n- id: b\n  name: *name\n",
     ["records.yaml:3: -: the anchor &name is not allowed; leave it out",
      "records.yaml:5: -: the alias *name is not allowed; write it out"]),
    ("tag", "themes:\n- id: !!str a\n  name: {en: !!python/name:os.system A}\n",
     ["records.yaml:2: -: the tag tag:yaml.org,2002:str is not allowed; leave it out",
      "records.yaml:3: -: the tag tag:yaml.org,2002:python/name:os.system is not allowed; leave "
      "it out"]),
    ("two-documents", THEME + "---\n" + THEME,
     ["records.yaml:4: -: a second document; expected one document per file"]),
    ("not-yaml", "themes:\n- id: a\n  name: {en: A\n- id: b\n",
     ["records.yaml:4: -: not YAML: expected a comma or }; words with a comma, a colon or a "
      "bracket stand in quotation marks within {…}"]),
    ("address", "sources:\n- {id: a, kind: agency, name: {en: A}, url: 'javascript:alert(1)'}\n",
     ["records.yaml:2: url: “javascript:alert(1)” is not an address that begins with https:// or "
      "http://"]),
    ("time-zone", "gatherings:\n- {id: a, kind: forum, title: {en: A}, status: held, "
     "timezone: Asia/Hanoi}\n",
     ["records.yaml:2: timezone: “Asia/Hanoi” is not a time zone; expected one such as "]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("records", "expected"), [case[1:] for case in ONE_FILE], ids=[case[0] for case in ONE_FILE]
)
def test_each_mistake_is_named_with_its_line(
    tmp_path: Path, records: str, expected: list[str]
) -> None:
    found = mistakes(write(tmp_path, records))
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start) if start.endswith(" ") else line == start


RULES = [
    ("answer-of-a-stranger", "side: side-a\n  verdict", "side: side-c\n  verdict",
     "side: side-c was not asked in P-2025-001 and is no side of its partnership; expected one of "
     "side-a, side-b"),
    ("no-such-alternative", "alternative: 2", "alternative: 3",
     "alternative: 3 of 2; expected a number the proposal has"),
    ("report-of-a-stranger", "side: side-a\n  completion", "side: side-c\n  completion",
     "side: side-c is no party to C-2025-001; expected one of side-a, side-b"),
    ("accepted-too-early", "accepted_on: 2026-01-02", "accepted_on: 2025-12-31",
     "accepted_on: 2025-12-31 is before 2026-01-01, when it was submitted"),
    ("accepted-without-a-day", "  accepted_on: 2026-01-02\n", "",
     "accepted_on: an accepted report has the day when it was, and no other has"),
    ("nobody-holds", "role: holder", "role: counterpart",
     "parties: nobody holds it; expected a party with the role holder"),
    ("long-quotation", "quotation: bốn hội thảo", "quotation: một hai ba bốn năm sáu bảy tám chín",
     "quotation: 9 words; expected at most 8, as evidence"),
    ("session-of-another-year", "starts_at: 2025-09-30T09", "starts_at: 2024-09-30T09",
     "starts_at: 2024-09-30 is more than half a year from 2025-09-30/2025-10-01 of the gathering"),
    ("session-backwards", "ends_at: 2025-09-30T10", "ends_at: 2025-09-30T08",
     "ends_at: expected no end without a start, and none before it"),
    ("wrong-offset", "starts_at: 2025-09-30T09:00:00+07:00", "starts_at: 2025-09-30T09:00:00+08:00",
     "starts_at: +08:00 is not the offset of Asia/Ho_Chi_Minh on that day, where it is 08:00 then; "
     "expected +07:00, or no offset for the clocks there, or Z for UTC"),
    ("no-time", "starts_at: 2025-09-30T09:00:00+07:00", "starts_at: nine o'clock",
     "starts_at: “nine o'clock” is not a moment; expected date, time to the second at "
     "most, and offset from UTC, such as 2025-09-30T09:00:00+07:00"),
    ("claim-of-nothing", "about: gathering/forum-1", "about: gathering/forum-2",
     "claims[1].about: there is no gathering forum-2 in this dossier (perhaps forum-1?); expected "
     "one that is"),
    ("claim-of-no-kind", "about: gathering/forum-1", "about: gatherings/forum-1",
     "claims[1].about: there is no kind of record called “gatherings” (perhaps gathering?)"),
    ("party-twice", "- {side: side-b, role: counterpart}", "- {side: side-a, role: counterpart}",
     "parties[2].side: the side is in the list already; expected it once"),
    ("two-positions", "area: b, position: 2", "area: b, position: 1",
     "position: another side of the partnership has this position; expected each once "
     "(side-a)"),
]  # fmt: skip

STRANGERS = """\
- {id: c, kind: city, name: {en: C-town}}
partnerships:
- {id: a-c, kind: twinning, name: {en: A – C}}
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"), [case[1:] for case in RULES], ids=[case[0] for case in RULES]
)
def test_rules_between_records_are_held(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    records = RECORDS.replace("partnerships:\n", STRANGERS, 1).replace(
        "sides:\n", "sides:\n- {id: side-c, partnership: a-c, area: c, position: 1}\n", 1
    )
    assert before in records
    found = mistakes(write(tmp_path, records.replace(before, after, 1)))
    assert [line.split(": ", 1)[1] for line in found] == [expected]


DISPOSITION = """\
series:
- {{id: forum, name: {{en: Forum}}}}
gatherings:
- {{id: f-1, kind: forum, title: {{en: One}}, series: forum, number: 1, status: held,
    timezone: UTC}}
- {{id: f-2, kind: forum, title: {{en: Two}}, series: forum, number: 2, status: held,
    timezone: UTC}}
- {{id: other, kind: forum, title: {{en: Other}}, status: held, timezone: UTC}}
proposals:
- {{id: P-2025-001, kind: wish, title: {{en: A}}, gathering: f-1}}
- {{id: P-2025-002, kind: wish, title: {{en: B}}}}
dispositions:
- {{id: d, proposal: P-2025-001, decided_on: 2025-10-01, {rest}}}
"""


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("gathering: f-1, outcome: dropped",
         "reason: what is dropped has a reason; expected one"),
        ("gathering: f-1, outcome: carried",
         "into: a later edition is given for what is carried, and only then"),
        ("gathering: f-1, outcome: carried, into: f-1",
         "into: carried into the edition that was closed; expected a later one"),
        ("gathering: f-1, outcome: carried, into: other",
         "into: other is no edition of the same series"),
        ("gathering: f-2, outcome: completed",
         "gathering: P-2025-001 was neither made at f-2 nor carried into it"),
        ("gathering: f-1, outcome: split, successor_proposals: [P-2025-002]",
         "outcome: split; expected at least 2 commitments or proposals after it"),
        ("gathering: f-1, outcome: replaced, successor_proposals: [P-2025-001]",
         "successor_proposals: P-2025-001 cannot come after itself"),
        ("gathering: f-1, outcome: completed, successor_proposals: [P-2025-002]",
         "outcome: nothing comes after what is completed; expected none"),
    ],
)  # fmt: skip
def test_dispositions_make_sense(tmp_path: Path, rest: str, expected: str) -> None:
    found = mistakes(write(tmp_path, DISPOSITION.format(rest=rest)))
    assert [line.split(": ", 1)[1] for line in found] == [expected]


def test_what_was_carried_into_an_edition_may_be_disposed_of_there(tmp_path: Path) -> None:
    carried = DISPOSITION.format(rest="gathering: f-1, outcome: carried, into: f-2")
    records = carried + (
        "- {id: e, proposal: P-2025-001, decided_on: 2026-10-01, gathering: f-2, "
        "outcome: completed}\n"
    )
    assert mistakes(write(tmp_path, records)) == []


def test_all_mistakes_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    write(tmp_path, "themes:\n- id: a\n  nam: x\n- id: b\n  name: {en: B}\n", "id: sample\n")
    (tmp_path / "b.yaml").write_text("areas:\n- {id: x}\n")
    (tmp_path / "a.yml").write_text(THEME)
    found = mistakes(tmp_path)
    assert [line.split(": ")[0] for line in found] == [
        "a.yml:0",
        "b.yaml:2",
        "b.yaml:2",
        "dossier.yaml:1",
        "records.yaml:2",
        "records.yaml:3",
    ]


def test_more_than_a_thousand_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"- {{id: t-{number}}}\n" for number in range(1_200))
    found = mistakes(write(tmp_path, "themes:\n" + rows))
    assert len(found) == 1_001
    assert found[-1] == "... and 200 more"


def test_more_than_a_thousand_dangling_references_are_counted(tmp_path: Path) -> None:
    rows = "".join(
        f"- {{id: t-{number}, kind: city, name: {{en: A}}, parent: none}}\n"
        for number in range(1_100)
    )
    staged = checked(write(tmp_path, "areas:\n" + rows))
    assert staged.problems.count == 1_100
    assert staged.problems.lines()[-1] == "... and 100 more"


def test_without_a_head_there_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "records.yaml").write_text(THEME)
    assert mistakes(tmp_path) == [
        "dossier.yaml:0: -: is missing; "
        "expected it with id, title, summary, fictional, languages, office"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"themes:\n- id: a\n  name: {en: caf\xe9}\n",
         "records.yaml:3: -: byte 0xE9 is not UTF-8; expected text in Unicode (UTF-8)"),
        (THEME.encode("utf-16"), "records.yaml:1: -: UTF-16; expected text in Unicode (UTF-8)"),
        (b"themes:\n- id: a\n  name: {en: a\x07b}\n",
         "records.yaml:3: -: the character U+0007 is not text; expected readable Unicode"),
        (b"themes:\n- id: a\n  name: {en: \xed\xa0\x80}\n",
         "records.yaml:3: -: byte 0xED is not UTF-8; expected text in Unicode (UTF-8)"),
    ],
    ids=["latin-1", "utf-16", "control-character", "surrogate"],
)  # fmt: skip
def test_what_is_not_unicode_is_found(tmp_path: Path, content: bytes, expected: str) -> None:
    write(tmp_path)
    (tmp_path / "records.yaml").write_bytes(content)
    assert mistakes(tmp_path) == [expected]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_endless_nesting_is_refused_early(tmp_path: Path, opening: str) -> None:
    write(tmp_path)
    with (tmp_path / "records.yaml").open("w") as stream:
        stream.write("themes:\n- id: a\n  name: ")
        stream.write("\n  - " if opening == "- " else "")
        for _ in range(100):
            stream.write(opening * 10_000)
    found = mistakes(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(("records.yaml:3: -: nested deeper", "records.yaml:4: -: nested d"))


def test_a_record_without_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "themes:\n- id: a\n  name: [" + "a," * 100_001 + "]\n")
    assert mistakes(tmp_path) == ["records.yaml:2: -: a record of more than 100,000 parts"]


def test_tags_without_end_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"- !a {{id: t-{number}, name: {{en: B}}}}\n" for number in range(1_500))
    write(tmp_path, "themes:\n" + rows)
    found = mistakes(tmp_path)
    assert "records.yaml:1002: -: tags and anchors again; they are not allowed" in found


def test_a_value_without_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "themes:\n- id: a\n  name: {en: '" + "x" * 1_000_001 + "'}\n")
    assert mistakes(tmp_path) == ["records.yaml:3: -: a value longer than 1,000,000 characters"]


PICTURE = "pictures:\n- {{id: a, file: '{file}', alt: {{en: A dot}}, licence: CC0}}\n"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("pictures/none.png", "“pictures/none.png”: cannot be read: No such file or directory"),
        ("../outside.png", "“../outside.png” is not below pictures/"),
        ("pictures/../outside.png", "“pictures/../outside.png” is not below pictures/"),
        ("/etc/passwd", "“/etc/passwd” is not below pictures/"),
        ("outside.png", "“outside.png” is not below pictures/"),
        ("pictures/link.png", "“pictures/link.png”: not a plain file; links and devices are not "
         "followed"),
        ("pictures/folder/a.png", "“pictures/folder/a.png” leads through a link"),
        ("pictures/words.png", "“pictures/words.png”: not a picture; expected PNG, JPEG, WebP "
         "or HEIC"),
        ("pictures/broken.png", "“pictures/broken.png”: a broken picture"),
        ("pictures/wide.png", "“pictures/wide.png”: 10001 × 1 pixels; expected at most 10000 on a "
         "side and 50,000,000 in all"),
        ("pictures/drawing.gif", "“pictures/drawing.gif”: not a picture; expected PNG, JPEG, "
         "WebP or HEIC"),
        ("pictures/huge.png", "“pictures/huge.png”: 60,000,001 bytes; expected at most "
         "60,000,000"),
    ],
)  # fmt: skip
def test_pictures_are_looked_at_with_care(tmp_path: Path, file: str, expected: str) -> None:
    folder = write(tmp_path / "dossier", PICTURE.format(file=file))
    pictures = folder / "pictures"
    pictures.mkdir()
    (tmp_path / "outside.png").write_bytes(picture())
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_bytes(picture())
    (folder / "outside.png").write_bytes(picture())
    (pictures / "link.png").symlink_to(tmp_path / "outside.png")
    if "folder" in file:
        (pictures / "folder").symlink_to(tmp_path / "elsewhere")
    (pictures / "words.png").write_text("GIF89a, or so it says")
    (pictures / "broken.png").write_bytes(picture(400, 300)[:150])
    (pictures / "wide.png").write_bytes(picture(10_001, 1))
    (pictures / "drawing.gif").write_bytes(picture(kind="GIF"))
    with (pictures / "huge.png").open("wb") as stream:
        stream.truncate(60_000_001)
    found = [line for line in mistakes(folder) if not line.startswith("pictures/folder:0:")]
    assert len(found) == 1
    assert found[0].startswith(f"records.yaml:2: file: {expected}")


def test_linked_files_of_records_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "dossier", THEME)
    (tmp_path / "other.yaml").write_text(THEME)
    (folder / "other.yaml").symlink_to(tmp_path / "other.yaml")
    (folder / "more").symlink_to(tmp_path)
    assert mistakes(folder) == [
        "more:0: -: a link; expected a folder",
        "other.yaml:0: -: not a plain file; links and devices are not followed",
    ]


def test_words_that_look_like_something_else_stay_words(tmp_path: Path) -> None:
    area = "{id: a, kind: city, name: {en: 1984, 'no': off}, country_code: NO}"
    write(tmp_path, f"areas:\n- {area}\n")
    staged = checked(tmp_path)
    assert staged.problems.lines() == []
    read = staged.spool.find("area", "a")
    assert read is not None
    assert read["country_code"] == "NO"
    assert [one["words"] for one in read["name"]["versions"].values()] == ["1984", "off"]


def test_a_picture_is_found_in_whatever_normal_form_its_name_was_written(tmp_path: Path) -> None:
    name = "Ảnh-Đà-Nẵng.png"
    folder = write(tmp_path, PICTURE.format(file=f"pictures/{name}"))
    (folder / "pictures").mkdir()
    (folder / "pictures" / unicodedata.normalize("NFD", name)).write_bytes(picture())
    assert mistakes(folder) == []
