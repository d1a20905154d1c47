"""What helps whoever writes a folder by hand: advice, what is worth a look, a first folder."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from amity.dossier.problems import DossierError
from amity.dossier.reading.advice import perhaps_a_day
from amity.dossier.telling.notices import free_numbers, notice
from amity.dossier.telling.starter import start
from amity.record.models import Entry

from .folder import BUREAU, HEAD, RECORDS, checked, loaded, mistakes, write

pytestmark = pytest.mark.django_db

THEME = "themes:\n- id: a\n  name:\n    en: "
OF_YAML = [
    (THEME + "A title: with a colon\n", 4, "a colon with a space after it, within words; put the "),
    ("themes:\n- id: a\n    name: {en: A}\n", 3, "a colon with a space after it, within words; "),
    (
        "themes:\n- {id: a, name: {en: A [B, C}}\n",
        2,
        "expected a comma or }; words with a comma, a ",
    ),
    ("themes:\n- id: a\n\tname: {en: A}\n", 3, "a tab; expected spaces at the beginning of a line"),
    ("themes:\n\t- id: a\n", 2, "a tab, or words that begin with @, % or `; expected spaces at "),
    (THEME + '"A\n\n\n', 4, "the file ends within words; close the quotation mark that they began"),
    (THEME + '"A" and B\n', 4, "expected the name of a field, indented as those before it; words "),
    (
        "themes:\n- id: a\n  name\n  kind: x\n",
        4,
        "expected a colon and a space after the name of a",
    ),
    ("themes: - id: a\n", 1, "a list begins on a line of its own, each item with a hyphen and a "),
]


@pytest.mark.parametrize(("records", "line", "words"), OF_YAML)
def test_what_yaml_cannot_read_comes_with_advice(
    tmp_path: Path, records: str, line: int, words: str
) -> None:
    (found,) = mistakes(write(tmp_path, records))
    assert found.startswith(f"records.yaml:{line}: -: not YAML: {words}")


def test_a_comma_in_a_text_is_told(tmp_path: Path) -> None:
    records = "themes:\n- id: a\n  name: {fr: premier étage, salle 2}\n"
    assert mistakes(write(tmp_path, records)) == [
        "records.yaml:3: name.salle 2: “salle 2” is not a language tag; words with a comma stand "
        "in quotation marks"
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("21.11.2026", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("3/4/2026", "2026-03-04 or 2026-04-03"),
        ("20 November 2026", "2026-11-20"),
        ("November 20, 2026", "2026-11-20"),
        ("1st March 2027", "2027-03-01"),
        ("20 Nov. 2026", "2026-11-20"),
        ("20 ноября 2026 г.", "2026-11-20"),
        ("1er mars 2027", "2027-03-01"),
        ("20 tháng 11 năm 2026", "2026-11-20"),
        ("20 Agustus 2026", "2026-08-20"),
    ],
)
def test_a_day_as_people_write_it_is_understood_as_a_guess(
    tmp_path: Path, written: str, meant: str
) -> None:
    assert perhaps_a_day(written) == f" (perhaps {meant}?)"
    records = RECORDS.replace("when: 1991-05-07", f'when: "{written}"')
    (line,) = mistakes(write(tmp_path, records))
    assert line.endswith(f" (perhaps {meant}?)")


@pytest.mark.parametrize("written", ["32.1.2026", "20 Foo 2026", "soon", "2026-13-01", "1.2", ""])
def test_what_is_no_day_is_not_guessed_at(written: str) -> None:
    assert perhaps_a_day(written) == ""


def test_words_in_place_of_a_date_are_shown_as_said(tmp_path: Path) -> None:
    records = RECORDS.replace(
        "deadline: {edtf: 2026-10, said: {en: in October 2026}}", "deadline: by the end of the year"
    )
    (line,) = mistakes(write(tmp_path, records))
    assert line.endswith('(words alone are written as said: {en: "by the end of the year"})')


def test_tables_that_lie_there_are_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "delegates.csv").write_text("name,post\nAna,x\n")
    (line,) = (one for one in notice(checked(tmp_path)).lines() if ".csv" in one)
    assert line.startswith("delegates.csv:0: -: is not read; records stand in files that end in ")
    (tmp_path / "people.yaml").write_text("name;post;town\nAna;x;y\n")
    (line,) = mistakes(tmp_path)
    assert "this is a table, and a folder holds records" in line
    (tmp_path / "people.yaml").rename(tmp_path / "people.yml")
    assert mistakes(tmp_path) == [
        "people.yml:0: -: expected a name that ends in .yaml; rename it to people.yaml"
    ]


def worth_a_look(tmp_path: Path, records: str, head: str = HEAD) -> list[str]:
    folder = write(tmp_path, records, head.replace("languages: [en, vi]", "languages: [en]"))
    staged = checked(folder)
    assert staged.problems.lines() == []
    return notice(staged).lines()


def test_nothing_is_worth_a_look_in_a_folder_that_says_all(tmp_path: Path) -> None:
    assert worth_a_look(tmp_path, RECORDS) == []


def test_languages_that_are_promised_and_missing_are_told_once_for_each_field(
    tmp_path: Path,
) -> None:
    records = BUREAU + (
        "themes:\n- {id: a, name: {en: A, vi: A}}\n- {id: b, name: {en: B}}\n"
        "- {id: c, name: {vi: C}}\n- {id: d, name: {en: D}}\n"
    )
    lines = notice(checked(write(tmp_path, records))).lines()
    words = "which dossier.yaml promises"
    assert lines == [
        f"records.yaml:2: name: lacks vi, {words}",
        f"records.yaml:5: name: lacks vi, {words}, and so do 1 more",
        f"records.yaml:6: name: lacks en, {words}",
    ]


def test_a_recurrence_without_a_beginning_is_told(tmp_path: Path) -> None:
    records = RECORDS.replace(
        "deadline: {edtf: 2026-10, said: {en: in October 2026}}",
        "deadline: {said: {en: every two years until 2029}, every: P2Y, until: 2029-12-31}",
    )
    (line,) = worth_a_look(tmp_path, records)
    assert "deadline: comes back every P2Y, and does not say from when" in line


def test_a_twin_that_is_listed_twice_is_told(tmp_path: Path) -> None:
    records = RECORDS.replace(
        "sides:\n",
        "- {id: again, kind: twinning, name: {en: B – A}}\nsides:\n"
        "- {id: again-b, partnership: again, area: b, position: 1}\n"
        "- {id: again-a, partnership: again, area: a, position: 2}\n",
    )
    (line,) = worth_a_look(tmp_path, records)
    assert "id: is a twinning of the same areas as a-b; expected one of the two" in line


def test_words_that_nobody_says_are_told(tmp_path: Path) -> None:
    records = RECORDS.replace(
        "occasion: speech, person: ana,", "occasion: speech, gathering: forum-1,"
    )
    (line,) = worth_a_look(tmp_path, records)
    assert "-: nobody says it; expected a person, an organization or a side" in line


def test_a_property_that_pages_have_no_words_for_is_told(tmp_path: Path) -> None:
    (line,) = worth_a_look(tmp_path, RECORDS.replace("property: seminars", "property: seminers"))
    assert "claims[1].property: pages have no words for “seminers” (perhaps seminars?)" in line


def test_the_next_free_number_is_said(tmp_path: Path) -> None:
    records = RECORDS.replace("- id: C-2025-001\n", "- id: C-2025-041\n").replace(
        "commitment/C-2025-001", "commitment/C-2025-041"
    )
    records = records.replace("commitment: C-2025-001", "commitment: C-2025-041")
    staged = checked(write(tmp_path, records))
    assert staged.problems.lines() == []
    assert free_numbers(staged) == ["C-2025-042", "P-2025-002"]
    out = StringIO()
    call_command("dossier", "check", str(tmp_path), stdout=out)
    assert "next free numbers in this folder: C-2025-042, P-2025-002\n" in out.getvalue()


def test_a_number_of_another_dossier_comes_with_one_of_this(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    head = HEAD.replace("id: sample", "id: second")
    err = StringIO()
    with pytest.raises(Exception, match="nothing was changed"):
        call_command(
            "dossier", "load", str(write(tmp_path / "two", RECORDS, head)), stderr=err, stdout=err
        )
    own = "belongs to the dossier sample; expected an id of its own, such as p-2025-001-second"
    assert own in err.getvalue()
    twice = RECORDS.replace(
        "answers:\n", "- {id: P-2025-001, kind: wish, title: {en: W}}\nanswers:\n"
    )
    (line, *_) = mistakes(write(tmp_path / "three", twice))
    assert "expected one of its own, such as P-2025-002 if no later file has it" in line


def test_a_folder_to_begin_with_is_right_and_loads(tmp_path: Path) -> None:
    folder = tmp_path / "Éssai  Rouen"
    assert [path.name for path in start(folder)] == ["dossier.yaml", "records.yaml"]
    out = StringIO()
    call_command("dossier", "check", str(folder), stdout=out)
    assert out.getvalue().splitlines() == [
        "next free numbers in this folder: C-2026-002, P-2026-002",
        "essai-rouen: 12 records, nothing wrong",
    ]
    call_command("dossier", "load", "--restore", str(folder), stdout=out)
    assert Entry.objects.get(key="C-2026-001").dossier.key == "essai-rouen"
    call_command("dossier", "load", str(folder), stdout=out)
    assert out.getvalue().endswith("0 added, 0 changed, 0 removed, 12 unchanged\n")
    with pytest.raises(DossierError):
        start(folder)
