"""A theme leads, wherever it is named, to the list of what else has it."""

import pytest
from lxml import html

from amity.followup.models import Commitment, Proposal
from amity.gatherings.models import Gathering, Session
from amity.network.models import Agreement, Partnership, Theme

pytestmark = pytest.mark.usefixtures("demonstrations")

PAGES = [
    (Commitment, "themes", "commitments", "commitments"),
    (Proposal, "themes", "proposals", "proposals"),
    (Gathering, "themes", "gatherings", "gatherings"),
    (Partnership, "themes", "partnerships", "network"),
    (Agreement, "scopes", "agreements", "agreements"),
]


def links(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content.decode()).xpath("//main//a/@href")


@pytest.mark.parametrize(("model", "field", "plural", "listed"), PAGES)
def test_the_themes_of_a_record_lead_to_the_list_that_has_it(client, model, field, plural, listed):
    record = model.objects.exclude(**{field: None}).order_by("key").first()
    found = links(client, f"/en/{plural}/{record.key}/")
    for theme in getattr(record, field).all():
        address = f"/en/{listed}/?theme={theme.key}"
        assert address in found
        held = set(model.objects.filter(**{field: theme}).values_list("key", flat=True))
        rows = {one.rstrip("/").rsplit("/", 1)[-1] for one in links(client, address)}
        everything = set(model.objects.values_list("key", flat=True))
        assert rows & everything == held
        api = client.get(f"/api/v1/{plural}?theme={theme.key}&limit=200").json()
        assert {one["id"] for one in api["items"]} == held


def test_the_themes_of_a_session_lead_to_the_programme_with_them(client):
    session = Session.objects.exclude(themes=None).order_by("key").first()
    programme = f"/en/gatherings/{session.gathering.key}/programme/"
    for theme in session.themes.all():
        assert f"{programme}?theme={theme.key}" in links(client, f"/en/sessions/{session.key}/")
        assert f"?theme={theme.key}" in links(client, programme)
        narrowed = links(client, f"{programme}?theme={theme.key}")
        assert f"/en/sessions/{session.key}/" in narrowed


@pytest.mark.parametrize("listed", ["commitments", "proposals"])
def test_the_themes_in_a_list_lead_to_that_list(client, listed):
    found = {one for one in links(client, f"/en/{listed}/") if "theme=" in one}
    keys = set(Theme.objects.values_list("key", flat=True))
    assert found
    assert found <= {f"/en/{listed}/?theme={key}" for key in keys}


@pytest.mark.parametrize("listed", ["commitments", "proposals", "gatherings", "agreements"])
def test_themes_to_choose_from_say_which_are_invented_and_no_two_read_alike(client, listed):
    page = html.fromstring(client.get(f"/ru/{listed}/").content.decode())
    offered = page.xpath("//select[@name='theme']/option[@value!='']")
    named = {one.get("value"): one.text_content().strip() for one in offered}
    invented = dict(Theme.objects.values_list("key", "dossier__fictional"))
    assert {key: words.endswith(" (вымышлено)") for key, words in named.items()} == invented
    assert len(set(named.values())) == len(named)
