"""Every page of a whole record opens, and a library of others reads what it says to machines."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from extruct.jsonld import JsonLdExtractor
from lxml import etree

import amity.dossier

DEMONSTRATIONS = Path(amity.dossier.__file__).parent / "demonstrations"
MOST_STATEMENTS = 20
"""How many a page may take, whatever hangs on what it shows."""
REQUIRED = {
    "Event": {"name", "url"},
    "ExhibitionEvent": {"name", "url"},
    "EducationEvent": {"name", "url"},
    "Organization": {"name", "url"},
    "GovernmentOrganization": {"name", "url"},
    "NGO": {"name", "url"},
    "Person": {"name", "url"},
    "Place": {"name", "url"},
    "City": {"name", "url"},
    "Country": {"name", "url"},
    "AdministrativeArea": {"name", "url"},
    "CreativeWork": {"name", "url"},
    "WebPage": {"name", "url", "about"},
}
"""schema.org type → what it needs to be of use; other types need a name."""


@pytest.mark.django_db
@pytest.mark.parametrize("dossier", ["vietnam-russia", "lindholm-porto-claro"])
def test_every_page_opens_and_its_structured_data_reads_back(
    client, dossier, django_assert_max_num_queries
):
    folder = str(DEMONSTRATIONS / dossier)
    call_command("dossier", "load", "--restore", folder, stdout=StringIO(), stderr=StringIO())
    index = etree.fromstring(client.get("/sitemap.xml").content)
    seen: dict[str, set[str]] = {}
    for file in index.xpath("//*[local-name()='loc']/text()"):
        listed = etree.fromstring(client.get(file.removeprefix(settings.BASE_URL)).content)
        for address in listed.xpath("//*[local-name()='url']/*[local-name()='loc']/text()"):
            path = address.removeprefix(settings.BASE_URL)
            if not path.startswith("/ru/"):
                continue
            with django_assert_max_num_queries(MOST_STATEMENTS, info=path):
                answer = client.get(path)
            assert answer.status_code == 200, path
            section = re.split("[/?]", path)[2]
            for data in JsonLdExtractor().extract(answer.content.decode()):
                assert data["@context"] == "https://schema.org", path
                assert REQUIRED.get(data["@type"], {"name"}) <= data.keys(), (path, data)
                assert all(data.values()), (path, data)
                seen.setdefault(section, set()).add(data["@type"])
    assert seen.keys() >= {
        "agreements",
        "areas",
        "articles",
        "commitments",
        "gatherings",
        "organizations",
        "partnerships",
        "persons",
        "proposals",
        "sessions",
    }
