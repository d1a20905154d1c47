"""What a search has found is told once."""

import pytest
from lxml import html

pytestmark = pytest.mark.usefixtures("demonstrations")


@pytest.mark.parametrize(("language", "asked"), [("id", "forum"), ("ru", "форум"), ("en", "forum")])
def test_what_is_called_by_its_words_is_not_told_twice(client, language, asked):
    page = html.fromstring(client.get(f"/{language}/search/?q={asked}").content.decode())
    told = [
        [
            " ".join(one.text_content().split())
            for one in item.xpath(".//h2 | .//p[contains(@class,'snippet')]")
        ]
        for item in page.xpath("//main//li[.//h2]")
    ]
    assert len(told) > 10
    assert [one for one in told if len(set(one)) < len(one)] == []
    assert any(len(one) > 1 for one in told)
