"""Cases of words and names: dates of archives, characters, normal forms."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from PIL import Image

from amity.dossier.tests.folder import mistakes

from .conftest import Case, Loaded

pytestmark = [pytest.mark.shared, pytest.mark.django_db]

REFUSED = {
    "1985-04-12T23:20:30Z": "is not a date",
    "Y-17E7": "is not a date",
    "{1667,1668}": "is not a date",
    "2004-06-~11": "is not a date",
    "2023-02-29": "there is no 2023-02-29 in the calendar",
}
"""Of the twenty dates those that are none, or that nobody needs here."""


def test_edtf(case: Case) -> None:
    told = mistakes(case("edtf"))
    assert len(told) == len(REFUSED)
    for line, (written, message) in zip(told, REFUSED.items(), strict=True):
        assert message in line
        assert written in line


def test_controls(case: Case) -> None:
    [told] = mistakes(case("controls"))
    assert "title.en: character U+202E at position" in told


def test_nfd_picture(load_case: Loaded) -> None:
    load_case("nfd-picture")


def test_exif_gps(load_case: Loaded, client: Client, settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "media"
    load_case("exif-gps")
    page = client.get("/en/gatherings/h2ex-forum/").content.decode()
    [address] = re.findall(r'src="(/media/[^"]+)"', page)
    content = b"".join(client.get(address).streaming_content)
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
    assert b"Exif" not in content


@pytest.mark.parametrize("language", ["vi", "ru", "fr", "id"])
def test_csv_cells(load_case: Loaded, client: Client, language: str) -> None:
    load_case("csv-cells")
    written = b"".join(client.get(f"/{language}/areas.csv").streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK" in written
    content = b"".join(client.get(f"/{language}/areas.xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row]
    formulas = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert [cell.data_type for cell in formulas] == ["s"]
    assert {cell.data_type for cell in cells if isinstance(cell.value, float)} == {"n"}
