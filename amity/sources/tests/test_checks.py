"""What must hold between published pieces: kept and broken, of one and of many."""

from collections.abc import Iterable

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.record.checks import Broken
from amity.sources.checks import quotes_little, translates_an_original
from amity.sources.models import Article, Passage

from .factory import Coverage

pytestmark = pytest.mark.django_db


def told(found: Iterable[Broken]) -> list[tuple[int, str, str]]:
    """Numbers, fields and messages, in English."""
    with translation.override("en"):
        return [(one.record_pk, one.field_path, str(one.message)) for one in found]


def test_a_translation_names_the_original_in_another_language() -> None:
    coverage = Coverage()
    assert told(translates_an_original(Article.everything.all())) == []
    again = coverage.article("again", "ru", translation_of=coverage.portal)
    same = coverage.article("same", "vi", translation_of=coverage.paper)
    assert told(translates_an_original(Article.everything.order_by("pk"))) == [
        (again.pk, "translation_of",
         "portal is itself a translation; expected the original, paper"),
        (same.pk, "translation_of",
         "paper is in the same language, vi; expected a piece in another"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 30])
def test_a_quotation_is_short(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    coverage = Coverage()
    made = [
        Passage.everything.create(
            dossier=coverage.dossier,
            key=f"p-{number}",
            article=coverage.paper,
            language="vi",
            quotation="một hai ba bốn năm sáu bảy tám" + " chín" * (number % 2),
        )
        for number in range(2 * count)
    ]
    with django_assert_num_queries(1):
        found = told(quotes_little(Passage.everything.order_by("pk")))
    words = "9 words; expected at most 8, as evidence"
    assert found == [(one.pk, "quotation", words) for one in made[1::2]]
    with translation.override("ru"):
        (broken, *_) = quotes_little(Passage.everything.all())
        assert str(broken.message) == "9 слов; требуется не больше 8, как свидетельство"
