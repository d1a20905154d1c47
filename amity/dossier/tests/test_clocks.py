"""Times as a folder writes them: by the clocks of the gathering's zone."""

from pathlib import Path

import pytest

from amity.gatherings.models import Session
from amity.record.plain.states import plain_value

from .folder import exported, loaded, mistakes, write

pytestmark = pytest.mark.django_db

HEAD = "id: clocks\ntitle: {en: Clocks}\nfictional: true\noffice: bureau\n"
RECORDS = """\
organizations:
- {id: bureau, kind: other, name: {en: Bureau}}
sessions:
- {id: talk, gathering: night, kind: plenary, position: 1, title: {en: Talk}, starts_at: WHEN}
gatherings:
- id: night
  kind: forum
  title: {en: Night}
  status: announced
  when: 2027-03-26/2027-03-29
  timezone: Europe/Lisbon
"""


def starting(folder: Path, when: str) -> Path:
    return write(folder, RECORDS.replace("WHEN", when), HEAD)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2027-03-27T09:00", "2027-03-27T09:00:00Z"),
        ("2027-03-28T09:00", "2027-03-28T08:00:00Z"),
        ("2027-03-28 09:00:30", "2027-03-28T08:00:30Z"),
        ("2027-03-28T09:00+01:00", "2027-03-28T08:00:00Z"),
        ("2027-03-28T08:00Z", "2027-03-28T08:00:00Z"),
    ],
)
def test_a_time_without_an_offset_is_that_of_the_clocks_there(
    tmp_path: Path, written: str, kept: str
) -> None:
    loaded(starting(tmp_path / "one", written))
    assert plain_value(Session.objects.get().starts_at) == kept
    again = loaded(starting(tmp_path / "two", written))
    assert (again.added, again.changed) == (0, 0)
    files = exported(tmp_path / "out", "clocks")
    assert kept in "".join(content.decode() for content in files.values())


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2027-03-28T01:30", "the clocks of Europe/Lisbon leave out 2027-03-28T01:30; expected a "
         "time that is"),
        ("2026-10-25T01:30", "the clocks of Europe/Lisbon show 2026-10-25T01:30 twice; expected "
         "it with its offset, +01:00 or +00:00"),
        ("2027-03-28T09:00+00:00", "+00:00 is not the offset of Europe/Lisbon on that day, where "
         "it is 10:00 then; expected +01:00, or no offset for the clocks there, or Z for UTC"),
        ("2027-03-28T09:00-03:30", "-03:30 is not the offset of Europe/Lisbon on that day, where "
         "it is 13:30 then; expected +01:00, or no offset for the clocks there, or Z for UTC"),
    ],
)  # fmt: skip
def test_what_the_clocks_there_never_show_is_named(
    tmp_path: Path, written: str, message: str
) -> None:
    assert mistakes(starting(tmp_path, written)) == [f"records.yaml:4: starts_at: {message}"]


def test_a_gathering_that_is_not_there_is_told_alone(tmp_path: Path) -> None:
    records = RECORDS.replace("WHEN", "2027-03-28T09:00").replace(
        "gathering: night", "gathering: x"
    )
    [told, *_] = mistakes(write(tmp_path, records, HEAD))
    assert "there is no gathering x in this dossier" in told
