"""Cases of the network: the map, words that are too long."""

import shutil
from pathlib import Path

import lxml.html
import pytest
from django.test import Client

from .conftest import Case, Loaded

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


def test_map_without_country_positions(load_case: Loaded, client: Client) -> None:
    load_case("map-without-country-positions")
    page = lxml.html.fromstring(client.get("/en/network/").content.decode())
    lines = page.xpath("//*[local-name()='path' and contains(@class, 'arc')]/*/text()")
    assert len(lines) == 3  # between three countries
    names = page.xpath("//*[local-name()='circle']/*/text()")
    named = {name.partition(" (")[0] for name in names}
    assert {one for one in named if not one.startswith("Town ")} == {
        "Testland",
        "Provia",
        "Exemplia",
    }
    [address] = page.xpath("//a[@data-name='Provia']/@href")
    assert address == "?area=c-1"
    narrowed = client.get("/en/network/?area=town-1").content.decode()
    assert "Town 0 – Town 1" in narrowed
    assert "Town 0 – Town 2" not in narrowed


def test_renamed_city(case: Case, load_case: Loaded, client: Client, tmp_path: Path) -> None:
    """The folder says no day of the former name, so it takes the place that there is now for it."""
    folder = tmp_path / "dossier"
    shutil.copytree(case("renamed-city"), folder)
    folder.chmod(0o755)
    records = folder / "records.yaml"
    records.chmod(0o644)
    written = records.read_text(encoding="utf-8")
    dated = written.replace("kind: former}", "kind: former, until: 1991}")
    assert dated != written
    records.write_text(dated, encoding="utf-8")
    load_case(folder)
    page = client.get("/en/partnerships/h2rn-tw/").content.decode()
    assert page.count("Newname was called Oldname then.") == 1
