"""Kinds of records: each has what lists, links and dossiers need of it."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from amity.record import kinds
from amity.record.models import Entry, Recorded


def test_every_kind_of_record_is_registered_once() -> None:
    models = {model for model in apps.get_models() if issubclass(model, Recorded)}
    registered = [kind.model for kind in kinds.kinds()]
    assert set(registered) == models
    assert len(registered) == len(models)


def test_plurals_and_models_lead_back() -> None:
    for kind in kinds.kinds():
        assert kinds.by_plural()[kind.plural] is kind
        assert kinds.of_model(kind.model) is kind


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds.kinds() if kind.page], ids=lambda k: k.kind
)
def test_a_kind_with_a_page_has_one(kind: kinds.Kind) -> None:
    with translation.override("ru"):
        assert kinds.entry_url(kind.kind, "some-key") == reverse(
            str(kind.page), kwargs={"key": "some-key"}
        )


def test_where_a_record_is_read() -> None:
    own = Entry(kind="area", key="hanoi", page_kind="area", page_key="hanoi")
    part = Entry(kind="side", key="vr-hanoi", page_kind="partnership", page_key="vr")
    nowhere = Entry(kind="theme", key="education")
    with translation.override("vi"):
        assert kinds.shown_at(own) == kinds.entry_url("area", "hanoi")
        assert kinds.shown_at(part) == kinds.entry_url("partnership", "vr")
        assert kinds.shown_at(nowhere) is None
        assert kinds.entry_url("theme", "education") is None


def test_a_kind_is_not_registered_for_two_models() -> None:
    area = kinds.get("area")
    with pytest.raises(ValueError, match="registered twice"):
        kinds.register(kinds.Kind("area", "areas", kinds.get("person").model, name=("name",)))
    assert kinds.get("area") is area
