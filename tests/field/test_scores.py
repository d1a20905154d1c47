"""397 commitments of twenty parties: where they are not of one mind, each of them is shown."""

import os
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from amity.dossier.tests.folder import loaded, write_data
from amity.followup.choices import JointState
from amity.followup.models import Commitment

from .scores import read, records

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


@pytest.fixture
def file() -> Path:
    shared = os.environ.get("AMITY_SHARED")
    if not shared:
        pytest.skip("AMITY_SHARED names no folder")
    return Path(shared) / "data" / "followup" / "g20_compliance.csv"


def test_as_many_differ_as_the_file_says_and_each_shows_all_its_parties(
    file: Path, tmp_path: Path, client: Client
):
    scored = read(file)
    assert len(scored) == 397
    loaded(write_data(tmp_path / "scores", records(scored)))
    several = [one for one in scored if len(one.scores) > 1]
    divided = {one.key for one in several if len(set(one.scores.values())) > 1}
    assert len(divided) == 379
    differ = Commitment.objects.filter(joint_state=JointState.DIFFER)
    assert set(differ.values_list("key", flat=True)) == divided
    agreed = {one.key for one in several} - divided
    confirmed = Commitment.objects.filter(joint_state=JointState.CONFIRMED, key__in=agreed)
    assert set(confirmed.values_list("key", flat=True)) == agreed
    for one in scored[:: len(scored) // 10]:
        page = html.fromstring(client.get(f"/en/commitments/{one.key}/").content)
        said = " ".join(page.xpath("//main")[0].text_content().split())
        for party in one.scores:
            assert party.title() in said, (one.key, party)
        assert said.count("Scored") >= len(one.scores)
