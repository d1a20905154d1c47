"""Files that everybody may read stand on the page of every kind that has one."""

import pytest
from django.test import Client
from django.utils import timezone

from amity.desk.models import Attachment
from amity.record import kinds
from tests.test_statements import Full

pytestmark = pytest.mark.django_db


def test_the_page_of_every_kind_shows_the_files_of_its_record() -> None:
    """It walks the catalogue of kinds, so a new page without its files fails."""
    Full(1)
    shown, expected = {}, {}
    for kind in kinds.kinds():
        record = kind.model.objects.order_by("pk").first() if kind.page else None
        if not kind.page:
            continue
        assert record is not None, kind.kind
        Attachment.objects.create(
            office="organization:somebody",
            kind=kind.kind,
            key=record.key,
            name=f"of-{kind.kind}.pdf",
            media_type="application/pdf",
            sha256="0" * 64,
            size=1,
            shared=True,
            public=True,
            at=timezone.now(),
        )
        answer = Client().get(kinds.entry_url(kind.kind, record.key) or "")
        assert answer.status_code == 200
        shown[kind.kind] = f"of-{kind.kind}.pdf" in answer.text
        expected[kind.kind] = True
    assert len(shown) >= 12
    assert shown == expected
