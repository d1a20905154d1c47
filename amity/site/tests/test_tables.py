"""Lists as CSV and XLSX, read back as a spreadsheet would."""

import csv
import re
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.conf import settings

from amity.followup import columns as followup
from amity.followup.choices import Completion, ReportState
from amity.followup.tests.factory import Record, words
from amity.foundation.formats.tables import Column, harmless, lines
from amity.foundation.formats.workbook import workbook
from amity.gatherings import columns as gatherings
from amity.network import columns as network
from amity.network.models import Area, Partnership, Person
from amity.network.tests.factory import placed
from amity.sources import columns as sources

pytestmark = pytest.mark.django_db

COLUMNS = {
    "commitments": followup.COMMITMENTS,
    "proposals": followup.PROPOSALS,
    "network": network.PARTNERSHIPS,
    "gatherings": gatherings.GATHERINGS,
    "areas": network.AREAS,
    "organizations": network.ORGANIZATIONS,
    "persons": network.PERSONS,
    "agreements": network.AGREEMENTS,
    "coverage": sources.ARTICLES,
}
STATEMENTS = {"commitments": 4, "proposals": 5, "network": 3}
"""How many a table takes, where it is not two: the version of the record, and the rows."""
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture
def record():
    return Record()


def body(client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)


def rows(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body(client, address).decode("utf-8-sig"), newline="")))


def test_a_commitment_is_a_row_in_the_readers_words(client, record):
    made = record.commitment(deadline="2026-10")
    record.report(made, 0, Completion.LIMITED)
    assert rows(client, "/en/commitments.csv") == [
        {
            "Identifier": "C-2025-001",
            "Title": "Promise 1",
            "Kind": "commitment",
            "Grade": "will",
            "Held by": "Southtown",
            "Promised to": "Northtown",
            "Made": "1 October 2025",
            "Deadline": "October 2026",
            "Next due": "2026-10-31",
            "Together": "reported by one side only",
            "Decided": "",
            "Reported": "Northtown: limited; Southtown: no report",
            "Themes": "Transport",
            "Sustainable Development Goals": "",
            "Gathering": "First forum",
            "Fictional": "yes",
            "Page": f"{settings.BASE_URL}/en/commitments/C-2025-001/",
        }
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(COLUMNS))
def test_every_list_has_a_head_in_the_readers_language(client, record, language, name):
    answer = client.get(f"/{language}/{name}.csv")
    written = b"".join(answer.streaming_content)
    assert written.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.{language}.csv"'
    head = next(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))
    assert len(head) == len(COLUMNS[name])
    assert all(head)


def test_vietnamese_letters_come_through(client, record):
    record.commitment()
    assert "Cam kết 1,".encode() in body(client, "/vi/commitments.csv")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 2), ("?overdue=1", 1), ("?holder=north", 0), ("?gathering=forum-1", 2)],
)
def test_the_filters_are_those_of_the_page(client, record, query, expected):
    record.commitment(1, deadline="2025-12")
    record.commitment(2, deadline=None)
    assert len(rows(client, f"/en/commitments.csv{query}")) == expected


def test_a_filter_that_makes_no_sense_is_refused(client, record):
    assert client.get("/en/commitments.csv?state=fine").status_code == 400


@pytest.mark.parametrize("name", list(COLUMNS))
def test_the_list_page_leads_to_its_table_with_what_was_chosen(client, record, name):
    record.commitment()
    record.proposal()
    placed(Partnership.objects.get())
    chosen = {"commitments": "?side=north", "proposals": "?side=north"}.get(name, "")
    page = client.get(f"/en/{name}/{chosen}").content.decode()
    listed = rows(client, f"/en/{name}.csv{chosen}")
    assert page.count(f'href="/en/{name}.csv{chosen}"') == bool(listed)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−"])
def test_no_cell_is_taken_for_a_formula(start):
    formula = f'{start}HYPERLINK("https://evil.example","x")'
    assert harmless(formula) == f"'{formula}"
    assert harmless(f"x{formula}") == f"x{formula}"


@pytest.mark.parametrize("between", [";", ";;", "\t", ';"', "; ;"])
def test_no_part_of_a_cell_is_taken_for_a_formula_where_semicolons_part_cells(between):
    written = harmless(f'Trams{between}=HYPERLINK("https://evil.example","x");y')
    parts = re.split(r"[;\t]", str(written))
    assert [one for one in parts if one.lstrip('"').startswith("=")] == []
    assert str(written).replace("'", "").endswith('=HYPERLINK("https://evil.example","x");y')
    assert harmless("Trams; buses – and more; a=b") == "Trams; buses – and more; a=b"


def test_a_name_that_begins_like_a_formula_is_quoted_in_the_file(client, record):
    placed(
        Person.objects.create(
            dossier=record.dossier, readers="public", key="person", name=words('=1+1,"x"')
        )
    )
    (row,) = rows(client, "/en/persons.csv")
    assert row["Name"] == '\'=1+1,"x"'


def test_numbers_stay_numbers_even_below_zero(client, record):
    Area.objects.filter(key="south").update(latitude=-33.9, longitude=18.4)
    row = next(row for row in rows(client, "/en/areas.csv") if row["Identifier"] == "south")
    assert (row["Latitude"], row["Longitude"]) == ("-33.9", "18.4")


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_table_takes_as_many_statements_for_one_as_for_thirty(
    client, record, number, name, django_assert_num_queries
):
    for i in range(1, number + 1):
        record.report(record.commitment(i), 0, Completion.LIMITED)
        record.proposal(i)
    with django_assert_num_queries(STATEMENTS.get(name, 2)):
        body(client, f"/en/{name}.csv")


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.RETURNED])
def test_reports_that_are_not_accepted_are_nowhere(client, record, state):
    made = record.commitment()
    record.report(made, 1, Completion.COMPLETE, text="Nobody may read this yet", state=state)
    (row,) = rows(client, "/en/commitments.csv")
    assert row["Together"] == "no report yet"
    assert row["Reported"] == "Northtown: no report; Southtown: no report"


def test_no_more_rows_are_read_than_are_being_written():
    reached = []

    def endless():
        for number in range(100_000):
            reached.append(number)
            yield number

    written = lines([], endless(), "en")
    next(written)
    next(written)
    assert len(reached) == 500


def test_head_reads_nothing(client, record, django_assert_num_queries):
    record.commitment()
    with django_assert_num_queries(1):
        answer = client.head("/en/commitments.csv")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"")


def sheet(client, address: str) -> list[list[tuple[object, str]]]:
    """What a workbook holds, cell by cell as it is typed."""
    answer = client.get(address)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0]]


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_workbook_has_the_rows_and_heads_of_the_table(client, record, name):
    record.commitment()
    record.proposal()
    answer = client.get(f"/ru/{name}.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.ru.xlsx"'
    assert b"".join(answer.streaming_content)
    found = sheet(client, f"/ru/{name}.xlsx")
    head, *listed = csv.reader(StringIO(body(client, f"/ru/{name}.csv").decode("utf-8-sig")))
    assert [value for value, _ in found[0]] == head
    assert len(found) - 1 == len(listed)


def test_numbers_and_days_of_a_workbook_are_numbers_and_days(client, record):
    record.commitment(deadline="2026-10")
    Area.objects.filter(key="south").update(latitude=-33.9, longitude=18.4)
    _, *listed = sheet(client, "/vi/areas.xlsx")
    south = next(row for row in listed if row[0][0] == "south")
    places = [place for place, (value, _) in enumerate(south) if value in (-33.9, 18.4)]
    assert [south[place] for place in places] == [(-33.9, "n"), (18.4, "n")]
    _, promise = sheet(client, "/en/commitments.xlsx")
    due = datetime.fromisoformat("2026-10-31")
    assert (due, "d") in promise


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "https://"])
def test_words_of_a_workbook_stay_words_as_they_are(client, record, start):
    name = f"{start}1+1"
    placed(
        Person.objects.create(
            dossier=record.dossier, readers="public", key="person", name=words(name)
        )
    )
    _, row = sheet(client, "/en/persons.xlsx")
    assert (name, "s") in row


def test_a_cell_that_is_too_long_is_cut_with_a_sign():
    file = workbook("x", [Column("long", "Long", str)], ["ab" * 20_000], "en", None)
    with file:
        book = openpyxl.load_workbook(BytesIO(file.read()))
    value = str(book.worksheets[0]["A2"].value)
    assert (len(value), value[-1]) == (32_767, "…")


def test_head_of_a_workbook_reads_nothing(client, record, django_assert_num_queries):
    record.commitment()
    with django_assert_num_queries(1):
        answer = client.head("/en/commitments.xlsx")
    assert (answer.status_code, answer.content) == (200, b"")
